"""The editorial site: page types, the warning banner, and notes about barriers."""

from portal.cms.models.base import BasePage
from portal.cms.models.content import ContentPage, LegalPage
from portal.cms.models.feedback import BarrierNote
from portal.cms.models.home import HomePage
from portal.cms.models.news import NewsIndexPage, NewsPage
from portal.cms.models.warnings import SiteWarning

__all__ = [
    "BarrierNote",
    "BasePage",
    "ContentPage",
    "HomePage",
    "LegalPage",
    "NewsIndexPage",
    "NewsPage",
    "SiteWarning",
]
