"""Wagtail's default site, the way a visitor reaches it."""

import pytest


@pytest.fixture(autouse=True)
def _site(db):
    """Every test here may use the database: the pages of projects are Wagtail pages."""


@pytest.fixture
def make_editor(make_user):
    """`make_editor()`: somebody of communications, who may edit every project."""
    from portal.accounts.enums import Role

    return lambda: make_user(Role.COMMUNICATIONS)


@pytest.fixture
def make_lead(make_user):
    from portal.accounts.enums import Role

    return lambda: make_user(Role.PROJECT_LEAD)


@pytest.fixture
def english_index(make_project):
    """An English home page with an English list of projects below it."""
    from wagtail.models import Locale, Site

    from projects.models import ProjectIndexPage

    make_project()
    english, _created = Locale.objects.get_or_create(language_code="en")
    home = Site.objects.get(is_default_site=True).root_page
    index = ProjectIndexPage.objects.child_of(home).get()
    home.copy_for_translation(english).get_latest_revision().publish()
    translated = index.copy_for_translation(english)
    translated.get_latest_revision().publish()
    return translated
