"""Collections and single entities as documents, with links, counts, expansion and paging by key."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import Q, QuerySet

from mapviews.sensorthings.entities import ENTITIES, Entity
from mapviews.sensorthings.errors import unsupported, wrong
from mapviews.sensorthings.filters import read_filter, read_orderby
from mapviews.sensorthings.options import Options

MOST_WITH_EXPAND = 100


def reference(entity: Entity, row: Any) -> str:
    """`Things(7)`, `ObservedProperties('pm10')`."""
    identity = entity.identity(row)
    return f"{entity.name}('{quote(str(identity))}')" if entity.text_id else f"{entity.name}({identity})"


def document(entity: Entity, row: Any, root: str, options: Options) -> dict[str, Any]:
    """One entity with the links and expansions asked for."""
    place = f"{root}/{reference(entity, row)}"
    data: dict[str, Any] = {"@iot.id": entity.identity(row), "@iot.selfLink": place} | entity.write(row)
    for name in entity.links:
        data[f"{name}@iot.navigationLink"] = f"{place}/{name}"
    if options.select:
        data = _selected(data, options.select, entity)
    for name, inner in options.expand.items():
        if name not in entity.links:
            raise unsupported(f"$expand={name}. Supported: {', '.join(entity.links)}")
        target, many, rows = entity.links[name]
        found = rows(row)
        if many:
            page = collection(ENTITIES[target], found, root, inner, address=f"{place}/{name}", query=inner.given)
            data[name] = page["value"]
            for key in ("@iot.count", "@iot.nextLink"):
                if key in page:
                    data[name + key] = page[key]
        else:
            one = found.first()
            data[name] = document(ENTITIES[target], one, root, inner) if one is not None else None
    return data


def _selected(data: dict[str, Any], names: tuple[str, ...], entity: Entity) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name in names:
        key = {"id": "@iot.id", "@iot.id": "@iot.id", "@iot.selfLink": "@iot.selfLink"}.get(name, name)
        if name in entity.links:
            key = f"{name}@iot.navigationLink"
        if key not in data:
            raise wrong(f"$select: there is no property {name}.")
        kept[key] = data[key]
    return kept


def collection(
    entity: Entity, rows: QuerySet[Any], root: str, options: Options, *, address: str, query: dict[str, str]
) -> dict[str, Any]:
    """One page: `{"value": […]}` with `@iot.count` where asked and `@iot.nextLink` where more follows."""
    condition = read_filter(options.filter, entity.fields) if options.filter else Q()
    rows = rows.filter(condition)
    data: dict[str, Any] = {}
    is_narrow = _is_narrow(entity, address, condition)
    if options.count:
        if not is_narrow:
            raise unsupported("$count over all Observations; please ask by Datastream")
        data["@iot.count"] = rows.count()
    if options.orderby and not is_narrow:
        raise unsupported("$orderby over all Observations; please ask by Datastream")
    order = _order(entity, options)
    by_key = order == list(entity.order) or entity.name == "Observations"
    rows = rows.order_by(*order)
    if options.after:
        rows = rows.filter(_behind(entity, order, options.after))
    top = min(options.top, MOST_WITH_EXPAND) if options.expand else options.top
    found = list(rows[options.skip : options.skip + top + 1])
    data["value"] = [document(entity, row, root, options) for row in found[:top]]
    if len(found) > top > 0:
        step = {"$skiptoken": _key(entity, found[top - 1])} if by_key else {"$skip": str(options.skip + top)}
        kept = {k: v for k, v in query.items() if k not in ("$skip", "$skiptoken")}
        data["@iot.nextLink"] = f"{address}?{urlencode(kept | step)}"
    return data


def _is_narrow(entity: Entity, address: str, condition: Q) -> bool:
    """False for Observations of every datastream together, whose table has no order by time alone."""
    return entity.name != "Observations" or "Datastreams(" in address or _is_bound(condition)


def _is_bound(condition: Q) -> bool:
    """True where the condition holds for one datastream alone: `Datastream/id eq 7` and whatever else."""
    if condition.negated or (condition.connector != Q.AND and len(condition.children) > 1):
        return False
    return any(
        _is_bound(child) if isinstance(child, Q) else child[0] == "channel_id__exact" for child in condition.children
    )


def _order(entity: Entity, options: Options) -> list[str]:
    """The asked order, made unique by the key; Observations go by their own key, which is the table's."""
    if entity.name == "Observations":
        asked = read_orderby(options.orderby, entity.fields, lambda name: name != "result") if options.orderby else []
        return ["-channel_id", "-ts"] if asked[:1] in (["-ts"], ["-channel_id"]) else list(entity.order)
    asked = read_orderby(options.orderby, entity.fields, lambda _name: True) if options.orderby else []
    return [*asked, *(key for key in entity.order if key not in {a.lstrip("-") for a in asked})]


def _key(entity: Entity, row: Any) -> str:
    return str(entity.identity(row))


def _behind(entity: Entity, order: list[str], key: str) -> Q:
    """Rows behind a key in the order of the page."""
    way = "lt" if order[0].startswith("-") else "gt"
    if entity.name == "Observations":
        channel, _dash, ts = key.partition("-")
        if not (channel.isdigit() and ts.lstrip("-").isdigit() and len(key) < 40):
            raise wrong("$skiptoken is not one of ours.")
        later = Q(**{f"ts__{way}": int(ts)}, channel_id=int(channel))
        return later | Q(**{f"channel_id__{way}": int(channel)})
    return Q(**{f"pk__{way}": key if entity.text_id else _whole(key)})


def _whole(key: str) -> int:
    if not key.isdigit() or len(key) > 18:
        raise wrong("$skiptoken is not one of ours.")
    return int(key)
