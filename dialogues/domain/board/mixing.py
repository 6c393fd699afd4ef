"""Who sits where in each round of a World Café: pure arithmetic, no database.

Guests have slots: slot `s` starts at table `s % tables` in column `s // tables`. In round `r` each column moves on as a
whole by its own step, so a full column fills every table once and tables never differ by more than one guest. With
steps as group elements (addition modulo the number of tables, or XOR where that number is a power of two), nobody
repeats a table if a column's steps differ, and two guests meet at most once if for any two rounds the differences of
steps differ from column to column: a difference matrix (Colbourn and Dinitz, Handbook of Combinatorial Designs, VI.17).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, product

LOOKS = 30_000
"""So many columns are looked at in each of `ATTEMPTS` before the search takes the best it has: about a second."""
ATTEMPTS = 3
CANDIDATES = 3_000


@dataclass(frozen=True)
class Plan:
    """`steps[column][round]`; `modulo` False means XOR. Tables are counted from 0 here."""

    tables: int
    rounds: int
    steps: tuple[tuple[int, ...], ...]
    modulo: bool = True

    def table(self, slot: int, number: int) -> int:
        """The table (from 0) of a slot in round `number` (from 0)."""
        column, start = divmod(slot, self.tables)
        step = self.steps[column % len(self.steps)][number]
        return (start + step) % self.tables if self.modulo else start ^ step


@dataclass(frozen=True)
class Quality:
    """`table_repeats`: guests times rounds at a table they know; `meetings_again`: pairs that meet more than once,
    counted per further meeting. `least_…` is what no plan can go below."""

    table_repeats: int
    meetings_again: int
    least_table_repeats: int
    least_meetings_again: int

    @property
    def is_perfect(self) -> bool:
        return not self.table_repeats and not self.meetings_again


def plan(guests: int, tables: int, rounds: int, columns: int = 0) -> Plan:
    """A plan for so many guests at so many tables, with one column to spare for late arrivals.

    `columns` more than needed where guests sit unevenly already. Perfect where the search finds it, else with few
    repetitions; `judge` counts them and states the bound.
    """
    columns = max(1, columns, -(-guests // tables))
    kinds = [True] + ([False] if tables & (tables - 1) == 0 and tables > 1 else [])
    best: tuple[int, Plan] | None = None
    for modulo, attempt in product(kinds, range(ATTEMPTS)):
        candidates = ordered(tables, rounds, modulo)
        if attempt:
            random.Random(attempt).shuffle(candidates)  # noqa: S311
        steps, cost = search(candidates, columns + 1, tables, modulo, needed=columns)
        if best is None or cost < best[0]:
            best = (cost, Plan(tables, rounds, steps, modulo))
        if best[0] == 0:
            break
    assert best is not None
    return best[1]


def search(
    candidates: list[tuple[int, ...]], columns: int, tables: int, modulo: bool, *, needed: int
) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Columns of steps: backtracking for a perfect set of `needed`, then the cheapest further ones."""
    minus: Callable[[int, int], int] = (lambda a, b: (a - b) % tables) if modulo else (lambda a, b: a ^ b)
    pairs = list(combinations(range(len(candidates[0])), 2))
    chosen: list[tuple[int, ...]] = []
    used: list[set[int]] = [set() for _pair in pairs]
    looks = 0

    def differences(steps: tuple[int, ...]) -> list[int]:
        return [minus(steps[later], steps[earlier]) for earlier, later in pairs]

    def fill(start: int) -> bool:
        nonlocal looks
        if len(chosen) == needed:
            return True
        for index in range(start, len(candidates)):
            looks += 1
            if looks > LOOKS:
                return False
            found = differences(candidates[index])
            if any(d == 0 or d in taken for d, taken in zip(found, used, strict=True)):
                continue
            chosen.append(candidates[index])
            for d, taken in zip(found, used, strict=True):
                taken.add(d)
            if fill(index + 1):
                return True
            chosen.pop()
            for d, taken in zip(found, used, strict=True):
                taken.discard(d)
        return False

    if not fill(0):
        chosen.clear()
        for taken in used:
            taken.clear()
    cost = 0
    seen: list[dict[int, int]] = [dict.fromkeys(taken, 1) for taken in used]
    while len(chosen) < columns:
        price, steps = min((price_of(differences(steps), seen), steps) for steps in candidates)
        chosen.append(steps)
        for d, counts in zip(differences(steps), seen, strict=True):
            counts[d] = counts.get(d, 0) + 1
        if len(chosen) <= needed:
            cost += price
    return tuple(chosen), cost


