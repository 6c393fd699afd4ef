"""The sample talk of the demo: marked, idempotent, answered by the city."""

from __future__ import annotations

import pytest

from portal.comments.models import Comment, Support
from portal.demo import accounts, talk

pytestmark = pytest.mark.django_db


def test_building_twice_says_nothing_twice(settings, make_project):
    settings.DEMO = True
    people = accounts.build()
    make_project(slug=talk.TREES, sample=True)
    talk.build(people)
    first = list(Comment.objects.values_list("pk", "pinned", "support_count"))
    talk.build(people)
    assert list(Comment.objects.values_list("pk", "pinned", "support_count")) == first
    assert Comment.objects.exclude(sample=True).count() == 0
    assert Comment.objects.filter(pinned=True).count() == 1
    assert set(Comment.objects.filter(official=True).values_list("department", flat=True)) == {
        people["projektleitung@demo.example"].department
    }
    assert Support.objects.count() == sum(count for _pk, _pinned, count in first) > 0


def test_nothing_is_said_on_real_projects(settings, make_project):
    settings.DEMO = True
    make_project(slug=talk.TREES, sample=False)
    talk.build(accounts.build())
    assert Comment.objects.count() == 0


def test_invented_neighbours_cannot_sign_in(settings, make_project):
    settings.DEMO = True
    make_project(slug=talk.TREES, sample=True)
    talk.build(accounts.build())
    neighbours = accounts.User.objects.filter(email__startswith="beispiel-")
    assert {person.has_usable_password() for person in neighbours} == {False}
