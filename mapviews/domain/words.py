"""What a value means in words. Bands of particles, NO2 and ozone: Luftqualitätsindex of the Umweltbundesamt (hourly
values); CO2: guide values of its Innenraumlufthygiene-Kommission (2008). Others are plain descriptions."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """`kind` is a badge kind; `step` from 1 (low) to 5 (high) for a picture that needs no colour."""

    text: Any
    kind: str
    step: int


AIR = (_("sehr niedrig"), _("niedrig"), _("mittel"), _("hoch"), _("sehr hoch"))
KINDS = ("success", "success", "info", "warning", "danger")
BANDS: dict[str, tuple[float, ...]] = {
    "pm10": (20, 35, 50, 100),
    "pm25": (10, 20, 25, 50),
    "no2": (20, 40, 100, 200),
    "ozone": (60, 120, 180, 240),
}
PLAIN: dict[str, tuple[tuple[float, Any], ...]] = {
    "temperature": (
        (0, _("frostig")),
        (8, _("kalt")),
        (16, _("kühl")),
        (23, _("mild")),
        (30, _("warm")),
        (999, _("heiß")),
    ),
    "humidity": ((30, _("trockene Luft")), (65, _("angenehm")), (85, _("feuchte Luft")), (999, _("sehr feuchte Luft"))),
    "pressure": ((1000, _("Tiefdruck")), (1020, _("üblicher Luftdruck")), (9999, _("Hochdruck"))),
    "noise": (
        (40, _("leise, wie nachts im Wohngebiet")),
        (55, _("wie ein ruhiges Gespräch")),
        (65, _("wie eine belebte Straße")),
        (80, _("laut, auf Dauer belastend")),
        (999, _("sehr laut")),
    ),
    "co2": ((1000, _("unbedenklich")), (2000, _("auffällig, bitte lüften")), (1e9, _("zu hoch, bitte lüften"))),
    "soil_moisture": ((15, _("trockener Boden")), (35, _("feuchter Boden")), (999, _("nasser Boden"))),
}


class Step(NamedTuple):
    """One step of a scale: from 1 (low) to 5 (high), its words, and where it begins and ends (None: open)."""

    number: int
    text: Any
    low: float | None
    high: float | None


SCALED = ("noise", "co2", "soil_moisture")


def scale_of(phenomenon: str) -> list[Step]:
    """The steps of a phenomenon's scale, empty where it has none (temperature has words, and no low and high)."""
    edges = BANDS.get(phenomenon)
    if edges is not None:
        bounds = [None, *edges, None]
        return [Step(i + 1, AIR[i], bounds[i], bounds[i + 1]) for i in range(len(AIR))]
    if phenomenon not in SCALED:
        return []
    rows, low, steps = PLAIN[phenomenon], None, []
    for number, (edge, text) in enumerate(rows, 1):
        last = number == len(rows)
        steps.append(Step(number, text, low, None if last else edge))
        low = edge
    return steps


def scales() -> dict[str, list[float]]:
    """The edges between the steps of each phenomenon that has a scale."""
    return {slug: [step.high for step in scale_of(slug) if step.high is not None] for slug in (*BANDS, *SCALED)}


def bands_of(phenomenon: str | None) -> list[tuple[float | None, str, str]]:
    """Where each word of a phenomenon ends (None: open), the word and its badge kind, for pages whose values move."""
    if phenomenon in BANDS:
        rows = zip((*BANDS[phenomenon], None), AIR, KINDS, strict=True)
        return [(edge, str(text), kind) for edge, text, kind in rows]
    return [(edge, str(text), "neutral") for edge, text in PLAIN.get(phenomenon or "", ())]


def words_for(phenomenon: str | None, value: float | None) -> Words | None:
    """The meaning of a value, or None where a number says enough."""
    if value is None or phenomenon is None:
        return None
    if phenomenon in BANDS:
        step = sum(value > edge for edge in BANDS[phenomenon])
        return Words(AIR[step], KINDS[step], step + 1)
    for step, (edge, text) in enumerate(PLAIN.get(phenomenon, ()), 1):
        if value <= edge:
            return Words(text, "neutral", min(step, 5))
    return None
