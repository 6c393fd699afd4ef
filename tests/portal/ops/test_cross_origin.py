"""Every answer of the API may be read from other sites; nothing else may."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    ["projects", "stations.geojson", "catalog.jsonld", "measurements?channel=0", "openapi.json", "unknown"],
)
def test_api_answers_other_origins(client, path):
    response = client.get(f"/api/v1/{path}", headers={"Origin": "https://daten.example"})
    assert response["Access-Control-Allow-Origin"] == "*"


def test_preflight_is_answered_without_a_body(client):
    response = client.options("/api/v1/stations/1/measurements", headers={"Origin": "https://daten.example"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Headers"] == "Authorization, Content-Type, If-None-Match"


@pytest.mark.parametrize("path", ["/dialoge/", "/konto/login/", "/sensoren/"])
def test_pages_are_not_opened(client, path):
    assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": "https://daten.example"})
