"""Templates as versioned data: checklists, criteria, risk matrix and the rules of quorum. Each change is a new version;
a running case keeps the one it began with. People edit labelled fields; files come and go as JSON."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import council
from ethics.domain.content import limited, required
from ethics.domain.dpia.documents import CLASSES, STEPS
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, ChecklistKind
from ethics.models import ChecklistVersion, QuorumRule
from ethics.screening import Rules
from portal import audit
from portal.exceptions import DomainError, NotAllowed

LARGEST = 512 * 1024
MOST_ROWS = 200


@dataclass(frozen=True)
class RowField:
    """One labelled field of a row. `kind`: text, long, lines (one entry a line), yes."""

    key: str
    label: Any
    kind: str = "long"
    needed: bool = True


@dataclass(frozen=True)
class Part:
    """Rows of one kind inside a checklist. `prefix`: rows may be added with ids that begin so, and taken out."""

    key: str
    label: Any
    fields: tuple[RowField, ...]
    prefix: str = ""


ASKED = (
    RowField("frage", _("Frage")),
    RowField("hilfe", _("Hilfe"), needed=False),
    RowField("quelle", _("Quelle"), "text", needed=False),
)
LISTED = (
    RowField("kurz", _("Worum geht es?")),
    RowField("bedingungen", _("Bedingungen, eine je Zeile"), "lines"),
    RowField("smart_city_beispiel", _("Beispiel"), "text", needed=False),
    RowField("quelle", _("Quelle"), "text"),
    RowField("verbindlich_fuer", _("Für wen verbindlich?"), "text", needed=False),
)
JUDGED = (
    RowField("prinzip", _("Prinzip"), "text"),
    *ASKED,
    RowField("rote_linie", _("Rote Linie"), "text", needed=False),
    RowField("skala", _("Stufen, eine je Zeile"), "lines"),
    RowField("begruendung_pflicht", _("Begründung nötig"), "yes", needed=False),
)
PARTS: Mapping[ChecklistKind, tuple[Part, ...]] = {
    ChecklistKind.SCREENING: (
        Part("schwellwert_vorfragen", _("Vorfragen"), ASKED),
        Part("art35_3", _("Gesetzliche Fälle"), ASKED),
        Part("wp248", _("Neun Kriterien"), ASKED),
        Part("ldi_nrw_oeffentlich", _("Liste der LDI NRW (verbindlich)"), LISTED, "LDI"),
        Part("dsk_muss_liste", _("Liste der Datenschutzkonferenz"), LISTED, "DSK"),
    ),
    ChecklistKind.CRITERIA: (Part("ethik", _("Ethische Kriterien"), JUDGED, "E"),),
    ChecklistKind.DPIA: (
        Part("art35_7", _("Abschnitte der Folgenabschätzung"), ASKED),
        Part("sdm", _("Ziele des Standard-Datenschutzmodells"), ASKED),
    ),
}


def rows_of(content: Mapping[str, Any], part: Part) -> list[dict[str, Any]]:
    """The rows of a part; the list of the LDI lies one level deeper."""
    found = content[part.key]
    rows: list[dict[str, Any]] = found["eintraege"] if isinstance(found, dict) else found
    return rows


def part_of(kind: ChecklistKind, row_id: str) -> Part:
    """The part that holds, or could hold, a row with this id. DomainError `not_found`."""
    content = council.current_checklist(kind).content
    for part in PARTS[kind]:
        if any(row["id"] == row_id for row in rows_of(content, part)):
            return part
    for part in PARTS[kind]:
        rest = row_id.removeprefix(part.prefix)
        if part.prefix and rest != row_id and rest.isdecimal() and len(rest) < 4:
            return part
    raise DomainError("not_found", _("Diese Zeile gibt es nicht."), status=404)


def save_row(user: Actor, *, kind: ChecklistKind, row_id: str, values: Mapping[str, Any]) -> ChecklistVersion:
    """Changes a row, or adds one to a part that grows; makes the next version.

    Raises NotAllowed, DomainError `not_found`, `missing`, `too_long`, `too_many`, `nothing_changed`.
    """
    part = part_of(kind, row_id)

    def change(content: dict[str, Any]) -> None:
        rows = rows_of(content, part)
        found = next((row for row in rows if row["id"] == row_id), None)
        if found is None:
            if len(rows) >= MOST_ROWS:
                raise DomainError("too_many", _("Mehr Zeilen sind nicht möglich."))
            found = {"id": row_id}
            rows.append(found)
        _fill(found, part, values)

    return _next(user, kind, change, "row_saved", row=row_id)


def remove_row(user: Actor, *, kind: ChecklistKind, row_id: str) -> ChecklistVersion:
    """Takes out a row of a part that grows. Raises NotAllowed, DomainError `not_found`, `fixed`."""
    part = part_of(kind, row_id)
    if not part.prefix:
        raise DomainError("fixed", _("Diese Frage gehört zur Regel und bleibt. Ihr Wortlaut lässt sich ändern."))

    def change(content: dict[str, Any]) -> None:
        rows = rows_of(content, part)
        rows[:] = [row for row in rows if row["id"] != row_id]
        if part.key == "ethik" and not rows:
            raise DomainError("fixed", _("Mindestens ein Kriterium muss bleiben."))

    return _next(user, kind, change, "row_removed", row=row_id)


def set_threshold(user: Actor, *, threshold: int) -> ChecklistVersion:
    """From how many criteria on an assessment is required. Raises NotAllowed, DomainError `invalid`."""
    if not 1 <= threshold <= 9:
        raise DomainError("invalid", _("Möglich sind 1 bis 9."), field="threshold")
    return _next(
        user, ChecklistKind.SCREENING, lambda content: content.update(schwelle=threshold), "threshold_set", to=threshold
    )


def set_matrix(user: Actor, *, matrix: list[list[str]]) -> ChecklistVersion:
    """The classes of the risk matrix, row = severity 1 to 4. Raises NotAllowed, DomainError `invalid`."""
    if not _is_matrix(matrix):
        raise DomainError("invalid", _("Wählen Sie in jedem Feld eine Klasse."))

    def change(content: dict[str, Any]) -> None:
        content["risiko"]["matrix_standard"] = matrix

    return _next(user, ChecklistKind.DPIA, change, "matrix_set")


def set_rule(user: Actor, *, source: str, **values: Any) -> QuorumRule:
    """The next version of quorum and majority; votes keep a copy of theirs. Raises NotAllowed, DomainError
    `invalid`, `missing`."""
    _require_office(user)
    source = required(source, "source", _("Nennen Sie die Geschäftsordnung oder das Gesetz."), least=3, most=200)
    if not 1 <= int(values["minimum"]) <= 50 or not 0 <= values["share_above"] < 1:
        raise DomainError("invalid", _("Diese Zahlen ergeben keine Regel."), field="minimum")
    with transaction.atomic():
        last = council.current_rule()
        rule = QuorumRule.objects.create(version=last.version + 1, source=source, **values)
        audit.record(
            actor=user,
            action="ethics.rule_set",
            stream=council.STREAM,
            payload=rule.snapshot(),
            role=CaseRole.OFFICE,
        )
    return rule


def give_out(checklist: ChecklistVersion) -> bytes:
    """The version as a file that `take_in` reads."""
    return json.dumps(checklist.content, ensure_ascii=False, indent=1).encode()


def take_in(user: Actor, *, kind: ChecklistKind, data: bytes) -> ChecklistVersion:
    """The next version from a file, checked as a whole before anything is written.

    Raises NotAllowed, DomainError `too_large`, `damaged`.
    """
    if len(data) > LARGEST:
        raise DomainError("too_large", _("Die Datei ist zu groß."), field="file")
    try:
        given = json.loads(data.decode("utf-8-sig"))
        clean = _checked(kind, given)
        _check_characters(clean)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise DomainError(
            "damaged", _("Die Datei passt nicht zu dieser Vorlage. Nichts wurde übernommen."), field="file"
        ) from error

    def change(content: dict[str, Any]) -> None:
        content.update(clean)

    return _next(user, kind, change, "checklist_imported")


def _checked(kind: ChecklistKind, given: Mapping[str, Any]) -> dict[str, Any]:
    """Known keys only, every row cleaned by its fields; fixed rows must all be there."""
    current = council.current_checklist(kind).content
    clean: dict[str, Any] = {}
    for part in PARTS[kind]:
        known = {row["id"]: row for row in rows_of(current, part)}
        rows = [_row(part, row, known) for row in rows_of(given, part)]
        ids = [row["id"] for row in rows]
        if len(ids) != len(set(ids)) or len(ids) > MOST_ROWS or (part.key == "ethik" and not ids):
            raise ValueError
        if not part.prefix and set(ids) != known.keys():
            raise ValueError
        nested = isinstance(current[part.key], dict)
        clean[part.key] = {**current[part.key], "eintraege": rows} if nested else rows
    if kind == ChecklistKind.SCREENING:
        if isinstance(given["schwelle"], bool) or given["schwelle"] not in range(1, 10):
            raise ValueError
        clean["schwelle"] = given["schwelle"]
        Rules.from_data({**current, **clean})
    if kind == ChecklistKind.DPIA:
        if not _is_matrix(given["risiko"]["matrix_standard"]):
            raise ValueError
        clean["risiko"] = {**current["risiko"], "matrix_standard": given["risiko"]["matrix_standard"]}
    return clean


def _check_characters(clean: Mapping[str, Any]) -> None:
    """ValueError for half characters and for NUL, which no page shows and PostgreSQL does not keep."""
    json.dumps(clean, ensure_ascii=False).encode()
    if "\\u0000" in json.dumps(clean):
        raise ValueError


def _row(part: Part, given: Mapping[str, Any], known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A cleaned row. What the fields do not cover stays as the present version has it."""
    row_id = given["id"]
    if not isinstance(row_id, str) or not row_id.isalnum() or len(row_id) > 10:
        raise ValueError
    if part.prefix and not (row_id.startswith(part.prefix) and row_id.removeprefix(part.prefix).isdecimal()):
        raise ValueError
    row = dict(known.get(row_id, {"id": row_id}))
    if _labels(given.get("antworten")):
        row["antworten"] = given["antworten"]
    try:
        _fill(row, part, given)
    except DomainError as error:
        raise ValueError from error
    return row


