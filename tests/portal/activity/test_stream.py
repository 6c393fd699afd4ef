"""The public log: what is published, who may read it, what is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import timezone

from portal.accounts.enums import Role
from portal.activity import verbs
from portal.activity.domain import stream
from portal.activity.enums import Audience
from portal.activity.models import Activity

pytestmark = pytest.mark.django_db


def publish(**fields) -> Activity:
    fields.setdefault("title", "Etwas geschah")
    fields.setdefault("url", "/etwas/")
    return stream.publish(actor=None, verb="comment.created", **fields)


def test_publish_keeps_what_it_is_told(make_user, make_project):
    user, project, then = make_user(), make_project(), timezone.now() - timedelta(days=3)
    activity = stream.publish(
        actor=user, verb="comment.created", title="T" * 300, url="/x/", project=project, occurred_at=then, sample=True
    )
    activity.refresh_from_db()
    assert (activity.actor, activity.project, activity.occurred_at, activity.sample) == (user, project, then, True)
    assert len(activity.title) == 255
    assert stream.publish(actor=AnonymousUser(), verb="comment.created", title="T", url="/x/").actor is None


def test_drafts_and_staff_lines_are_not_public(make_user, make_project):
    live, draft = make_project(), make_project(live=False)
    lines = {
        "open": publish(),
        "live": publish(project=live),
        "draft": publish(project=draft),
        "staff": publish(project=live, audience=Audience.STAFF),
    }
    seen = lambda user: {key for key, line in lines.items() if line in Activity.objects.visible_to(user)}  # noqa: E731
    assert seen(AnonymousUser()) == {"open", "live"}
    assert seen(make_user()) == {"open", "live"}
    assert seen(make_user(Role.MODERATOR)) == {"open", "live", "staff"}
    assert seen(make_user(Role.COMMUNICATIONS)) == {"open", "live", "draft", "staff"}
    assert set(Activity.objects.public()) == {lines["open"], lines["live"]}
    assert set(Activity.objects.for_project(live)) == {lines["live"], lines["staff"]}


def test_newest_first():
    old, new = publish(occurred_at=timezone.now() - timedelta(days=1)), publish()
    assert list(Activity.objects.public()) == [new, old]


def test_withdrawn_lines_come_back():
    line, other = publish(url="/kommentare/7/"), publish(url="/kommentare/8/")
    assert stream.withdraw(url="/kommentare/7/") == 1
    assert list(Activity.objects.public()) == [other]
    assert stream.reinstate(url="/kommentare/7/") == 1
    assert set(Activity.objects.public()) == {line, other}


def test_verbs_are_registered_and_unknown_ones_harmless():
    verbs.register("test.happened", "Probe", "flask", "success")
    assert (verbs.get("test.happened").label, verbs.get("test.happened").kind) == ("Probe", "success")
    assert verbs.get("never.seen").icon == "info"
    assert {"comment.created", "comment.answered"} <= verbs.registered().keys()


def test_the_timeline_shows_entries_with_word_icon_and_sample():
    markup = render_to_string("activity/_timeline.html", {"entries": [publish(sample=True, summary="Kurz gesagt")]})
    for words in ("Etwas geschah", "Kommentar", "Kurz gesagt", "Beispieldaten", 'href="/etwas/"'):
        assert words in markup
