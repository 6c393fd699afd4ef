"""What the Ethikrat gives to search, sitemap, home page and figures: published cases only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.domain.redaction import public
from ethics.models import DpiaRecord, ReviewCase
from portal.cms import figures, now, search_sources, sitemaps
from portal.templatetags.portal_ui import local_path


def register() -> None:
    search_sources.register("reviews", search_sources.Source(label=_("Ethikrat"), find=find_reviews, order=30))
    sitemaps.register("reviews", addresses)
    now.register("reviews", newest)
    figures.register("reviews", count)


def find_reviews(terms: list[str], user: Any, limit: int) -> search_sources.Found:
    """Published cases in which every word occurs, in what is public of them."""
    rows = ReviewCase.objects.public().select_related("project", "recommendation").order_by("-published_at")
    for term in terms:
        rows = rows.filter(
            Q(title__icontains=term)
            | Q(initiative__icontains=term)
            | Q(project__title__icontains=term)
            | Q(recommendation__sentence__icontains=term)
            | Q(recommendation__plain_summary__icontains=term)
            | Q(recommendation__text__icontains=term)
        )
    found = [case for case in rows[: 10 * limit] if _matches_publicly(case, terms)]
    hits = [
        search_sources.Hit(
            title=case.title,
            url=local_path(case.get_absolute_url()),
            text=public(case.recommendation.sentence),
            meta=case.get_outcome_display(),
            when=case.published_at,
            sample=case.sample,
            lang="de",
        )
        for case in found[:limit]
    ]
    return search_sources.Found(total=len(found), hits=hits)


def addresses() -> Iterable[tuple[str, datetime | None]]:
    yield "/ethikrat/", None
    for case in ReviewCase.objects.public().order_by("slug"):
        yield case.get_absolute_url(), case.published_at
    records = DpiaRecord.objects.public().select_related("dpia").order_by("dpia__slug")
    if records:
        yield "/ethikrat/folgenabschaetzungen/", None
    for record in records:
        yield record.get_absolute_url(), record.published_at


def newest() -> now.Item | None:
    case = ReviewCase.objects.public().select_related("recommendation").order_by("-published_at").first()
    if case is None:
        return None
    return now.Item(
        label=_("Neueste Empfehlung des Ethikrats"),
        title=case.title,
        url=local_path(case.get_absolute_url()),
        text=public(case.recommendation.sentence),
        when=case.published_at,
        icon="scales",
        sample=case.sample,
        order=30,
    )


def count(year: int) -> figures.Figure | None:
    rows = list(ReviewCase.objects.public().filter(published_at__year=year).values_list("sample", flat=True))
    if not rows:
        return None
    label = _("Empfehlung des Ethikrats") if len(rows) == 1 else _("Empfehlungen des Ethikrats")
    return figures.Figure(value=len(rows), label=label, url="/ethikrat/", sample=any(rows), order=30)


def _matches_publicly(case: ReviewCase, terms: list[str]) -> bool:
    """Redacted passages must not be found by guessing words."""
    found = case.recommendation
    texts = [case.title, case.subject, found.sentence, found.plain_summary, found.text]
    shown = " ".join(public(text) for text in texts).casefold()
    return all(term.casefold() in shown for term in terms)
