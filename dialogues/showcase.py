"""What lower packages show of dialogues: the home page's "now", the site search, a project's panel."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.enums import CardState, EventKind, EventStatus
from dialogues.models import Event, OnlineDialogue, Result
from portal.cms import now, search_sources
from portal.templatetags.portal_ui import local_path
from projects import panels


def next_digilog() -> now.Item | None:
    """The next published DigiLog."""
    upcoming = Event.objects.public().upcoming().filter(status=EventStatus.PUBLISHED)
    event = upcoming.filter(kind=EventKind.DIGILOG).first()
    if event is None:
        return None
    return now.Item(
        label=_("Nächster Bürger-DigiLog"),
        title=event.title,
        url=local_path(event.get_absolute_url()),
        text=event.venue,
        when=event.starts_at,
        icon="people",
        sample=event.sample,
        order=10,
    )


def open_dialogue() -> now.Item | None:
    """The online dialogue that is open now."""
    dialogue = OnlineDialogue.objects.public().running().filter(decide_from__gt=timezone.now()).first()
    if dialogue is None:
        return None
    return now.Item(
        label=_("Gerade offen"),
        title=dialogue.title,
        url=local_path(dialogue.get_absolute_url()),
        text=dialogue.question,
        icon="comments",
        sample=dialogue.sample,
        order=5,
    )


def find(terms: list[str], user: Any, limit: int) -> search_sources.Found:
    """Events whose title, topic, question or published results contain every word."""
    found = Event.objects.visible_to(user)
    for term in terms:
        shown = Q(results__card=None) | Q(results__card__state=CardState.VISIBLE)
        published = Q(results__text__icontains=term, results__published_at__isnull=False) & shown
        found = found.filter(
            Q(title__icontains=term) | Q(topic__icontains=term) | Q(question__icontains=term) | published
        )
    found = found.distinct().order_by("-starts_at", "-pk")
    hits = [
        search_sources.Hit(
            title=event.title,
            url=local_path(event.get_absolute_url()),
            text=event.topic,
            meta=EventKind(event.kind).label,
            when=event.starts_at,
            sample=event.sample,
            lang="de",
        )
        for event in found[:limit]
    ]
    return search_sources.Found(found.count(), hits)


def is_shown(result: Result) -> bool:
    """Published, and the card it came from was not hidden afterwards."""
    hidden = result.card is not None and result.card.state in (CardState.HIDDEN, CardState.PENDING)
    return result.published_at is not None and not hidden


class DialoguesPanel:
    """Dialogues on a project page: the next ones, and what came out of the last ones."""

    key, title, order = "dialogues", gettext_lazy("Im Gespräch"), 10

    def events(self, project: Any, user: Any) -> list[Event]:
        return list(
            Event.objects.visible_to(user)
            .filter(project=project)
            .prefetch_related("results__card")
            .order_by("-starts_at")[:5]
        )

    def render(self, project: Any, user: Any) -> panels.Rendered | None:
        events = self.events(project, user)
        if not events:
            return None
        rows = [
            {"event": event, "results": [item for item in event.results.all() if is_shown(item)][:3]}
            for event in events
        ]
        return panels.Rendered("dialogues/_project_panel.html", {"rows": rows})

    def actions(self, project: Any, user: Any) -> list[panels.Action]:
        upcoming = Event.objects.public().upcoming().filter(status=EventStatus.PUBLISHED, project=project)
        return [
            panels.Action(
                _("Beim Bürger-DigiLog mitreden"), local_path(event.get_absolute_url()), event.venue, "people"
            )
            for event in upcoming[:1]
        ]
