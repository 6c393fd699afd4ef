"""Doors that are no page: sockets, the cache before the portal, mails, the stream of acts, and counts."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.core import mail
from django.test import Client
from django.utils import timezone

from dialogues.domain.worldcafe import rehearse
from dialogues.live import hub as hubs
from ethics.domain import clockwork, review, talk
from ethics.enums import State
from ethics.models import Meeting, ReviewCase
from portal.activity.models import Activity
from portal.asgi import application
from portal.routing import websocket_urlpatterns
from tests.ethics.walk.planted import FREE, World, plant
from tests.ethics.walk.test_walk import client_of, leaks

ARGUMENT = re.compile(r"<\w+:(\w+)>")
QUIET = 0.3  # seconds without a word after which a socket has said what it had to say
HELLOS = (
    {"t": "hello", "table": None, "last_seq": 0, "epoch": None},
    {"t": "subscribe", "bbox": [8.0, 51.0, 9.0, 52.0], "zoom": 12},
    {"t": "cmd", "cid": "k1", "op": "card.create", "args": {"text": "x"}},
)


@pytest.fixture
def give_connections_back():
    """The threads of the hub outlive a test; its database does not."""
    yield
    hubs.commands.close()
    hubs.reads.close()


def socket_paths(values: dict[str, Any]) -> list[str]:
    """A concrete path for every socket of the portal; KeyError for an argument the walk cannot fill."""
    return ["/" + ARGUMENT.sub(lambda m: str(values[m[1]]), str(p.pattern)) for p in websocket_urlpatterns]


def cookies_of(person: Any) -> list[tuple[bytes, bytes]]:
    if person is None:
        return []
    held = client_of(person).cookies.items()
    return [(b"cookie", "; ".join(f"{name}={cookie.value}" for name, cookie in held).encode())]


async def heard_on(path: str, headers: list[tuple[bytes, bytes]], while_open: Any) -> str:
    """Everything a socket says to somebody who greets in every known way while the office works."""
    protocols = ["dhpb.board.v1"] if "board" in path else []
    socket = WebsocketCommunicator(
        application, path, headers=[(b"host", b"testserver"), *headers], subprotocols=protocols
    )
    accepted, said = await socket.connect(timeout=10)
    heard = [f"{accepted} {said}"]
    if not accepted:
        return "".join(heard)
    for message in HELLOS:
        await socket.send_to(text_data=json.dumps(message))
    await while_open()
    try:
        while True:
            output = await asyncio.wait_for(socket.output_queue.get(), QUIET)
            heard.append(json.dumps(output, default=repr))
            if output["type"] == "websocket.close":
                break
    except TimeoutError:
        await socket.disconnect()
    return "\n".join(heard)


async def through_the_door(path: str, headers: list[tuple[bytes, bytes]]) -> tuple[int, str]:
    """Status and body of a GET through everything that stands before Django, page cache included."""
    path, _separator, query = path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"testserver"), *headers],
        "client": ("127.0.0.1", 50000),
        "server": ("testserver", 80),
    }
    door = ApplicationCommunicator(application, scope)
    await door.send_input({"type": "http.request", "body": b"", "more_body": False})
    start = await door.receive_output(20)
    body = b""
    more = True
    while more:
        part = await door.receive_output(20)
        body += part.get("body", b"")
        more = part.get("more_body", False)
    await door.wait()
    return start["status"], body.decode("utf-8", "replace")


@pytest.mark.django_db(transaction=True)
async def test_sockets_and_the_cache_say_no_planted_word(transactional_db, story, make_user, give_connections_back):
    """Every socket, connected by every role; then every warm page, asked again by somebody who is not signed in."""
    world: World = await sync_to_async(plant)(story, make_user)
    practice = await sync_to_async(rehearse)(tables=1)
    case = await sync_to_async(ReviewCase.objects.get)(slug=world.slugs[1])
    found: list[str] = []
    greeted: dict[str, set[str]] = {}

    async def office_works() -> None:
        await sync_to_async(talk.remark)(world.people[FREE], case=case, section="daten", text="BERATUNGWORT, jetzt.")

    for role, person in world.people.items():
        headers = await sync_to_async(cookies_of)(person)
        for path in socket_paths({"board": practice.board.uuid}):
            text = await heard_on(path, headers, office_works)
            found += leaks(text, role, path)
            greeted.setdefault(path, set()).update(re.findall(r'\\"t\\": ?\\"(\w+)', text))
    assert not found, "\n".join(found)
    assert all(greeted.values()), f"a socket that answers nobody was not walked: {greeted}"

    pages = [
        "/ethikrat/",
        world.project_url,
        f"/ethikrat/buero/faelle/{world.slugs[0]}/",
        "/ethikrat/buero/",
        "/suche/?q=GEHEIM",
    ]
    pages += [f"/ethikrat/pruefungen/{slug}/" for slug in world.slugs]
    warm = await sync_to_async(cookies_of)(world.people["lead"])
    for path in pages:
        _status, own = await through_the_door(path, warm)
        assert "GEHEIMTITEL" in own or path.startswith(("/ethikrat/pruefungen/", "/suche/", "/ethikrat/")), path
        _status, others = await through_the_door(path, [])
        found += leaks(others, "anonymous", path)
    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_mails_and_the_stream_of_acts_carry_no_planted_word(story, make_user):
    world = plant(story, make_user)
    review.set_deadlines(
        story.office, case=ReviewCase.objects.get(slug=world.slugs[0]), opinions_due=timezone.now() + timedelta(days=6)
    )
    assert clockwork.remind()
    roles = dict.fromkeys((member.email for member in story.members), FREE)
    roles |= {person.email: role for role, person in world.people.items() if person is not None}
    found = []
    assert {address for sent in mail.outbox for address in sent.to} >= {member.email for member in story.members}
    for sent in mail.outbox:
        text = f"{sent.subject} {sent.body} {sent.attachments}"
        for address in sent.to:
            found += leaks(text, roles[address], f"Mail: {sent.subject}")
    for act in Activity.objects.all():
        found += leaks(f"{act.title} {act.summary} {act.url}", "anonymous", act.verb)
    assert not found, "\n".join(found)


PUBLIC = (
    "/ethikrat/",
    "/ethikrat/fragen/",
    "/ethikrat/folgenabschaetzungen/",
    "/projekte/",
    "/suche/?q=Baumsensoren",
    "/sitemap.xml",
    "/feed/ethikrat/1/",
    "/api/v1/reviews",
    "/api/v1/assessments",
)


@pytest.mark.django_db
def test_no_count_tells_that_a_hidden_case_exists(story):
    """What outsiders see is the same with and without cases under review."""
    story.to(State.CLOSED)
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Meeting.objects.update(starts_at=morning)  # else it begins during this test, and moves to those that were held
    held = Meeting.objects.get()
    story.meeting_today = lambda: held  # meetings are public, so the hidden cases come into one that is there already
    paths = [*PUBLIC, story.project.get_absolute_url()]
    before = {path: shown(path) for path in paths}
    for state in (State.DRAFT, State.REVIEW, State.DISSENT, State.PREPARING, State.VOTING):
        story.to(state)
    assert {path: shown(path) for path in paths} == before


def shown(path: str) -> str:
    """The page without what differs from one answer to the next."""
    text = Client().get(path).content.decode()
    return re.sub(r"(nonce|csrfmiddlewaretoken)[^>]*|vor \d+ \w+|<updated>[^<]*", "", text)
