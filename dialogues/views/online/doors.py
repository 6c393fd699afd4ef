"""What the pages of online dialogues share: finding what is there for this person, refusals, breadcrumbs, cache."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.enums import AnswerStatus, Stage
from dialogues.models import Contribution, ContributionImage, ContributionSupport, OnlineDialogue
from dialogues.models.online import MOMENTS
from portal import cache
from portal.exceptions import DomainError
from portal.templatetags.portal_ui import local_path

KINDS = {
    AnswerStatus.OPEN: ("neutral", "clock"),
    AnswerStatus.IN_REVIEW: ("info", "hourglass"),
    AnswerStatus.ACCEPTED: ("success", "check"),
    AnswerStatus.PARTLY: ("success", "check"),
    AnswerStatus.REJECTED: ("danger", "close"),
    AnswerStatus.ANSWERED: ("info", "answer"),
    AnswerStatus.DONE: ("success", "check-circle"),
}


def find_dialogue(request: HttpRequest, slug: str) -> OnlineDialogue:
    rows = OnlineDialogue.objects.visible_to(request.user).select_related("project")
    return get_object_or_404(rows, slug=slug)


def find_contribution(request: HttpRequest, slug: str, receipt: str) -> Contribution:
    """With what its page asks of other tables, in the same query: `supported`, `has_images`, `has_merged`."""
    me = ContributionSupport.objects.filter(contribution=OuterRef("pk"), user=request.user.pk or 0)
    rows = Contribution.objects.visible_to(request.user).select_related(
        "dialogue__project", "category", "author", "thread", "merged_into__dialogue", "result__event"
    )
    rows = rows.annotate(
        supported=Exists(me),
        has_images=Exists(ContributionImage.objects.filter(contribution=OuterRef("pk"))),
        has_merged=Exists(Contribution.objects.filter(merged_into=OuterRef("pk"))),
    )
    return get_object_or_404(rows, dialogue__slug=slug, receipt=receipt)


def demand(allowed: bool) -> None:
    """Pages of the staff answer 404 to outsiders."""
    if not allowed:
        raise Http404


def refuse(form: Any, error: DomainError) -> int:
    """Puts the refusal at its field and gives the HTTP status; 404 stays a 404."""
    if error.status == 404:
        raise Http404
    form.add_error(error.field if error.field in form.fields else None, str(error.message))
    return error.status


def refuse_as_message(request: HttpRequest, error: DomainError) -> None:
    if error.status == 404:
        raise Http404
    messages.error(request, str(error.message))


def trail(dialogue: OnlineDialogue | None = None, *titles: tuple[str, str] | str) -> list[dict[str, str]]:
    """Breadcrumb: `/dialoge/`, the dialogue, then (title, path) pairs or the title of the page itself."""
    items = [{"title": _("Dialoge"), "url": local_path("/dialoge/")}]
    if dialogue is not None:
        items.append({"title": dialogue.title, "url": local_path(dialogue.get_absolute_url())})
    for title in titles:
        name, path = (title, "") if isinstance(title, str) else title
        items.append({"title": name, "url": local_path(path) if path else ""})
    return items


def phases(dialogue: OnlineDialogue) -> list[dict[str, Any]]:
    """The phase bar: each phase with its beginning and how it stands now."""
    now = dialogue.stage
    order = [stage for stage, _field in MOMENTS]
    place = order.index(now) if now in order else -1
    found = []
    for number, (stage, name) in enumerate(MOMENTS):
        begins = getattr(dialogue, name)
        ends = getattr(dialogue, MOMENTS[number + 1][1]) if number + 1 < len(MOMENTS) else None
        if ends is not None and ends == begins:
            continue  # a phase that is left out
        state = "current" if number == place else ("done" if number < place else "todo")
        found.append({"stage": stage, "label": stage.label, "begins": begins, "ends": ends, "state": state})
    return found


def stage_words(dialogue: OnlineDialogue) -> str:
    """What one can do now, in a sentence."""
    words = {
        Stage.BEFORE: _("Der Dialog hat noch nicht begonnen."),
        Stage.INFORM: _("Jetzt können Sie sich informieren. Beiträge schreiben Sie in der nächsten Phase."),
        Stage.COLLECT: _("Jetzt können Sie Ideen, Fragen und Hinweise schreiben und andere unterstützen."),
        Stage.DISCUSS: _("Neue Beiträge sind nicht mehr möglich. Sie können unterstützen, kommentieren und abstimmen."),
        Stage.DECIDE: _("Die Stadt antwortet jetzt auf jeden Beitrag. Neue Beiträge sind nicht mehr möglich."),
        Stage.CLOSED: _("Der Dialog ist abgeschlossen. Alles bleibt lesbar, auch was daraus wird."),
    }
    return words[dialogue.stage]


def status_badge(contribution: Contribution) -> dict[str, Any]:
    kind, icon = KINDS[AnswerStatus(contribution.status)]
    return {"label": AnswerStatus(contribution.status).label, "kind": kind, "icon": icon}


def keep_until_next_change(request: HttpRequest, dialogue: OnlineDialogue, rows: list[Contribution]) -> None:
    """A cached page must not outlive its phase or the next deadline on it."""
    now = timezone.now()
    moments = [row.answer_due for row in rows if row.is_waiting and row.answer_due > now]
    if change := dialogue.next_change:
        moments.append(change)
    if moments:
        cache.expires_at(request, min(moments))
