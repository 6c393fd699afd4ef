"""Two moderators at the same moment, in two threads on two connections: one decision."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.comments.domain import moderation, writing
from portal.comments.models import Comment, Matter, ModerationDecision
from portal.exceptions import DomainError
from tests.portal.comments.conftest import about

pytestmark = pytest.mark.django_db(transaction=True)


def race(*acts) -> list[str]:
    """Starts all acts at once; the outcome of each is "done" or the code of its refusal."""
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
            outcomes.append("done")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.fixture
def held(thread, citizen) -> Comment:
    return writing.create(user=citizen, thread=thread, text="Ruft mich an: 05251 1234567")


def test_of_four_at_once_one_decides(held, make_user):
    people = [make_user(Role.MODERATOR) for _number in range(4)]
    matter = about(held)

    def hide(person):
        return lambda: moderation.hide(
            user=User.objects.get(pk=person.pk),
            matter=Matter.objects.get(pk=matter.pk),
            version=matter.version,
            reason="insult",
            facts="x",
        )

    def release(person):
        return lambda: moderation.release(
            user=User.objects.get(pk=person.pk), matter=Matter.objects.get(pk=matter.pk), version=matter.version
        )

    outcomes = race(hide(people[0]), hide(people[1]), release(people[2]), release(people[3]))
    assert outcomes == ["already_decided"] * 3 + ["done"]
    assert ModerationDecision.objects.count() == 1


def test_the_author_and_a_moderator_at_once_leave_one_truth(held, citizen, make_user):
    matter, person = about(held), make_user(Role.MODERATOR)
    version = matter.version
    race(
        lambda: writing.delete(user=User.objects.get(pk=citizen.pk), comment=Comment.objects.get(pk=held.pk)),
        lambda: moderation.release(
            user=User.objects.get(pk=person.pk), matter=Matter.objects.get(pk=matter.pk), version=version
        ),
    )
    held.refresh_from_db()
    assert (held.state, about(held).state, held.text) == ("deleted", "deleted", "")
