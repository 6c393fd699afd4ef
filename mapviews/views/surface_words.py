"""What a page says of the estimate between stations: its legend, what it rests on, or why there is none."""

from __future__ import annotations

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from mapviews.domain import moments, surface, surface_values
from mapviews.models import Phenomenon


def told(phenomenon: Phenomenon, moment: moments.Moment | None) -> dict[str, Any]:
    """For `live_map/_surface.html`."""
    made = surface_values.surface_of(phenomenon, moment)
    if made.refused:
        return {"refused": _reason(phenomenon, made)}
    unit, decimals = phenomenon.unit_label, max(1, phenomenon.decimals)

    def amount(value: float, places: int = decimals) -> str:
        return f"{formats.number_format(value, decimal_pos=places)} {unit}".strip()

    return {
        "n": made.n,
        "rows": [
            {"number": s.number, "text": _range(s, unit), "share": round(100 * s.share)}
            for s in made.steps
            if s.share or s.number in _between(made.steps)
        ],
        "error": amount(made.error),
        "plain_error": amount(made.plain_error),
        "better": made.is_better_than_mean,
        "checked": made.checked,
        "reach": formats.number_format(made.reach / 1000, decimal_pos=0),
        "distance": formats.number_format(made.distance / 1000, decimal_pos=1),
    }


def _between(steps: tuple[surface.Step, ...]) -> range:
    """Numbers from the first class that is there to the last."""
    there = [step.number for step in steps if step.share]
    return range(min(there), max(there) + 1)


def _range(step: surface.Step, unit: str) -> str:
    low, high = (_plain(edge) for edge in (step.low, step.high))
    if step.low is None and step.high is None:
        return _("überall gleich")
    if step.low is None:
        return _("bis %(high)s %(unit)s") % {"high": high, "unit": unit}
    if step.high is None:
        return _("über %(low)s %(unit)s") % {"low": low, "unit": unit}
    return _("über %(low)s bis %(high)s %(unit)s") % {"low": low, "high": high, "unit": unit}


def _plain(edge: float | None) -> str:
    if edge is None:
        return ""
    return formats.number_format(edge, decimal_pos=0 if edge == int(edge) else 1)


def _reason(phenomenon: Phenomenon, made: surface.Surface) -> str:
    if made.refused == "not_sensible":
        return _(
            "Für „%s“ zeichnen wir keine Fläche: Was eine Station misst, gilt nur an ihrem Ort. Zwischen zweien "
            "gibt es keinen sinnvollen Zwischenwert."
        ) % phenomenon.label  # fmt: skip
    if made.refused == "too_few":
        words = {"n": made.n, "fewest": surface.FEWEST}
        return _(
            "Zu wenige Stationen für eine Fläche: %(n)s von mindestens %(fewest)s haben einen brauchbaren Wert. "
            "Es zählen Stationen im Freien, deren Ort auf 500 m bekannt und deren Wert nicht auffällig ist."
        ) % words  # fmt: skip
    if made.refused == "too_many":
        return _("So viele Stationen brauchen keine Schätzung: Die Karte zeigt gemessene Mittel je Feld.")
    return _(
        "Die Stationen stehen zu weit auseinander: Weniger als drei haben eine andere in der Nähe, an der sich die "
        "Schätzung prüfen ließe."
    )
