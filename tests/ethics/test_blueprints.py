"""The clerk edits labelled fields; running cases and votes keep their version; files are checked as a whole."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ethics.domain import blueprints, council, meetings, votes
from ethics.enums import ChecklistKind, State
from ethics.models import ChecklistVersion, QuorumRule
from ethics.screening import evaluate
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
SCREENING, CRITERIA, DPIA = ChecklistKind.SCREENING, ChecklistKind.CRITERIA, ChecklistKind.DPIA


@pytest.fixture
def clerk(story):
    client = Client()
    client.force_login(story.office, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_clerk_changes_a_criterion_in_labelled_fields(story, clerk):
    url = "/ethikrat/buero/vorlagen/criteria/E2/"
    page = clerk.get(url).content.decode()
    assert "Rote Linie" in page
    assert "{" not in page[page.index("<main") : page.index("</main")]
    fields = {
        "prinzip": "Datensparsamkeit",
        "frage": "Geht es mit weniger Daten?",
        "skala": "ja\r\nzum Teil\r\nnein",
        "begruendung_pflicht": "on",
    }
    assert clerk.post(url, {**fields, "frage": ""}).status_code == 422
    assert clerk.post(url, fields).status_code == 302
    row = next(r for r in council.current_checklist(CRITERIA).content["ethik"] if r["id"] == "E2")
    assert (row["frage"], row["skala"]) == ("Geht es mit weniger Daten?", ["ja", "zum Teil", "nein"])
    assert council.current_checklist(CRITERIA).version == 2


def test_running_case_keeps_its_version(story):
    case = story.to(State.TRIAGE)
    blueprints.set_threshold(story.office, threshold=1)
    case.refresh_from_db()
    answers = {"V1": "ja", **dict.fromkeys("ABC", "nein"), **{f"K{n}": "nein" for n in range(1, 10)}, "K1": "ja"}
    assert evaluate(answers, rules=council.screening_rules(case.checklist)).outcome == "einzelfall"
    fresh = story.draft()
    assert evaluate(answers, rules=council.screening_rules(fresh.checklist)).outcome == "erforderlich"
    assert (case.checklist.version, fresh.checklist.version) == (1, 2)


def test_vote_keeps_the_rule_it_was_opened_under(story):
    case = story.to(State.SCHEDULED)
    meeting = meetings.current_item(case).meeting
    presences = {m.pk: "zugeschaltet" for m in story.members}
    meetings.record_attendance(story.chair, meeting=meeting, presences=presences)
    vote = votes.open_vote(story.chair, case=case)
    rule = {"minimum": 8, "share_above": Decimal("0.9"), "chair_breaks_tie": False, "remote_counts": False}
    blueprints.set_rule(story.office, source="Neue Geschäftsordnung", **rule)
    for member, choice in zip(story.members, ["ja"] * 4 + ["nein"] * 4, strict=True):
        votes.cast(story.chair, vote=vote, member=member, choice=choice)
    vote = votes.close_vote(story.chair, vote=vote)
    assert (vote.carried, vote.rule["version"], QuorumRule.objects.count()) == (True, 1, 2)


def test_rows_of_lists_come_and_go_and_fixed_questions_stay(story, clerk):
    assert clerk.get("/ethikrat/buero/vorlagen/screening/neu/ldi_nrw_oeffentlich/").url.endswith("/LDI01/")
    row = {"kurz": "Zeile der Liste", "bedingungen": "eins\nzwei", "quelle": "LDI NRW"}
    assert clerk.post("/ethikrat/buero/vorlagen/screening/LDI01/", row).status_code == 302
    rules = council.screening_rules(council.current_checklist(SCREENING))
    asked = next(q for q in rules.questions if q.id == "LDI01")
    assert asked.conditions == ("eins", "zwei")
    blueprints.remove_row(story.office, kind=SCREENING, row_id="LDI01")
    with pytest.raises(DomainError) as caught:
        blueprints.remove_row(story.office, kind=SCREENING, row_id="K1")
    assert caught.value.code == "fixed"
    for row_id in ("K10", "X1", "LDIabc", "DSK9999"):
        assert clerk.get(f"/ethikrat/buero/vorlagen/screening/{row_id}/").status_code == 404


@pytest.mark.parametrize("kind", [SCREENING, CRITERIA, DPIA])
def test_a_file_comes_back_as_it_went(story, kind):
    before = council.current_checklist(kind)
    data = blueprints.give_out(before)
    with pytest.raises(DomainError) as caught:
        blueprints.take_in(story.office, kind=kind, data=data)
    assert caught.value.code == "nothing_changed"
    changed = json.loads(data)
    first = blueprints.rows_of(changed, blueprints.PARTS[kind][0])[0]
    first["frage"] = "Neu gefragt?"
    made = blueprints.take_in(story.office, kind=kind, data=json.dumps(changed).encode())
    assert made.version == before.version + 1
    assert {**made.content, "version": 1} == changed


def broken(change):
    def apply(content):
        content = json.loads(json.dumps(content))
        change(content)
        return json.dumps(content).encode()

    return apply


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.pop("wp248"),
        lambda c: c["wp248"].pop(),
        lambda c: c["wp248"].append(dict(c["wp248"][0])),
        lambda c: c.update(schwelle="2"),
        lambda c: c.update(schwelle=True),
        lambda c: c.update(schwelle=0),
        lambda c: c["dsk_muss_liste"].append({"id": "X<script>", "kurz": "x", "bedingungen": ["x"], "quelle": "x"}),
        lambda c: c["dsk_muss_liste"][0].update(bedingungen=[]),
        lambda c: c["art35_3"][0].update(frage=""),
        lambda c: c.update(art35_3="A"),
        lambda c: c["art35_3"][0].update(frage="Halbes Zeichen \ud800"),
        lambda c: c["wp248"][0].update(hilfe="Null \x00"),
        lambda c: c["schwellwert_vorfragen"][0].update(antworten={"ja": "\ud800", "nein": "n", "unklar": "u"}),
    ],
)
def test_damaged_files_change_nothing(story, change):
    data = broken(change)(council.current_checklist(SCREENING).content)
    with pytest.raises(DomainError) as caught:
        blueprints.take_in(story.office, kind=SCREENING, data=data)
    assert caught.value.code == "damaged"
    assert ChecklistVersion.objects.filter(kind=SCREENING).count() == 1


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"[" * 50_000, b"x" * 600_000])
def test_hostile_files_change_nothing(story, data):
    with pytest.raises(DomainError):
        blueprints.take_in(story.office, kind=CRITERIA, data=data)
    assert ChecklistVersion.objects.filter(kind=CRITERIA, version__gt=1).count() == 0


def test_matrix_and_rule_in_labelled_fields(story, clerk):
    fields = {f"{s}-{p}": "hoch" for s in range(4) for p in range(4)}
    assert clerk.post("/ethikrat/buero/vorlagen/matrix/", {**fields, "0-0": "egal"}).status_code == 422
    assert clerk.post("/ethikrat/buero/vorlagen/matrix/", fields).status_code == 302
    assert council.current_checklist(DPIA).content["risiko"]["matrix_standard"] == [["hoch"] * 4] * 4
    rule = {
        "source": "Geschäftsordnung",
        "minimum": 4,
        "share_above": "0.5",
        "invitation_days": 10,
        "dissent_days": 5,
        "objection_days": 14,
    }
    assert clerk.post("/ethikrat/buero/vorlagen/regel/", {**rule, "minimum": 0}).status_code == 400
    assert clerk.post("/ethikrat/buero/vorlagen/regel/", rule).status_code == 302
    assert (council.current_rule().minimum, council.current_rule().chair_breaks_tie) == (4, False)


def test_templates_are_the_offices_alone(story, clerk):
    assert clerk.get("/ethikrat/buero/vorlagen/").status_code == 200
    upload = {"file": SimpleUploadedFile("x.json", b"{")}
    assert clerk.post("/ethikrat/buero/vorlagen/criteria/einlesen/", upload).status_code == 400
    for person in (story.chair, story.lead, story.dpo, story.admin, story.outsider):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for path in ("", "regel/", "matrix/", "schwelle/", "criteria/E1/", "criteria/vorlage.json"):
            assert client.get(f"/ethikrat/buero/vorlagen/{path}").status_code == 404
        with pytest.raises(NotAllowed):
            blueprints.set_threshold(person, threshold=3)
