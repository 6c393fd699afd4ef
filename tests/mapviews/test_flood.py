"""A sender that floods waits behind itself: others keep flowing, and nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import importlib
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.asgi import get_asgi_application
from django.core.cache import cache

from mapviews.domain import health, spool, throttling
from mapviews.domain.fairness import Lanes, Loudness
from mapviews.door import FairDoor
from mapviews.management.commands.lorawan_subscribe import Command
from mapviews.models import Measurement, RawMessage
from portal.accounts.enums import Role
from tests.mapviews.conftest import chirpstack


@pytest.fixture
def phenomena(transactional_db: None) -> None:
    """Tests with real transactions begin with empty tables."""
    importlib.import_module("mapviews.migrations.0003_phenomena").seed(apps, None)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    cache.clear()


def test_lanes_are_served_in_turn() -> None:
    lanes: Lanes[str] = Lanes(3)
    assert [lanes.put("a", f"a{i}") for i in range(4)] == [True, True, True, False]
    assert lanes.put("b", "b0")
    assert (lanes.waiting("a"), len(lanes)) == (3, 2)
    assert (lanes.discard("a", "a1"), lanes.discard("a", "a1"), lanes.discard("c", "a1")) == (True, False, False)
    assert [lanes.take() for _turn in range(4)] == ["a0", "b0", "a2", None]


def test_who_uses_more_than_half_of_the_time_is_loud_until_it_was_quiet() -> None:
    now = [0.0]
    loudness = Loudness(lambda: now[0])
    for _message in range(30):
        now[0] += 0.02
        loudness.note("a", 0.02)
    assert not loudness.is_loud("a")
    for _message in range(30):
        now[0] += 0.02
        loudness.note("a", 0.02)
    assert (loudness.is_loud("a"), loudness.is_loud("b")) == (True, False)
    now[0] += 0.5
    assert not loudness.is_loud("a")


def call(door: FairDoor, path: str, secret: str, body: bytes = b"", client: str = "10.0.0.1") -> Any:
    """A POST through the door: a coroutine that gives status, headers and body."""

    async def act() -> tuple[int, dict[str, str], bytes]:
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"event=up", "root_path": "",
            "client": [client, 1], "server": ["localhost", 80],
            "headers": [
                (b"host", b"localhost"), (b"content-type", b"application/json"),
                (b"content-length", str(len(body)).encode()), (b"authorization", f"Bearer {secret}".encode()),
            ],
        }  # fmt: skip
        parts = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if parts:
                return parts.pop()
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await door(scope, receive, send)
        headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:])

    return act()


class Slow:
    """An application that answers one request whenever it is told to; 401 to the secret "falsch"."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.go = asyncio.Semaphore(0)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        secret = dict(scope["headers"])[b"authorization"].decode().split()[1]
        self.seen.append(secret)
        await self.go.acquire()
        await send({"type": "http.response.start", "status": 401 if secret == "falsch" else 202, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def test_other_senders_pass_by_a_flood() -> None:
    async def act() -> None:
        application = Slow()
        door = FairDoor(application, at_once=1, waiting=10)
        for secret in ("a", "b"):
            application.go.release()
            assert (await call(door, "/ingest/x/", secret))[0] == 202
        flood = [asyncio.create_task(call(door, "/ingest/a/", "a")) for _each in range(30)]
        await asyncio.sleep(0)
        other = asyncio.create_task(call(door, "/ingest/b/", "b"))
        await asyncio.sleep(0)
        for _each in range(40):
            application.go.release()
        answers = [await task for task in flood]
        assert [status for status, _headers, _body in answers] == [202] * 11 + [503] * 19
        refusal = next(answer for answer in answers if answer[0] == 503)
        assert 1 <= int(refusal[1]["retry-after"]) <= 60
        assert json.loads(refusal[2])["code"] == "busy"
        assert (await other)[0] == 202
        assert application.seen[2:] == ["a", "a", "b", *["a"] * 9]
        assert (door.free, len(door.lanes)) == (1, 0)

    asyncio.run(act())


def test_wrong_secrets_fill_the_lane_of_their_address_alone() -> None:
    async def act() -> None:
        application = Slow()
        door = FairDoor(application, at_once=1, waiting=5)
        application.go.release()
        await call(door, "/ingest/a/", "a", client="10.0.0.1")
        strangers = [asyncio.create_task(call(door, "/ingest/a/", "falsch", client="6.6.6.6")) for _each in range(20)]
        await asyncio.sleep(0)
        mine = asyncio.create_task(call(door, "/ingest/a/", "a", client="10.0.0.1"))
        await asyncio.sleep(0)
        for _each in range(10):
            application.go.release()
        assert (await mine)[0] == 202
        assert application.seen[1:4] == ["falsch", "falsch", "a"]
        assert [(await task)[0] for task in strangers] == [401] * 6 + [503] * 14

    asyncio.run(act())


def test_a_sender_that_hangs_up_while_waiting_gives_its_turn_away() -> None:
    async def act() -> None:
        application = Slow()
        door = FairDoor(application, at_once=1, waiting=5)
        tasks = [asyncio.create_task(call(door, "/ingest/a/", str(number))) for number in range(3)]
        await asyncio.sleep(0)
        tasks[1].cancel()
        for _each in range(3):
            application.go.release()
        assert [type(result) for result in await asyncio.gather(*tasks, return_exceptions=True)] == [
            tuple, asyncio.CancelledError, tuple,
        ]  # fmt: skip
        assert (application.seen, door.free) == (["0", "2"], 1)

    asyncio.run(act())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("phenomena")
def test_every_acknowledged_message_of_a_flood_is_stored_and_the_other_source_comes_between(make_source: Any) -> None:
    loud, calm = make_source(), make_source()

    def bodies(eui: str, count: int) -> list[bytes]:
        return [
            json.dumps(chirpstack(deviceInfo={"devEui": eui, "applicationId": "x"}, object={"temperature": i})).encode()
            for i in range(count)
        ]

    async def act() -> tuple[list[int], list[int]]:
        door = FairDoor(get_asgi_application(), at_once=1, waiting=12)
        for source, eui in ((loud, "00000000000000aa"), (calm, "00000000000000bb")):
            assert (await call(door, source.ingest_url, source.plain_secret, bodies(eui, 1)[0]))[0] == 202
        flood = [
            asyncio.create_task(call(door, loud.ingest_url, loud.plain_secret, body))
            for body in bodies("00000000000000aa", 40)
        ]
        await asyncio.sleep(0)
        others = [
            asyncio.create_task(call(door, calm.ingest_url, calm.plain_secret, body))
            for body in bodies("00000000000000bb", 3)
        ]
        return [(await task)[0] for task in flood], [(await task)[0] for task in others]

    flooded, others = asyncio.run(act())
    assert others == [202] * 3
    assert (flooded.count(202), flooded.count(503)) == (13, 27)
    assert (loud.messages.count(), calm.messages.count()) == (14, 4)
    order = list(RawMessage.objects.order_by("pk").values_list("source", flat=True))
    assert max(i for i, pk in enumerate(order) if pk == calm.pk) <= 8
    told = throttling.refused([loud.slug, calm.slug])  # at most once a second, the rest with the next message
    assert set(told) == {loud.slug}
    assert 1 <= told[loud.slug] <= 27


def keep(source: str, count: int) -> None:
    for _each in range(count):
        spool.put(source=source, body=json.dumps(chirpstack()).encode(), event="up")


@pytest.mark.django_db
def test_the_spool_takes_senders_in_turn_and_bounds_each(make_source: Any, send: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(spool, "SHARE", 30)
    loud, calm = make_source(), make_source()
    keep(loud.slug, 30)
    keep(calm.slug, 2)
    with pytest.raises(spool.Full):
        keep(loud.slug, 1)
    assert spool.waiting() == {loud.slug: 30, calm.slug: 2}
    assert spool.drain(4) == 4
    assert spool.waiting() == {loud.slug: 28}
    assert calm.messages.count() == 2
    assert (spool.drain(), spool.waiting(), loud.messages.count()) == (28, {}, 30)


@pytest.mark.django_db
def test_two_processes_do_not_take_in_the_same_file(make_source: Any) -> None:
    keep(make_source().slug, 2)
    with spool._alone() as mine:
        assert (mine, spool.drain(), Measurement.objects.count()) == (True, 0, 0)
    assert (spool.drain(), Measurement.objects.count()) == (2, 2)


class Broker:
    """What the subscriber says to its broker."""

    def __init__(self) -> None:
        self.acknowledged: list[int] = []
        self.disconnected = 0

    def ack(self, mid: int, qos: int) -> None:
        self.acknowledged.append(mid)

    def disconnect(self) -> None:
        self.disconnected += 1


def deliver(command: Command, broker: Broker, mid: int, application: str) -> None:
    eui = f"{application:0>16}"
    body = json.dumps(chirpstack(deviceInfo={"devEui": eui, "applicationId": application})).encode()
    topic = f"application/{application}/device/{eui}/event/up"
    command.received(broker, None, SimpleNamespace(topic=topic, payload=body, mid=mid, qos=1))  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_flood_from_the_broker_goes_to_the_spool_while_others_are_stored(make_source: Any, monkeypatch: Any) -> None:
    loud, calm = make_source(allowed_applications=["aa"]), make_source(allowed_applications=["bb"])
    monkeypatch.setattr("mapviews.management.commands.lorawan_subscribe.close_old_connections", lambda: None)
    command, broker = Command(), Broker()
    command.loudness.note("aa", 100)  # it has used all of the time
    for mid in range(10):
        deliver(command, broker, mid, "aa")
    deliver(command, broker, 10, "bb")
    assert broker.acknowledged == list(range(11))  # in the order in which they came
    assert (loud.messages.count(), calm.messages.count()) == (0, 1)
    assert [(one.source.pk, one.spooled) for one in health.overview()] == [(loud.pk, 10), (calm.pk, 0)]
    assert (spool.drain(), loud.messages.count(), spool.waiting()) == (10, 10, {})


@pytest.mark.django_db
def test_what_can_neither_be_stored_nor_spooled_stays_with_the_broker(make_source: Any, monkeypatch: Any) -> None:
    make_source()
    monkeypatch.setattr(spool, "SHARE", 1)
    command, broker = Command(), Broker()
    command.loudness.note("aa", 100)
    for mid in range(2):
        deliver(command, broker, mid, "aa")
    assert (broker.acknowledged, broker.disconnected) == ([0], 1)


@pytest.mark.django_db
def test_the_desk_sees_who_floods(make_source: Any, make_user: Any, client: Any) -> None:
    source = make_source()
    throttling.note({source.slug: 7})
    throttling.note({source.slug: 2})
    client.force_login(make_user(Role.SENSOR_DESK))
    assert "sendet zu viel" in client.get("/sensoren/desk/").content.decode()
    page = client.get(f"/sensoren/desk/quellen/{source.slug}/").content.decode()
    assert "9 Nachrichten seit der letzten Stunde abgewiesen (503), 0 warten" in page
