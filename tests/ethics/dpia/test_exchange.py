"""Files of CNIL's PIA software: round trip of what both hold, a list of the rest, nothing half-imported."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from ethics.domain.dpia import exchange
from ethics.domain.dpia.pia_format import BESIDE, SECTIONS
from ethics.models import Dpia, DpiaVersion
from portal.exceptions import DomainError


def file(**parts) -> dict:
    return {"pia": {"name": "Parken"}, "answers": [], "measures": [], "evaluations": [], "comments": [], **parts}


def answer(ref, text=None, gauge=None, words=None) -> dict:
    return {"pia_id": 1, "reference_to": ref, "data": {"text": text, "gauge": gauge, "list": words or []}}


def read(document) -> exchange.Reading:
    return exchange.read(json.dumps(document).encode())


def given_out(reading: exchange.Reading) -> dict:
    version = DpiaVersion(dpia=Dpia(title=reading.title), number=1, content=reading.content)
    return json.loads(json.dumps(exchange.give_out(version)))


WORD = st.text(alphabet="abcäöüß XYZ123-&<", min_size=3, max_size=30).map(
    lambda text: " ".join(text.replace("<", " ").split()) or "leer"
)
TEXTS = st.dictionaries(st.sampled_from([*SECTIONS, *BESIDE]), WORD)


@settings(max_examples=60, deadline=None)
@given(
    TEXTS, st.lists(WORD.filter(lambda w: len(w) >= 3), unique=True, max_size=4), st.integers(1, 4), st.integers(1, 4)
)
def test_what_both_hold_comes_back_as_it_was(texts, measures, severity, likelihood):
    answers = [answer(ref, text=text) for ref, text in texts.items()]
    answers += [answer(321, words=["Ansehen", "Geld"]), answer(324, words=measures[:1])]
    answers += [answer(325, gauge=severity), answer(326, gauge=likelihood)]
    rows = [{"id": n, "title": title, "content": "Text"} for n, title in enumerate(measures, 5)]
    evaluations = [{"reference_to": "3.2", "gauges": {"x": 1, "y": 2}}]
    first = read(file(answers=answers, measures=rows, evaluations=evaluations))
    assert first.left == []
    again = read(given_out(first))
    assert again.content == first.content
    assert given_out(again) == given_out(first)
    risk = again.content["risks"][0]
    assert (risk["planned"], risk["residual"]) == ([severity, likelihood], [1, 2])
    assert [row["risks"] for row in again.content["measures"]] == [[1] if n == 0 else [] for n in range(len(measures))]


def test_html_in_answers_becomes_plain_text():
    dirty = "<p>Erstens</p><script>alert(1)</script><ul><li>a</li><li>b</li></ul>&lt;img src=x onerror=y&gt;"
    reading = read(file(answers=[answer(111, text=dirty)], pia={"name": "<b>Parken</b>"}))
    text = reading.content["sections"]["D1"]["text"]
    assert "Erstens" in text
    assert "<" not in text
    assert "alert" not in text
    assert reading.title == "Parken"


@pytest.mark.parametrize("gauge", [None, "", 0])
def test_empty_gauges_are_not_rated(gauge):
    reading = read(file(answers=[answer(325, gauge=gauge), answer(326, gauge=gauge)]))
    assert reading.content["risks"][0]["planned"] is None
    assert reading.left == []


@pytest.mark.parametrize("gauge", [5, -1, "hoch", True, 2.5])
def test_gauges_outside_the_scale_are_listed(gauge):
    reading = read(file(answers=[answer(325, gauge=gauge), answer(326, gauge=2)]))
    assert reading.content["risks"][0]["planned"] is None
    assert len(reading.left) == 2


def test_duplicate_titles_stay_apart_and_are_listed():
    rows = [{"title": "Verschlüsselung", "content": "eins"}, {"title": "Verschlüsselung", "content": "zwei"}]
    reading = read(file(measures=rows, answers=[answer(324, words=["Verschlüsselung"])]))
    assert [row["title"] for row in reading.content["measures"]] == ["Verschlüsselung", "Verschlüsselung (2)"]
    assert [row["risks"] for row in reading.content["measures"]] == [[1], []]
    assert len(reading.left) == 1


def test_missing_arrays_are_empty_and_listed():
    reading = read({"pia": {"name": "Parken"}})
    assert reading.content["risks"] == []
    assert len(reading.left) == 4


def test_what_has_no_place_is_listed():
    document = file(
        answers=[answer(999, text="x"), answer(111, text="a"), answer(111, text="b"), {"reference_to": None}],
        comments=[{"description": "Hallo"}],
        evaluations=[{"reference_to": "1.1", "evaluation_comment": "gut"}],
        pia={"name": "Parken", "dpo_opinion": "Einverstanden"},
    )
    document["answers"].append(answer(334, words=["unbekannt"]))
    left = read(document).left
    assert len(left) == 7
    assert read(document).content["sections"]["D1"]["text"] == "a"


def test_older_files_with_text_references_are_read():
    assert read(file(answers=[answer("111", text="Alt")])).content["sections"]["D1"]["text"] == "Alt"


@pytest.mark.parametrize("ref", ["1" * 5_000, "١١١", "111 ", "-111", "1e2", 111.0, True, None, [111], {"a": 1}, "²"])
def test_references_of_other_shapes_are_listed(ref):
    reading = read(file(answers=[answer(ref, text="x")]))
    assert reading.content["sections"] == {}
    assert len(reading.left) == 1


HOSTILE = [
    (b"", "damaged"),
    (b"\xff\xfe\x00", "damaged"),
    (b'{"pia": {', "damaged"),
    (b"[" * 100_000, "damaged"),
    (b"[]", "not_pia"),
    (b'{"answers": []}', "not_pia"),
    (b'{"pia": []}', "not_pia"),
    (b'{"pia": {}, "answers": {}}', "damaged"),
    (b'{"pia": {}, "answers": [1]}', "damaged"),
    (json.dumps({"pia": {}, "measures": [{}] * 3000}).encode(), "damaged"),
    (b" " * (2 * 1024 * 1024), "too_large"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("data", "code"), HOSTILE)
def test_damaged_and_hostile_files_write_nothing(cast, data, code):
    with pytest.raises(DomainError) as caught:
        exchange.take_in(cast.editor, data=data)
    assert caught.value.code == code
    assert not Dpia.objects.exists()


def test_broken_characters_reach_neither_document_nor_list():
    words = {"reference_to": "\ud800", "data": {}}
    document = file(answers=[words, answer(111, text="a\ud800b\x00c")], pia={"name": "Par\ud800ken"})
    reading = read(document)
    assert (reading.title, reading.content["sections"]["D1"]["text"]) == ("Parken", "abc")
    "".join(reading.left).encode()


def test_long_duplicate_titles_stay_apart():
    rows = [{"title": "x" * 200, "content": str(n)} for n in range(4)]
    titles = [row["title"] for row in read(file(measures=rows)).content["measures"]]
    assert len(set(titles)) == 4
    assert max(map(len, titles)) == 200


@pytest.mark.django_db
def test_page_tells_what_will_be_left_out_before_anything_is_saved(cast):
    client = Client()
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    data = json.dumps(file(answers=[answer(999, text="x")], measures=None)).encode()
    body = {"file": SimpleUploadedFile("pia.json", data), "pruefen": "1"}
    page = client.post("/ethikrat/buero/dsfa/einlesen/", body)
    assert page.status_code == 200
    assert "Antwort zu 999" in page.content.decode()
    assert "„measures“ fehlt in der Datei." in page.content.decode()
    assert not Dpia.objects.exists()
    body = {"file": SimpleUploadedFile("pia.json", b"{"), "pruefen": "1"}
    assert client.post("/ethikrat/buero/dsfa/einlesen/", body).status_code == 422


@pytest.mark.django_db
def test_page_tells_what_an_export_leaves_out(cast):
    dpia = cast.written()
    client = Client()
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"{dpia.get_office_url()}ausgabe/").content.decode()
    for line in exchange.not_given_out(dpia.versions.get()):
        assert line in page
    assert "Risiko „Wege werden sichtbar“" in page
    assert f"{dpia.get_office_url()}pia.json" in page
    client.force_login(cast.outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{dpia.get_office_url()}ausgabe/").status_code == 404


def test_long_texts_are_cut_and_listed():
    reading = read(file(answers=[answer(111, text="x" * 100_000)]))
    assert len(reading.content["sections"]["D1"]["text"]) == 20_000
    assert len(reading.left) == 1


@pytest.mark.django_db
def test_file_is_taken_in_on_the_page_and_the_rest_is_shown(cast):
    client = Client()
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    data = json.dumps(file(answers=[answer(111, text="Parkdaten"), answer(999, text="x")])).encode()
    response = client.post("/ethikrat/buero/dsfa/einlesen/", {"file": SimpleUploadedFile("pia.json", data)})
    assert response.status_code == 201
    assert "Antwort zu 999" in response.content.decode()
    dpia = Dpia.objects.get()
    assert "Parkdaten" in client.get(dpia.get_office_url()).content.decode()
    refused = client.post("/ethikrat/buero/dsfa/einlesen/", {"file": SimpleUploadedFile("pia.json", b"{")})
    assert refused.status_code == 422
    assert Dpia.objects.count() == 1
    client.force_login(cast.outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/ethikrat/buero/dsfa/einlesen/").status_code == 404
