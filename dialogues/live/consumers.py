"""The socket of a board: says who it is, sends commands, hears events."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings

from dialogues.domain.board import commands as board_commands
from dialogues.domain.board.hellos import Access, Blocked, Claim, UnknownBoard
from dialogues.enums import View
from dialogues.live import hub as hubs
from dialogues.live import protocol
from dialogues.live.hub import Audience, Session, current_hub
from dialogues.live.limits import FRAMES, GUEST, HELLOS, MODERATOR, PRACTICE, Rate
from dialogues.models.cards import TEXT_LIMIT
from portal.exceptions import DomainError, NotAllowed
from portal.live import Frame, SocketConsumer, header

logger = logging.getLogger(__name__)
HELLO_SECONDS = 20
CLOSING_CODES = {"revoked", "blocked"}


class BoardConsumer(SocketConsumer):
    subprotocol = protocol.SUBPROTOCOL

    def __init__(self, scope: dict[str, Any], send: Any) -> None:
        super().__init__(scope, send)
        self.session: Session | None = None
        self.frames, self.hellos = FRAMES.bucket(), HELLOS.bucket()
        self.deadline: asyncio.TimerHandle | None = None

    async def opened(self) -> None:
        self.hub = current_hub()
        loop = asyncio.get_running_loop()
        self.deadline = loop.call_later(HELLO_SECONDS, lambda: self.hub.start(self.expire()))

    async def expire(self) -> None:
        if self.session is None:
            await self.bye(protocol.NO_HELLO)

    async def received(self, text: str | None) -> None:
        try:
            if self.frames.take():
                raise protocol.ProtocolError(protocol.FLOOD)
            message = protocol.parse(text)
            if isinstance(message, protocol.Ping):
                self.answer("pong", ts=message.ts, server_time=hubs.server_time())
            elif isinstance(message, protocol.Hello):
                await self.hello(message)
            else:
                await self.command(message)
        except protocol.ProtocolError as error:
            await self.bye(error.code)

    def closed(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
        if self.session is not None:
            self.hub.leave(self.session)

    # --- messages -------------------------------------------------------------------------------------------------

    async def hello(self, message: protocol.Hello) -> None:
        if self.hellos.take():
            raise protocol.ProtocolError(protocol.FLOOD)
        access = await self.hub.reception.identify(self.claim(message))
        if isinstance(access, UnknownBoard):
            raise protocol.ProtocolError(protocol.UNKNOWN_BOARD)
        if isinstance(access, Blocked):
            raise protocol.ProtocolError(protocol.REVOKED)
        if access is None:
            raise protocol.ProtocolError(protocol.UNAUTHORISED)
        audience = Audience(access.board_id, access.table, access.actor.view)
        earlier = self.session
        session = Session(self.outlet, access, audience, self.dismissed)
        if earlier is not None:
            # The same socket asks again: it must get no event twice, so what it was sent stays known.
            same = earlier.access.epoch == access.epoch and earlier.audience == audience
            session.seq, session.resumable = (earlier.seq, True) if same else (0, False)
            self.hub.leave(earlier)
        self.session = session
        rate = rate_of(access)
        limits = access.limits | {
            "frame": protocol.MAX_FRAME,
            "text": TEXT_LIMIT,
            "replay": protocol.REPLAY,
            "rate": {"per_second": rate.per_second, "burst": rate.burst},
        }
        first = Frame(
            protocol.encode(
                "welcome",
                epoch=access.epoch,
                seq=access.seq,
                role=protocol.ROLES[View(access.actor.view)],
                table=access.table,
                server_time=hubs.server_time(),
                limits=limits,
                participant=access.participant,
            )
        )
        await self.hub.welcome(session, message, first)
        if not self.is_open:
            self.hub.leave(session)

    async def command(self, message: protocol.Cmd) -> None:
        if self.session is None:
            raise protocol.ProtocolError(protocol.UNAUTHORISED)
        access = self.session.access
        channel = await self.hub.channel(access)
        wait = channel.bucket(access.actor.key, rate_of(access)).take()
        if wait:
            self.nack(message.cid, "rate_limited", "Das waren viele Schritte auf einmal. Bitte warten Sie kurz.", wait)
            return
        try:
            ack = await hubs.commands.run(
                board_commands.execute,
                actor=access.actor,
                board_id=access.board_id,
                op=message.op,
                args=message.args,
                cid=message.cid,
            )
        except DomainError as error:
            self.nack(message.cid, error.code, str(error.message))
            if isinstance(error, NotAllowed) and error.code in CLOSING_CODES:
                raise protocol.ProtocolError(protocol.REVOKED) from error
        except Exception:
            logger.exception("Befehl %s ist gescheitert.", message.op)
            self.nack(message.cid, "server_error", "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.", 1.0)
        else:
            self.answer("ack", cid=message.cid, seq=ack.seq, result=ack.result)

    # --- answers --------------------------------------------------------------------------------------------------

    def answer(self, kind: str, /, **fields: Any) -> None:
        self.outlet.write(Frame(protocol.encode(kind, **fields)))

    def nack(self, cid: str, code: str, message: str, retry_after: float | None = None) -> None:
        extra = {} if retry_after is None else {"retry_after": round(retry_after, 2)}
        self.answer("nack", cid=cid, code=code, message=message, **extra)

    def dismissed(self, code: int) -> None:
        self.hub.start(self.bye(code))

    async def bye(self, code: int) -> None:
        retry = protocol.spread() if code == protocol.FLOOD else None
        self.answer("bye", code=code, retry_after=retry, message=protocol.CLOSE_CODES[code])
        await self.close(code)

    def claim(self, message: protocol.Hello) -> Claim:
        try:
            board = UUID(str(self.scope["url_route"]["kwargs"]["board"]))
        except ValueError as error:
            raise protocol.ProtocolError(protocol.UNKNOWN_BOARD) from error
        return Claim(board, message.token, message.table, lambda: session_user(header(self.scope, b"cookie")))


def rate_of(access: Access) -> Rate:
    if access.is_practice:
        return PRACTICE
    return GUEST if access.actor.view == View.PUBLIC else MODERATOR


def session_user(cookies: str) -> Any:
    """The account behind the browser's session cookie, or None; read only where no token came."""
    from django.contrib.auth import get_user
    from django.http import HttpRequest, parse_cookie

    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    with contextlib.suppress(Exception):
        user = get_user(request)
        return user if user.is_authenticated else None
    return None
