"""The editorial site: page types, the warning banner, notes about barriers, and how to reach the city."""

from portal.cms.models.base import BasePage
from portal.cms.models.contact import ContactSettings
from portal.cms.models.content import ContentPage, LegalPage
from portal.cms.models.feedback import BarrierNote
from portal.cms.models.home import HomePage
from portal.cms.models.news import NewsIndexPage, NewsPage
from portal.cms.models.warnings import SiteWarning

__all__ = [
    "BarrierNote",
    "BasePage",
    "ContactSettings",
    "ContentPage",
    "HomePage",
    "LegalPage",
    "NewsIndexPage",
    "NewsPage",
    "SiteWarning",
]
