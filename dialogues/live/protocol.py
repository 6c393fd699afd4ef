"""The wire protocol `dhpb.board.v1`: parsing what clients send, encoding what they get. No sockets, no database."""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogues.enums import View

SUBPROTOCOL = "dhpb.board.v1"
MAX_FRAME = 16 * 1024
MAX_DEPTH = 6
MAX_CID = 64
REPLAY = 500
CID = re.compile(r"[\x21-\x7e]{1,64}")

ROLES = {
    View.PUBLIC: "participant",
    View.MODERATOR: "moderator",
    View.PROJECTOR: "projector",
    View.OBSERVER: "observer",
}

# Message types and their fields; docs/reference/live.md describes each, and a test compares the two.
CLIENT_MESSAGES: dict[str, tuple[str, ...]] = {
    "hello": ("table", "token", "last_seq", "epoch"),
    "cmd": ("cid", "op", "args"),
    "ping": ("ts",),
}
SERVER_MESSAGES: dict[str, tuple[str, ...]] = {
    "welcome": ("epoch", "seq", "role", "table", "server_time", "limits", "participant"),
    "snapshot": (
        "epoch", "seq", "table", "title", "format", "phase", "round", "cards", "clusters", "votes", "participants",
        "hidden", "tables", "handovers", "server_time",
    ),
    "events": ("from", "to", "items"),
    "ack": ("cid", "seq", "result"),
    "nack": ("cid", "code", "message", "retry_after"),
    "presence": ("online", "tables"),
    "pong": ("ts", "server_time"),
    "reload": (),
    "bye": ("code", "retry_after", "message"),
}  # fmt: skip
EVENTS = (
    "card.created", "card.edited", "card.deleted", "card.hidden", "card.restored", "card.approved", "card.moved",
    "card.pinned", "card.answered", "cluster.created", "cluster.dissolved", "votes.changed", "round.started",
    "round.extended", "round.paused", "round.resumed", "round.ended", "phase.changed", "rotation.planned",
    "rotation.moved", "host.changed", "handover.written", "help.called", "help.cleared", "participant.seated",
    "participant.marked", "participant.left", "participant.blocked", "participant.unblocked", "result.proposed",
    "message.sent", "skip",
)  # fmt: skip

# Close codes; each is also the code of the `bye` before it.
GOING_AWAY = 1012
UNSUPPORTED = 1003
TOO_BIG = 1009
MALFORMED = 4400
UNAUTHORISED = 4401
REVOKED = 4403
UNKNOWN_BOARD = 4404
NO_HELLO = 4408
FLOOD = 4429
CLOSE_CODES: dict[int, str] = {
    GOING_AWAY: "Der Server startet neu. Ihr Gerät verbindet sich von selbst wieder.",
    UNSUPPORTED: "Nur Textnachrichten sind erlaubt.",
    TOO_BIG: "Die Nachricht ist zu groß.",
    MALFORMED: "Die Nachricht ist nicht lesbar.",
    UNAUTHORISED: "Ihr Zugang ist ungültig. Bitte treten Sie dem Tisch neu bei.",
    REVOKED: "Ihr Zugang wurde beendet.",
    UNKNOWN_BOARD: "Diese Tafel oder diesen Tisch gibt es nicht.",
    NO_HELLO: "Es kam keine Anmeldung.",
    FLOOD: "Zu viele Nachrichten in kurzer Zeit.",
}


class ProtocolError(Exception):
    """The socket is closed with `code`; others are unaffected."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(reason or CLOSE_CODES[code])
        self.code = code


@dataclass(frozen=True)
class Hello:
    table: int | str | None = None
    token: str | None = None
    last_seq: int = 0
    epoch: str | None = None


@dataclass(frozen=True)
class Cmd:
    cid: str
    op: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ping:
    ts: int | float | str | None = None


def parse(text: str | None) -> Hello | Cmd | Ping:
    """One client message. Raises ProtocolError: 1003 binary, 1009 too large, 4400 not understood."""
    if text is None:
        raise ProtocolError(UNSUPPORTED)
    if len(text) > MAX_FRAME or len(text.encode("utf-8", "replace")) > MAX_FRAME:
        raise ProtocolError(TOO_BIG)
    try:
        message = json.loads(text, parse_constant=refuse_constant, parse_float=finite)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(MALFORMED) from error
    if not isinstance(message, dict) or too_deep(message, MAX_DEPTH):
        raise ProtocolError(MALFORMED)
    parser = PARSERS.get(message["t"]) if isinstance(message.get("t"), str) else None
    if parser is None:
        raise ProtocolError(MALFORMED)
    return parser(message)


def parse_hello(message: dict[str, Any]) -> Hello:
    table, token, last, epoch = (message.get(name) for name in CLIENT_MESSAGES["hello"])
    last = 0 if last is None else last
    if not (is_integer(last) and 0 <= last < 2**63):
        raise ProtocolError(MALFORMED)
    if not (table is None or is_integer(table) or isinstance(table, str)):
        raise ProtocolError(MALFORMED)
    if not all(value is None or isinstance(value, str) for value in (token, epoch)):
        raise ProtocolError(MALFORMED)
    return Hello(table, token, last, epoch)


def parse_cmd(message: dict[str, Any]) -> Cmd:
    cid, op, args = message.get("cid"), message.get("op"), message.get("args", {})
    args = {} if args is None else args
    if not (isinstance(cid, str) and CID.fullmatch(cid) and isinstance(op, str) and isinstance(args, dict)):
        raise ProtocolError(MALFORMED)
    return Cmd(cid, op, args)


def parse_ping(message: dict[str, Any]) -> Ping:
    stamp = message.get("ts")
    plain = is_integer(stamp) or isinstance(stamp, float) or (isinstance(stamp, str) and len(stamp) <= 64)
    return Ping(stamp if plain and not (isinstance(stamp, str) and not encodable(stamp)) else None)


PARSERS: dict[str, Callable[[dict[str, Any]], Hello | Cmd | Ping]] = {
    "hello": parse_hello,
    "cmd": parse_cmd,
    "ping": parse_ping,
}


def is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def refuse_constant(name: str) -> None:
    raise ValueError(name)


def finite(digits: str) -> float:
    """A JSON number such as 1e999 becomes infinity, which JSON cannot give back."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def too_deep(value: object, depth: int) -> bool:
    """Whether containers are nested more than `depth` levels; iterative, since the input is hostile."""
    level = [value]
    for _level in range(depth + 1):
        level = [
            child
            for item in level
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True


def encode(kind: str, /, **fields: Any) -> str:
    """A server message as compact JSON."""
    return dump({"t": kind, **fields})


def spread() -> float:
    """Seconds to wait before coming back, different for each socket, so that a hall does not come at once."""
    return round(random.uniform(0.5, 3.0), 2)  # noqa: S311


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def events_frames(first: int, items: list[str], limit: int = MAX_FRAME) -> list[str]:
    """`events` messages for already encoded items with the numbers `first`, `first + 1`, …; each at most `limit` bytes.

    Without items one empty message says that nothing was missed.
    """
    frames: list[str] = []
    start, size, chunk = first, 0, list[str]()
    for item in items:
        length = len(item.encode()) + 1
        if chunk and size + length > limit - 80:
            frames.append(join(start, chunk))
            start, size, chunk = start + len(chunk), 0, []
        chunk.append(item)
        size += length
    frames.append(join(start, chunk))
    return frames


def join(first: int, items: list[str]) -> str:
    return f'{{"t":"events","from":{first},"to":{first + len(items) - 1},"items":[{",".join(items)}]}}'
