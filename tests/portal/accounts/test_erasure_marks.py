"""Marks planted wherever a person can write are gone after her erasure: tables, media, outbox, cache, archives.

What everyone could read stays readable, under "gelöschtes Konto"; it carries a word of its own.
"""

from __future__ import annotations

import base64
import pickle
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken
from wagtail.models import Comment as PageComment
from wagtail.users.models import UserProfile

from mapviews.models import Station
from portal import audit
from portal.accounts.domain import archives, privacy, profile
from portal.accounts.enums import Role
from portal.accounts.models import DataExport, User
from portal.activity.domain import following, stream
from portal.cms.models import BarrierNote, BasePage
from portal.comments.domain import writing
from portal.comments.enums import State
from portal.comments.models import Comment, Thread
from portal.newsletter.domain import subscribing
from portal.newsletter.models import Segment
from portal.outbox.domain.queue import enqueue

pytestmark = pytest.mark.django_db

MARK = "zaubermarke"
SAID = "oeffentlichgesagt"
EMAIL = f"{MARK}@test.example"


def dump() -> str:
    """Every cell of every table as text; sessions and finished mails decoded."""
    parts: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                parts += [f"{table}: {readable(cell)}" for cell in row if cell is not None]
    return "\n".join(parts).lower()


def readable(cell: Any) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("utf-8", "replace")
    text = str(cell)
    if text.startswith(".eJ"):  # a compressed session
        packed = text[1:].split(":")[0]
        return zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))).decode("utf-8", "replace")
    return text


def files(root: Path) -> str:
    """Names and contents of all files below a folder."""
    found = [path for path in root.rglob("*") if path.is_file()]
    return "\n".join(f"{path} {path.read_bytes().decode('utf-8', 'replace')}" for path in found).lower()


def cached() -> str:
    """Everything in the cache: local memory, or Redis where it is named."""
    backend = cache._cache
    if isinstance(backend, dict):
        rows = [f"{key} {pickle.loads(value)!r}" for key, value in backend.items()]
    else:
        client = backend.get_client()
        rows = [f"{key!r} {client.dump(key)!r}" for key in client.scan_iter()]
    return "\n".join(rows).lower()


def where(text: str, mark: str) -> list[str]:
    return [line[:160] for line in text.splitlines() if mark in line]


@pytest.fixture
def places(settings, tmp_path):
    """Folders of their own for media and archives."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    return tmp_path


def plant(make_user, make_project) -> User:
    """A person who used everything, with the mark in each text that is hers alone."""
    user = make_user(Role.COMMUNICATIONS, email=EMAIL, display_name=f"Frau {MARK}", first_name=MARK, last_name=MARK)
    project = make_project()
    client = Client(headers={"User-Agent": f"Programm {MARK}"})
    client.post("/konto/login/", {"login": EMAIL, "password": "Testquelle-2026"})
    client.get("/konto/")
    client.post("/konto/login/code/", {"email": EMAIL})
    profile.update(user=user, display_name=f"Frau {MARK}", department=f"Amt {MARK}")
    comment = writing.create(user=user, thread=project.thread, text=f"Zuerst {MARK}, mein Name.")
    writing.edit(user=user, comment=comment, text=f"Das habe ich {SAID}.")
    held = writing.create(user=user, thread=project.thread, text=f"Zurückgehalten {MARK} etwas.")
    Comment.objects.filter(pk=held.pk).update(state=State.HELD, held_until=timezone.now())
    following.follow(user=user, target="project", object_id=project.pk)
    stream.notify(user=user, verb="comment.answered", title=f"Antwort an {MARK}", url="/x/")
    enqueue(message=EmailMessage(f"Hallo {MARK}", f"Guten Tag {MARK}", to=[EMAIL]))
    subscribing.subscribe(email=EMAIL, segments=[Segment.objects.create(slug="s", title="S")])
    now, talk = timezone.now(), Thread.objects.create(target="station")
    Station.objects.create(name=f"Garten {MARK}", slug=f"garten-{MARK}", owner=user, token_changed_at=now, thread=talk)
    BarrierNote.objects.create(text="Das Menü war nicht zu bedienen.", email=EMAIL)
    APIToken.objects.create(user=user, name=f"Token {MARK}")
    PageComment.objects.create(page=BasePage.objects.last(), user=user, text=f"Notiz {MARK}", contentpath="title")
    UserProfile.objects.create(user=user).avatar.save(f"{MARK}.png", ContentFile(MARK.encode()))
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=make_user(), content_type=about, object_id=str(user.pk), object_repr=f"Frau {MARK}", action_flag=CHANGE
    )
    return user


def test_no_mark_is_left_anywhere(make_user, make_project, places):
    user = plant(make_user, make_project)
    job = DataExport.objects.create(user=user, total=1, expires_at=timezone.now())
    archives.build(job)
    assert len(where(dump(), MARK)) > 20, "the marks were planted"
    assert where(files(places), MARK)
    privacy.erase(user=None, account=user)
    assert where(dump(), MARK) == []
    assert where(files(places), MARK) == []
    assert where(cached(), MARK) == []
    assert SAID in dump(), "what everyone could read stays"
    assert audit.verify().ok


def test_search_and_pages_do_not_know_her_any_more(make_user, make_project, places):
    user = plant(make_user, make_project)
    privacy.erase(user=None, account=user)
    found = Client().get("/suche/", {"q": MARK}).text  # the page repeats the word one looked for
    assert f"Frau {MARK}" not in found
    assert f"Garten {MARK}" not in found
    path = Comment.objects.get(text__contains=SAID).get_absolute_url()
    page = Client().get(path, follow=True).text
    assert SAID in page
    assert MARK not in page
    assert MARK not in Client().get("/feed/").text
