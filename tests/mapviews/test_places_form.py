"""The place of a station: searched by name, typed as coordinates, or taken from the map, which fills these."""

from __future__ import annotations

import pytest

from mapviews.domain.places import known_places
from mapviews.forms import PlaceForm

FOUND = {
    "rathaus": "Historisches Rathaus",
    "Elsen": "Elsen",
    " elsen ": "Elsen",
    "univers": "Universität Paderborn, Warburger Str. 100",
    "Schloß Neuhaus": "Schloß Neuhaus",
    "Schloss Neuhaus": "Schloss Neuhaus",
    "HEINZ NIXDORF": "Heinz Nixdorf MuseumsForum, Fürstenallee 7",
}


@pytest.mark.parametrize("text", FOUND)
def test_a_place_is_found_by_its_name_or_the_beginning_of_it(text: str) -> None:
    form = PlaceForm({"place": text, "precision": "cell500"})
    assert form.is_valid(), form.errors
    place = next(known for known in known_places().values() if known["name"] == FOUND[text])
    assert (form.cleaned_data["latitude"], form.cleaned_data["longitude"]) == (place["latitude"], place["longitude"])


@pytest.mark.parametrize("name", sorted(place["name"] for place in known_places().values()))
def test_each_proposed_place_is_accepted(name: str) -> None:
    assert PlaceForm({"place": name, "precision": "cell500"}).is_valid()
    assert f'<option value="{name}">' in str(PlaceForm()["place"])


@pytest.mark.parametrize(("text", "words"), [("s", "Mehrere Orte"), ("Atlantis", "kennen wir nicht")])
def test_what_is_not_found_is_said(text: str, words: str) -> None:
    form = PlaceForm({"place": text, "precision": "cell500"})
    assert words in str(form.errors["place"])
    assert not PlaceForm({"precision": "cell500"}).is_valid()


def test_coordinates_typed_by_hand_come_before_the_name() -> None:
    form = PlaceForm({"place": "Elsen", "latitude": "51,7189°", "longitude": "8.7545", "precision": "cell500"})
    assert form.is_valid()
    assert (form.cleaned_data["latitude"], form.cleaned_data["longitude"]) == (51.7189, 8.7545)
