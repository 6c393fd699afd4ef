"""Up to thirty boxes in one form, all or none; tokens that exist on the printed card alone."""

from __future__ import annotations

import base64
import json
import re
import zlib

import pytest
from django.urls import reverse

from mapviews.domain.classroom import boxes, classes
from mapviews.domain.tokens import hash_token
from mapviews.enums import Exposure, Publicity
from mapviews.models import ClassBox, Station
from portal.activity.models import Activity
from portal.exceptions import DomainError, NotAllowed
from tests.mapviews.conftest import PADERBORN

pytestmark = pytest.mark.django_db
COMMON = {"phenomena": ["temperature", "co2"], "place": PADERBORN}


def drawn(body: bytes) -> str:
    """What a PDF's pages write, line after line as one text; embedded type shows as unreadable signs."""
    text = ""
    for part in re.findall(rb"stream\r?\n([!-uz\s]+)~>\s*endstream", body):
        content = zlib.decompress(base64.a85decode(part)).decode("latin-1")
        text += "".join(re.findall(r"\(((?:[^()\\]|\\.)*)\) Tj", content))
    return text


def post_data(names, **changes):
    data = {
        "phenomena": ["temperature"],
        "exposure": "outdoor",
        "publicity": "public",
        "licence": "CC0-1.0",
        "precision": "cell500",
        "place": "rathaus",
        "box-TOTAL_FORMS": len(names),
        "box-INITIAL_FORMS": 0,
    }
    return data | {f"box-{index}-name": name for index, name in enumerate(names)} | changes


def test_names_follow_the_pattern():
    assert boxes.names("Box {nr}", 12)[::11] == ["Box 01", "Box 12"]
    assert boxes.names("7b-#", 3, first=9) == ["7b-09", "7b-10", "7b-11"]
    assert boxes.names("Fensterbank", 2) == ["Fensterbank 1", "Fensterbank 2"]


def test_twelve_boxes_in_one_form(client, make_classroom):
    classroom = make_classroom(boxes=0)
    client.force_login(classroom.teacher)
    url = reverse("mapviews:classroom-boxes", args=[classroom.slug])
    shown = client.get(url).content.decode()
    assert shown.count('<fieldset class="class-row') == 12
    assert 'value="Box 12"' in shown
    data = post_data([f"Box {n:02d}" for n in range(1, 13)], **{"box-3-place": "padersee"})
    assert client.post(url, data).status_code == 302
    assert [(b.number, b.station.name) for b in classroom.boxes.all()][::11] == [(1, "Box 01"), (12, "Box 12")]
    stations = Station.objects.filter(class_box__classroom=classroom)
    assert set(stations.values_list("owner", flat=True)) == {classroom.teacher_id}
    assert {c.phenomenon_id for s in stations for c in s.channels.all()} == {"temperature"}
    places = stations.order_by("class_box__number").values_list("locations__latitude", flat=True)
    assert places[0] == places[1] != places[3]
    assert not Activity.objects.filter(verb="station.registered").exists()  # one class, not twelve lines