def _fill(row: dict[str, Any], part: Part, given: Mapping[str, Any]) -> None:
    for field in part.fields:
        value = _value(field, given.get(field.key))
        if value or row.get(field.key):
            row[field.key] = value
        else:
            row.setdefault(field.key, value)


def _labels(given: Any) -> bool:
    """Other words for the three answers of a question."""
    return (
        isinstance(given, dict)
        and given.keys() == {"ja", "nein", "unklar"}
        and all(isinstance(word, str) and len(word) < 100 for word in given.values())
    )


def _value(field: RowField, given: Any) -> Any:
    if field.kind == "yes":
        return bool(given)
    if field.kind == "lines":
        lines = given.splitlines() if isinstance(given, str) else given or []
        found = [limited(str(line), field.key, most=500) for line in lines if str(line).strip()]
        if field.needed and not found:
            raise DomainError("missing", _("Diese Angabe fehlt."), field=field.key)
        return found
    text = "" if given is None else str(given)
    return required(text, field.key, _("Diese Angabe fehlt."), most=2000) if field.needed else limited(text, field.key)


def _is_matrix(given: Any) -> bool:
    return (
        isinstance(given, list)
        and len(given) == STEPS
        and all(isinstance(row, list) and len(row) == STEPS and set(row) <= set(CLASSES) for row in given)
    )


def _require_office(user: Actor) -> None:
    if not permissions.is_office(user):
        raise NotAllowed


def _next(user: Actor, kind: ChecklistKind, change: Any, action: str, **payload: Any) -> ChecklistVersion:
    _require_office(user)
    with transaction.atomic():
        last = council.current_checklist(kind)
        content = copy.deepcopy(last.content)
        change(content)
        if content == last.content:
            raise DomainError("nothing_changed", _("Es hat sich nichts geändert."), status=409)
        content["version"] = last.version + 1
        made = ChecklistVersion.objects.create(
            kind=kind, version=last.version + 1, title=last.title, source=last.source, content=content
        )
        audit.record(
            actor=user,
            action=f"ethics.{action}",
            stream=council.STREAM,
            payload={"kind": kind, "version": made.version, **payload},
            role=CaseRole.OFFICE,
        )
    return made
