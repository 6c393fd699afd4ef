"""The document of a DPIA version: its shape, its limits, the risk matrix, and the difference between two versions.

`content` = {"sections": {id: {"text", "owner"}}, "risks": [{"id", "title", "kind", "source", "harm", "reason",
"inherent", "planned", "residual"}], "measures": [{"id", "title", "text", "owner", "due", "proof", "effect", "risks"}]}.
A rating is [severity, likelihood], each 1 to 4, or None where nobody has rated yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics.domain.content import limited, required
from portal.exceptions import DomainError

STAGES = ("inherent", "planned", "residual")
KINDS = ("gestaltung", "ereignis")
STEPS = 4
MOST = 60
CLASSES = ("gering", "mittel", "hoch")
MANDATORY = ("D1", "D2", "D3", "D4")
SHORTEST = 20


def empty() -> dict[str, Any]:
    return {"sections": {}, "risks": [], "measures": []}


def section_ids(template: Mapping[str, Any]) -> list[str]:
    """D1–D11 (Art. 35 Abs. 7) and the seven goals S1–S7, as the template's version has them."""
    return [row["id"] for row in (*template["art35_7"], *template["sdm"])]


def section(text: str, owner: str) -> dict[str, str]:
    return {"text": limited(text, "text", most=50_000), "owner": limited(owner, "owner", most=150)}


def risk(given: Mapping[str, Any], template: Mapping[str, Any]) -> dict[str, Any]:
    """A cleaned risk without id. Raises DomainError `missing`, `invalid`, `too_long`."""
    if given.get("kind") not in KINDS:
        raise DomainError("invalid", _("Wählen Sie, woher das Risiko kommt."), field="kind")
    harms = [harm for harm in given.get("harm", []) if harm in template["risiko"]["schadensarten"]]
    result: dict[str, Any] = {
        "title": required(str(given.get("title", "")), "title", _("Benennen Sie das Risiko."), least=3, most=200),
        "kind": given["kind"],
        "source": limited(str(given.get("source", "")), "source", most=4000),
        "reason": limited(str(given.get("reason", "")), "reason", most=4000),
        "harm": harms,
    }
    for stage in STAGES:
        result[stage] = rating(given.get(stage), stage)
    return result


def measure(given: Mapping[str, Any], known_risks: set[int]) -> dict[str, Any]:
    """A cleaned measure without id. Raises DomainError `missing`, `invalid`, `too_long`."""
    due = given.get("due")
    if due is not None and not isinstance(due, date):
        raise DomainError("invalid", _("Geben Sie einen Tag an."), field="due")
    return {
        "title": required(str(given.get("title", "")), "title", _("Benennen Sie die Maßnahme."), least=3, most=200),
        "text": limited(str(given.get("text", "")), "text", most=8000),
        "owner": limited(str(given.get("owner", "")), "owner", most=150),
        "due": due.isoformat() if due else "",
        "proof": limited(str(given.get("proof", "")), "proof", most=4000),
        "effect": limited(str(given.get("effect", "")), "effect", most=4000),
        "risks": sorted(known_risks.intersection(given.get("risks", []))),
    }


def rating(given: Any, field: str) -> list[int] | None:
    """[severity, likelihood] within 1 to 4, or None. Raises DomainError `invalid`."""
    if given in (None, "", []):
        return None
    if (
        not isinstance(given, (list, tuple))
        or len(given) != 2
        or any(step not in range(1, STEPS + 1) for step in given)
    ):
        raise DomainError("invalid", _("Wählen Sie ein Feld der Matrix."), field=field)
    return [int(given[0]), int(given[1])]


def risk_class(template: Mapping[str, Any], found: list[int] | None) -> str:
    """`gering`, `mittel`, `hoch` by the template's matrix (row = severity, column = likelihood); empty if not rated."""
    if found is None:
        return ""
    severity, likelihood = found
    return str(template["risiko"]["matrix_standard"][severity - 1][likelihood - 1])


def high_residual(template: Mapping[str, Any], content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Risks whose residual rating is high (Art. 36 Abs. 1)."""
    return [row for row in content["risks"] if risk_class(template, row["residual"]) == CLASSES[-1]]


def gaps(template: Mapping[str, Any], content: Mapping[str, Any]) -> list[str]:
    """What is missing before a version can go to the data-protection officer, in plain sentences."""
    titles = {row["id"]: row["frage"] for row in template["art35_7"]}
    texts = content["sections"]
    found = [
        str(_("%(id)s fehlt: %(title)s") % {"id": key, "title": titles[key]})
        for key in MANDATORY
        if key in titles and len(texts.get(key, {}).get("text", "")) < SHORTEST
    ]
    if not content["risks"]:
        found.append(str(_("Es ist noch kein Risiko beschrieben.")))
    for row in content["risks"]:
        if any(row[stage] is None for stage in STAGES):
            found.append(str(_("Das Risiko „%(title)s“ ist noch nicht überall eingestuft.") % {"title": row["title"]}))
    return found


def matrix(template: Mapping[str, Any], content: Mapping[str, Any], stage: str) -> list[list[dict[str, Any]]]:
    """The matrix of one stage, most severe row first: each cell with class and the numbers of the risks in it."""
    rows = []
    for severity in range(STEPS, 0, -1):
        row = []
        for likelihood in range(1, STEPS + 1):
            here = [risk["id"] for risk in content["risks"] if risk[stage] == [severity, likelihood]]
            name = risk_class(template, [severity, likelihood])
            cell = {"severity": severity, "likelihood": likelihood, "value": f"{severity}-{likelihood}"}
            row.append(cell | {"class": name, "risks": here})
        rows.append(row)
    return rows


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    """What changed: rows {"where", "before", "after"}; sections by id, risks and measures by id."""
    before, after = _flat(old), _flat(new)
    keys = [*before, *(key for key in after if key not in before)]
    return [
        {"where": key, "before": before.get(key, ""), "after": after.get(key, "")}
        for key in keys
        if before.get(key, "") != after.get(key, "")
    ]


def _flat(content: Mapping[str, Any]) -> dict[str, str]:
    flat = {}
    for key, row in content["sections"].items():
        flat[key] = row["text"]
        flat[f"{key} · {_('zuständig')}"] = row["owner"]
    for word, rows in ((_("Risiko"), content["risks"]), (_("Maßnahme"), content["measures"])):
        for row in rows:
            for name, value in row.items():
                if name != "id":
                    flat[f"{word} {row['id']} · {FIELD_LABELS.get(name, name)}"] = _words(value)
    return flat


def _words(value: Any) -> str:
    if isinstance(value, list):
        return " × ".join(str(part) for part in value) if all(isinstance(p, int) for p in value) else ", ".join(value)
    return "" if value is None else str(value)


FIELD_LABELS = {
    "title": _("Bezeichnung"),
    "kind": _("Herkunft"),
    "source": _("Quelle und Ablauf"),
    "reason": _("Begründung der Einstufung"),
    "harm": _("Schaden"),
    "inherent": _("ohne Maßnahmen"),
    "planned": _("mit Maßnahmen"),
    "residual": _("Restrisiko"),
    "text": _("Beschreibung"),
    "owner": _("zuständig"),
    "due": _("bis"),
    "proof": _("Nachweis"),
    "effect": _("Wirkung"),
    "risks": _("senkt Risiko"),
}
