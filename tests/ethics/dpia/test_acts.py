"""The way of a DPIA: three people, advice bound to a version, high residual risk, versions and their difference."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ethics.domain import dpia as acts
from ethics.domain.dpia import documents
from ethics.models import Dpia, DpiaVersion
from portal import audit
from portal.accounts.enums import Role
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
DECISION = {"outcome": "freigegeben", "reason": "Nutzen und Restrisiko stehen im Verhältnis."}


def code_of(act, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    return caught.value.code


def test_goes_from_threshold_to_release_and_the_chain_holds(cast):
    dpia = cast.advised()
    acts.decide(cast.releaser, dpia=dpia, **DECISION)
    dpia.refresh_from_db()
    assert dpia.state == "freigegeben"
    version = dpia.versions.get()
    assert [row["risks"] for row in version.content["measures"]] == [[1]]
    assert version.decisions.get().version_hash == version.hash == version.statements.get().version_hash
    assert audit.verify().ok
    DpiaVersion.objects.update(content={})
    assert not audit.verify().ok


def test_editor_adviser_and_releaser_are_three_people(cast, make_user):
    dpia = cast.written()
    assert code_of(acts.hand_over, cast.editor, dpia=dpia, releaser=cast.editor) == "same_person"
    assert code_of(acts.hand_over, cast.editor, dpia=dpia, releaser=cast.dpo) == "same_person"
    assert code_of(acts.hand_over, cast.editor, dpia=dpia, releaser=cast.outsider) == "cannot_release"
    both = make_user(Role.PROJECT_LEAD, Role.DPO)
    assert code_of(acts.hand_over, cast.editor, dpia=dpia, releaser=both) == "same_person"
    dpia = cast.advised()
    for person in (cast.editor, cast.dpo, cast.office, cast.outsider):
        with pytest.raises(NotAllowed):
            acts.decide(person, dpia=dpia, **DECISION)


def test_who_wrote_an_earlier_version_or_hands_it_over_cannot_release_it(cast, make_user, make_project):
    project = make_project(lead=cast.editor)
    dpia = cast.advised()
    second = make_user(Role.PROJECT_LEAD)
    Dpia.objects.filter(pk=dpia.pk).update(project=project, lead=second)
    acts.save_section(second, dpia=dpia, key="D5", text="Ein Nachtrag.", owner="Marktamt")
    assert code_of(acts.hand_over, second, dpia=dpia, releaser=cast.editor) == "same_person"
    third = make_user(Role.PROJECT_LEAD)
    Dpia.objects.filter(pk=dpia.pk).update(lead=third)
    assert code_of(acts.hand_over, third, dpia=dpia, releaser=third) == "same_person"
    assert acts.hand_over(third, dpia=dpia, releaser=cast.releaser).state == "dsb_stellungnahme"


def test_change_of_content_resets_the_advice_and_keeps_history(cast):
    dpia = cast.advised()
    acts.save_section(cast.editor, dpia=dpia, key="D1", text="Jetzt ganz anders beschrieben.", owner="Marktamt")
    dpia.refresh_from_db()
    assert dpia.state == "bearbeitung"
    assert code_of(acts.decide, cast.releaser, dpia=dpia, **DECISION) == "wrong_state"
    dpia = acts.hand_over(cast.editor, dpia=dpia, releaser=cast.releaser)
    first, second = dpia.versions.order_by("number")
    assert (first.statements.count(), second.statements.count()) == (1, 0)
    assert first.hash != second.hash
    changes = documents.difference(first.content, second.content)
    assert [(row["where"], row["after"]) for row in changes] == [("D1", "Jetzt ganz anders beschrieben.")]


def test_high_residual_risk_waits_for_the_authority(cast):
    dpia = cast.advised(residual=[4, 3])
    assert code_of(acts.decide, cast.releaser, dpia=dpia, **DECISION) == "consultation_missing"
    today = timezone.localdate()
    assert code_of(acts.consult, cast.dpo, dpia=dpia, sent_on=today + timedelta(days=1)) == "in_the_future"
    acts.consult(cast.dpo, dpia=dpia, sent_on=today, reference="LDI 1/26")
    assert code_of(acts.decide, cast.releaser, dpia=dpia, **DECISION) == "wrong_state"
    acts.answer_consultation(cast.editor, dpia=dpia, answer="Keine Bedenken mit Auflage.", answered_on=today)
    acts.decide(cast.releaser, dpia=dpia, **DECISION)
    dpia.refresh_from_db()
    assert dpia.state == "freigegeben"


def test_refusing_needs_no_consultation_and_obligations_need_words(cast):
    dpia = cast.advised(residual=[4, 4])
    refusal = {"outcome": "abgelehnt", "reason": "Das Risiko ist zu groß für diesen Nutzen."}
    acts.decide(cast.releaser, dpia=dpia, **refusal)
    dpia.refresh_from_db()
    assert dpia.state == "abgelehnt"
    other = cast.advised()
    with_obligations = {**DECISION, "outcome": "freigegeben_mit_auflagen"}
    assert code_of(acts.decide, cast.releaser, dpia=other, **with_obligations) == "missing"


def test_gaps_are_named_before_handing_over(cast):
    dpia = acts.begin(cast.editor, title="Leer")
    dpia = acts.begin_editing(cast.editor, dpia=dpia, reason="Vorsichtshalber geprüft.")
    with pytest.raises(DomainError) as caught:
        acts.hand_over(cast.editor, dpia=dpia, releaser=cast.releaser)
    assert caught.value.code == "gaps"
    assert "Es ist noch kein Risiko beschrieben." in str(caught.value.message)
    assert Dpia.objects.get(pk=dpia.pk).state == "bearbeitung"


@pytest.mark.parametrize("rating", [[0, 1], [5, 1], [1], "3-3", [1, 2, 3], [True, "x"]])
def test_ratings_outside_the_matrix_are_refused(cast, rating):
    dpia = cast.written()
    before = dpia.versions.get().content
    risk = {"title": "Neu", "kind": "ereignis", "inherent": rating}
    assert code_of(acts.save_risk, cast.editor, dpia=dpia, risk=risk) == "invalid"
    assert dpia.versions.get().content == before


def test_removed_risk_leaves_its_measures(cast):
    dpia = cast.written()
    acts.save_risk(cast.editor, dpia=dpia, risk=None, number=1)
    content = dpia.versions.get().content
    assert content["risks"] == []
    assert content["measures"][0]["risks"] == []
    assert code_of(acts.save_risk, cast.editor, dpia=dpia, risk=None, number=1) == "not_found"


def test_matrix_is_data_of_the_template(cast):
    dpia = cast.written()
    template = dpia.template.content
    assert documents.risk_class(template, [1, 1]) == "gering"
    assert documents.risk_class(template, [4, 2]) == "hoch"
    template["risiko"]["matrix_standard"][0][0] = "hoch"
    assert documents.risk_class(template, [1, 1]) == "hoch"


def test_released_one_falls_due_by_its_day(cast):
    dpia = cast.advised()
    acts.decide(cast.releaser, dpia=dpia, **DECISION)
    day = timezone.localdate() + timedelta(days=1)
    acts.set_review_day(cast.dpo, dpia=dpia, day=day)
    assert acts.fall_due(today=timezone.localdate()) == 0
    assert acts.fall_due(today=day) == 1
    dpia.refresh_from_db()
    assert dpia.state == "ueberpruefung_faellig"
    assert audit.verify().ok


def test_unfinished_version_is_its_editors_alone(cast, make_user):
    dpia = cast.written()
    for person in (cast.dpo, cast.office, cast.releaser, cast.outsider, make_user(Role.ADMIN, is_superuser=True)):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(dpia.get_office_url()).status_code == 404
        assert client.get(f"{dpia.get_office_url()}pia.json").status_code == 404
    acts.hand_over(cast.editor, dpia=dpia, releaser=cast.releaser)
    acts.save_section(cast.editor, dpia=dpia, key="D5", text="NEUERENTWURF", owner="")
    client = Client()
    client.force_login(cast.dpo, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(dpia.get_office_url())
    assert page.status_code == 200
    assert "NEUERENTWURF" not in page.content.decode()


def test_whole_way_in_the_browser_without_a_script(cast):
    client = Client()
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/ethikrat/buero/dsfa/neu/", {"title": "Neue Zählung"}).status_code == 302
    dpia = Dpia.objects.get()
    url = dpia.get_office_url()
    assert client.post(f"{url}schritt/beginnen/", {"reason": "Zwei Kriterien treffen zu."}).status_code == 302
    for key in ("D1", "D2", "D3", "D4"):
        assert client.post(f"{url}abschnitt/{key}/", {"text": "Ausführlich und klar beschrieben."}).status_code == 302
    risk = {"title": "Wege", "kind": "gestaltung", "inherent": "3-3", "planned": "2-2", "residual": "1-1"}
    assert client.post(f"{url}risiko/", {**risk, "residual": "9-9"}).status_code == 422
    assert client.post(f"{url}risiko/", risk).status_code == 302
    assert client.post(f"{url}massnahme/", {"title": "Kürzen", "risks": ["1"], "due": "2027-03-01"}).status_code == 302
    assert client.post(f"{url}schritt/abgeben/", {"releaser": cast.editor.pk}).status_code == 422
    assert client.post(f"{url}schritt/abgeben/", {"releaser": cast.releaser.pk}).status_code == 302
    page = client.get(url).content.decode()
    assert "Bei der datenschutzbeauftragten Person" in page
    for path in ("fassungen/", "pia.json", "risiko/1/", "massnahme/1/", "abschnitt/S1/"):
        assert client.get(f"{url}{path}").status_code == 200
    assert client.get(f"{url}risiko/7/").status_code == 404
