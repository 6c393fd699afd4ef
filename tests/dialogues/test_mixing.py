"""Rotation plans: perfect where that is possible, and an honest bound where it is not."""

from itertools import combinations

import pytest

from dialogues.domain.board import mixing


def seats(plan, guests):
    return [[plan.table(slot, number) for slot in range(guests)] for number in range(plan.rounds)]


@pytest.mark.parametrize(
    ("guests", "tables", "rounds"),
    [
        (40, 8, 3), (180, 24, 3), (180, 24, 4), (12, 4, 3), (20, 5, 3), (480, 60, 3), (36, 9, 4), (37, 8, 3),
        (60, 10, 5), (100, 12, 4), (2, 8, 3), (24, 12, 8),
    ],
)  # fmt: skip
def test_nobody_repeats_a_table_and_no_pair_meets_twice(guests, tables, rounds):
    found = seats(mixing.plan(guests, tables, rounds), guests)
    for guest in range(guests):
        assert len({row[guest] for row in found}) == rounds
    met = [pair for row in found for pair in combinations(range(guests), 2) if row[pair[0]] == row[pair[1]]]
    assert len(met) == len(set(met))
    for row in found:
        sizes = [row.count(table) for table in range(tables)]
        assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(("guests", "tables", "rounds"), [(12, 3, 3), (20, 4, 3), (9, 3, 3), (5, 1, 3), (63, 7, 3)])
def test_an_impossible_plan_states_its_bound(guests, tables, rounds):
    plan = mixing.plan(guests, tables, rounds)
    quality = mixing.judge(plan, list(range(guests)))
    found = seats(plan, guests)
    met = [pair for row in found for pair in combinations(range(guests), 2) if row[pair[0]] == row[pair[1]]]
    assert quality.meetings_again == len(met) - len(set(met)) >= quality.least_meetings_again > 0
    assert quality.table_repeats == sum(rounds - len({row[guest] for row in found}) for guest in range(guests))
    assert quality.table_repeats >= quality.least_table_repeats == guests * max(0, rounds - tables)
    assert not quality.is_perfect


def test_the_bound_is_reached_where_tables_are_few():
    for guests, tables in ((12, 3), (9, 3)):
        quality = mixing.judge(mixing.plan(guests, tables, 3), list(range(guests)))
        assert quality.meetings_again == quality.least_meetings_again


def test_a_plan_is_the_same_each_time():
    assert mixing.plan(100, 12, 4) == mixing.plan(100, 12, 4)
