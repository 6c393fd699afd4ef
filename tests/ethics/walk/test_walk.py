"""Every URL and API operation of the portal, by every role, looked through for planted words.

Sockets, mails, caches and counts stand in test_other_doors.py.

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
from django.db import connection
from django.test import Client

from ethics.views.assessment_steps import STEPS
from ethics.views.desk import ACTS
from tests.ethics.walk.planted import MAY_READ, RECUSED, World, plant
from tests.ethics.walk.routes import addresses, patterns

pytestmark = pytest.mark.django_db

ADMINISTRATION = ("verwaltung/", "django-admin/")
ADMINISTRATORS = ("admin", "communications")
ENDS_THE_SESSION = {"account_logout"}
SHOWS_AN_ERROR = "/verwaltung/failwhale/"  # Wagtail raises there on purpose
POSTED = {"ethics:case-act", "ethics:dpia-act", "ethics:folder-mark"}  # only take forms, see `_refused_acts`
REACHED = (200, 302, 422)


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
        "ethics:dpia-show:slug": [world.dpia, world.released],
        "ethics:meeting-show:pk": [world.meeting],
        "ethics:attachment-download:pk": [world.attachment],
        **{f"ethics:{name}:pk": [world.meeting] for name in MEETING_PAGES},
        **{f"ethics:{name}:slug": [world.dpia, world.released] for name in DPIA_PAGES},
        "ethics:dpia-record:slug": [world.released],
        "ethics:outside-download:pk": world.outside,
        "ethics:outside-download:slug": world.slugs[:2],
        "ethics:dpia-risk:number": ["1"],
        "ethics:dpia-measure:number": ["1"],
        "ethics:blueprint-export:kind": ["screening"],
        "ethics:blueprint-import:kind": ["screening"],
        "ethics:blueprint-row-new:kind": ["criteria"],
        "ethics:blueprint-row-new:key": ["ethik"],
        "ethics:blueprint-row:kind": ["screening"],
        "ethics:blueprint-row:row_id": ["V1"],
        "ethics:folder-mark:item": [world.item],
        "ethics:inquiry-answer:pk": [world.inquiry, world.asked],
        "ethics:minutes-show:pk": [world.meeting, world.minutes],
        "ethics:minutes-download:pk": [world.meeting, world.minutes],
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
    "dpia-export-check",
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
    reviews += [f"/api/v1/assessments/{slug}" for slug in (world.dpia, world.released)]
    return [*searches, *words, *project, *files, *reviews, f"/moderation/fragen-ethikrat/{world.inquiry}/"]


def test_no_planted_word_is_found_where_it_must_not_be(world):
    """One world, walked through pages, refused acts and API operations."""
    if connection.vendor != "sqlite":
        pytest.skip("Wer was sieht, hängt an keiner Datenbank: der lange Gang läuft auf SQLite")
    found: list[str] = []
    seen: dict[str, set[str]] = {word: set() for word in MAY_READ}
    paths = _all_paths(world)
    reached: set[str] = set()
    for role, person in world.people.items():
        client = client_of(person)
        for name, path in paths[False] + (paths[True] if role in ADMINISTRATORS else []):
            response = client.get(path)
            text = text_of(response)
            found += leaks(text, role, path)
            if response.status_code in REACHED and "/konto/login/" not in response.get("Location", ""):
                reached.add(name)
            if response.status_code == 500 and path != SHOWS_AN_ERROR:
                found.append(f"{role} {path}: 500")
            for word, who in seen.items():
                if word in text:
                    who.add(role)
    found += _refused_acts(world) + _api(world)
    # A page of the Ethikrat that nobody got to see was not walked, whatever its pattern was filled with.
    own = {name for _written, name, _pattern in patterns() if name.startswith("ethics:")} - POSTED
    assert own - reached == set()
    assert not found, "\n".join(found)
    # The walk proves something only if whoever may read a word does find it.
    missing = {word: MAY_READ[word] - who for word, who in seen.items() if MAY_READ[word] - who}
    assert missing == {}


def _all_paths(world: World) -> dict[bool, list[tuple[str, str]]]:
    """Names and paths of the administration (True) and all others; fails on a pattern that cannot be filled."""
    paths: dict[bool, list[tuple[str, str]]] = {True: [], False: [("", path) for path in own_paths(world)]}
    unvisited = set()
    for written, name, _pattern in patterns():
        concrete = addresses(written, name, values_of(world))
        if not concrete:
            unvisited.add(f"{name}: {written}")
        elif name not in ENDS_THE_SESSION:
            paths[written.startswith(ADMINISTRATION)] += [(name, path) for path in concrete]
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
        found += leaks(
            text_of(client.post(f"/ethikrat/buero/sitzungen/{world.meeting}/mappe/{world.item}/", {})), role, "mappe"
        )
        for slug, key in ((slug, key) for slug in (world.dpia, world.released) for key in STEPS):
            response = client.post(f"/ethikrat/buero/dsfa/{slug}/schritt/{key}/", {})
            found += leaks(text_of(response), role, f"{slug} {key}")
            if response.status_code not in (403, 404, 409, 422):
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
