"""The portal's own DPIA and its case before the Council: true of this portal, no opinion or vote is invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from ethics.domain import cases, dpia, inquiries, triage
from ethics.models import Dpia, Inquiry, ReviewCase

DATA = Path(__file__).resolve().parent / "data" / "dsfa.json"
QUESTION = "Warum schaut sich der Ethikrat Baumsensoren an, wenn dabei doch nur der Boden gemessen wird?"
ANSWER = (
    "Weil beim Einrichten und Warten Zeiten entstehen, aus denen man Wege der Beschäftigten ablesen könnte. "
    "Der Rat hat deshalb empfohlen, diese Zeiten gar nicht zu speichern (Beispiel)."
)


def build(lead: Any, office: Any) -> None:
    """Idempotent: what exists is left as it is."""
    given = json.loads(DATA.read_text(encoding="utf-8"))
    case = ReviewCase.objects.filter(title=given["title"]).first() or _case(lead, office, given)
    if not Dpia.objects.filter(title=given["title"]).exists():
        _assessment(lead, case, given)


def ask(citizen: Any, office: Any, about: ReviewCase | None) -> None:
    """One answered question to the Council, on the invented case."""
    if Inquiry.objects.filter(question=QUESTION).exists():
        return
    inquiry = inquiries.ask(citizen, question=QUESTION, sample=True)
    inquiries.answer(office, inquiry=inquiry, text=ANSWER, case=about)


def _case(lead: Any, office: Any, given: dict[str, Any]) -> ReviewCase:
    case = cases.begin(lead, title=given["title"], initiative=given["title"], parties=given["parties"])
    answers = {**dict.fromkeys(given["yes"], "ja"), **dict.fromkeys(given["no"], "nein")}
    cases.save_draft(lead, case=case, content=given["case"], answers=answers, reason=given["case_reason"])
    case = cases.submit(lead, case=case)
    return triage.accept(office, case=case)


def _assessment(lead: Any, case: ReviewCase, given: dict[str, Any]) -> None:
    made = dpia.begin(lead, title=given["title"], case=case)
    made = dpia.begin_editing(lead, dpia=made, reason=given["reason"])
    for key, text in given["sections"].items():
        dpia.save_section(lead, dpia=made, key=key, text=text, owner="Stabsstelle Digitalisierung")
    for risk in given["risks"]:
        dpia.save_risk(lead, dpia=made, risk=risk)
    for measure in given["measures"]:
        dpia.save_measure(lead, dpia=made, measure={**measure, "due": date.fromisoformat(measure["due"])})
