"""Reading one project's timeline: its public activities, and its milestones as exactly as they are dated."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.activity import verbs
from portal.activity.enums import Audience
from portal.activity.models import Activity
from projects.models import Milestone, Project

GROUPS = {
    "projekt": (_("Projekt"), ("project.", "milestone.", "news.")),
    "dialog": (_("Dialog"), ("event.", "harvest.", "contribution.", "answer.", "dialogue.", "board.")),
    "ethikrat": (_("Ethikrat"), ("review.", "recommendation.", "condition.", "case.", "meeting.")),
    "messen": (_("Messen"), ("station.", "upload.", "measurement.", "sensor.")),
    "kommentare": (_("Kommentare"), ("comment.",)),
}
OTHER = "projekt"
LONGEST = 500


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; `when` is for people, `when_machine` for `<time datetime>`."""

    group: str
    moment: datetime
    when: str
    when_machine: str
    title: str
    url: str
    text: str
    label: Any
    icon: str
    kind: str
    sample: bool


@dataclass(frozen=True)
class Timeline:
    entries: list[Entry]
    groups: list[dict[str, Any]]
    chosen: str
    more: int


def of_project(project: Project, *, group: str = "", limit: int = 12) -> Timeline:
    """The newest `limit` entries (0 = all, at most 500), of one group where given; two queries, whatever the length."""
    chosen = group if group in GROUPS else ""
    everything = sorted([*_activities(project), *_milestones(project)], key=lambda e: e.moment, reverse=True)
    counts = Counter(entry.group for entry in everything)
    wanted = [entry for entry in everything if not chosen or entry.group == chosen]
    shown = wanted[:limit] if limit else wanted
    groups = [
        {"key": key, "label": label, "count": counts[key]} for key, (label, _verbs) in GROUPS.items() if counts[key]
    ]
    return Timeline(shown, groups, chosen, len(wanted) - len(shown))


def _activities(project: Project) -> list[Entry]:
    rows = Activity.objects.filter(project=project, audience=Audience.PUBLIC).exclude(verb="milestone.reached")
    return [_from_activity(row) for row in rows.order_by("-occurred_at", "-pk")[:LONGEST]]


def _from_activity(row: Activity) -> Entry:
    verb = verbs.get(row.verb)
    local = timezone.localtime(row.occurred_at)
    return Entry(
        group=_group_of(row.verb),
        moment=row.occurred_at,
        when=_in_words(local.date()),
        when_machine=local.isoformat(),
        title=row.title,
        url=row.url,
        text=row.summary,
        label=verb.label,
        icon=verb.icon,
        kind=verb.kind,
        sample=row.sample,
    )


def _milestones(project: Project) -> list[Entry]:
    verb = verbs.get("milestone.reached")
    return [
        Entry(
            group="projekt",
            moment=_moment(milestone),
            when=milestone.when,
            when_machine=milestone.when_machine,
            title=milestone.title,
            url="",
            text=milestone.description,
            label=verb.label,
            icon=verb.icon,
            kind=verb.kind,
            sample=milestone.sample,
        )
        for milestone in project.milestones.filter(reached=True)
    ]


def _moment(milestone: Milestone) -> datetime:
    return timezone.make_aware(datetime.combine(milestone.date, time(12)))


def _in_words(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _group_of(verb: str) -> str:
    for key, (_label, prefixes) in GROUPS.items():
        if verb.startswith(prefixes):
            return key
    return OTHER
