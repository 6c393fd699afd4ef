"""Which contributions of a dialogue are like this text. Works on SQLite and PostgreSQL alike.

Step one asks the index of keys (words.py) and weighs each shared key by how rare it is in the dialogue; step two
compares the best candidates by their three-letter pieces. Two queries, whatever the number of contributions.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from dialogues.domain.online import words
from dialogues.models import Contribution, ContributionKey, OnlineDialogue

SHOWN = 5
CANDIDATES = 40
MOST_HITS = 60_000  # rows of the index looked at; common keys are left out beyond that
FEWEST = 50  # a dialogue counts as at least so large, or in a young one no word would be rare
LEAST = 0.13  # below this a candidate is no suggestion
SHORTEST = 12  # characters; before that one has said nothing yet


def suggest(
    *, dialogue: OnlineDialogue, text: str, leave_out: int | None = None, most: int = SHOWN
) -> list[Contribution]:
    """Up to `most` public contributions like `text` (title and text in one), the most alike first."""
    if len(text.strip()) < SHORTEST:
        return []
    scores = candidates(dialogue, words.keys(text))
    scores.pop(leave_out or 0, None)
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:CANDIDATES]
    rows = Contribution.objects.public().standing().filter(pk__in=best).select_related("dialogue", "author", "category")
    pieces = words.trigrams(text)
    top = max(scores.values(), default=1.0)
    rated = [
        (
            0.6 * scores[row.pk] / top * min(1.0, scores[row.pk] / 6)
            + 0.4 * overlap(pieces, f"{row.title} {row.text}"),
            row,
        )
        for row in rows
    ]
    rated.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [row for rate, row in rated[:most] if rate >= LEAST]


def candidates(dialogue: OnlineDialogue, keys: Iterable[str]) -> dict[int, float]:
    """Contribution id to the weight of the keys it shares: log(all / with this key), less for beginnings and ends."""
    wanted = sorted(keys)
    if not wanted:
        return {}
    rows = ContributionKey.objects.filter(dialogue=dialogue, key__in=wanted).values_list("key", "contribution_id")
    holders: dict[str, list[int]] = defaultdict(list)
    for key, pk in rows[:MOST_HITS]:
        holders[key].append(pk)
    everyone = max(len({pk for found in holders.values() for pk in found}), FEWEST)
    scores: dict[int, float] = defaultdict(float)
    for key, found in holders.items():
        weight = math.log(1 + everyone / len(found)) * (0.5 if key[0] == "^" or key[-1] == "$" else 1.0)
        for pk in found:
            scores[pk] += weight
    return dict(scores)


def overlap(pieces: frozenset[str], text: str) -> float:
    """Shared pieces by the geometric mean of both sizes (cosine of sets), 0 to 1."""
    other = words.trigrams(text)
    return len(pieces & other) / math.sqrt(len(pieces) * len(other)) if pieces and other else 0.0


def index(contribution: Contribution) -> None:
    """Writes the keys of a contribution anew, inside the caller's transaction."""
    ContributionKey.objects.filter(contribution=contribution).delete()
    found = words.keys(f"{contribution.title} {contribution.text}")
    ContributionKey.objects.bulk_create(
        [
            ContributionKey(dialogue_id=contribution.dialogue_id, contribution=contribution, key=key)
            for key in sorted(found)
        ]
    )
