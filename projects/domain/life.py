"""Writing what happens in a project: short reports and milestones."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal import audit
from portal.activity.domain import stream
from portal.exceptions import DomainError, NotAllowed
from projects.domain.freshness import refresh
from projects.enums import Precision
from projects.models import Milestone, Project, ProjectUpdate
from projects.permissions import can_edit, can_edit_programme

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

SUMMARY_CHARACTERS = 300


def add_update(
    user: User | AnonymousUser,
    *,
    project: Project,
    title: str,
    text: str,
    published_at: datetime | None = None,
    sample: bool = False,
) -> ProjectUpdate:
    """Publishes a short report on the project's timeline (`project.updated`).

    Raises NotAllowed; DomainError `empty` or `too_long` with the field at fault. Audited as `project.updated`.
    """
    if not can_edit(user, project):
        raise NotAllowed()
    title, text = title.strip(), text.strip()
    _check_text(title, "title", 150)
    _check_text(text, "text", 4000)
    with transaction.atomic():
        update = ProjectUpdate.objects.create(
            project=project,
            title=title,
            text=text,
            author=user if user.is_authenticated else None,
            published_at=published_at or timezone.now(),
            sample=sample or project.sample,
        )
        audit.record(
            actor=user, action="project.updated", obj=update, payload={"project": project.slug, "title": title}
        )
        stream.publish(
            actor=user,
            verb="project.updated",
            title=title,
            url=update.get_absolute_url(),
            project=project,
            summary=_shorten(text),
            occurred_at=update.published_at,
            sample=update.sample,
        )
        refresh()
    return update


def add_milestone(
    user: User | AnonymousUser,
    *,
    project: Project | None,
    title: str,
    on: date,
    precision: str = Precision.DAY,
    description: str = "",
    reached: bool = False,
    announce: bool = True,
    order: int = 0,
    sample: bool = False,
) -> Milestone:
    """Adds a milestone to a project, or to the whole programme where `project` is None.

    A milestone that is already reached is told at once (`milestone.reached`), unless `announce` is off, as for history
    that is no news. Raises NotAllowed; DomainError `empty` or
    `too_long`. Audited as `milestone.added`.
    """
    _may_change_milestones(user, project)
    title = title.strip()
    _check_text(title, "title", 200)
    with transaction.atomic():
        milestone = Milestone.objects.create(
            project=project,
            title=title,
            description=description.strip(),
            date=on,
            precision=Precision(precision),
            reached=reached,
            order=order,
            sample=sample or bool(project and project.sample),
        )
        audit.record(actor=user, action="milestone.added", obj=milestone, payload={"title": title, "reached": reached})
        if reached and announce:
            _tell(user, milestone)
        refresh()
    return milestone


def reach_milestone(user: User | AnonymousUser, *, milestone: Milestone, on: date | None = None) -> Milestone:
    """Marks a milestone as reached on a day (default: today) and tells it (`milestone.reached`).

    Raises NotAllowed; DomainError `already_reached` (409). Audited as `milestone.reached`.
    """
    _may_change_milestones(user, milestone.project)
    with transaction.atomic():
        milestone = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
        if milestone.reached:
            raise DomainError("already_reached", "Dieser Meilenstein ist schon erreicht.", status=409)
        milestone.reached = True
        milestone.date = on or timezone.localdate()
        milestone.precision = Precision.DAY
        milestone.save(update_fields=["reached", "date", "precision", "updated_at"])
        audit.record(actor=user, action="milestone.reached", obj=milestone, payload={"on": milestone.date.isoformat()})
        _tell(user, milestone)
        refresh()
    return milestone


def _may_change_milestones(user: User | AnonymousUser, project: Project | None) -> None:
    if not (can_edit(user, project) if project else can_edit_programme(user)):
        raise NotAllowed()


def _tell(user: User | AnonymousUser, milestone: Milestone) -> None:
    project = milestone.project
    noon = timezone.make_aware(datetime.combine(milestone.date, time(12)))
    stream.publish(
        actor=user,
        verb="milestone.reached",
        title=milestone.title,
        url=project.get_absolute_url() if project else "/projekte/#meilensteine",
        project=project,
        summary=milestone.description,
        occurred_at=min(noon, timezone.now()),
        sample=milestone.sample,
    )


def _check_text(text: str, field: str, longest: int) -> None:
    if not text:
        raise DomainError("empty", "Bitte füllen Sie dieses Feld aus.", field=field)
    if len(text) > longest:
        raise DomainError("too_long", f"Bitte kürzen Sie den Text auf höchstens {longest} Zeichen.", field=field)


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY_CHARACTERS else line[: SUMMARY_CHARACTERS - 1].rsplit(" ", 1)[0] + " …"
