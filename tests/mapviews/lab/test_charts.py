"""Charts over any range, and the Reallabor: the address is the chart, and closed stations stay closed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mapviews.domain import charts, rollups, spans
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.lab import code, recipe
from mapviews.domain.spans import Span

pytestmark = pytest.mark.django_db
START = 1_777_593_600_000  # 2026-05-01T00:00Z
HOUR, DAY = 3_600_000, 86_400_000
MAY = "von=2026-05-01&bis=2026-05-03"


def fill(station: Any, values: list[float], step: int = HOUR, start: int = START) -> Any:
    channel = station.channels.select_related("phenomenon", "station").first()
    ingest(Batch([Reading(channel.pk, start + i * step, v) for i, v in enumerate(values)], {channel.pk: channel}))
    rollups.refresh([channel.pk])
    channel.refresh_from_db()
    return channel


@pytest.fixture
def two(make_station: Any) -> list[Any]:
    """Two stations with temperatures of three days, an hour missing at the first."""
    first = make_station(name="Am Fluss", phenomena=["temperature"], licence="CC-BY-4.0")
    second = make_station(name='</script>"Hof"', phenomena=["temperature"])
    return [fill(first, [10.0 + i % 5 for i in range(72)]), fill(second, [12.0 + i % 3 for i in range(72)])]


@pytest.mark.parametrize(
    ("length", "wanted", "resolution"),
    [
        (DAY, "", "raw"),
        (7 * DAY, "", "hour"),
        (365 * DAY, "", "day"),
        (7 * DAY, "raw", "raw"),
        (20 * DAY, "raw", "hour"),
        (365 * DAY, "raw", "day"),
        (365 * DAY, "hour", "day"),
        (90 * DAY, "hour", "hour"),
        (DAY, "day", "day"),
    ],
)
def test_server_chooses_the_steps(length: int, wanted: str, resolution: str) -> None:
    assert spans.resolution_for(Span(START, START + length), wanted) == resolution


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-05-01", "2026-05-01", (1_777_586_400_000, 1_777_672_800_000)),
        ("2026-05-01T00:00:00Z", "2026-05-01T06:00:00Z", (START, START + 6 * HOUR)),
        ("2026-05-02", "2026-05-01", None),
        ("gestern", "heute", None),
        ("0001-01-01", "9999-12-31", None),
        ("", "2026-05-01", None),
    ],
)
def test_a_range_is_read_from_days_and_moments(first: str, last: str, expected: Any) -> None:
    span = spans.free(first, last)
    assert (span and (span.start, span.end)) == expected


def test_a_range_in_an_address_is_read_back_as_it_was() -> None:
    for span in (Span(START, START + 7 * HOUR), Span(1_777_586_400_000, 1_777_672_800_000)):
        query = span.query()
        assert spans.free(query["von"], query["bis"]) == span


def test_missing_hours_are_a_gap_and_no_line(make_station: Any) -> None:
    channel = fill(make_station(phenomena=["temperature"]), [10.0, 11.0])
    fill(channel.station, [12.0, 13.0], start=START + 5 * HOUR)
    plot = charts.build([channel], Span(START, START + 3 * DAY), every={channel.pk})
    assert [p.value for p in plot.lines[0].with_gaps()] == [10.0, 11.0, None, 12.0, 13.0]
    assert plot.as_json()["series"][0]["low"] == [10.0, 11.0, None, 12.0, 13.0]


def test_sparse_raw_values_have_no_gaps_by_themselves(make_station: Any) -> None:
    channel = fill(make_station(phenomena=["temperature"]), [1.0, 2.0, 3.0], step=2 * HOUR)
    line = charts.build([channel], Span(START, START + DAY), every={channel.pk}).lines[0]
    assert [p.value for p in line.with_gaps()] == [1.0, 2.0, 3.0]


def test_three_units_get_a_plot_each_and_two_share_one(make_station: Any, client: Any) -> None:
    station = make_station(phenomena=["temperature", "humidity", "pressure"])
    channels = list(station.channels.select_related("phenomenon", "station"))
    ingest(Batch([Reading(c.pk, START, 50.0) for c in channels], {c.pk: c for c in channels}))
    every = {c.pk for c in channels}
    span = Span(START, START + DAY)
    assert [len(p.lines) for p in charts.build(channels[:2], span, every=every).panels] == [2]
    assert [len(p.lines) for p in charts.build(channels, span, every=every).panels] == [1, 1, 1]
    query = "&".join(f"kanal={c.pk}" for c in channels)
    page = client.get(f"{station.canonical_url}?{query}").content.decode()
    assert page.count("data-chart data-zoom") == 3
    assert page.count('<svg class="still"') == 3
    values = client.get(f"{station.canonical_url}verlauf.json?{query}&feld=1").json()
    assert [one["label"] for one in values["series"]] == [channels[1].label]


def test_page_moves_through_time_without_a_script(make_station: Any, client: Any) -> None:
    channel = fill(make_station(phenomena=["temperature"]), [float(i) for i in range(48)])
    page = client.get(f"{channel.station.canonical_url}?zeitraum=tag").content.decode()
    earlier = re.search(r'href="(\?[^"]+)#verlauf">Früher', page)
    assert earlier
    page = client.get(channel.station.canonical_url + earlier[1].replace("&amp;", "&")).content.decode()
    assert "zwischen 0,0 und 23,0 °C" in page
    page = client.get(f"{channel.station.canonical_url}?von=2026-06-01&bis=2026-05-01").content.decode()
    assert "den früheren zuerst" in page


@pytest.mark.parametrize("number", [1, 8])
def test_plot_costs_the_same_for_any_number_of_lines(
    make_station: Any, number: int, django_assert_num_queries: Any
) -> None:
    lines = [fill(make_station(phenomena=["pm10"]), [1.0, 2.0]) for _each in range(number)]
    made = recipe.read({"k": [c.pk for c in lines], "von": "2026-01-01", "bis": "2026-12-31"})
    with django_assert_num_queries(3):
        plot = recipe.plot(made, recipe.open_channels(made.channels))
    assert len(plot.lines) == number


def test_address_is_the_chart(client: Any, two: list[Any]) -> None:
    query = f"k={two[0].pk}&k={two[1].pk}&{MAY}&wert=max&raster=day&titel=Warme+Tage"
    page = client.get(f"/sensoren/labor/?{query}")
    text = page.content.decode()
    assert not page.cookies
    assert '<h2 id="verlauf">Warme Tage</h2>' in text
    assert "&lt;/script&gt;&quot;Hof&quot;" in text
    assert '</script>"Hof"' not in text
    assert f"/sensoren/labor/?{query}".replace("&", "&amp;") in text
    values = client.get(f"/sensoren/labor/verlauf.json?{query}").json()
    assert values["resolution"] == "day"
    assert [one["values"][0] for one in values["series"]] == [14.0, 14.0]


@pytest.mark.parametrize(
    "title", ["Sie A r s c h, ruf 05251 1234567 an", "Gewinn: https://boese.example/x", "www.boese.example"]
)
def test_title_of_a_link_says_nothing_that_would_be_held(title: str) -> None:
    assert recipe.title_of(title) == ""


def test_hostile_addresses_are_answered(client: Any, two: list[Any]) -> None:
    for query in (
        "k=abc&k=-1&k=99999999999999999999&k=٣",
        f"k={two[0].pk}&von=2026-99-99&bis=%00",
        f"k={two[0].pk}&wert=../&raster=%27&zeitraum=x",
        "&".join(f"k={n}" for n in range(500)),
        f"k={two[0].pk}&von=2000-01-01&bis=2100-01-01&raster=raw",
        "messgroesse=x&ortsteil=x&projekt=x&suche=%25_%27",
    ):
        for path in ("", "verlauf.json", "daten.csv", "daten.json", "notizbuch.ipynb"):
            answer = client.get(f"/sensoren/labor/{path}?{query}")
            assert answer.status_code == 200, (path, query)
            assert answer.content if not answer.streaming else b"".join(answer.streaming_content)


def test_private_hidden_and_mobile_stations_are_in_no_shared_chart_even_for_their_owner(
    client: Any, two: list[Any]
) -> None:
    station = two[0].station
    query = f"k={two[0].pk}&k={two[1].pk}&{MAY}"
    assert "Am Fluss" in client.get(f"/sensoren/labor/?{query}").content.decode()
    for change in ({"publicity": "private"}, {"publicity": "public", "status": "hidden"}):
        type(station).objects.filter(pk=station.pk).update(**change)
        for user in (None, station.owner):
            if user:
                client.force_login(user)
            page = client.get(f"/sensoren/labor/?{query}").content.decode()
            assert "Eine Messreihe aus diesem Link ist nicht mehr öffentlich." in page
            for path in ("verlauf.json", "daten.csv", "daten.json", "notizbuch.ipynb", ""):
                answer = client.get(f"/sensoren/labor/{path}?{query}&suche=Fluss")
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert b"Am Fluss" not in body
        client.logout()


def test_indoor_stations_give_means_of_days_to_everyone(client: Any, make_station: Any) -> None:
    station = make_station(exposure="indoor", publicity="daily", phenomena=["co2"])
    channel = fill(station, [400.0 + i for i in range(24)])
    query = f"k={channel.pk}&von=2026-05-01&bis=2026-05-02&raster=raw"
    series = client.get(f"/sensoren/labor/verlauf.json?{query}").json()["series"]
    assert series[0]["values"] == [411.5]
    assert not {"low", "high"} & series[0].keys()
    for path in ("daten.csv", "daten.json", "verlauf.json", ""):
        answer = client.get(f"/sensoren/labor/{path}?{query}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"423" not in body
    client.force_login(station.owner)
    assert client.get(f"/sensoren/labor/verlauf.json?{query}").json()["series"][0]["values"] == [411.5]


def test_downloads_hold_exactly_the_chart_with_licence(client: Any, two: list[Any]) -> None:
    query = f"k={two[0].pk}&k={two[1].pk}&{MAY}"
    answer = client.get(f"/sensoren/labor/daten.csv?{query}")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert "CC-BY-4.0" in answer["Link"]
    assert lines[0].startswith("ts,channel,station,phenomenon,unit,value")
    shown = client.get(f"/sensoren/labor/verlauf.json?{query}").json()["series"]
    assert len(lines) - 1 == sum(len(one["values"]) for one in shown) == 140  # Berlin's day ends two hours before UTC's
    assert all(",CC-BY-4.0,http" in line for line in lines if "Am Fluss" in line)
    data = json.loads(b"".join(client.get(f"/sensoren/labor/daten.json?{query}").streaming_content))
    assert [one["licence"] for one in data["series"]] == ["CC-BY-4.0", "CC0-1.0"]
    assert [len(one["values"]) for one in data["series"]] == [70, 70]


def test_search_finds_by_phenomenon_district_and_words(client: Any, make_station: Any) -> None:
    fill(make_station(name="Balkon", phenomena=["pm10"], latitude=51.7341, longitude=8.683), [1.0])
    fill(make_station(name="Marktplatz", phenomena=["noise"]), [50.0])

    def names(query: str) -> set[str]:
        page = client.get(f"/sensoren/labor/?{query}").content.decode()
        return {name for name in ("Balkon", "Marktplatz") if f", {name}</label>" in page}

    assert names("") == {"Balkon", "Marktplatz"}
    assert names("messgroesse=noise") == {"Marktplatz"}
    assert names("ortsteil=st_elsen") == {"Balkon"}
    assert names("suche=balk") == {"Balkon"}
    assert names("suche=nirgends") == set()


def test_code_asks_for_the_chosen_channels_and_every_address_answers(client: Any, two: list[Any]) -> None:
    made = recipe.read({"k": [c.pk for c in two], "von": "2026-05-01", "bis": "2026-05-03"})
    rows = code.rows(made, recipe.open_channels(made.channels))
    for row in rows:
        path = row.url[row.url.index("/api/") :]
        lines = b"".join(client.get(path).streaming_content).decode().splitlines()
        assert len(lines) == 1 + 70
    notebook = code.notebook(rows, "https://x.example/", "Titel *fett* <b>")
    cells = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert r"Titel \*fett\* \<b\>" in cells[0]
    space: dict[str, Any] = {}
    exec(compile(cells[2], "cell", "exec"), space)  # the cell that holds people's texts as literals
    assert space["series"] == [(row.name, row.unit, row.url) for row in rows]
    compile(cells[3], "cell", "exec")
    for text in (code.r(rows, "x"), code.javascript(rows, "x")):
        assert all(json.dumps(row.url) in text for row in rows)
        assert json.dumps(rows[1].name) in text
        assert "CC-BY-4.0" in text
