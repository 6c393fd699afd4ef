"""What lower packages show of contributions: the site search, and "was wurde daraus" on a project page."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.enums import WAITING, AnswerStatus
from dialogues.models import Answer, Contribution, OnlineDialogue
from dialogues.permissions import may_contribute, may_discuss
from portal.cms import search_sources
from portal.templatetags.portal_ui import local_path
from projects import panels

SHOWN = 5


def find_contributions(terms: list[str], user: Any, limit: int) -> search_sources.Found:
    """Contributions whose title or text contain every word."""
    found = Contribution.objects.visible_to(user).standing()
    for term in terms:
        found = found.filter(Q(title__icontains=term) | Q(text__icontains=term) | Q(receipt__iexact=term))
    rows = found.select_related("dialogue").order_by("-received_at", "-pk")
    hits = [
        search_sources.Hit(
            title=row.title,
            url=local_path(row.get_absolute_url()),
            text=row.text,
            meta=f"{row.dialogue.title} · {AnswerStatus(row.status).label}",
            when=row.received_at,
            sample=row.sample,
            lang="de",
        )
        for row in rows[:limit]
    ]
    return search_sources.Found(found.count(), hits)


class ContributionsPanel:
    """Online dialogues of a project, and what became of their contributions: answer, milestone, result."""

    key, title, order = "contributions", gettext_lazy("Was aus Ihren Beiträgen wurde"), 12

    def render(self, project: Any, user: Any) -> panels.Rendered | None:
        dialogues = list(OnlineDialogue.objects.visible_to(user).filter(project=project)[:SHOWN])
        if not dialogues:
            return None
        answers = Prefetch("answers", Answer.objects.select_related("milestone").order_by("-created_at", "-pk"))
        rows = (
            Contribution.objects.visible_to(user)
            .standing()
            .filter(dialogue__in=dialogues)
            .exclude(status__in=WAITING)
            .select_related("dialogue")
            .prefetch_related(answers)
            .order_by("-answered_at", "-pk")[:SHOWN]
        )
        return panels.Rendered("dialogues/online/_project_panel.html", {"dialogues": dialogues, "rows": rows})

    def actions(self, project: Any, user: Any) -> list[panels.Action]:
        found = []
        for dialogue in OnlineDialogue.objects.public().running().filter(project=project)[:1]:
            url = local_path(dialogue.get_absolute_url())
            if may_contribute(dialogue):
                label = _("Idee, Frage oder Hinweis schreiben")
                found.append(panels.Action(label, url, dialogue.title, "idea", dialogue.discuss_from))
            elif may_discuss(dialogue):
                label = _("Beiträge lesen und unterstützen")
                found.append(panels.Action(label, url, dialogue.title, "comments", dialogue.decide_from))
        return found
