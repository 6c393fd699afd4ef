"""The facilitator's console: all tables at a glance, one primary action at each moment, cards, codes, harvest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogues.domain import harvest, proposals, worldcafe
from dialogues.domain.board import actors, commands, rotation, state
from dialogues.domain.board.actors import Actor
from dialogues.domain.board.context import as_uuid
from dialogues.enums import BoardFormat, CardKind, CardState, HideReason, Phase, RoundState, View
from dialogues.forms import WorldCafeForm
from dialogues.models import Board, Event, Result
from dialogues.permissions import can_moderate
from dialogues.views.events import trail
from dialogues.views.qr import table_codes
from dialogues.views.words import console_words
from portal.exceptions import DomainError

HARVEST = (
    "result.mark", "result.accept", "result.reword", "result.up", "result.down", "result.drop", "results.publish",
)  # fmt: skip
NUMBERS = {"table", "round", "rounds", "votes"}
MINUTES = {BoardFormat.WORLDCAFE: 20, BoardFormat.SPEED: 5, BoardFormat.PODIUM: 45, BoardFormat.POLL: 5}


@dataclass(frozen=True)
class Desk:
    """One console: the board it leads and the address it lives at. `token` only where no account is signed in."""

    board: Board | None
    event: Event | None
    actor: Actor
    url: str
    projector_url: str
    codes_url: str
    token: str = ""
    query: str = ""

    @property
    def base(self) -> str:
        """The console's own address, below which its prints stand."""
        return self.url.partition("?")[0]


@never_cache
def event_console(request: HttpRequest, slug: str) -> HttpResponse:
    desk = event_desk(request, slug)
    if request.method == "POST":
        return act(request, desk)
    return show(request, desk)


@never_cache
def rehearsal_console(request: HttpRequest, board: UUID) -> HttpResponse:
    desk = rehearsal_desk(request, board)
    if request.method == "POST":
        return act(request, desk)
    return show(request, desk)


@never_cache
def event_codes(request: HttpRequest, slug: str) -> HttpResponse:
    """The codes to print: one sheet per table."""
    return codes(request, event_desk(request, slug))


@never_cache
def rehearsal_codes(request: HttpRequest, board: UUID) -> HttpResponse:
    return codes(request, rehearsal_desk(request, board))


def event_desk(request: HttpRequest, slug: str) -> Desk:
    if not can_moderate(request.user):
        raise Http404
    event = get_object_or_404(Event.objects.select_related("project"), slug=slug)
    board = event.boards.order_by("-pk").first()
    return Desk(
        board,
        event,
        actors.moderator(request.user),
        reverse("dialogues:event-console", args=[slug]),
        reverse("dialogues:event-projector", args=[slug]),
        reverse("dialogues:event-codes", args=[slug]),
    )


def rehearsal_desk(request: HttpRequest, uuid: UUID) -> Desk:
    """With the moderator token of `rehearse`, or signed in; 404 for everyone else."""
    board = get_object_or_404(Board, uuid=uuid)
    token = request.POST.get("token") or request.GET.get("token", "")
    if actors.find_view(token, board) == View.MODERATOR:
        actor, query = actors.board_access(board, View.MODERATOR), f"?token={token}"
    elif can_moderate(request.user):
        actor, token, query = actors.moderator(request.user), "", ""
    else:
        raise Http404
    projector = actors.board_token(board, View.PROJECTOR)
    return Desk(
        board,
        board.event,
        actor,
        reverse("dialogues:rehearsal-console", args=[uuid]) + query,
        reverse("dialogues:rehearsal-projector", args=[uuid]) + f"?token={projector}",
        reverse("dialogues:rehearsal-codes", args=[uuid]) + query,
        token,
        query,
    )


