"""Messages of network servers that cannot be stored now, since the database is busy or their sender floods: kept as
files below `var/spool/<sender>/`, since these senders never try again. No header is kept.

Worker and subscriber take them in, the senders in turn: what one of them has piled up does not hold up the others.
"""

from __future__ import annotations

import base64
import fcntl
import heapq
import json
import logging
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from mapviews.domain import subscription
from mapviews.domain.messages import receive
from mapviews.models import Source

log = logging.getLogger(__name__)

SHARE = 20_000  # messages of one sender that may wait
TURN = 200  # messages that one call takes in, so that other work of the worker goes on
BUSY = (OperationalError, InterfaceError)


class Full(OSError):
    """This sender's share is used up."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "spool"


def put(*, source: str, body: bytes, event: str | None) -> None:
    """Keeps a message of a source, safe against a crash once this returns. Raises `Full`, OSError (disk full)."""
    _keep(source, body, {"source": source, "event": event})


def put_topic(*, topic: str, body: bytes) -> None:
    """The same for a message of the broker, whose source is looked up later."""
    parts = subscription.read_topic(topic)
    _keep(lane_of(parts.application if parts else ""), body, {"topic": topic})


def lane_of(application: str) -> str:
    """The folder of what a broker sent for an application."""
    return "mqtt-" + re.sub(r"[^a-z0-9-]", "_", application.lower())[:60]


def waiting() -> dict[str, int]:
    """How many messages wait, by sender (a source's slug, or `lane_of` an application)."""
    found: dict[str, int] = {}
    for entry in _lanes():
        if count := sum(1 for name in os.listdir(entry) if name.endswith(".json")):
            found[entry.name] = count
    return found


def drain(most: int = TURN) -> int:
    """Takes in up to `most` messages, the senders in turn, each oldest first; returns how many.

    A busy database ends the turn and loses nothing. A file that fails for another reason is put aside as `.failed` and
    logged, so that it holds up no other. Where another process is at it, nothing is done.
    """
    done = 0
    with _alone() as mine:
        for path in _in_turn(most) if mine else ():
            try:
                _take_in(json.loads(path.read_text()))
            except BUSY:
                raise
            except Exception:
                log.exception("spool_failed", extra={"file": path.name})
                path.rename(path.with_suffix(".failed"))
                continue
            path.unlink()
            done += 1
    return done


def _keep(lane: str, body: bytes, data: dict[str, str | None]) -> None:
    target = folder() / lane
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    if len(os.listdir(target)) >= SHARE:
        raise Full(f"spool of {lane} is full")
    arrival = timezone.now()
    path = target / f"{int(arrival.timestamp() * 1000)}-{uuid.uuid4().hex}.json"
    draft = path.with_suffix(".part")
    try:
        with draft.open("w") as handle:
            json.dump(data | {"arrival": arrival.isoformat(), "body": base64.b64encode(body).decode()}, handle)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    draft.rename(path)
    directory = os.open(target, os.O_RDONLY)  # the name, too, must survive a power cut
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _lanes() -> list[Path]:
    """The senders' folders, and the top, where files of earlier versions lie."""
    top = folder()
    return sorted([top, *(entry for entry in top.iterdir() if entry.is_dir())]) if top.is_dir() else []


def _in_turn(most: int) -> list[Path]:
    """The files of one call: the oldest of each sender, then the next of each, and so on."""
    queues = [heapq.nsmallest(most, lane.glob("*.json"), key=lambda path: path.name) for lane in _lanes()]
    rounds = [queue[turn] for turn in range(most) for queue in queues if turn < len(queue)]
    return rounds[:most]


@contextmanager
def _alone() -> Iterator[bool]:
    """True for one process at a time; the system takes the lock back from a dead one."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / ".lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _take_in(data: dict[str, Any]) -> None:
    body, arrival = base64.b64decode(data["body"]), datetime.fromisoformat(data["arrival"])
    if "topic" in data:
        subscription.take(data["topic"], body, arrival=arrival)
        return
    source = Source.objects.filter(slug=data["source"]).first()
    if source is not None:
        receive(source, body=body, event=data["event"], arrival=arrival)
