"""Addresses of accounts. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from portal.accounts.views import doors, overview, privacy, sessions

_own = [
    path("", overview.overview, name="overview"),
    path("profil/", overview.edit_profile, name="profile-edit"),
    path("daten/", privacy.show_data, name="data"),
    path("beitraege/", overview.own_contributions, name="contributions"),
    path("daten/auszug/", privacy.show_archive, name="data-archive"),
    path("daten/auszug/anfordern/", privacy.start_archive, name="data-archive-start"),
    path("daten/auszug/<uuid:uuid>.zip", privacy.download, name="data-download"),
    path("daten/auszug/<uuid:uuid>/loeschen/", privacy.delete_archive, name="data-archive-delete"),
    path("geraete/<int:number>/abmelden/", sessions.end_one, name="session-end"),
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
