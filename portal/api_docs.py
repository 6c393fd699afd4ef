"""The human page of the API at `/api/v1/docs`: the OpenAPI document as a page of this portal, without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.api import api

TYPES = {
    "string": gettext_lazy("Text"),
    "integer": gettext_lazy("ganze Zahl"),
    "number": gettext_lazy("Zahl"),
    "boolean": gettext_lazy("ja/nein"),
    "array": gettext_lazy("Liste"),
    "object": gettext_lazy("Objekt"),
    "null": gettext_lazy("leer"),
}


@dataclass(frozen=True)
class Field:
    """A parameter or a value of an answer; `kind` in plain words, `note` its limits and meaning."""

    name: str
    kind: str
    required: bool
    note: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    anchor: str
    title: str
    text: str
    parameters: list[Field]
    answers: list[tuple[str, list[Field]]]
    example: str


@dataclass(frozen=True)
class Group:
    title: str
    anchor: str
    operations: list[Operation]


def groups(document: dict[str, Any]) -> list[Group]:
    """The operations of an OpenAPI 3.1 document, in its order, by their first tag."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, details in methods.items():
            tag = (details.get("tags") or [_("Sonstiges")])[0]
            found.setdefault(tag, []).append(_operation(document, path, method, details))
    return [Group(tag, slugify(tag), operations) for tag, operations in found.items()]


def _operation(document: dict[str, Any], path: str, method: str, details: dict[str, Any]) -> Operation:
    parameters = details.get("parameters", [])
    open_read = method == "get" and not any(p.get("required") for p in parameters)
    limited = any(p["name"] == "limit" for p in parameters)
    return Operation(
        method=method.upper(),
        path=path,
        anchor=slugify(f"{method}-{path}"),
        title=details.get("summary") or path,
        text=details.get("description") or "",
        parameters=[_parameter(document, p) for p in parameters] + _body(document, details),
        answers=[(status, _content(document, answer)) for status, answer in details["responses"].items()],
        example=path + ("?limit=3" if limited else "") if open_read else "",
    )


def _parameter(document: dict[str, Any], parameter: dict[str, Any]) -> Field:
    schema = parameter.get("schema", {})
    note = parameter.get("description") or schema.get("description") or ""
    return Field(
        parameter["name"], _kind(document, schema), bool(parameter.get("required")), _with_limits(note, schema)
    )


def _body(document: dict[str, Any], details: dict[str, Any]) -> list[Field]:
    content = details.get("requestBody", {}).get("content", {})
    return [field for media in content.values() for field in _fields(document, media.get("schema", {}))]


def _content(document: dict[str, Any], answer: dict[str, Any]) -> list[Field]:
    return [field for media in answer.get("content", {}).values() for field in _fields(document, media["schema"])]


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> list[Field]:
    schema = _resolved(document, schema)
    required = schema.get("required", [])
    return [
        Field(name, _kind(document, part), name in required, _with_limits(part.get("description", ""), part))
        for name, part in schema.get("properties", {}).items()
    ]


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    return document["components"]["schemas"][reference.rsplit("/", 1)[1]] if reference else schema


def _kind(document: dict[str, Any], schema: dict[str, Any]) -> str:
    """The type in plain words; of a list or an object also what stands in it, one level deep."""
    if options := schema.get("anyOf"):
        return " / ".join(dict.fromkeys(_kind(document, option) for option in options))
    if choices := schema.get("enum"):
        return " | ".join(map(str, choices))
    if schema.get("type") == "array":
        return f"{TYPES['array']}: {_kind(document, schema.get('items', {}))}"
    resolved = _resolved(document, schema)
    if names := resolved.get("properties"):
        return "{" + ", ".join(names) + "}"
    return str(TYPES.get(resolved.get("type", ""), _("Wert")))


def _with_limits(note: str, schema: dict[str, Any]) -> str:
    limits = [
        label.format(schema[key])
        for key, label in (("minimum", _("ab {}")), ("maximum", _("bis {}")), ("maxLength", _("höchstens {} Zeichen")))
        if key in schema
    ]
    if schema.get("default") not in (None, ""):
        limits.append(_("sonst {}").format(schema["default"]))
    return " · ".join(part for part in (note, ", ".join(limits)) if part)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    found = groups(api.get_openapi_schema())
    local = [{"title": group.title, "url": f"#{group.anchor}"} for group in found]
    return render(request, "api_docs.html", {"groups": found, "local": local})
