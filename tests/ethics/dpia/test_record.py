"""The public register of DPIAs: what is in it, who enters it, and what never is."""

from __future__ import annotations

import pytest
from django.test import Client

from ethics.domain import dpia as acts
from ethics.domain import proof
from ethics.models import Dpia, DpiaRecord
from portal import audit
from portal.activity.models import Activity
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
SUMMARY = "Am Markt wird gezählt, wie viele Menschen kommen. Niemand wird dabei erkannt. [[Gerät 7]]"


def released(cast, outcome: str = "freigegeben", **fields) -> Dpia:
    dpia = cast.advised(**fields)
    acts.decide(cast.releaser, dpia=dpia, outcome=outcome, reason="Das Risiko ist klein genug.", obligations="Kürzen.")
    return Dpia.objects.get(pk=dpia.pk)


def test_record_holds_numbers_and_the_summary_alone(cast):
    dpia = released(cast, "freigegeben_mit_auflagen")
    acts.publish(cast.releaser, dpia=dpia, summary=SUMMARY)
    found = Client().get(f"/api/v1/assessments/{dpia.slug}").json()
    assert (
        found["summary"] == "Am Markt wird gezählt, wie viele Menschen kommen. Niemand wird dabei erkannt. [geschwärzt]"
    )
    assert found["outcome"] == "freigegeben_mit_auflagen"
    assert found["risks"] == {
        "count": 1,
        "inherent": {"gering": 0, "mittel": 0, "hoch": 1},
        "planned": {"gering": 0, "mittel": 1, "hoch": 0},
        "residual": {"gering": 1, "mittel": 0, "hoch": 0},
    }
    assert found["measures"] == {"count": 1, "with_proof": 0}
    assert (found["version"], found["superseded"], found["authority_consulted"]) == (1, False, False)
    assert Client().get("/api/v1/assessments").json()["items"] == [found]
    pages = [Client().get(url).content.decode() for url in ("/ethikrat/folgenabschaetzungen/", found["url"])]
    for text in (*pages, str(found)):
        for word in ("Gerät 7", "Kürzen.", "Frist der Löschung", "Kennungen kürzen", "Marktamt", cast.dpo.display_name):
            assert word not in text
    assert Activity.objects.get(verb="dpia.published").url == found["url"]
    assert [p.holds for p in proof.check(found["hash"])] == [True]
    assert audit.verify().ok


def test_nothing_is_listed_before_it_is_published(cast):
    dpia = released(cast)
    assert Client().get("/api/v1/assessments").json()["items"] == []
    assert Client().get(f"/api/v1/assessments/{dpia.slug}").status_code == 404
    assert Client().get(f"/ethikrat/folgenabschaetzungen/{dpia.slug}/").status_code == 404
    assert "/folgenabschaetzungen/" not in Client().get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("who", ["dpo", "office", "outsider"])
def test_others_may_not_publish(cast, who):
    with pytest.raises(NotAllowed):
        acts.publish(getattr(cast, who), dpia=released(cast), summary=SUMMARY)
    assert not DpiaRecord.objects.exists()


def test_only_what_is_released_can_be_published_once(cast):
    with pytest.raises(DomainError) as caught:
        acts.publish(cast.editor, dpia=cast.advised(), summary=SUMMARY)
    assert caught.value.code == "wrong_state"
    refused = released(cast, "abgelehnt")
    with pytest.raises(DomainError) as caught:
        acts.publish(cast.editor, dpia=refused, summary=SUMMARY)
    assert caught.value.code == "wrong_state"
    dpia = released(cast)
    for summary, code in (("zu kurz", "missing"), ("x" * 100_000, "too_long")):
        with pytest.raises(DomainError) as caught:
            acts.publish(cast.editor, dpia=dpia, summary=summary)
        assert caught.value.code == code
    acts.publish(cast.editor, dpia=dpia, summary=SUMMARY)
    with pytest.raises(DomainError) as caught:
        acts.publish(cast.editor, dpia=dpia, summary=SUMMARY)
    assert caught.value.code == "already_published"


def test_a_new_version_shows_only_when_decided_on(cast):
    dpia = released(cast)
    first = acts.publish(cast.editor, dpia=dpia, summary=SUMMARY)
    before = Client().get(f"/api/v1/assessments/{dpia.slug}").json()
    acts.save_section(cast.editor, dpia=dpia, key="D1", text="D1: Jetzt auch mit Kameras.", owner="Marktamt")
    acts.hand_over(cast.editor, dpia=dpia, releaser=cast.releaser)
    assert Client().get(f"/api/v1/assessments/{dpia.slug}").json() == before
    acts.advise(cast.dpo, dpia=dpia, verdict="einwaende", text="Kameras gehen hier zu weit.")
    acts.decide(cast.releaser, dpia=dpia, outcome="abgelehnt", reason="Kameras gehen hier zu weit.")
    after = Client().get(f"/api/v1/assessments/{dpia.slug}").json()
    assert after == before | {"superseded": True}
    assert DpiaRecord.objects.get() == first


def test_the_register_is_in_the_sitemap_and_keeps_its_number_of_queries(cast, django_assert_num_queries):
    for _number in range(5):
        acts.publish(cast.editor, dpia=released(cast), summary=SUMMARY)
    assert Client().get("/sitemap.xml").content.decode().count("/ethikrat/folgenabschaetzungen/") == 6
    client = Client()
    client.get("/ethikrat/folgenabschaetzungen/?x=1")
    with django_assert_num_queries(3):
        assert client.get("/ethikrat/folgenabschaetzungen/?x=2").status_code == 200
