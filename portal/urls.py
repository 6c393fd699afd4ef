"""Every address of the portal; one of the few files that know every app."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

import dialogues.urls
import ethics.urls
import mapviews.urls
import portal.accounts.urls
import portal.activity.urls
import portal.audit.urls
import portal.cms.urls
import portal.comments.urls
import portal.demo.urls
import portal.newsletter.urls
import portal.ops.urls
import portal.styleguide.urls
import projects.urls
from portal import api_docs
from portal.api import api

APPS = (
    portal.styleguide.urls,
    portal.ops.urls,
    portal.accounts.urls,
    portal.demo.urls,
    portal.audit.urls,
    portal.activity.urls,
    portal.newsletter.urls,
    portal.comments.urls,
    projects.urls,
    dialogues.urls,
    ethics.urls,
    mapviews.urls,
    portal.cms.urls,
)

urlpatterns = [pattern for app in APPS for pattern in app.plain_urlpatterns]
urlpatterns += [
    path("api/v1/docs", api_docs.page, name="api-docs"),
    path("api/v1/", api.urls),
    path("verwaltung/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("dokumente/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    *(pattern for app in APPS for pattern in app.urlpatterns),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler500 = "portal.errors.server_error"
