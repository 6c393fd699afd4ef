"""Token buckets: who obeys what a refusal says comes back one by one."""

import pytest

from dialogues.live import limits


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 100.0

        def monotonic(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(limits, "time", clock)
    return clock


def bucket(rate, burst, clock):
    return limits.Bucket(rate, burst, at=clock.now)


def test_refused_commands_are_told_different_moments(clock):
    guest = bucket(5, 30, clock)
    waits = [guest.take() for _number in range(50)]
    assert waits[:30] == [0.0] * 30
    assert waits[30:] == pytest.approx([0.2 * number for number in range(1, 21)])


def test_an_outbox_that_obeys_is_through_without_a_second_refusal(clock):
    guest = bucket(5, 30, clock)
    again = [wait for _number in range(60) if (wait := guest.take())]
    start = clock.now
    for wait in again:
        clock.now = start + wait + 0.001
        assert guest.take() == 0.0


def test_a_flood_is_not_told_to_wait_for_ever_and_forgotten_in_time(clock):
    guest = bucket(5, 30, clock)
    assert max(guest.take() for _number in range(5000)) == limits.LONGEST_WAIT
    clock.now += 2000
    waits = [guest.take() for _number in range(31)]
    assert waits[:30] == [0.0] * 30
    assert waits[30] == pytest.approx(0.2)
