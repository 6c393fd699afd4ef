"""The widget for other sites, and the owner's page that hears of the first value."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mapviews.test_care import put

pytestmark = pytest.mark.django_db


def test_widget_may_stand_anywhere_and_nothing_else_may(make_station: Any, client: Any, make_user: Any) -> None:
    station = make_station(name="Balkon", phenomena=["temperature"])
    put(station, [21.5])
    answer = client.get(f"{station.canonical_url}einbetten/")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert "21,5" in answer.content.decode()
    page = client.get(station.canonical_url)
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    private = make_station(publicity="private")
    client.force_login(private.owner)
    assert client.get(f"{private.canonical_url}einbetten/").status_code == 404


def test_page_of_the_owner_hears_of_the_first_value(make_station: Any, client: Any) -> None:
    station = make_station(publicity="private", phenomena=["temperature"])
    client.force_login(station.owner)
    url = f"{station.canonical_url}stand.json"
    assert client.get(url).json() == {"stamp": 0}
    assert "data-arrived" in client.get(station.canonical_url).content.decode()
    put(station, [1.0])
    assert client.get(url).json()["stamp"] > 0
    client.logout()
    assert client.get(url).status_code == 302
