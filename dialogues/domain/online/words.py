"""What a German text is about, as short keys: stems of its content words, with their beginnings and ends.

Beginnings and ends let compounds meet ("Radweg", "Fahrradweg", "Radwege"). A light suffix stripper of our own. A list
of words that mean the same was tried and left out: it found fewer twins (bench/similar.py, docs/decisions/0511).
"""

from __future__ import annotations

import re
from functools import lru_cache

MOST_WORDS = 60
BEGIN, END = 5, 4
_WORD = re.compile(r"[a-zäöüß]{3,40}")
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})
_SUFFIXES = (
    "ungen", "erinnen", "innen", "heiten", "keiten", "lichen", "licher", "liches", "ischen", "ern", "em", "en", "er",
    "es", "ung", "lich", "isch", "heit", "keit", "in", "e", "n", "s",
)  # fmt: skip
STOP = frozenset(
    """aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bitte brauchen
    braucht bräuchte da dabei dafür damit dann daran darauf darf das dass dem den denn der des dessen die dies diese
    diesem diesen dieser dieses doch dort durch dürfen eigentlich ein eine einem einen einer eines einfach einige er
    es etwas euch fehlen fehlt für gar geben gerne gern gibt ganz ganze ganzen haben habe hat hätte hier ich ihm ihn
    ihr ihre ihrem ihren ihrer immer in ins ist jede jedem jeden jeder jedes jetzt kann kein keine keinem keinen
    keiner können könnte könnten machen macht mal man manche mehr mein meine meinem meinen meiner mich mir mit möchte
    muss müssen nach neue neuen nicht nichts noch nun nur ob oder ohne paderborn paderborner schon sehr sein seine
    seit sich sie sind so soll sollen sollte sollten sondern sowie stadt stadthaus über um und uns unser unsere
    unseren unter viel viele vielen vom von vor wäre wann war warum was weil weiter welche wenn wer werden wie wieder
    wir wird wo wollen wünsche wünschen wünscht würde würden wurde zu zum zur zwischen""".split()  # noqa: SIM905
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending and without umlauts: "Bänken" and "Bank" meet."""
    bare = word.translate(_FOLD)
    for suffix in _SUFFIXES:
        if bare.endswith(suffix) and len(bare) - len(suffix) >= 3:
            return bare[: -len(suffix)]
    return bare


def content_words(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, each once, at most MOST_WORDS."""
    found: dict[str, None] = {}
    for word in _WORD.findall(text.lower()):
        if word not in STOP:
            found[stem(word)] = None
            if len(found) == MOST_WORDS:
                break
    return list(found)


def keys(text: str) -> frozenset[str]:
    """What the index holds of a text: `stem`, `^begin` and `end$` of longer stems; at most three a word."""
    found = set()
    for word in content_words(text):
        found.add(word[:24])
        if len(word) >= BEGIN:
            found.add("^" + word[:BEGIN])
        if len(word) >= END:
            found.add(word[-END:] + "$")
    return frozenset(found)


def trigrams(text: str) -> frozenset[str]:
    """Three-letter pieces of the content words, with their edges."""
    return frozenset(
        padded[i : i + 3] for word in content_words(text) for padded in [f" {word} "] for i in range(len(padded) - 2)
    )
