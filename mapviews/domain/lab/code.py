"""Starting code for exactly one chart: Python with pandas, R, JavaScript, and a Jupyter notebook.

Every text of people passes through `json.dumps`, so it is a literal in all three languages and never code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from mapviews.domain.lab import recipe as recipes
from mapviews.domain.lab.recipe import Recipe
from mapviews.domain.spans import utc
from mapviews.models import Channel


class Row(NamedTuple):
    """One channel as the code asks for it."""

    name: str
    unit: str
    licence: str
    url: str


def rows(recipe: Recipe, channels: Sequence[Channel]) -> list[Row]:
    """Addresses of the public API: a rolling period is open at its end, so the code always gets the newest values."""
    span = recipe.span()
    found = []
    for channel in channels:
        query = {"channel": str(channel.pk), "resolution": recipes.resolution_of(recipe, channel, span)}
        query["from"] = f"{utc(span.start):%Y-%m-%dT%H:%M:%SZ}"
        if not span.key:
            query["to"] = f"{utc(span.end):%Y-%m-%dT%H:%M:%SZ}"
        url = f"{settings.BASE_URL}/api/v1/measurements?{urlencode(query | {'format': 'csv'})}"
        name = f"{channel.label}, {channel.station.name}"
        found.append(Row(name, channel.unit_label, channel.station.licence, url))
    return found


def python(found: Sequence[Row], link: str) -> str:
    return "\n".join(["# pip install pandas matplotlib", *_head(link, "#"), _python_series(found), "", *_PYTHON_REST])


def r(found: Sequence[Row], link: str) -> str:
    names = ",\n".join(f"  list(name = {_text(x.name)}, unit = {_text(x.unit)}, url = {_text(x.url)})" for x in found)
    return "\n".join([*_head(link, "#"), *_licences(found, "#"), f"series <- list(\n{names}\n)", "", *_R_REST])


def javascript(found: Sequence[Row], link: str) -> str:
    names = "\n".join(f"  {{ name: {_text(x.name)}, unit: {_text(x.unit)}, url: {_text(x.url)} }}," for x in found)
    head = [*_head(link, "//"), *_licences(found, "//")]
    return "\n".join([*head, f"const series = [\n{names}\n];", "", *_JAVASCRIPT_REST])


def notebook(found: Sequence[Row], link: str, title: str) -> dict[str, Any]:
    """A notebook (nbformat 4.5) with three cells of code that runs as it is."""
    words = [
        f"# {_markdown(title or _('Messwerte aus Paderborn'))}\n",
        "\n",
        _("Erzeugt im Reallabor der Digitalen Heimat PB: %s") % link,
        "\n\n",
        *(f"- {_markdown(x.name)} ({_markdown(x.unit)}), {_('Lizenz')}: {x.licence}\n" for x in found),
    ]
    parts = [["%pip install -q pandas matplotlib"], [_python_series(found)], _PYTHON_REST]
    cells: list[dict[str, Any]] = [{"cell_type": "markdown", "id": "text", "metadata": {}, "source": ["".join(words)]}]
    cells += [
        {
            "cell_type": "code",
            "id": f"code-{number}",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": ["\n".join(part)],
        }
        for number, part in enumerate(parts, 1)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _python_series(found: Sequence[Row]) -> str:
    names = "\n".join(f"    ({_text(x.name)}, {_text(x.unit)},\n     {_text(x.url)})," for x in found)
    return "\n".join([*_licences(found, "#"), f"series = [\n{names}\n]"])


_PYTHON_REST = [
    "import matplotlib.pyplot as plt",
    "import pandas as pd",
    "",
    "tables = {}",
    "for name, unit, url in series:",
    '    table = pd.read_csv(url, parse_dates=["ts"], index_col="ts")',
    '    tables[f"{name} ({unit})"] = table["value"]',
    "",
    "data = pd.DataFrame(tables).sort_index()",
    "print(data.describe())",
    "data.interpolate(limit_area='inside').plot(figsize=(10, 5))",
    "plt.show()",
]
_R_REST = [
    "data <- lapply(series, function(one) {",
    "  table <- read.csv(one$url)",
    '  table$ts <- as.POSIXct(table$ts, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")',
    "  table",
    "})",
    "",
    "times <- range(do.call(c, lapply(data, function(table) table$ts)))",
    "values <- range(unlist(lapply(data, function(table) table$value)), na.rm = TRUE)",
    'plot(times, values, type = "n", xlab = "", ylab = series[[1]]$unit)',
    "for (i in seq_along(data)) lines(data[[i]]$ts, data[[i]]$value, lty = i)",
    'legend("topleft", legend = sapply(series, function(one) one$name), lty = seq_along(series), bty = "n")',
]
_JAVASCRIPT_REST = [
    "const tables = await Promise.all(",
    "  series.map(async ({ name, unit, url }) => {",
    "    const answer = await fetch(url);",
    "    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);",
    '    const [head, ...lines] = (await answer.text()).trim().split("\\n");',
    '    const at = head.split(",").indexOf("value");',
    "    const values = lines.map((line) => {",
    '      const cells = line.split(",");',
    '      return { ts: new Date(cells[0]), value: cells[at] === "" ? null : Number(cells[at]) };',
    "    });",
    "    return { name, unit, values };",
    "  }),",
    ");",
    "",
    "for (const { name, unit, values } of tables) {",
    "  console.log(name, unit, values.length, values.at(-1));",
    "}",
]


def _head(link: str, sign: str) -> list[str]:
    return [f"{sign} {_('Diagramm')}: {link}"]


def _licences(found: Sequence[Row], sign: str) -> list[str]:
    return [f"{sign} {_('Lizenz der Daten')}: {licence}" for licence in dict.fromkeys(x.licence for x in found)]


def _text(text: str) -> str:
    """A literal of Python, R and JavaScript alike: ASCII, double quotes, and no character beyond four hex digits."""
    return json.dumps("".join(c for c in text if ord(c) < 0x10000))


def _markdown(text: str) -> str:
    """Plain words in Markdown: what could be markup is escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#!|$" else c for c in text)
