"""Dates as each language writes them."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import formats, translation

EVENING = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
GERMAN = "22. November 2026, 19:05|22.11.2026, 19:05|Sonntag, 22. November 2026|Sonntag, 22. November"
ENGLISH = "22 November 2026, 19:05|22/11/2026, 19:05|Sunday, 22 November 2026|Sunday, 22 November"
SHOWN = (
    '{% load portal_ui %}{{ at|date:"DATETIME_FORMAT" }}|{{ at|date:"SHORT_DATETIME_FORMAT" }}|{{ at|weekday }}|'
    '{{ at|weekday:"short" }}'
)


@pytest.mark.parametrize(("language", "words"), [("de", GERMAN), ("en", ENGLISH), ("de-x-leicht", GERMAN)])
def test_moments_in_words(language, words):
    with translation.override(language):
        assert Template(SHOWN).render(Context({"at": EVENING})) == words


def test_the_day_is_that_of_paderborn():
    assert Template("{% load portal_ui %}{{ at|weekday }}").render(Context({"at": LATE})) == "Montag, 23. November 2026"


def test_short_dates_in_english_are_not_american():
    with translation.override("en"):
        assert formats.date_format(EVENING, "SHORT_DATE_FORMAT") == "22/11/2026"
