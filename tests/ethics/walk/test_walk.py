"""Every URL, API operation and socket of the portal, by every role, looked through for planted words.

What the walk cannot reach is a failure, so a new door must be walked or named with a reason.
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
import zlib
from urllib.parse import quote

import pytest
from django.test import Client

from ethics.views.desk import ACTS
from portal.routing import websocket_urlpatterns
from tests.ethics.walk.planted import MAY_READ, RECUSED, UNDECLARED, World, plant
from tests.ethics.walk.routes import addresses, patterns

pytestmark = pytest.mark.django_db

ADMINISTRATION = ("verwaltung/", "django-admin/")
ADMINISTRATORS = ("admin", "communications")
ENDS_THE_SESSION = {"account_logout", "demo:reset"}
# A socket may be left out only where what it sends cannot come from the Ethikrat: import-linter keeps these apps apart.
APPS_WITHOUT_ETHICS = ("dialogues.", "mapviews.")


@pytest.fixture
def world(story, make_user) -> World:
    return plant(story, make_user)


def client_of(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response) -> str:
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data.startswith(b"%PDF"):
        data += b"".join(_inflated(data))
    location = response.get("Location", "")
    return data.decode("utf-8", "replace") + location


def _inflated(data: bytes) -> list[bytes]:
    """Page texts of a reportlab file: deflated inside ASCII85, ASCII letters as they are."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        with contextlib.suppress(ValueError, zlib.error):
            found.append(zlib.decompress(base64.a85decode(stream.strip().removesuffix(b"~>"))))
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return found


def values_of(world: World) -> dict[str, list]:
    """Arguments that lead to the planted things."""
    return {
        "slug": [*world.slugs],
        "ethics:dpia-show:slug": [world.dpia],
        "ethics:meeting-show:pk": [world.meeting],
        "ethics:attachment-download:pk": [world.attachment],
        **{f"ethics:{name}:pk": [world.meeting] for name in MEETING_PAGES},
        **{f"ethics:{name}:slug": [world.dpia] for name in DPIA_PAGES},
        "ethics:folder-mark:item": [world.item],
        "ethics:inquiry-answer:pk": [world.inquiry],
        "ethics:case-act:key": ["annehmen"],
        "ethics:dpia-section:key": ["D1"],
        "ethics:dpia-act:key": ["abgeben"],
        "kind": ["inquiry"],
    }


MEETING_PAGES = (
    "meeting-download",
    "minutes-show",
    "minutes-download",
    "folder-show",
    "folder-download",
    "folder-mark",
)
DPIA_PAGES = (
    "dpia-export",
    "dpia-versions",
    "dpia-section",
    "dpia-risk-new",
    "dpia-risk",
    "dpia-measure-new",
    "dpia-measure",
    "dpia-act",
)


def leaks(text: str, role: str, where: str) -> list[str]:
    return [f"{role} {where}: {word}" for word, readers in MAY_READ.items() if role not in readers and word in text]


def own_paths(world: World) -> list[str]:
    """Doors that no pattern names: search for each word, project page, files, feeds of a project."""
    searches = [f"/suche/?q={quote(word)}" for word in MAY_READ]
    words = [f"/ethikrat/buero/?q={quote(word)}" for word in ("ENTWURFWORT", "GEHEIMTITEL")]
    project = [world.project_url, f"{world.project_url}feed/", f"{world.project_url}?ansicht=ethik"]
    files = [f"/media/{name}" for name in world.files]
    reviews = [f"/api/v1/reviews/{slug}" for slug in world.slugs]
    return [*searches, *words, *project, *files, *reviews, f"/moderation/fragen-ethikrat/{world.inquiry}/"]


def test_no_planted_word_is_found_where_it_must_not_be(world):
    found: list[str] = []
    unvisited = set()
    paths: dict[bool, list[str]] = {True: [], False: own_paths(world)}
    for written, name, _pattern in patterns():
        concrete = addresses(written, name, values_of(world))
        if not concrete:
            unvisited.add(f"{name}: {written}")
        elif name not in ENDS_THE_SESSION:
            paths[written.startswith(ADMINISTRATION)] += concrete
    assert not unvisited, "\n".join(sorted(unvisited))
    seen: dict[str, set[str]] = {word: set() for word in MAY_READ}
    for role, person in world.people.items():
        client = client_of(person)
        for path in paths[False] + (paths[True] if role in ADMINISTRATORS else []):
            text = text_of(client.get(path))
            found += leaks(text, role, path)
            for word, who in seen.items():
                if word in text:
                    who.add(role)
    assert not found, "\n".join(found)
    # The walk proves something only if whoever may read a word does find it.
    missing = {word: MAY_READ[word] - who for word, who in seen.items() if MAY_READ[word] - who}
    assert missing == {}


@pytest.mark.parametrize("role", ["lead", UNDECLARED, RECUSED, "dpo", "outsider"])
def test_no_refused_act_tells_what_it_refused(world, role):
    client = client_of(world.people[role])
    found: list[str] = []
    for slug in world.slugs[:2]:
        for key in ACTS:
            if role == UNDECLARED and key == "befangenheit":
                continue
            response = client.post(f"/ethikrat/buero/faelle/{slug}/{key}/", {})
            found += leaks(text_of(response), role, f"{slug} {key}")
    assert not found, "\n".join(found)


def test_every_api_operation_is_silent(world):
    client = Client()
    document = client.get("/api/v1/openapi.json").json()
    found: list[str] = leaks(json.dumps(document), "anonymous", "openapi.json")
    filled = {"slug": world.slugs, "station_id": ["1"], "id": ["1"]}
    for path, operations in document["paths"].items():
        names = re.findall(r"{(\w+)}", path)
        for name in names:
            filled.setdefault(name, ["1"])
        for value in filled[names[0]] if names else [""]:
            address = re.sub(r"{(\w+)}", lambda _m: str(value), path)  # noqa: B023
            for method in operations:
                for role in ("anonymous", "outsider", "admin", "other_lead"):
                    response = getattr(client_of(world.people[role]), method)(address)
                    found += leaks(text_of(response), role, f"{method} {address}")
    assert not found, "\n".join(found)


def test_sockets_belong_to_apps_that_cannot_reach_the_ethikrat():
    consumers = [pattern.callback.consumer_class.__module__ for pattern in websocket_urlpatterns]
    assert consumers
    assert [name for name in consumers if not name.startswith(APPS_WITHOUT_ETHICS)] == []