def act(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One form of the console; the script sends the same commands over the socket."""
    op = request.POST.get("op", "")
    try:
        if op == "open":
            form = WorldCafeForm(request.POST)
            if desk.event is None or not form.is_valid():
                return show(request, desk, form=form)
            worldcafe.open_world_cafe(user=request.user, event=desk.event, **form.cleaned_data)
            messages.success(request, _("Das World Café ist offen. Gäste können jetzt Platz nehmen."))
        elif op in HARVEST:
            harvest_step(request, desk, op)
        elif desk.board is not None:
            commands.execute(
                actor=desk.actor,
                board_id=desk.board.pk,
                op=op,
                args=arguments(request),
                cid=request.POST.get("cid", "")[:64],
            )
            messages.success(request, _("Erledigt."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect(desk.url + anchor(op))


def harvest_step(request: HttpRequest, desk: Desk, op: str) -> None:
    if desk.event is None:
        raise DomainError("no_event", _("Ein Probelauf hat keine Ergebnisseite."), status=409)
    if op == "result.mark":
        source = as_uuid(request.POST.get("source"), "source")
        harvest.mark_result(user=request.user, event=desk.event, source=source, text=request.POST.get("text", ""))
        messages.success(request, _("Als Ergebnis vorgemerkt."))
    elif op in ("result.accept", "result.reword", "result.up", "result.down"):
        order_harvest(request, desk.event, op)
    elif op == "result.drop":
        harvest.drop_result(user=request.user, result=named_result(request, desk.event))
        messages.success(request, _("Die Vormerkung ist zurückgenommen."))
    else:
        done = harvest.publish_results(user=request.user, event=desk.event, summary=request.POST.get("summary", ""))
        messages.success(request, _("Veröffentlicht: %(count)d Ergebnisse.") % {"count": len(done)})


def order_harvest(request: HttpRequest, event: Event, op: str) -> None:
    """What tables proposed is taken over, worded and put into order."""
    result = named_result(request, event)
    if op == "result.accept":
        proposals.accept(user=request.user, result=result)
        messages.success(request, _("Als Ergebnis übernommen."))
    elif op == "result.reword":
        proposals.reword(user=request.user, result=result, text=request.POST.get("text", ""))
        messages.success(request, _("Der Text ist geändert."))
    else:
        proposals.shift(user=request.user, result=result, up=op == "result.up")


def named_result(request: HttpRequest, event: Event) -> Result:
    number = request.POST.get("result", "")
    result = event.results.filter(pk=int(number) if number.isdecimal() and len(number) < 18 else 0).first()
    if result is None:
        raise DomainError("unknown_result", _("Dieses Ergebnis gibt es nicht mehr."), status=404)
    return result


def arguments(request: HttpRequest) -> dict[str, Any]:
    """The fields of the form as arguments of the command; minutes are seconds there."""
    args: dict[str, Any] = {
        name: value
        for name, value in request.POST.items()
        if name not in ("csrfmiddlewaretoken", "op", "cid", "token", "minutes") and isinstance(value, str)
    }
    for name in NUMBERS & args.keys():
        args[name] = int(args[name]) if args[name].isdecimal() and len(args[name]) < 10 else args[name]
    if "cards" in request.POST:
        args["cards"] = request.POST.getlist("cards")
    minutes = request.POST.get("minutes", "")
    if minutes.isdecimal():
        args["seconds"] = min(int(minutes), 24 * 60) * 60
    if "pinned" in args:
        args["pinned"] = args["pinned"] == "1"
    return args


def anchor(op: str) -> str:
    if op.startswith("result"):
        return "#ernte"
    return "#karten-liste" if op.startswith(("card", "cluster")) else ""


def show(request: HttpRequest, desk: Desk, form: WorldCafeForm | None = None) -> HttpResponse:
    board = desk.board
    context: dict[str, Any] = {
        "desk": desk,
        "event": desk.event,
        "board": board,
        "form": form,
        "cid": uuid4().hex,
        "breadcrumb": trail(desk.event, _("Moderation")),
        "words": console_words(),
        "reasons": HideReason.choices,
    }
    if board is None or (board.phase == Phase.CLOSED and desk.event is not None):
        question = desk.event.question if desk.event else ""
        context["form"] = form or WorldCafeForm(initial={"question": question})
    if board is not None:
        context |= board_context(board)
        context["tables"] = glance(context["snapshot"])
        marked = set()
        if desk.event is not None:
            results = list(desk.event.results.select_related("card__table", "cluster__table"))
            tables = proposals.source_tables(results)
            context["results"] = [result for result in results if not result.is_proposal]
            context["proposals"] = [(row, tables[row.pk]) for row in results if row.is_proposal]
            context["new_results"] = [result for result in context["results"] if result.published_at is None]
            marked = {str(source.uuid) for result in results if (source := result.card or result.cluster)}
        context["marked"] = marked
    return render(request, "dialogues/console.html", context, status=400 if form is not None and form.errors else 200)


def board_context(board: Board) -> dict[str, Any]:
    snapshot = state.load_snapshot(board.pk, View.MODERATOR, None)
    current = board.rounds.filter(starts_at__isnull=False).order_by("-number").first()
    planned = board.rounds.filter(state=RoundState.PLANNED).order_by("number").first()
    order = {CardState.PENDING: 0, CardState.VISIBLE: 1, CardState.HIDDEN: 2}
    cards = sorted(snapshot["cards"], key=lambda card: order[card["state"]])
    return {
        "snapshot": snapshot,
        "cards": cards,
        "round": current,
        "planned": planned,
        "is_running": current is not None and current.state == RoundState.RUNNING,
        "pending": sum(card["state"] == CardState.PENDING for card in cards),
        "kinds": [choice for choice in CardKind.choices if choice[0] != CardKind.OPTION],
        "minutes": MINUTES[BoardFormat(board.format)],
        "rotates": board.format not in worldcafe.ONE_TABLE,
        "plan_rounds": min(rotation.MOST_ROUNDS, max(2, board.rounds.count())),
        "rotation": rotation.overview(board),
        "can_move": rotation.moves_next(board),
    }


def glance(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """Each table with its guests and cards."""
    guests: dict[int, list[dict[str, Any]]] = {}
    cards: dict[int, int] = {}
    hosts = {table["host"] for table in snapshot["tables"]}
    for guest in snapshot["participants"]:
        guests.setdefault(guest["table"], []).append(guest | {"is_host": guest["id"] in hosts})
    for card in snapshot["cards"]:
        cards[card["table"]] = cards.get(card["table"], 0) + 1
    return [
        {
            "number": table["number"],
            "code": table["code"],
            "help_at": table["help_at"],
            "people": guests.get(table["number"], []),
            "guests": len(guests.get(table["number"], [])),
            "cards": cards.get(table["number"], 0),
        }
        for table in snapshot["tables"]
    ]


def codes(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.board is None:
        raise Http404
    context = {
        "desk": desk,
        "event": desk.event,
        "board": desk.board,
        "tables": table_codes(request, desk.board),
        "breadcrumb": trail(desk.event, _("Tisch-Codes")),
    }
    return render(request, "dialogues/codes.html", context)
