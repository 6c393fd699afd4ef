"""What kind of table a file is: delimiter, header, time column, which column is which phenomenon."""

from __future__ import annotations

import csv
import re
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from mapviews.domain.phenomena import meaning
from mapviews.domain.uploads.cells import is_absent, is_clock_only, is_date_only, moment_of, value_of
from mapviews.domain.uploads.files import encoding_of
from portal.exceptions import DomainError

SAMPLE = 200
MAX_COLUMNS = 200
UTC = ZoneInfo("UTC")
DELIMITERS = ";\t,|"
TIMES = {
    "timestamp", "time", "zeit", "zeitpunkt", "zeitstempel", "datetime", "date_time", "createdat", "created_at",
    "datum",
    "date", "datum_uhrzeit", "datum_zeit", "resulttime", "phenomenontime", "measured_at", "messzeit", "utc", "ts",
    "messzeitpunkt", "received_at", "time_utc", "timestamp_utc", "datetime_utc",
}  # fmt: skip
UNITS = {"unit", "einheit"}
CLOCKS = {"uhrzeit", "zeit", "time", "clock"}
VALUES = {"value", "wert", "messwert", "result", "measurement"}
NAMES = {
    "phenomenon",
    "sensor",
    "sensortitle",
    "sensor_title",
    "messgroesse",
    "parameter",
    "value_type",
    "variable",
    "kanal",
    "channel",
}
IGNORED = {
    "sensor_id", "sensor_type", "location", "lat", "lon", "lng", "latitude", "longitude", "durp1", "durp2", "ratiop1",
    "ratiop2", "altitude", "pressure_sealevel", "height", "boxid", "box_id", "boxname", "sensorid", "unit", "einheit",
    "flags", "id", "exposure", "sensortype", "createdat", "count", "channel_id",
}  # fmt: skip