def price_of(differences: list[int], seen: list[dict[int, int]]) -> int:
    """A table twice costs more than all meetings together: walking back to where one was helps nobody."""
    price = 0
    for d, counts in zip(differences, seen, strict=True):
        price += 1000 if d == 0 else counts.get(d, 0)
    return price


def ordered(tables: int, rounds: int, modulo: bool) -> list[tuple[int, ...]]:
    """Possible columns, the likeliest first: multiples (perfect for a prime number of tables), then drawn ones."""
    found: dict[tuple[int, ...], None] = {} if tables > 1 else {(0,) * rounds: None}
    for factor in range(1, tables):
        found[tuple(factor * number % tables for number in range(rounds))] = None
    if not modulo:
        for factor in range(1, tables):
            found[tuple(field_product(factor, number, tables) for number in range(rounds))] = None
        found = dict(reversed(list(found.items())))
    draw = random.Random(tables * 100 + rounds)  # noqa: S311  the same plan each time
    for _try in range(CANDIDATES):
        rest = draw.sample(range(1, tables), min(rounds - 1, tables - 1))
        rest += [draw.randrange(tables) for _more in range(rounds - 1 - len(rest))]
        found[(0, *rest)] = None
    return list(found)


# Irreducible polynomials for the fields with 4, 8, 16 and 32 elements.
POLYNOMIALS = {4: 0b111, 8: 0b1011, 16: 0b10011, 32: 0b100101}


def field_product(a: int, b: int, order: int) -> int:
    """Multiplication in the field with `order` elements (a power of two up to 32; else plain XOR of multiples)."""
    b %= order
    result = 0
    while b:
        if b & 1:
            result ^= a
        a, b = a << 1, b >> 1
        if a & order:
            a ^= POLYNOMIALS.get(order, order)
    return result % order


def judge(found: Plan, slots: list[int]) -> Quality:
    """Counts what these slots repeat, and what no plan for so many guests could avoid."""
    seats = [[found.table(slot, number) for slot in slots] for number in range(found.rounds)]
    table_repeats = sum(found.rounds - len({row[i] for row in seats}) for i in range(len(slots)))
    meetings: dict[tuple[int, int], int] = {}
    for row in seats:
        at: dict[int, list[int]] = {}
        for guest, table in enumerate(row):
            at.setdefault(table, []).append(guest)
        for people in at.values():
            for pair in combinations(people, 2):
                meetings[pair] = meetings.get(pair, 0) + 1
    again = sum(times - 1 for times in meetings.values())
    return Quality(table_repeats, again, *bounds(len(slots), found.tables, found.rounds))


def bounds(guests: int, tables: int, rounds: int) -> tuple[int, int]:
    """Least table repeats and least further meetings of any plan with tables as even as possible.

    Repeats: after `tables` rounds one has been everywhere. Meetings: all rounds together hold more pairs than there
    are; and of the guests who come to a table from only `tables - 1` others, some come from the same one.
    """
    repeats = guests * max(0, rounds - tables)
    sizes = [guests // tables + (number < guests % tables) for number in range(tables)]
    total = rounds * sum(size * (size - 1) // 2 for size in sizes) - guests * (guests - 1) // 2
    origins = max(1, tables - 1 if rounds <= tables else tables)
    per_pair_of_rounds = sum(pairs_from(size, origins) for size in sizes)
    doubled = per_pair_of_rounds * (rounds * (rounds - 1) // 2)
    crowded = -(-2 * doubled // rounds) if rounds > 1 else 0
    return repeats, max(0, total, crowded)


def pairs_from(size: int, origins: int) -> int:
    """Pairs with the same origin when `size` people come from `origins` places as evenly as possible."""
    each, more = divmod(size, origins)
    return more * (each + 1) * each // 2 + (origins - more) * each * (each - 1) // 2
