"""`$filter` and `$orderby`: a small part of OData's language, turned into Django's own. Nothing is evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from mapviews.lorawan.payloads.clock import moment
from mapviews.sensorthings.errors import unsupported, wrong

MOST_SIGNS = 2000
MOST_DEPTH = 20
COMPARISONS = {"eq": "exact", "ne": "exact", "gt": "gt", "ge": "gte", "lt": "lt", "le": "lte"}
TURNED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "eq": "eq", "ne": "ne"}
PLACE_FUNCTIONS = ("geo.intersects", "st_intersects", "st_within")
TEXT_FUNCTIONS = {"startswith": "startswith", "endswith": "endswith", "substringof": "contains"}
SUPPORTED = [*COMPARISONS, "and", "or", "not", "()", *TEXT_FUNCTIONS, *PLACE_FUNCTIONS]
# What the standard knows and we do not ask the database for: 501 instead of 400.
STANDARD = {
    "add", "sub", "mul", "div", "mod", "has", "in", "null", "true", "false", "now", "duration", "geography", "geometry",
    "id", "name", "description", "definition", "encodingType", "location", "observationType", "unitOfMeasurement",
    "observedArea", "phenomenonTime", "resultTime", "validTime", "result", "resultQuality", "parameters", "properties",
    "metadata",
}  # fmt: skip
_POLYGON = re.compile(r"(?:SRID=4326;)?\s*POLYGON\s*\(\s*\(([^()]{1,400})\)\s*\)", re.IGNORECASE)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')"
    r"|(?P<moment>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)"
    r"|(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<word>[A-Za-z_@][\w.@/]*)"
    r"|(?P<sign>[(),]))",
    re.ASCII,
)


@dataclass(frozen=True)
class Field:
    """A property that may be asked for: the model's lookup and the kind of its values (text, number, moment, ms).

    A `constant` is the same for all rows; a `point` is asked for by rectangles.
    """

    lookup: str
    kind: str = "text"


class Token(NamedTuple):
    kind: str
    value: Any


def convert_ms(value: datetime) -> int:
    return int(value.timestamp() * 1000)


def _tokens(text: str) -> list[Token]:
    if len(text) > MOST_SIGNS:
        raise wrong("$filter is too long.")
    found, position = [], 0
    text = text.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise wrong(f"$filter cannot be read at: {text[position : position + 20]}")
        kind = match.lastgroup or ""
        found.append(Token(kind, match[kind]))
        position = match.end()
    return found


class _Reader:
    def __init__(self, text: str, fields: Mapping[str, Field]) -> None:
        self.tokens, self.fields, self.at, self.depth = _tokens(text), fields, 0, 0

    def peek(self, value: str = "") -> bool:
        return self.at < len(self.tokens) and (not value or self.tokens[self.at].value == value)

    def next(self) -> Token:
        if not self.peek():
            raise wrong("$filter ends too early.")
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, value: str) -> None:
        if self.next().value != value:
            raise wrong(f"$filter: „{value}“ is missing.")

    def either(self) -> Q:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise wrong("$filter is nested too deeply.")
        found = self.both()
        while self.peek("or"):
            self.next()
            found |= self.both()
        self.depth -= 1
        return found

    def both(self) -> Q:
        found = self.one()
        while self.peek("and"):
            self.next()
            found &= self.one()
        return found

    def one(self) -> Q:
        if self.peek("not"):
            self.next()
            self.depth += 1
            if self.depth > MOST_DEPTH:
                raise wrong("$filter is nested too deeply.")
            found = ~self.one()
            self.depth -= 1
            return found
        if self.peek("("):
            self.next()
            found = self.either()
            self.expect(")")
            return found
        if self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].value == "(":
            return self.function()
        return self.comparison()

    def function(self) -> Q:
        name = self.next().value
        if name in PLACE_FUNCTIONS:
            return self.within(name)
        if name not in TEXT_FUNCTIONS:
            raise unsupported(f"function {name}. Supported: {', '.join(SUPPORTED)}")
        self.expect("(")
        first = self.next()
        self.expect(",")
        second = self.next()
        self.expect(")")
        path, given = (second, first) if name == "substringof" else (first, second)
        field = self.field(path)
        if given.kind != "text" or field.kind != "text":
            raise wrong(f"{name} compares a text property with a text.")
        found = Q(**{f"{field.lookup}__{TEXT_FUNCTIONS[name]}": _text(given.value)})
        return self.truth(found)

    def truth(self, found: Q) -> Q:
        """`… eq true` behind a function, where it is written."""
        if not self.peek("eq"):
            return found
        self.next()
        value = self.next().value
        if value not in ("true", "false"):
            raise wrong("$filter: a function is true or false.")
        return found if value == "true" else ~found

    def within(self, name: str) -> Q:
        """`geo.intersects(location, geography'POLYGON((…))')` for a rectangle along the axes, as map clients ask."""
        self.expect("(")
        field = self.field(self.next())
        self.expect(",")
        kind, shape = self.next().value, self.next()
        self.expect(")")
        if field.kind != "point" or kind not in ("geography", "geometry") or shape.kind != "text":
            raise wrong(f"{name} compares location with geography'POLYGON((…))'.")
        west, south, east, north = rectangle(_text(shape.value))
        above, below = ("gt", "lt") if name == "st_within" else ("gte", "lte")
        latitude, longitude = f"{field.lookup}_latitude", f"{field.lookup}_longitude"
        return self.truth(
            Q(**{f"{latitude}__{above}": south, f"{latitude}__{below}": north})
            & Q(**{f"{longitude}__{above}": west, f"{longitude}__{below}": east})
        )

    def field(self, token: Token) -> Field:
        if token.kind != "word":
            raise wrong("$filter: a property is missing.")
        name = token.value.replace("@iot.id", "id")
        if name in self.fields:
            return self.fields[name]
        if "/" in name or name in STANDARD:
            raise unsupported(f"filtering by {name}. Supported: {', '.join(self.fields)}")
        raise wrong(f"There is no property {name}. There are: {', '.join(self.fields)}")

    def comparison(self) -> Q:
        left, sign, right = self.next(), self.next(), self.next()
        if left.value in ("and", "or") or sign.kind != "word":
            raise wrong(f"$filter: an operator is missing behind {left.value}.")
        if sign.value not in COMPARISONS:
            raise unsupported(f"operator {sign.value}. Supported: {', '.join(SUPPORTED)}")
        operator = sign.value
        if left.kind != "word":
            left, operator, right = right, TURNED[operator], left
        field = self.field(left)
        if right.kind == "word" and (right.value in {*STANDARD, *self.fields} or "/" in right.value):
            raise unsupported(f"comparing with {right.value}. Supported: text, numbers, times")
        found = _compared(field, operator, right)
        return ~found if operator == "ne" else found


def _compared(field: Field, operator: str, right: Token) -> Q:
    if field.kind == "point" or (field.kind == "constant" and operator not in ("eq", "ne")):
        raise unsupported(f"{operator} for this property")
    if field.kind == "constant":
        return Q(pk__isnull=False) if _value(Field("", "text"), right) == field.lookup else Q(pk__in=[])
    return Q(**{f"{field.lookup}__{COMPARISONS[operator]}": _value(field, right)})


def rectangle(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north of a WKT rectangle; 501 for other shapes, 400 for what is no polygon."""
    match = _POLYGON.fullmatch(text)
    if match is None:
        raise unsupported("shapes other than POLYGON((…))")
    try:
        points = {(float(x), float(y)) for x, y in (pair.split() for pair in match[1].split(","))}
    except ValueError as error:
        raise wrong("The polygon cannot be read.") from error
    xs, ys = sorted({x for x, _y in points}), sorted({y for _x, y in points})
    if len(xs) != 2 or len(ys) != 2 or len(points) != 4:
        raise unsupported("polygons other than rectangles along the axes")
    return xs[0], ys[0], xs[1], ys[1]


