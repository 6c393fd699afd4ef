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
from tests.ethics.walk.planted import MAY_READ, RECUSED, World, plant
from tests.ethics.walk.routes import addresses, patterns

pytestmark = pytest.mark.django_db

ADMINISTRATION = ("verwaltung/", "django-admin/")
ADMINISTRATORS = ("admin", "communications")
ENDS_THE_SESSION = {"account_logout"}
SHOWS_AN_ERROR = "/verwaltung/failwhale/"  # Wagtail raises there on purpose
# A socket may be left out only where what it sends cannot come from the Ethikrat: import-linter keeps these apps apart.
APPS_WITHOUT_ETHICS = ("dialogues.", "mapviews.")


@pytest.fixture
def world(story, make_user) -> World:
    return plant(story, make_user)


def client_of(user) -> Client:
    client = Client(raise_request_exception=False)
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
        "slug": world.slugs[:1],
        "pk": ["1"],
        **{f"ethics:{name}:slug": world.slugs for name in CASE_PAGES},
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


CASE_PAGES = (
    "review-show",
    "dossier-show",
    "review-download",
    "case-show",
    "case-describe",
    "case-screen",
    "case-check",
    "attachment-download",
)
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
    beginnings = [quote(word[:-3]) for word in MAY_READ]  # pages repeat what was searched for, so never the whole word
    searches = [f"/suche/?q={beginning}" for beginning in beginnings]
    words = [f"/ethikrat/buero/?q={beginning}" for beginning in beginnings]
    project = [world.project_url, f"{world.project_url}feed/", f"{world.project_url}?ansicht=ethik"]
    files = [f"/media/{name}" for name in world.files]
    reviews = [f"/api/v1/reviews/{slug}" for slug in world.slugs]
    return [*searches, *words, *project, *files, *reviews, f"/moderation/fragen-ethikrat/{world.inquiry}/"]


def test_no_planted_word_is_found_where_it_must_not_be(world):
    """One world, walked through pages, refused acts and API operations."""
    found: list[str] = []
    seen: dict[str, set[str]] = {word: set() for word in MAY_READ}
    paths = _all_paths(world)
    for role, person in world.people.items():
        client = client_of(person)
        for path in paths[False] + (paths[True] if role in ADMINISTRATORS else []):
            response = client.get(path)
            text = text_of(response)
            found += leaks(text, role, path)
            if response.status_code == 500 and path != SHOWS_AN_ERROR:
                found.append(f"{role} {path}: 500")
            for word, who in seen.items():
                if word in text:
                    who.add(role)
    found += _refused_acts(world) + _api(world)
    assert not found, "\n".join(found)
    # The walk proves something only if whoever may read a word does find it.
    missing = {word: MAY_READ[word] - who for word, who in seen.items() if MAY_READ[word] - who}
    assert missing == {}


def _all_paths(world: World) -> dict[bool, list[str]]:
    """Paths of the administration (True) and all others; fails on a pattern that cannot be filled."""
    paths: dict[bool, list[str]] = {True: [], False: own_paths(world)}
    unvisited = set()
    for written, name, _pattern in patterns():
        concrete = addresses(written, name, values_of(world))
        if not concrete:
            unvisited.add(f"{name}: {written}")
        elif name not in ENDS_THE_SESSION:
            paths[written.startswith(ADMINISTRATION)] += concrete
    assert not unvisited, "\n".join(sorted(unvisited))
    return paths


def _refused_acts(world: World) -> list[str]:
    """What is refused must not tell what it refused, and must not break."""
    found: list[str] = []
    for role in ("lead", RECUSED, "dpo", "outsider"):
        client = client_of(world.people[role])
        for slug, key in ((slug, key) for slug in world.slugs[:2] for key in ACTS):
            response = client.post(f"/ethikrat/buero/faelle/{slug}/{key}/", {})
            found += leaks(text_of(response), role, f"{slug} {key}")
            if response.status_code not in (302, 403, 404, 409, 422):
                found.append(f"{role} {slug} {key}: {response.status_code}")
    return found


def _api(world: World) -> list[str]:
    client = client_of(None)
    document = client.get("/api/v1/openapi.json").json()
    found: list[str] = leaks(json.dumps(document), "anonymous", "openapi.json")
    for path, operations in document["paths"].items():
        names = re.findall(r"{(\w+)}", path)
        for value in world.slugs if names == ["slug"] else ["1"]:
            address = re.sub(r"{\w+}", value, path)
            for method in operations:
                for role in ("anonymous", "admin", "other_lead"):
                    response = getattr(client_of(world.people[role]), method)(address)
                    found += leaks(text_of(response), role, f"{method} {address}")
    return found


def test_sockets_belong_to_apps_that_cannot_reach_the_ethikrat():
    consumers = [_consumer(pattern) for pattern in websocket_urlpatterns]
    assert consumers
    assert [name for name in consumers if not name.startswith(APPS_WITHOUT_ETHICS)] == []


def _consumer(pattern) -> str:
    """Module of the consumer class that answers a socket; `SocketConsumer.as_asgi` keeps it in its closure."""
    cells = [cell.cell_contents for cell in pattern.callback.__closure__ or ()]
    classes = [found for found in cells if isinstance(found, type)]
    return classes[0].__module__ if classes else f"unbekannt: {pattern}"
