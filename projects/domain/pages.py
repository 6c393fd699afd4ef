"""Writing the pages of projects: the list's page, publishing a project, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import Locale

from portal import audit
from portal.activity.domain import stream
from portal.exceptions import DomainError, NotAllowed
from projects.domain.freshness import refresh
from projects.models import Project, ProjectIndexPage, ProjectPage
from projects.permissions import can_create, can_edit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from portal.cms.models import BasePage


def publish_index(
    user: User | AnonymousUser, *, parent: BasePage, title: str, summary: str, intro: str = ""
) -> ProjectIndexPage:
    """Creates `/projekte/` below `parent`, or brings its texts up to date. Raises NotAllowed. Audited."""
    if not can_create(user):
        raise NotAllowed()
    texts = {"title": title, "summary": summary, "intro": intro}
    with transaction.atomic():
        page: ProjectIndexPage | None = ProjectIndexPage.objects.child_of(parent).first()
        if page is None:
            page = ProjectIndexPage(slug="projekte", locale=parent.locale, **texts)
            german = _german_index(parent)
            if german:
                page.translation_key = german.translation_key
            parent.add_child(instance=page)
        elif all(getattr(page, name) == value for name, value in texts.items()):
            return page
        _publish(page, user, texts)
    return page


def publish_project_page(
    user: User | AnonymousUser,
    *,
    project: Project,
    index: ProjectIndexPage,
    summary: str,
    body: str = "",
    title: str = "",
    announce: bool = True,
) -> ProjectPage:
    """Publishes the project's page in the language of `index`, or brings the published page up to date.

    The first publication is told on the timeline (`project.published`) unless `announce` is off. Raises NotAllowed.
    Audited as `project.page_published`; nothing is written where nothing changes.
    """
    if not can_edit(user, project):
        raise NotAllowed()
    texts = {"title": title or project.title, "summary": summary, "body": body, "sample": project.sample}
    with transaction.atomic():
        page: ProjectPage | None = ProjectPage.objects.child_of(index).filter(project=project).first()
        first = page is None and not project.pages.exists()
        if page is None:
            page = ProjectPage(project=project, slug=project.slug, locale=index.locale, live=False, **texts)
            page.owner = project.lead
            _adopt_translation(page)
            index.add_child(instance=page)
        elif page.live and all(getattr(page, name) == value for name, value in texts.items()):
            return page
        _publish(page, user, texts)
        audit.record(actor=user, action="project.page_published", obj=project, payload={"page": page.pk})
        if first and announce:
            stream.publish(
                actor=user,
                verb="project.published",
                title=page.title,
                url=project.get_absolute_url(),
                project=project,
                summary=project.aim,
                sample=project.sample,
            )
        refresh()
    return page


def withdraw_project(user: User | AnonymousUser, *, project: Project) -> int:
    """Takes all pages of the project off the portal (list, map, API, search and feeds follow); how many were live.

    Raises NotAllowed, or DomainError `not_published`. Audited as `project.withdrawn`.
    """
    if not can_edit(user, project):
        raise NotAllowed()
    with transaction.atomic():
        pages = list(project.pages.filter(live=True))
        if not pages:
            raise DomainError("not_published", "Dieses Projekt ist nicht veröffentlicht.", status=409)
        for page in pages:
            page.unpublish(user=user)
        audit.record(actor=user, action="project.withdrawn", obj=project, payload={"pages": [p.pk for p in pages]})
        refresh()
    return len(pages)


def _publish(page: Any, user: User | AnonymousUser, texts: dict[str, Any]) -> None:
    for name, value in texts.items():
        setattr(page, name, value)
    revision = page.save_revision(user=user)
    revision.publish(user=user, skip_permission_checks=True)
    page.refresh_from_db()


def _german_index(parent: BasePage) -> ProjectIndexPage | None:
    german: ProjectIndexPage | None = ProjectIndexPage.objects.filter(locale=Locale.get_default()).first()
    return german if german and german.locale_id != parent.locale_id else None


def _adopt_translation(page: ProjectPage) -> None:
    sibling = page.project.pages.exclude(locale=page.locale).first()
    if sibling:
        page.translation_key = sibling.translation_key
