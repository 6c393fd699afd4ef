"""Fixtures every test may use: people by role, projects with and without a page."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.database import database_template, django_db_createdb, django_db_keepdb, django_db_setup

__all__ = ["database_template", "django_db_createdb", "django_db_keepdb", "django_db_setup"]

_numbers = itertools.count(1)


def pytest_collection_finish() -> None:
    """What imports made stays to the end; the collector need not walk it again and again (a tenth of the time)."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def make_user(db: None) -> Callable[..., Any]:
    """`make_user(Role.MODERATOR, email=…)`: a user with a verified address and these roles.

    People with a role have a second factor, without which no role is in force; `second_factor=False` leaves it out.
    """
    from django.contrib.auth.models import Group

    from portal.accounts.models import User

    def make(*roles: str, second_factor: bool = True, **fields: Any) -> User:
        number = next(_numbers)
        fields.setdefault("email", f"person{number}@test.example")
        fields.setdefault("display_name", f"Person {number}")
        user = User.objects.create_user(password="Testquelle-2026", **fields)
        user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
        from allauth.account.models import EmailAddress

        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if roles and second_factor:
            from allauth.mfa.models import Authenticator

            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    """A page in English leaves its language to the thread that served it; the next test starts in German."""
    from django.utils import translation

    with translation.override("de"):
        yield


def default_site() -> Any:
    """The site of the migrations; made anew where a test with `transaction=True` has emptied all tables."""
    from wagtail.models import Locale, Site

    from portal.cms.models import BasePage

    found = Site.objects.filter(is_default_site=True).first()
    if found is None:
        Locale.objects.get_or_create(language_code="de")
        root = BasePage.get_first_root_node() or BasePage.add_root(instance=BasePage(title="Root", slug="root"))
        home = root.add_child(instance=BasePage(title="Start", slug="start"))
        found = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return found


@pytest.fixture(autouse=True)
def _root_paths() -> None:
    """Wagtail keeps the paths of its sites in the cache, where a test that was rolled back leaves its own."""
    from wagtail.models import Site

    Site.clear_site_root_paths_cache()


@pytest.fixture
def make_project(db: None) -> Callable[..., Any]:
    """`make_project(live=True, **fields)`: a project, with a published page below `/projekte/` unless live=False."""
    from django.conf import settings  # noqa: F401

    from portal.comments.models import Thread
    from projects.enums import Area, Kind, Programme, Status
    from projects.models import Project, ProjectIndexPage, ProjectPage

    def index() -> ProjectIndexPage:
        home = default_site().root_page
        return ProjectIndexPage.objects.child_of(home).first() or home.add_child(
            instance=ProjectIndexPage(title="Projekte", slug="projekte", live=True)
        )

    def make(live: bool = True, **fields: Any) -> Project:
        number = next(_numbers)
        defaults = {
            "slug": f"projekt-{number}",
            "title": f"Projekt {number}",
            "kind": Kind.INNOVATION,
            "area": Area.ENVIRONMENT,
            "programme": Programme.OWN,
            "status": Status.RUNNING,
        }
        project = Project.objects.create(thread=Thread.objects.create(target="project"), **(defaults | fields))
        if live:
            index().add_child(instance=ProjectPage(title=project.title, slug=project.slug, project=project, live=True))
        return project

    return make


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_audit_triggers() -> Iterator[None]:
    """Tests with `transaction=True` empty all tables at the end, which the audit triggers refuse: lift them then."""
    from django.db import connection
    from django.test import TransactionTestCase

    from portal.audit import triggers

    flush = TransactionTestCase._fixture_teardown

    def lifted(case: TransactionTestCase) -> None:
        triggers.drop(connection)
        try:
            flush(case)
        finally:
            triggers.install(connection)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = flush
