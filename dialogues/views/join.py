"""`/t/<code>/`: a guest's page at a table, by script with a socket or by plain forms.

The script's way carries the token in the message and sets no cookie. The form's way keeps it in a cookie that only
these pages see; it acts with the rights of that seat alone, so an origin check stands in for the portal's CSRF token.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogues.domain import proposals
from dialogues.domain.board import actors, commands, hellos, seats, state
from dialogues.domain.board.context import is_over
from dialogues.enums import AnswerState, BoardFormat, CardKind, Phase, RoundState, View
from dialogues.models import Board, Participant, Round, Table
from dialogues.models.cards import REPLY_LIMIT, TEXT_LIMIT
from dialogues.views.questions import asking
from dialogues.views.words import phone_words
from portal.exceptions import DomainError, NotAllowed

COOKIE = "tisch"
COOKIE_SECONDS = 24 * 3600
FORM_OPERATIONS = {
    "card.create": ("text", "kind", "lang", "reply_to"),
    "card.edit": ("card", "text"),
    "card.delete": ("card",),
    "vote.add": ("target",),
    "vote.remove": ("target",),
    "cluster.create": ("cards", "title"),
    "cluster.dissolve": ("cluster",),
    "card.move": ("card", "cluster"),
    "host.set": ("participant",),
    "handover.write": ("text",),
    "help.call": (),
}
EMPTY_IS_NOTHING = ("reply_to", "participant", "cluster")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table_join(request: HttpRequest, code: str) -> HttpResponse:
    wants_json = "application/json" in request.headers.get("Accept", "")
    if request.method == "POST" and not same_origin(request):
        return refused(
            request, NotAllowed(_("Diese Anfrage kam von einer fremden Seite."), code="bad_origin"), wants_json
        )
    try:
        table = seats.find_table(code)
        if request.method == "POST" and wants_json:
            return join_by_script(request, table)
        if request.method == "POST":
            return post_form(request, table)
        return show(request, table)
    except DomainError as error:
        return refused(request, error, wants_json, code)


def join_by_script(request: HttpRequest, table: Table) -> HttpResponse:
    seat = seats.join(
        code=table.code,
        pseudonym=request.POST.get("pseudonym", ""),
        token=request.POST.get("token", ""),
        resume=request.POST.get("resume") == "1",
    )
    return JsonResponse(
        {
            "token": seat.token,
            "board": str(table.board.uuid),
            "table": seat.table.number,
            "participant": str(seat.participant.uuid),
            "socket": table.board.socket_path,
        },
        status=201,
    )


def post_form(request: HttpRequest, table: Table) -> HttpResponse:
    """Join, leave, write, change, take back, vote: one form each, then back to the page."""
    op = request.POST.get("op", "join")
    if op == "participant.leave":
        leaving = seated(request, table)
        if leaving is not None:
            commands.execute(actor=actors.guest(leaving), board_id=table.board_id, op=op, args={})
        response = redirect(table.get_absolute_url())
        response.delete_cookie(COOKIE, path=cookie_path())
        return response
    if op == "join":
        token = request.COOKIES.get(COOKIE, "")
        try:
            seat = seats.join(code=table.code, pseudonym=request.POST.get("pseudonym", ""), token=token)
        except DomainError as error:
            return show(request, table, error=error, pseudonym=request.POST.get("pseudonym", ""))
        response = redirect(table.get_absolute_url())
        keep_token(request, response, seat.token)
        return response
    guest = seated(request, table)
    if guest is None:
        return redirect(table.get_absolute_url())
    args = form_arguments(request, op)
    try:
        if op not in FORM_OPERATIONS:
            raise NotAllowed
        commands.execute(
            actor=actors.guest(guest),
            board_id=table.board_id,
            op=op,
            args=args,
            cid=request.POST.get("cid", "")[:64],
        )
    except DomainError as error:
        return show(request, table, error=error, text=args.get("text", "") if op == "card.create" else "")
    return redirect(table.get_absolute_url() + ("#karten" if op != "card.create" else ""))


def form_arguments(request: HttpRequest, op: str) -> dict[str, Any]:
    """The fields that this form may send; an empty choice is none."""
    args: dict[str, Any] = {}
    for name in FORM_OPERATIONS.get(op, ()):
        if name == "cards":
            args[name] = request.POST.getlist(name)
        elif name in request.POST:
            value = request.POST[name]
            args[name] = None if name in EMPTY_IS_NOTHING and not value else value
    return args


def show(
    request: HttpRequest, table: Table, *, error: DomainError | None = None, text: str = "", pseudonym: str = ""
) -> HttpResponse:
    guest = seated(request, table)
    context: dict[str, Any] = {
        "table": table,
        "board": table.board,
        "event": table.board.event,
        "guest": guest,
        "error": error,
        "text": text,
        "pseudonym": pseudonym,
        "kinds": [choice for choice in CardKind.choices if choice[0] != CardKind.OPTION],
        "text_limit": TEXT_LIMIT,
        "pseudonym_limit": seats.PSEUDONYM_LIMIT,
        "is_closed": table.board.phase == Phase.CLOSED,
        "now": timezone.now(),
        "cid": uuid4().hex,
        "words": phone_words(),
        "round_shape": None,
        "elsewhere": None if guest else sits_elsewhere(request, table),
        "formats": BoardFormat,
        "reply_limit": REPLY_LIMIT,
        "other_language": other_language(request),
        "page_lang": "en" if (get_language() or "").startswith("en") else "de",
    }
    context |= asking(table.board)
    if guest is not None:
        context |= seat_state(table, guest)
    return render(request, "dialogues/table.html", context, status=error.status if error else 200)


def seat_state(table: Table, guest: Participant) -> dict[str, Any]:
    """The board as plain data for the page without script: own cards first, then the table's."""
    snapshot = state.load_snapshot(table.board_id, View.PUBLIC, table.number)
    mine = hellos.welcome_guest(table.board, guest)
    own = {card["id"] for card in mine["cards"]}
    dots = mine["votes"]
    replies: dict[str, list[dict[str, Any]]] = {}
    for card in snapshot["cards"]:
        if card["reply_to"]:
            replies.setdefault(card["reply_to"], []).append(card)
    groups = {item["id"]: item["title"] for item in snapshot["clusters"]}

    def shown(card: dict[str, Any]) -> dict[str, Any]:
        extra = {"mine": dots.count(card["id"]), "replies": replies.get(card["id"], [])}
        return card | extra | {"group": groups.get(card["cluster"] or "", "")}

    others = [shown(card) for card in snapshot["cards"] if card["id"] not in own and not card["reply_to"]]
    if table.board.format == BoardFormat.PODIUM:
        others.sort(key=lambda card: (card["answer"] != AnswerState.NOW, -card["votes"]))
    proposed = proposals.of_table(table.board, table.number) if mine["is_host"] else {}
    current = table.board.rounds.filter(starts_at__isnull=False).order_by("-number").first()
    return {
        "round": current,
        "me": mine,
        "people": snapshot["participants"],
        "host": next(row["host"] for row in snapshot["tables"] if row["number"] == table.number),
        "handovers": [note for note in snapshot["handovers"] if note["text"]],
        "my_handover": next((n["text"] for n in snapshot["handovers"] if current and n["round"] == current.number), ""),
        "clusters": [
            item | {"mine": dots.count(item["id"]), "proposal": proposed.get(item["id"])}
            for item in snapshot["clusters"]
        ],
        "is_open": is_open(table.board, current),
        "round_shape": snapshot["round"],
        "own_cards": [shown(card) for card in mine["cards"]],
        "other_cards": others,
        "votes_left": mine["votes_left"],
    }


