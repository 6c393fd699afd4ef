"""Puts server and children together; imports daphne, so import this module only in the process that serves."""

from __future__ import annotations

import http.client
import json
import logging
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from portal.ops.server.children import Family
from portal.ops.work.lock import ServerLock

logger = logging.getLogger(__name__)

BACKLOG = 2048
FRAME_LIMIT = 64 * 1024  # of any socket; the consumers' own limits are lower and answer with words
PING_INTERVAL = 20
PING_TIMEOUT = 30
READY_WITHIN = 120


def run(*, host: str, port: int, extra: Sequence[Sequence[str]], worker: bool) -> None:
    refuse_taken_port(host, port)
    lock = ServerLock()
    if not lock.share():
        raise CommandError("Gerade wird eine Sicherung zurückgespielt. Bitte starten Sie danach.")
    family = Family([*([["worker"]] if worker else []), *extra])
    family.start()
    announcer = threading.Thread(target=_announce, args=(host, port, worker), daemon=True, name="ready")
    announcer.start()
    server = build_server(host, port)
    _end_on_signals(server)
    try:
        server.run()
    finally:
        family.end()
        lock.release()


def _end_on_signals(server: Any) -> None:
    """Own handlers: Twisted leaves SIGINT alone where a shell started us in the background with it ignored."""
    from twisted.internet import reactor

    def end(signum: int, frame: FrameType | None) -> None:
        reactor.callFromThread(server.stop)  # type: ignore[attr-defined]

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)


def refuse_taken_port(host: str, port: int) -> None:
    """A plain sentence where the port is in use, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise CommandError(f"Port {port} auf {host} ist nicht frei: {error.strerror}.") from error


def build_server(host: str, port: int) -> Any:
    import daphne.server as daphne_server

    from portal.asgi import application
    from portal.ops.server.closing import ClosingFactory
    from portal.ops.server.daphne_limits import LimitedFactory
    from portal.ops.server.quiet_sockets import write_no_settings

    daphne_server.HTTPFactory = LimitedFactory  # the one seam: Server.run makes its factory from this name
    daphne_server.WebSocketFactory = ClosingFactory  # the same for sockets
    write_no_settings()
    interface = host.strip("[]").replace(":", r"\:")
    return daphne_server.Server(
        application=application,
        endpoints=[f"tcp:port={port}:interface={interface}:backlog={BACKLOG}"],
        ping_interval=PING_INTERVAL,
        ping_timeout=PING_TIMEOUT,
        websocket_max_frame_size=FRAME_LIMIT,
        websocket_max_message_size=FRAME_LIMIT,
        server_name="",
        signal_handlers=False,
        verbosity=1,
    )


def _announce(host: str, port: int, worker: bool) -> None:
    deadline = time.monotonic() + READY_WITHIN
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    while time.monotonic() < deadline:
        if _is_ready(reachable, port, worker):
            sys.stdout.write(f"bereit: http://{reachable}:{port}/\n")
            sys.stdout.flush()
            return
        time.sleep(0.1)
    logger.error("not ready within %s s", READY_WITHIN)


def _is_ready(host: str, port: int, worker: bool) -> bool:
    connection = http.client.HTTPConnection(host.strip("[]"), port, timeout=10)
    try:
        connection.request("GET", "/readyz", headers={"Host": _known_host(host, port)})
        answer = connection.getresponse()
        state = json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return answer.status == 200 and (not worker or state.get("worker") == "ok")


def _known_host(host: str, port: int) -> str:
    names = settings.ALLOWED_HOSTS
    return f"{host}:{port}" if host in names or "*" in names or not names else str(names[0])