@dataclass
class Shape:
    """A recognised table. `columns` maps a column number to `[phenomenon slug, factor]` (wide files); `names` does the
    same by name (long files, with `name` and `value` columns). `zone` is the clock of times that name none."""

    kind: str
    encoding: str
    delimiter: str
    header: list[str]
    has_header: bool = True
    time: int = 0
    clock: int | None = None
    name: int | None = None
    value: int | None = None
    sensor: int | None = None
    zone: str = "UTC"
    columns: dict[str, list[Any]] = field(default_factory=dict)
    names: dict[str, list[Any]] = field(default_factory=dict)
    preview: list[list[str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_long(self) -> bool:
        return self.value is not None


def plain(header: str) -> str:
    """A header in lower snake case without umlauts and units."""
    text = re.sub(r"[\[(].*", "", header).strip().lower()
    for old, new in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(old, new)
    return re.sub(r"[^a-z0-9]+", "_", text).strip("_")


def recognise(path: Path) -> Shape:
    """The shape of a file. Raises `empty`, `not_text`, `no_table`, `no_time`, each with a sentence for people."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as handle:
        head = list(islice(handle, SAMPLE))
    if not any(line.strip() for line in head):
        raise DomainError("empty", _("Die Datei ist leer."), field="file")
    delimiter = _delimiter(head)
    try:
        rows = [
            [c.strip() for c in row] for row in csv.reader(head, delimiter=delimiter) if any(c.strip() for c in row)
        ]
    except csv.Error as error:
        raise _no_table() from error
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[0]) > MAX_COLUMNS:
        raise _no_table()
    has_header = not any(value_of(cell) is not None or moment_of(cell, UTC) for cell in rows[0])
    header = rows[0] if has_header else [f"Spalte {i + 1}" for i in range(len(rows[0]))]
    body = rows[1:] if has_header else rows
    shape = Shape(kind="wide", encoding=encoding, delimiter=delimiter, header=header, has_header=has_header)
    shape.preview = [row[:20] for row in body[:50]]
    _find_time(shape, body)
    _find_kind(shape, body)
    return shape


def _no_table() -> DomainError:
    message = _(
        "Wir erkennen keine Tabelle. Erwartet wird eine CSV-Datei mit einer Kopfzeile und Spalten, "
        "die durch Semikolon, Komma oder Tabulator getrennt sind. Es wurde nichts gespeichert."
    )
    return DomainError("no_table", message, field="file")


def _delimiter(lines: list[str]) -> str:
    """The sign that splits most lines into the same number of cells; commas last, as they part decimals too."""
    lines = [line for line in lines if line.strip()][:50]
    best, chosen = 0.0, ";"
    for sign in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        except csv.Error:
            continue
        first = widths[0] if widths else 0
        score = sum(w == first for w in widths) / max(1, len(widths)) if first > 1 else 0
        if score > best + 0.05:
            best, chosen = score, sign
    if best == 0:
        raise _no_table()
    return chosen


def _find_time(shape: Shape, body: list[list[str]]) -> None:
    names = [plain(h) for h in shape.header]
    candidates = [i for i, name in enumerate(names) if name in TIMES] + list(range(len(names)))
    sample = body[:20]
    for index in candidates:
        cells = [row[index] for row in sample if index < len(row) and row[index]]
        good = [cell for cell in cells if moment_of(cell, UTC)]
        if not cells or len(good) * 2 < len(cells):
            continue
        if all(value_of(c) is not None for c in good) and names[index] not in TIMES and shape.has_header:
            continue  # a bare number counts as a moment only below a header that says so
        shape.time = index
        if all(is_date_only(cell) for cell in cells):
            shape.clock = next(
                (i for i, n in enumerate(names) if i != index and n in CLOCKS and _is_clock(sample, i)),
                next((i for i in range(len(names)) if i != index and _is_clock(sample, i)), None),
            )
        return
    message = _(
        "Wir finden keine Spalte mit Zeitpunkten. Bitte nennen Sie eine Spalte „timestamp“ oder „Zeitpunkt“, "
        "zum Beispiel 2026-05-24T08:15:00Z. Es wurde nichts gespeichert."
    )
    raise DomainError("no_time", message, field="file")


def _is_clock(sample: list[list[str]], index: int) -> bool:
    return any(index < len(row) and is_clock_only(row[index]) for row in sample)


def _find_kind(shape: Shape, body: list[list[str]]) -> None:
    names = [plain(h) for h in shape.header]
    if {"sensor_id", "sensor_type"} <= set(names):
        shape.kind, shape.sensor = "sensor_community", names.index("sensor_id")
        _map_columns(shape, body, names, pascal=True)
        return
    value = next((i for i, n in enumerate(names) if n in VALUES), None)
    name = next((i for i, n in enumerate(names) if n in NAMES and i != value), None)
    if value is not None:
        shape.kind = "opensensemap" if {"createdat"} & set(names) and {"lat", "sensorid"} & set(names) else "long"
        shape.value, shape.name = value, name
        unit = next((i for i, n in enumerate(names) if n in UNITS), None)
        for row in body:
            key = row[name] if name is not None and name < len(row) else ""
            number = value_of(row[value]) if value < len(row) else None
            if key and key not in shape.names and len(shape.names) < MAX_COLUMNS:
                given = row[unit] if unit is not None and unit < len(row) else None
                shape.names[key] = _meant(key, number) if given is None else _meant_in(key, given)
        if name is None:
            shape.names[""] = ["", 1.0]
        return
    shape.zone = "Europe/Berlin"
    _map_columns(shape, body, names, pascal=False)


def _map_columns(shape: Shape, body: list[list[str]], names: list[str], *, pascal: bool) -> None:
    for index, name in enumerate(names):
        if index in (shape.time, shape.clock, shape.sensor) or name in IGNORED:
            continue
        cells = [row[index] for row in body if index < len(row) and not is_absent(row[index])]
        figures = [v for v in map(value_of, cells[:50]) if v is not None]
        if figures or name in ("p0", "p1", "p2"):
            shape.columns[str(index)] = _meant(shape.header[index], figures[0] if figures else None, pascal=pascal)


def _meant_in(name: str, unit: str) -> list[Any]:
    """The phenomenon of a name beside its unit, so that nothing is guessed from the size of a number."""
    found = meaning(name.replace(".", "_"), pascal=unit.strip() == "Pa")
    factor = {"mV": 0.001, "Pa": 0.01}.get(unit.strip(), 1.0)
    return [found.phenomenon, factor] if found else ["", 1.0]


def _meant(name: str, value: float | None, *, pascal: bool = False) -> list[Any]:
    found = meaning(name.replace(".", "_"), value, pascal=pascal)
    return [found.phenomenon, found.factor] if found else ["", 1.0]
