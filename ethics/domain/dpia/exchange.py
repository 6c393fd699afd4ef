"""Import from and export to CNIL's PIA software. Read as a whole first; nothing is written from a damaged file."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ethics.domain.dpia import acts, desk, documents
from ethics.domain.dpia.pia_format import (
    ARRAYS,
    BESIDE,
    CONCERNED,
    EVENTS,
    LARGEST,
    LIKELIHOOD,
    LISTS,
    MEASURES,
    SECTIONS,
    SEVERITY,
)
from ethics.domain.machine import Actor
from ethics.models import Dpia, DpiaVersion
from portal.exceptions import DomainError
from portal.text import MAX_LENGTH, plain
from projects.models import Project

BREAK = re.compile(r"<\s*(?:br\s*/?|/p|/li|/div|/h[1-6])\s*>", re.IGNORECASE)
REFERENCE = re.compile(r"[0-9]{1,4}")
MOST_ROWS = 2_000
MOST_WORDS = 200


@dataclass
class Reading:
    """What a file holds for us: title, document, and in plain sentences what could not be carried over."""

    title: str
    content: dict[str, Any]
    left: list[str] = field(default_factory=list)


def take_in(user: Actor, *, data: bytes, project: Project | None = None) -> tuple[Dpia, list[str]]:
    """A new DPIA from a file of the PIA software, and the list of what was not carried over.

    Raises NotAllowed, DomainError `too_large`, `damaged`, `not_pia`. Nothing is written in these cases.
    """
    reading = read(data)
    with transaction.atomic():
        dpia = acts.begin(user, title=reading.title, project=project)
        dpia = acts.begin_editing(user, dpia=dpia, reason=str(_("Aus der PIA-Software eingelesen.")))
        version = dpia.versions.get(frozen_at__isnull=True)
        version.content = reading.content
        version.save()
        desk.record(user, dpia, "imported", left=len(reading.left))
    return dpia, reading.left


def read(data: bytes) -> Reading:
    """Reads a file without writing anything. Raises DomainError `too_large`, `damaged`, `not_pia`."""
    if len(data) > LARGEST:
        raise DomainError("too_large", _("Die Datei ist zu groß; höchstens 1,9 MB sind möglich."), field="file")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DomainError("damaged", _("Die Datei ist beschädigt oder kein JSON."), field="file") from error
    if not isinstance(document, dict) or not isinstance(document.get("pia"), dict):
        raise DomainError("not_pia", _("Das ist keine Datei der PIA-Software: „pia“ fehlt."), field="file")
    reading = Reading(_title(document["pia"]), documents.empty() | {"pia": {}})
    rows = {name: _rows(document, name, reading) for name in ARRAYS}
    _read_people(document["pia"], reading)
    _read_measures(rows["measures"], reading)
    _read_answers(rows["answers"], reading)
    _read_evaluations(rows["evaluations"], reading)
    if rows["comments"]:
        words = _("%(count)s Kommentare: Das Portal führt Gespräche am Fall, nicht an der Folgenabschätzung.")
        reading.left.append(str(words % {"count": len(rows["comments"])}))
    return reading


def give_out(version: DpiaVersion) -> dict[str, Any]:
    """The version as the PIA software reads it; `not_given_out` says what it has no place for."""
    content = version.content
    pairs = [(ref, content["sections"].get(key, {}).get("text", "")) for ref, key in SECTIONS.items()]
    pairs += [(int(ref), text) for ref, text in content.get("pia", {}).items()]
    answers = [_answer(ref, text=text) for ref, text in sorted(pairs) if text]
    evaluations = []
    for ref, row in _events_of(content).items():
        answers += _event_answers(ref, row, content["measures"])
        if row["residual"]:
            evaluations.append(_evaluation(ref, row["residual"]))
    measures = [
        {"id": row["id"], "pia_id": 1, "title": row["title"], "content": _marked_up(row["text"]), "placeholder": ""}
        for row in content["measures"]
    ]
    return {
        "pia": {
            "id": 1,
            "name": version.dpia.title,
            "status": 0,
            "concerned_people_opinion": _marked_up(content["sections"].get(CONCERNED, {}).get("text", "")),
        },
        "answers": answers,
        "measures": measures,
        "evaluations": evaluations,
        "comments": [],
    }


def not_given_out(version: DpiaVersion) -> list[str]:
    """What the format has no place for, in plain sentences."""
    content = version.content
    held = {*SECTIONS.values(), CONCERNED}
    left = [
        str(_("Abschnitt %(id)s") % {"id": key})
        for key, row in content["sections"].items()
        if key not in held and row["text"]
    ]
    if any(row["owner"] for row in content["sections"].values()):
        left.append(str(_("Zuständige der Abschnitte")))
    events = [row["id"] for row in _events_of(content).values()]
    left += [
        str(_("Risiko „%(title)s“: Die PIA-Software kennt nur drei Ereignisse.") % {"title": row["title"]})
        for row in content["risks"]
        if row["id"] not in events
    ]
    if events:
        left.append(str(_("Einstufung ohne Maßnahmen, Schadensarten und Begründungen der Risiken")))
    if any(row["owner"] or row["due"] or row["proof"] or row["effect"] for row in content["measures"]):
        left.append(str(_("Zuständige, Termine, Nachweise und Wirkung der Maßnahmen")))
    return left


def _rows(document: dict[str, Any], name: str, reading: Reading) -> list[dict[str, Any]]:
    """The array `name`; missing is empty, anything but a list of objects is damaged."""
    given = document.get(name)
    if given is None:
        reading.left.append(str(_("„%(name)s“ fehlt in der Datei.") % {"name": name}))
        return []
    if not isinstance(given, list) or len(given) > MOST_ROWS or not all(isinstance(row, dict) for row in given):
        raise DomainError("damaged", _("„%(name)s“ in der Datei ist beschädigt.") % {"name": name}, field="file")
    return given


def _title(pia: dict[str, Any]) -> str:
    title = plain(str(pia.get("name") or ""))[:MOST_WORDS].strip()
    return title if len(title) >= 3 else str(_("Eingelesene Folgenabschätzung"))


def _read_people(pia: dict[str, Any], reading: Reading) -> None:
    opinion = _text(pia.get("concerned_people_opinion"), "concerned_people_opinion", reading)
    if opinion:
        reading.content["sections"][CONCERNED] = documents.section(opinion, "")
    if _text(pia.get("dpo_opinion"), "dpo_opinion", Reading("", {})):
        reading.left.append(str(_("Rat der datenschutzbeauftragten Person: Er wird hier zu einer Fassung gegeben.")))


def _read_measures(rows: list[dict[str, Any]], reading: Reading) -> None:
    for row in rows:
        title = _text(row.get("title"), "measures", reading)[:MOST_WORDS]
        if len(title) < 3:
            reading.left.append(str(_("Eine Maßnahme ohne Titel")))
            continue
        titles = {known["title"] for known in reading.content["measures"]}
        if title in titles:
            short = title[: MOST_WORDS - 8]
            number = next(n for n in range(2, MOST_ROWS + 2) if f"{short} ({n})" not in titles)
            words = _("Maßnahme „%(title)s“ gibt es mehrmals; Verweise gelten der ersten.") % {"title": title}
            reading.left.append(str(words))
            title = f"{short} ({number})"
        if len(reading.content["measures"]) >= documents.MOST:
            reading.left.append(str(_("Maßnahme „%(title)s“: zu viele Maßnahmen") % {"title": title}))
            continue
        given = {"title": title, "text": _text(row.get("content"), title, reading)[:8000]}
        cleaned = documents.measure(given, set())
        reading.content["measures"].append({"id": len(reading.content["measures"]) + 1, **cleaned})


def _read_answers(rows: list[dict[str, Any]], reading: Reading) -> None:
    seen = set()
    for row in rows:
        ref, data = row.get("reference_to"), row.get("data")
        if isinstance(ref, str) and REFERENCE.fullmatch(ref):  # exports of older versions
            ref = int(ref)
        if not isinstance(ref, int) or isinstance(ref, bool) or not isinstance(data, dict) or ref in seen:
            reading.left.append(
                str(_("Antwort zu „%(ref)s“: nicht lesbar oder doppelt") % {"ref": plain(str(ref)[:40])})
            )
            continue
        seen.add(ref)
        event, part = divmod(ref, 10)
        if ref in SECTIONS:
            text = _text(data.get("text"), str(ref), reading)
            if text:
                reading.content["sections"][SECTIONS[ref]] = documents.section(text, "")
        elif ref in BESIDE:
            text = _text(data.get("text"), str(ref), reading)
            if text:
                reading.content["pia"][str(ref)] = text
        elif event in EVENTS and 1 <= part <= LIKELIHOOD:
            _read_event(event, part, data, reading)
        else:
            reading.left.append(str(_("Antwort zu %(ref)s: Dafür gibt es hier keinen Platz.") % {"ref": ref}))


def _read_event(event: int, part: int, data: dict[str, Any], reading: Reading) -> None:
    row = _event_row(event, reading.content)
    if part in LISTS:
        words = _words(data.get("list"), reading)
        if words:
            row["pia"][LISTS[part]] = words
        row["source"] = "\n".join(word for name in LISTS.values() for word in row["pia"].get(name, []))[:4000]
    elif part == MEASURES:
        titles = {known["title"]: known for known in reading.content["measures"]}
        for title in _words(data.get("list"), reading):
            if title not in titles:
                reading.left.append(str(_("Verweis auf unbekannte Maßnahme „%(title)s“") % {"title": title}))
            elif row["id"] not in titles[title]["risks"]:
                titles[title]["risks"].append(row["id"])
    else:
        row["gauges"] = row.get("gauges", {}) | {part: _gauge(data.get("gauge"), event * 10 + part, reading)}
        severity, likelihood = row["gauges"].get(SEVERITY), row["gauges"].get(LIKELIHOOD)
        if severity and likelihood:
            row["planned"] = [severity, likelihood]


def _read_evaluations(rows: list[dict[str, Any]], reading: Reading) -> None:
    for row in rows:
        ref = plain(str(row.get("reference_to", ""))[:40])
        event = int(ref.replace(".", "")) if re.fullmatch(r"3\.[234]", ref) else 0
        gauges = row.get("gauges")
        if event in EVENTS and isinstance(gauges, dict):
            found = [_gauge(gauges.get(axis), ref, reading) for axis in ("x", "y")]
            if all(found):
                _event_row(event, reading.content)["residual"] = found
        elif _text(row.get("action_plan_comment") or row.get("evaluation_comment"), ref, Reading("", {})):
            reading.left.append(str(_("Bewertung zu %(ref)s") % {"ref": ref or "?"}))
    for risk in reading.content["risks"]:
        gauges = risk.pop("gauges", {})
        if risk["planned"] is None and any(gauges.values()):
            reading.left.append(str(_("Einstufung von „%(title)s“ ist unvollständig.") % {"title": risk["title"]}))


def _event_row(event: int, content: dict[str, Any]) -> dict[str, Any]:
    """The risk of this feared event, made where it is missing."""
    for row in content["risks"]:
        if row.get("event") == event:
            found: dict[str, Any] = row
            return found
    row = {
        "id": len(content["risks"]) + 1,
        "title": str(EVENTS[event]),
        "kind": "ereignis",
        "source": "",
        "reason": "",
        "harm": [],
        "inherent": None,
        "planned": None,
        "residual": None,
        "event": event,
        "pia": {},
    }
    content["risks"].append(row)
    return row


def _events_of(content: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {row["event"]: row for row in content["risks"] if row.get("event") in EVENTS}


def _event_answers(event: int, row: dict[str, Any], measures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answers = [_answer(event * 10 + part, words=row.get("pia", {}).get(name, [])) for part, name in LISTS.items()]
    titles = [measure["title"] for measure in measures if row["id"] in measure["risks"]]
    answers.append(_answer(event * 10 + MEASURES, words=titles))
    for part, step in zip((SEVERITY, LIKELIHOOD), row["planned"] or (None, None), strict=True):
        answers.append(_answer(event * 10 + part, gauge=step))
    return answers


def _answer(ref: int, *, text: str = "", words: list[str] | None = None, gauge: int | None = None) -> dict[str, Any]:
    data = {"text": _marked_up(text) if text else None, "gauge": gauge, "list": words or []}
    return {"pia_id": 1, "reference_to": ref, "data": data}


def _evaluation(event: int, residual: list[int]) -> dict[str, Any]:
    reference = f"{event // 10}.{event % 10}"
    return {"pia_id": 1, "reference_to": reference, "gauges": {"x": residual[0], "y": residual[1]}, "status": 0}


def _text(given: Any, where: str, reading: Reading) -> str:
    """Plain text of an answer: no markup, breaks kept, cut at the portal's length."""
    if not isinstance(given, str):
        return ""
    if len(given) > MAX_LENGTH:
        words = _("Text zu %(where)s ist länger als %(most)s Zeichen und wurde gekürzt.")
        reading.left.append(str(words % {"where": where[:40], "most": MAX_LENGTH}))
    return plain(BREAK.sub("\n", given[:MAX_LENGTH]))


def _words(given: Any, reading: Reading) -> list[str]:
    rows = given if isinstance(given, list) else []
    words = [_text(word, "list", reading)[:MOST_WORDS] for word in rows[:MOST_WORDS]]
    return list(dict.fromkeys(word for word in words if word))


def _gauge(given: Any, where: Any, reading: Reading) -> int | None:
    """1 to 4; empty and 0 are "not rated"."""
    if given in (None, "", 0):
        return None
    if isinstance(given, bool) or not isinstance(given, (int, str)) or str(given) not in ("1", "2", "3", "4"):
        reading.left.append(str(_("Einstufung zu %(where)s ist keine von 1 bis 4.") % {"where": where}))
        return None
    return int(given)


def _marked_up(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
