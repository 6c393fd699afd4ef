"""Query options of a collection, and of what is expanded in it: `A($top=1;$orderby=…),B/C`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mapviews.sensorthings.errors import unsupported, wrong

KNOWN = ("$top", "$skip", "$count", "$orderby", "$filter", "$select", "$expand", "$skiptoken")
DEFAULT_TOP, MOST = 100, 1000
MOST_SKIP = 10_000
MOST_LEVELS = 3


@dataclass
class Options:
    """What a client asks of a collection. `after` is the key behind which a page begins (from our own nextLink),
    `given` the options as they came."""

    top: int = DEFAULT_TOP
    skip: int = 0
    count: bool = False
    orderby: str = ""
    filter: str = ""
    select: tuple[str, ...] = ()
    expand: dict[str, Options] = field(default_factory=dict)
    after: str = ""
    given: dict[str, str] = field(default_factory=dict)


def read(given: Mapping[str, str], level: int = 0) -> Options:
    """Raises 400 for what is wrong, 501 for options of the standard that are not supported."""
    for name, value in given.items():
        if name == "$resultFormat" and value.lower() == "json":
            continue
        if name.startswith("$") and name not in KNOWN:
            raise unsupported(f"{name}. Supported: {', '.join(KNOWN[:-1])}")
    return Options(
        top=min(_number(given, "$top", DEFAULT_TOP), MOST),
        skip=_skip(given),
        count=_flag(given.get("$count", "false")),
        orderby=given.get("$orderby", ""),
        filter=given.get("$filter", ""),
        select=tuple(part.strip() for part in given.get("$select", "").split(",") if part.strip()),
        expand=read_expand(given.get("$expand", ""), level),
        after=given.get("$skiptoken", "").replace("\0", ""),
        given=dict(given),
    )


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise wrong(f"{name} must be a whole number.")
    return int(text)


def _skip(given: Mapping[str, str]) -> int:
    skip = _number(given, "$skip", 0)
    if skip > MOST_SKIP:
        raise unsupported(f"$skip above {MOST_SKIP}; please follow @iot.nextLink, which pages by key")
    return skip


def _flag(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise wrong("$count must be true or false.")
    return text.lower() == "true"


def read_expand(text: str, level: int) -> dict[str, Options]:
    """The links to expand by name, each with its own options."""
    if text and level >= MOST_LEVELS:
        raise unsupported(f"$expand over more than {MOST_LEVELS} levels")
    found: dict[str, Options] = {}
    for part in _split(text, ","):
        path, _bracket, inner = part.partition("(")
        if inner and not inner.endswith(")"):
            raise wrong("$expand: a bracket is missing.")
        name, _slash, rest = path.strip().partition("/")
        options = dict(pair.split("=", 1) for pair in _split(inner[:-1], ";") if "=" in pair)
        if rest:
            options = {"$expand": f"{rest}({inner}" if inner else rest}
        deeper = read({key.strip(): value.strip() for key, value in options.items()}, level + 1)
        if name in found:
            found[name].expand |= deeper.expand
            both = [options.given["$expand"] for options in (found[name], deeper) if "$expand" in options.given]
            found[name].given = found[name].given | deeper.given | ({"$expand": ",".join(both)} if both else {})
        else:
            found[name] = deeper
    return found


def _split(text: str, sign: str) -> list[str]:
    """Parts between `sign`s that stand outside brackets and quotes."""
    parts, depth, quoted, current = [], 0, False, ""
    for letter in text:
        quoted ^= letter == "'"
        depth += (letter == "(") - (letter == ")") if not quoted else 0
        if letter == sign and depth == 0 and not quoted:
            parts.append(current)
            current = ""
        else:
            current += letter
    if depth != 0:
        raise wrong("$expand: a bracket is missing.")
    return [part.strip() for part in [*parts, current] if part.strip()]