def is_open(board: Board, current: Round | None) -> bool:
    """Whether a card would be taken now; the command asks again."""
    running = current is not None and current.state == RoundState.RUNNING
    return running and board.phase == Phase.DISCUSS and not is_over(current, timezone.now())


def seated(request: HttpRequest, table: Table) -> Participant | None:
    """The guest of the cookie, if they sit at this very table."""
    token = request.COOKIES.get(COOKIE)
    guest = actors.find_participant(token, table.board) if token else None
    if guest is None or guest.table_id != table.pk or guest.blocked or guest.left_at is not None:
        return None
    return guest


def other_language(request: HttpRequest) -> str:
    """The same page in English, or in German."""
    target = "de" if (get_language() or "").startswith("en") else "en"
    return translate_url(request.get_full_path(), target)


def sits_elsewhere(request: HttpRequest, table: Table) -> Table | None:
    """Where the guest of the cookie sits by now, if that is another table of this board."""
    token = request.COOKIES.get(COOKIE)
    guest = actors.find_participant(token, table.board) if token else None
    gone = guest is None or guest.blocked or guest.left_at is not None or guest.table_id == table.pk
    return None if guest is None or gone else guest.table


def refused(request: HttpRequest, error: DomainError, wants_json: bool, code: str = "") -> HttpResponse:
    if wants_json:
        return JsonResponse({"code": error.code, "message": str(error.message)}, status=error.status)
    return render(request, "dialogues/table_unknown.html", {"error": error, "code": code}, status=error.status)


def keep_token(request: HttpRequest, response: HttpResponse, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path=cookie_path(),
        httponly=True,
        secure=request.is_secure(),
        samesite="Strict",
    )


def cookie_path() -> str:
    """`/t/`, or `/en/t/` on the English page."""
    return reverse("dialogues:table-join", args=["x"]).removesuffix("x/")


def same_origin(request: HttpRequest) -> bool:
    """Browsers send an Origin with every post; where it came, scheme and host must be ours."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme == request.scheme and parts.netloc.lower() == request.get_host().lower()


@require_http_methods(["GET"])
def table_find(request: HttpRequest) -> HttpResponse:
    """`/t/?code=`: typed from the wall instead of scanned."""
    code = "".join(character for character in request.GET.get("code", "") if character.isalnum())[:12]
    if code:
        return redirect("dialogues:table-join", code.upper())
    return render(
        request, "dialogues/table_unknown.html", {"code": "", "tables": free_tables(request.GET.get("tafel"))}
    )


def free_tables(board: str | None) -> list[Table]:
    """The tables of a board with a mark on full ones; a board's id is as unguessable as its codes."""
    try:
        uuid = UUID(str(board))
    except ValueError:
        return []
    here = Q(participants__blocked=False, participants__left_at__isnull=True)
    tables = list(
        Table.objects.filter(board__uuid=uuid)
        .select_related("board")
        .annotate(taken=Count("participants", filter=here))
    )
    for table in tables:
        limit = table.board.seat_limit
        table.is_full = limit is not None and table.taken >= limit
    return tables
