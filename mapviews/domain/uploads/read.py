"""The lines of a recognised file, one after the other, in constant memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from mapviews.domain.uploads.cells import is_absent, moment_of, value_of
from mapviews.domain.uploads.recognise import Shape


class Cell(NamedTuple):
    """A value of a line: phenomenon slug, ms since 1970 UTC, number in the canonical unit."""

    line: int
    phenomenon: str
    ts: int
    value: float


class Problem(NamedTuple):
    """Why a line (or one cell of it) is refused."""

    line: int
    code: str
    message: str


def read(path: Path, shape: Shape, *, skip: int = 0) -> Iterator[tuple[list[Cell], list[Problem], int]]:
    """For each line its values, its problems and the number of bytes read so far (an estimate in characters).

    `skip`: so many lines with content come first that are known already; they are passed over without being read.
    """
    zone = ZoneInfo(shape.zone)
    first_sensor = ""
    with path.open(encoding=shape.encoding, errors="replace", newline="") as handle:
        counted = _Counter(handle)
        reader = csv.reader(counted, delimiter=shape.delimiter)
        header = shape.has_header
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                if skip:
                    skip -= 1
                    continue
                yield [], [Problem(reader.line_num, "columns", _("Die Zeile ist nicht lesbar."))], counted.characters
                continue
            if not any(cell.strip() for cell in row):
                continue
            if header:
                header = False
                continue
            line = reader.line_num
            if shape.sensor is not None and shape.sensor < len(row):
                first_sensor = first_sensor or row[shape.sensor]
                if row[shape.sensor] != first_sensor and not skip:
                    message = _("Die Zeile gehört zu einem anderen Sensor (%s).") % row[shape.sensor][:40]
                    yield [], [Problem(line, "other_sensor", message)], counted.characters
                    continue
            if skip:
                skip -= 1
                continue
            cells, problems = _line(row, line, shape, zone)
            yield cells, problems, counted.characters


class _Counter:
    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.characters = lines, 0

    def __iter__(self) -> _Counter:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.characters += len(line)
        return line.replace("\0", "")


def _line(row: list[str], line: int, shape: Shape, zone: ZoneInfo) -> tuple[list[Cell], list[Problem]]:
    if len(row) <= shape.time:
        return [], [Problem(line, "columns", _("Die Zeile hat zu wenige Spalten."))]
    text = row[shape.time]
    if shape.clock is not None and shape.clock < len(row):
        text = f"{text.strip()} {row[shape.clock].strip()}"
    ts = moment_of(text, zone)
    if ts is None:
        return [], [Problem(line, "time", _("Der Zeitpunkt „%s“ ist nicht lesbar.") % text.strip()[:40])]
    if shape.is_long:
        return _long(row, line, ts, shape)
    return _wide(row, line, ts, shape)


def _wide(row: list[str], line: int, ts: int, shape: Shape) -> tuple[list[Cell], list[Problem]]:
    cells: list[Cell] = []
    problems: list[Problem] = []
    for index, (slug, factor) in shape.columns.items():
        if not slug:
            continue
        column = int(index)
        if column >= len(row):
            return [], [Problem(line, "columns", _("Die Zeile hat zu wenige Spalten."))]
        if is_absent(row[column]):
            continue
        value = value_of(row[column])
        if value is None:
            problems.append(_no_number(line, row[column], shape.header[column]))
        else:
            cells.append(Cell(line, slug, ts, value * factor))
    if not cells and not problems:
        problems.append(Problem(line, "empty", _("Die Zeile enthält keinen Wert.")))
    return cells, problems


def _long(row: list[str], line: int, ts: int, shape: Shape) -> tuple[list[Cell], list[Problem]]:
    name = row[shape.name].strip() if shape.name is not None and shape.name < len(row) else ""
    slug, factor = shape.names.get(name, ["", 1.0])
    if not slug:
        return [], [Problem(line, "phenomenon", _("Die Messgröße „%s“ ist nicht zugeordnet.") % name[:40])]
    cell = row[shape.value] if shape.value is not None and shape.value < len(row) else ""
    value = value_of(cell)
    if value is None:
        return [], [_no_number(line, cell, _("Wert"))]
    return [Cell(line, slug, ts, value * factor)], []


def _no_number(line: int, cell: str, column: str) -> Problem:
    message = _("„%(cell)s“ in „%(column)s“ ist keine Zahl.") % {"cell": cell.strip()[:40], "column": column[:40]}
    return Problem(line, "value", message)
