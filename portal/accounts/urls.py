"""Addresses of accounts. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from portal.accounts.views import doors, overview, privacy

_own = [
    path("", overview.overview, name="overview"),
    path("profil/", overview.edit_profile, name="profile-edit"),
    path("daten/", privacy.show_data, name="data"),
    path("daten/export.json", privacy.download, name="data-download"),
    path("daten/loeschen/", privacy.erase_own, name="data-erase"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include((_own, "accounts"))),
    path("konto/", include("allauth.urls")),
]

# Stand before the includes of Wagtail and of Django's admin (portal/urls.py), so no POST reaches their login forms.
plain_urlpatterns: list[URLPattern | URLResolver] = [
    path("verwaltung/login/", doors.to_login),
    path("verwaltung/logout/", doors.to_logout),
    path("verwaltung/password_reset/", doors.to_password),
    path("verwaltung/password_reset/<path:rest>", doors.to_password),
    path("django-admin/login/", doors.to_login),
    path("django-admin/logout/", doors.to_logout),
    path("django-admin/password_change/", doors.to_password),
    path("django-admin/password_change/<path:rest>", doors.to_password),
    path("_util/login/", doors.to_login),
    path("en/_util/login/", doors.to_login),
    path("de-x-leicht/_util/login/", doors.to_login),
]
