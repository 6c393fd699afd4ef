"""Many at the same moment, each in a thread with a connection of its own: never overbooked, nobody lost."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError, connections
from django.db.models import Sum

from dialogues.domain import events
from dialogues.domain.registration import asking, door, own, setup, tokens, upkeep
from dialogues.models import Event, Registration
from portal.accounts.models import User
from portal.exceptions import DomainError
from portal.outbox.models import Mail
from tests.dialogues.registration.conftest import ask, join

pytestmark = pytest.mark.django_db(transaction=True)


def race(*acts) -> list[str]:
    """Starts all acts at once; the outcome of each is "done" or the code of its refusal.

    On a busy machine SQLite may refuse after five seconds of waiting ("locked"); people then press again.
    """
    start, outcomes = threading.Barrier(len(acts)), []

    def press(act):
        try:
            act()
        except DomainError as error:
            return error.code
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            return press(act)
        return "done"

    def run(act):
        start.wait()
        try:
            outcomes.append(press(act))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def registers(event: Event, number: int, persons: int = 1):
    return lambda: asking.register(
        user=None, event=Event.objects.get(pk=event.pk), name="x", email=f"gast{number}@test.example", persons=persons
    )


def confirms(registration: Registration):
    token = tokens.token(registration, tokens.CONFIRM)
    return lambda: asking.confirm(token=token)


def cancels(registration: Registration):
    token = tokens.token(registration)
    return lambda: own.cancel(token=token)


def tally(event: Event) -> dict[str, int]:
    rows = Registration.objects.filter(admission__event=event).values("state").annotate(n=Sum("persons"))
    return {row["state"]: row["n"] for row in rows.order_by("state")}


def test_sixteen_for_the_last_seat(make_open):
    event = make_open(seats=1)
    assert race(*(registers(event, n) for n in range(16))) == ["done"] * 16
    assert tally(event) == {"asked": 15, "held": 1}
    everyone = list(Registration.objects.order_by("pk"))
    assert race(*(confirms(row) for row in everyone)) == ["done"] * 16
    assert tally(event) == {"confirmed": 1, "waiting": 15}
    queue = list(Registration.objects.queue().values_list("number", flat=True))
    assert len(set(queue)) == 15


def test_without_a_waiting_list_one_gets_the_seat_and_the_others_are_told(make_open):
    event = make_open(seats=1, waiting_list=False)
    assert race(*(registers(event, n) for n in range(12))) == ["done", *["full"] * 11]
    assert tally(event) == {"held": 1}
    assert Mail.objects.filter(subject__startswith="Bitte bestätigen").count() == 1


def test_parties_of_all_sizes_never_overbook(make_open):
    event = make_open(seats=7)
    assert race(*(registers(event, n, persons=n % 4 + 1) for n in range(16))) == ["done"] * 16
    assert race(*(confirms(row) for row in Registration.objects.order_by("pk"))) == ["done"] * 16
    found = tally(event)
    assert found["confirmed"] <= 7
    assert found["confirmed"] + found["waiting"] == sum(n % 4 + 1 for n in range(16))


def test_one_address_at_once_is_one_registration(make_open):
    event = make_open(seats=9)
    assert race(*(registers(event, 1) for _n in range(8))) == ["done"] * 8
    assert tally(event) == {"held": 1}
    assert Mail.objects.filter(subject__startswith="Bitte bestätigen").count() == 1


def test_all_leave_while_the_others_wait(make_open):
    event = make_open(seats=4)
    seated = [join(event, f"sitzt{n}@test.example") for n in range(4)]
    waiting = [join(event, f"wartet{n}@test.example") for n in range(6)]
    newcomers = [registers(event, n) for n in range(3)]
    assert race(*(cancels(row) for row in [*seated, waiting[0]]), *newcomers) == ["done"] * 8
    found = tally(event)
    assert found["cancelled"] == 5
    assert found["confirmed"] == 4
    assert list(Registration.objects.filter(state="confirmed").order_by("pk")) == waiting[1:5]
    told = Mail.objects.filter(subject__startswith="Sie haben einen Platz")
    assert all(told.to_address(f"wartet{n}@test.example").count() == 1 for n in range(1, 5))
    assert told.to_address("wartet5@test.example").count() == 0


def test_confirming_while_the_job_lets_holds_lapse(make_open):
    from datetime import timedelta

    from django.utils import timezone

    event = make_open(seats=3)
    held = [ask(event, f"gast{n}@test.example") for n in range(3)]
    join(event, "wartet@test.example")
    Registration.objects.filter(pk=held[0].pk).update(held_until=timezone.now() - timedelta(seconds=1))
    outcomes = race(*(confirms(row) for row in held), upkeep.run, upkeep.run)
    assert outcomes == ["done"] * 4 + ["gone"]
    assert tally(event) == {"confirmed": 3, "lapsed": 1}
    assert Mail.objects.filter(subject__startswith="Sie haben einen Platz").count() == 1


def test_cancelling_the_event_while_people_register_leaves_nobody_untold(make_open, moderator):
    event = make_open(seats=2)
    asked = [ask(event, f"gast{n}@test.example") for n in range(6)]

    def off():
        events.cancel_event(user=User.objects.get(pk=moderator.pk), event=Event.objects.get(pk=event.pk))

    outcomes = race(off, *(confirms(row) for row in asked))
    registered = set(Registration.objects.filter(state__in=["confirmed", "waiting"]).values_list("email", flat=True))
    assert outcomes.count("done") == 1 + len(registered)
    told = Mail.objects.filter(subject__startswith="Abgesagt")
    assert {address for mail in told for address in mail.addresses} == registered
    assert told.count() == len(registered)


def test_two_phones_at_the_door_and_a_full_hall(make_open, moderator):
    event = make_open(seats=3)
    guest = join(event, "gast@test.example")
    person = lambda: User.objects.get(pk=moderator.pk)  # noqa: E731

    def lets_in():
        door.walk_in(user=person(), event=Event.objects.get(pk=event.pk), persons=1)

    def checks():
        door.check_in(user=person(), registration=Registration.objects.get(pk=guest.pk), arrived=1)

    assert race(checks, checks, *(lets_in for _n in range(6))) == ["done"] * 4 + ["hall_full"] * 4
    assert door.count(event.admission, event).present == 3


def test_more_seats_and_cancellations_at_once(make_open, moderator):
    event = make_open(seats=2)
    seated = [join(event, f"sitzt{n}@test.example") for n in range(2)]
    for number in range(5):
        join(event, f"wartet{number}@test.example")

    def grow():
        setup.configure(
            user=User.objects.get(pk=moderator.pk), event=Event.objects.get(pk=event.pk), seats_total=4, party_max=5
        )

    assert race(grow, *(cancels(row) for row in seated)) == ["done"] * 3
    assert tally(event) == {"cancelled": 2, "confirmed": 4, "waiting": 1}