def test_one_wrong_row_keeps_all_out_and_every_input(client, make_classroom):
    classroom = make_classroom(boxes=0)
    client.force_login(classroom.teacher)
    url = reverse("mapviews:classroom-boxes", args=[classroom.slug])
    names = ["Box A", "Box B", "Box a", "Box D"]
    answer = client.post(url, post_data(names, **{"box-1-latitude": "0,1", "box-1-longitude": "0,2"}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert not Station.objects.exists()
    assert answer.context["wrong_rows"] == [2, 3]
    assert "So heißt schon Box 1." in page
    assert "Diese Koordinaten bedeuten" in page
    assert 'value="Box D"' in page


def test_rows_without_a_name_are_left_out_and_thirty_is_the_most(client, make_classroom):
    classroom = make_classroom(boxes=0)
    client.force_login(classroom.teacher)
    url = reverse("mapviews:classroom-boxes", args=[classroom.slug])
    client.post(url, post_data(["Box 1", "", " "]))
    assert classroom.boxes.count() == 1
    answer = client.post(url, post_data([f"Neu {n}" for n in range(30)]))
    assert (answer.status_code, "höchstens 30 Boxen" in answer.content.decode()) == (400, True)
    assert classroom.boxes.count() == 1
    assert client.post(url, post_data([f"Neu {n}" for n in range(31)])).status_code == 400
    assert classroom.boxes.count() == 1
    assert client.post(url, post_data(["Box 2"], **{"box-TOTAL_FORMS": "viele"})).status_code == 400


def test_boxes_on_the_move_and_public_rooms_are_refused(make_classroom):
    classroom = make_classroom(boxes=0)
    for wrong, code in (
        ({"exposure": Exposure.MOBILE, "publicity": Publicity.PRIVATE}, "mobile"),
        ({"exposure": Exposure.INDOOR, "publicity": Publicity.PUBLIC}, "indoor_not_public"),
    ):
        with pytest.raises(DomainError) as error:
            boxes.register(classroom.teacher, classroom=classroom, rows=[boxes.Row("Box")], **(COMMON | wrong))
        assert error.value.code == code
    assert not Station.objects.exists()


def test_nobody_else_registers_or_prints(client, make_classroom, make_user):
    classroom = make_classroom()
    stranger = make_user()
    with pytest.raises(NotAllowed):
        boxes.register(stranger, classroom=classroom, rows=[boxes.Row("Box")], **COMMON)
    with pytest.raises(NotAllowed):
        boxes.cards(stranger, classroom=classroom, numbers=[1])
    client.force_login(stranger)
    for name in ("classroom-boxes", "classroom-lead"):
        assert client.get(reverse(f"mapviews:{name}", args=[classroom.slug])).status_code == 404
    answer = client.post(reverse("mapviews:classroom-cards", args=[classroom.slug]), {"boxes": [1]})
    assert answer.status_code == 404


def test_the_pdf_holds_one_card_per_box_and_its_tokens_work(client, make_classroom):
    classroom = make_classroom(boxes=3)
    client.force_login(classroom.teacher)
    before = set(Station.objects.values_list("token_hash", flat=True))
    url = reverse("mapviews:classroom-cards", args=[classroom.slug])
    answer = client.post(url, {"boxes": [1, 2], "als": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    text = drawn(answer.content)
    found = re.findall(r"dhs_[\w-]{43}", text)
    assert len(found) == 2
    uuids = [str(uuid) for uuid in Station.objects.order_by("class_box__number").values_list("uuid", flat=True)]
    assert [uuid in text for uuid in uuids] == [True, True, False]
    hashes = set(Station.objects.values_list("token_hash", flat=True))
    assert {hash_token(token) for token in found} == hashes - before
    assert len(before & hashes) == 1
    assert str(dict(client.session)).find("dhs_") == -1
    station = Station.objects.get(token_hash=hash_token(found[0]))
    body = json.dumps(
        {"measurements": [{"channel": station.channels.get().pk, "ts": "2026-11-20T10:00:00Z", "value": 7}]}
    )
    sent = client.post(
        f"/api/v1/stations/{station.slug}/measurements", body, content_type="application/json",
        headers={"authorization": f"Bearer {found[0]}"},
    )  # fmt: skip
    assert (sent.status_code, sent.json()["stored"]) == (201, 1)


def test_the_page_of_cards_says_the_same(client, make_classroom):
    classroom = make_classroom(boxes=1)
    client.force_login(classroom.teacher)
    answer = client.post(reverse("mapviews:classroom-cards", args=[classroom.slug]), {"boxes": [1], "als": "seite"})
    page = answer.content.decode()
    token = re.search(r"data-card-token>(dhs_[\w-]{43})<", page).group(1)
    assert Station.objects.get(class_box__number=1).token_hash == hash_token(token)
    assert "<svg" in page
    setup = client.get(reverse("mapviews:station-setup", args=[Station.objects.get().uuid]))
    assert Station.objects.get().osem_id in setup.content.decode()
    assert Station.objects.get().push_id not in setup.content.decode()


def test_cards_need_a_choice_and_know_what_is_printed(client, make_classroom):
    classroom = make_classroom(boxes=2)
    client.force_login(classroom.teacher)
    url = reverse("mapviews:classroom-cards", args=[classroom.slug])
    assert client.post(url, {}).status_code == 302
    assert client.post(url, {"boxes": ["99"]}).status_code == 302
    client.post(url, {"boxes": [2]})
    form = client.get(reverse("mapviews:classroom-lead", args=[classroom.slug])).context["cards_form"]
    assert form.initial["boxes"] == [1]


def test_a_station_joins_and_leaves(client, make_classroom, make_station):
    classroom = make_classroom(boxes=1)
    own = make_station(owner=classroom.teacher)
    foreign = make_station()
    box = boxes.take(classroom.teacher, classroom=classroom, station=own)
    assert box.number == 2
    for station, code in ((own, "taken"), (foreign, "not_allowed")):
        with pytest.raises(DomainError) as error:
            boxes.take(classroom.teacher, classroom=classroom, station=station)
        assert error.value.code == code
    boxes.release(classroom.teacher, box=box)
    assert Station.objects.filter(pk=own.pk).exists()
    assert not ClassBox.objects.filter(station=own).exists()


def test_a_box_handed_over_leaves_the_class(make_classroom, make_user):
    classroom = make_classroom(boxes=2)
    Station.objects.filter(class_box__number=1).update(owner=make_user())
    assert [box.number for box in classroom.boxes.live()] == [2]


def test_boxes_do_not_count_as_the_teachers_own_stations(make_classroom, make_station):
    classroom = make_classroom(boxes=30)
    with pytest.raises(DomainError) as error:
        boxes.register(classroom.teacher, classroom=classroom, rows=[boxes.Row("Noch eine")], **COMMON)
    assert error.value.code == "too_many"
    second = classes.create(classroom.teacher, name="7c", ends_on=classroom.ends_on)
    rows = [boxes.Row(name) for name in boxes.names("Box", 25)]
    assert len(boxes.register(classroom.teacher, classroom=second, rows=rows, **COMMON)) == 25
    assert make_station(owner=classroom.teacher).pk
