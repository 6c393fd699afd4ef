"""The human page of the API says what the OpenAPI document says."""

from __future__ import annotations

import pytest

from portal.api import api
from portal.api_docs import groups

DOCUMENT = {
    "paths": {
        "/api/v1/things": {
            "get": {
                "summary": "Dinge",
                "tags": ["Dinge"],
                "parameters": [
                    {"name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 3}},
                    {"name": "art", "required": False, "schema": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
                ],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}}
                },
            },
            "post": {
                "parameters": [],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                "responses": {"201": {}},
            },
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "properties": {"id": {"type": "integer"}, "size": {"enum": ["s", "m"]}},
                "required": ["id"],
            },
            "Page": {"properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}},
        }
    },
}


def test_document_becomes_groups_of_operations():
    named, unnamed = groups(DOCUMENT)
    (read,) = named.operations
    assert (named.title, read.method, read.path, read.example) == (
        "Dinge",
        "GET",
        "/api/v1/things",
        "/api/v1/things?limit=3",
    )
    assert [(p.name, p.kind, p.note) for p in read.parameters] == [
        ("limit", "ganze Zahl", "ab 1, bis 9, sonst 3"),
        ("art", "Text / leer", ""),
    ]
    assert [(s, [(f.name, f.kind) for f in fields]) for s, fields in read.answers] == [
        ("200", [("items", "Liste: {id, size}")])
    ]
    (write,) = unnamed.operations
    assert (unnamed.title, write.example) == ("Sonstiges", "")
    assert [(f.name, f.kind, f.required) for f in write.parameters] == [
        ("id", "ganze Zahl", True),
        ("size", "s | m", False),
    ]


@pytest.mark.django_db
def test_page_shows_every_operation_without_scripts_of_others(client):
    page = client.get("/api/v1/docs").content.decode()
    for path, methods in api.get_openapi_schema()["paths"].items():
        assert page.count(f"<code>{path}</code>") == len(methods), path
    assert "swagger" not in page
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.")
