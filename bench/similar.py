"""How often the suggestion of similar contributions finds the twin among the first five, and what it costs.

30 pairs that say the same in other words (bench/data/similar_pairs.json, written by hand before the method was tuned)
stand among 360 other contributions on the same subjects, put together from parts. Each second wording is asked.
A baseline beside it: the share of common words (no stems, no meanings).
Run: `.venv/bin/python bench/similar.py [--json]`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAIRS = json.loads((Path(__file__).parent / "data" / "similar_pairs.json").read_text(encoding="utf-8"))
FIRST = 5
SUBJECTS = (
    "Fahrradweg an der Bahnhofstraße", "Bushaltestelle am Westerntor", "Bänke im Paderquellgebiet",
    "WLAN in der Stadtbibliothek", "Öffnungszeiten des Bürgerbüros", "Wartebereich im Stadthaus",
    "Eingang des Rathauses", "Rampe an der PaderHalle", "Toiletten am Hauptbahnhof", "Spielplatz in Elsen",
    "Schulweg in Schloß Neuhaus", "Ampel an der Schlosskreuzung", "Beleuchtung am Padersee", "Bäume am Liboriberg",
    "Trinkbrunnen an den Fischteichen", "Mülleimer am Domplatz", "Sperrmüll in Sennelager", "Parkplätze in Wewer",
    "Ladesäulen in Marienloh", "Tempo 30 in Benhausen", "Lärm an der Driburger Straße",
    "Luftmessung in der Südstadt", "Sirenen in Neuenbeken", "Online-Termine beim Standesamt", "Formulare für Wohngeld",
    "App der Stadt", "Hilfe am Computer für Ältere", "Übersetzungen im Jobcenter", "Daten zum Verkehr",
    "Wohnungen in den Barker Barracks", "Kasernengebäude an der Driburger Straße", "Sporthalle in Sande",
    "Jugendtreff in Dahl", "Markt auf dem Rathausplatz", "Café im Museum", "Werkstatt in der Volkshochschule",
    "Grünflächen am Königsplatz", "Wasserspiele im Riemekepark", "Aufzug im Parkhaus", "Anzeigetafeln am Busbahnhof",
)  # fmt: skip
ASPECTS = (
    ("{} erneuern", "Das ist in die Jahre gekommen. Bitte einmal gründlich überholen und dabei an alle denken."),
    ("{} besser erklären", "Viele wissen gar nicht, dass es das gibt. Ein Schild und eine Seite im Netz helfen."),
    ("{}: zu wenig Platz", "Am Samstag ist alles voll. Es braucht mehr Platz, vor allem für Familien und Ältere."),
    ("{} sauber halten", "Nach dem Wochenende liegt dort Müll. Häufiger reinigen und mehr Abfalleimer aufstellen."),
    ("{} sicherer machen", "Abends fühlt man sich unwohl. Mehr Licht und ab und zu jemand vom Ordnungsamt."),
    ("{}: Kosten offenlegen", "Was hat das gekostet, und was kostet es jedes Jahr? Die Zahlen gehören ins Internet."),
    ("{} auch im Winter", "Von November bis März ist es kaum zu gebrauchen. Bitte räumen, heizen oder länger öffnen."),
    ("{} mit den Nachbarn planen", "Wer dort wohnt, weiß, was fehlt. Ladet die Nachbarschaft zu einem Abend ein."),
    ("{}: Wann geht es los?", "Darüber wird seit Jahren geredet. Nennt einen Termin und wer zuständig ist."),
)  # fmt: skip


def prepare() -> None:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="dhpb-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    sys.path.insert(0, str(ROOT))
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"], check=True, env=os.environ)
    import django

    django.setup()


def others() -> list[tuple[str, str]]:
    return [(title.format(subject), text) for subject in SUBJECTS for title, text in ASPECTS]


def build() -> tuple[Any, list[int]]:
    """The dialogue with everything in it, and the ids of the first wordings in the order of the pairs."""
    from django.utils import timezone

    from dialogues.domain.online import similar
    from dialogues.models import Category, Contribution, OnlineDialogue
    from portal.comments.models import Thread

    now = timezone.now()
    moments = {
        name: now + timedelta(days=day)
        for name, day in zip(
            ("inform_from", "collect_from", "discuss_from", "decide_from", "closes_at"),
            (-9, -8, 9, 19, 29),
            strict=True,
        )
    }
    dialogue = OnlineDialogue.objects.create(
        slug="probe-aehnlich", title="Probe", topic="-", question="-", status="published", **moments
    )
    category = Category.objects.create(dialogue=dialogue, name="Alles", department="Amt")
    ids = []
    for title, text in [(pair[0], pair[1]) for pair in PAIRS] + others():
        row = Contribution.objects.create(
            dialogue=dialogue, category=category, title=title, text=text, department="Amt", answer_due=now,
            thread=Thread.objects.create(target="contribution"),
        )  # fmt: skip
        similar.index(row)
        ids.append(row.pk)
    return dialogue, ids


def common_words(text: str, other: str) -> float:
    one, two = (set(re.findall(r"\w+", part.lower())) for part in (text, other))
    return len(one & two) / len(one | two) if one | two else 0.0


def ranked(dialogue: Any, ids: list[int]) -> list[int]:
    """The place of each twin among the suggestions, 0 where it is not there."""
    from dialogues.domain.online import similar

    ranks = []
    for number, pair in enumerate(PAIRS):
        found = [row.pk for row in similar.suggest(dialogue=dialogue, text=f"{pair[2]} {pair[3]}")]
        ranks.append(found.index(ids[number]) + 1 if ids[number] in found else 0)
    return ranks


def run() -> dict[str, Any]:
    from dialogues.models import Contribution

    dialogue, ids = build()
    everything = [(row.pk, f"{row.title} {row.text}") for row in Contribution.objects.all()]
    plain, begin = 0, time.process_time()
    ranks = ranked(dialogue, ids)
    spent = 1000 * (time.process_time() - begin) / len(PAIRS)
    for number, pair in enumerate(PAIRS):
        asked = f"{pair[2]} {pair[3]}"
        best = sorted(everything, key=lambda item: -common_words(asked, item[1]))[:FIRST]
        plain += ids[number] in [pk for pk, _text in best]
    return {
        "pairs": len(PAIRS),
        "others": len(everything) - len(PAIRS),
        "twin_among_first_five": sum(rank > 0 for rank in ranks),
        "twin_first": sum(rank == 1 for rank in ranks),
        "baseline_common_words": plain,
        "cpu_ms_a_question": round(spent, 1),
        "missed": [PAIRS[number][0] for number, rank in enumerate(ranks) if not rank],
    }


def main() -> None:
    prepare()
    found = run()
    if "--json" in sys.argv:
        print(json.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