def _text(quoted: str) -> str:
    return quoted[1:-1].replace("''", "'").replace("\0", "")


def _value(field: Field, token: Token) -> Any:
    if field.kind == "text" and token.kind == "text":
        return _text(token.value)
    if field.kind == "number" and token.kind == "number":
        number = float(token.value)
        if abs(number) > 1e18:
            raise wrong("The number is too large.")
        return int(number) if number.is_integer() else number
    if field.kind in ("moment", "ms"):
        at = moment(_text(token.value) if token.kind == "text" else token.value)
        if token.kind in ("moment", "text") and at is not None:
            return convert_ms(at) if field.kind == "ms" else at
    raise wrong(f"„{str(token.value)[:40]}“ is no {'time' if field.kind in ('moment', 'ms') else field.kind}.")


def read_filter(text: str, fields: Mapping[str, Field]) -> Q:
    """The condition; raises 400 where it cannot be read, 501 for functions and operators that are not supported."""
    reader = _Reader(text, fields)
    found = reader.either()
    if reader.peek():
        token = reader.next()
        rest = str(token.value)
        if token.kind != "word" or rest in fields:
            raise wrong(f"$filter: and or or is missing before {rest[:40]}")
        raise unsupported(f"operator {rest}. Supported: {', '.join(SUPPORTED)}")
    return found


def read_orderby(text: str, fields: Mapping[str, Field], allowed: Callable[[str], bool]) -> list[str]:
    """Django's ordering for `name asc,id desc`."""
    order = []
    for part in text.split(","):
        name, _space, way = part.strip().partition(" ")
        name, way = name.replace("@iot.id", "id"), way.strip().lower() or "asc"
        if way not in ("asc", "desc"):
            raise wrong(f"$orderby: {way} is neither asc nor desc.")
        if name not in fields and "/" not in name and name not in STANDARD:
            raise wrong(f"There is no property {name}. There are: {', '.join(fields)}")
        if name not in fields or fields[name].kind in ("constant", "point") or not allowed(name):
            raise unsupported(f"ordering by {name}")
        order.append(("-" if way == "desc" else "") + fields[name].lookup)
    return order
