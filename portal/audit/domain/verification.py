"""Verify the chain: link by link in constant memory, then the rows it vouches for, then outside anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models import Max, Q

from portal.audit import subjects, triggers
from portal.audit.canonical import GENESIS, canonical, salted
from portal.audit.domain.chain import entry_hash
from portal.audit.models import AuditEntry, AuditPayload, StreamHead

KEPT = 100  # findings kept in full; beyond that they are only counted
CHUNK = 500
T = TypeVar("T")


@dataclass(frozen=True)
class Anchor:
    """What was printed outside at some time: this stream had this hash at this seq."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Finding:
    """`code` for machines, `where` = "stream #seq" or "app.Model pk", `message` in plain German."""

    code: str
    where: str
    message: str


@dataclass
class Report:
    """What verification found. `ok`: the chain and its rows are intact; `anchored`: every anchor fits."""

    entries: int = 0
    erased: int = 0
    rows: int = 0
    broken: int = 0
    mismatches: int = 0
    findings: list[Finding] = field(default_factory=list)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    missing_triggers: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.broken == 0

    @property
    def anchored(self) -> bool:
        return self.mismatches == 0

    def add(self, code: str, where: str, message: str) -> None:
        self.broken += 1
        self._keep(Finding(code, where, message))

    def add_mismatch(self, code: str, where: str, message: str) -> None:
        self.mismatches += 1
        self._keep(Finding(code, where, message))

    def _keep(self, finding: Finding) -> None:
        if len(self.findings) < KEPT:
            self.findings.append(finding)


def verify(*, stream: str | None = None, anchors: str | Path | Iterable[Anchor] | None = None) -> Report:
    """Checks one stream, or all of them, and compares with `anchors` (a file of lines "stream seq hash", or Anchors).

    Needs no lock: entries appended while it runs are left for the next time. Raises ValueError for a malformed file.
    """
    expected = read_anchors(anchors) if isinstance(anchors, str | Path) else list(anchors or ())
    report = Report(missing_triggers=sorted(triggers.missing(connection)))
    for name in [stream] if stream else _streams():
        _verify_stream(name, report)
    if stream is None:
        _verify_orphans(report)
    for subject in subjects.registered().values():
        _verify_rows(subject, stream, report)
    for anchor in expected:
        _verify_anchor(anchor, report)
    return report


def read_anchors(source: str | Path) -> list[Anchor]:
    """Lines "stream seq hash"; empty lines and lines from # on are skipped."""
    anchors = []
    for number, line in enumerate(Path(source).read_text(encoding="utf-8").splitlines(), 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        if len(words) != 3 or not words[1].isdecimal() or len(words[2]) != 64:
            raise ValueError(f"Zeile {number}: erwartet werden Protokoll, Nummer und Hash (64 Zeichen).")
        anchors.append(Anchor(words[0], int(words[1]), words[2].lower()))
    return anchors


def _streams() -> list[str]:
    heads = StreamHead.objects.order_by().values_list("stream")
    return sorted(name for (name,) in heads.union(AuditEntry.objects.order_by().values_list("stream")))


def _verify_stream(stream: str, report: Report) -> None:
    start = StreamHead.objects.filter(pk=stream).first()
    if start is None:
        report.add("head_missing", stream, "Der Kopf des Protokolls fehlt.")
    entries = AuditEntry.objects.filter(stream=stream).order_by("seq").select_related("payload")
    if start is not None:
        entries = entries.filter(seq__lte=start.seq)
    seq, previous = 0, GENESIS
    for entry in entries.iterator(chunk_size=CHUNK):
        where = f"{stream} #{entry.seq}"
        if entry.seq != seq + 1:
            report.add("gap", where, f"Zwischen #{seq} und #{entry.seq} fehlen Einträge.")
        if entry.prev_hash != previous:
            report.add("link", where, "Der Eintrag hängt nicht am vorigen.")
        if entry_hash(entry) != entry.hash:
            report.add("header", where, "Der Eintrag wurde verändert.")
        _verify_payload(entry, where, report)
        seq, previous = entry.seq, entry.hash
        report.entries += 1
    if start is None:
        return
    report.heads[stream] = (start.seq, start.hash)
    if (seq, previous) != (start.seq, start.hash):
        report.add(
            "head", stream, f"Der Kopf nennt #{start.seq}, der letzte Eintrag ist #{seq}, oder ihr Hash weicht ab."
        )
    newest = AuditEntry.objects.filter(stream=stream).aggregate(newest=Max("seq"))["newest"] or 0
    now = StreamHead.objects.filter(pk=stream).values_list("seq", flat=True).first()
    if now is None or newest > now:
        report.add("head", stream, f"Der Kopf nennt #{now}, es gibt aber Eintrag #{newest}.")


def _verify_payload(entry: AuditEntry, where: str, report: Report) -> None:
    payload = getattr(entry, "payload", None)
    erased = payload is None and AuditEntry.objects.filter(stream=entry.stream, erases_seq=entry.seq).exists()
    if erased:
        report.erased += 1
    elif payload is None:
        report.add("payload_missing", where, "Der Inhalt fehlt, und kein Eintrag nennt seine Löschung.")
    elif salted(payload.salt, payload.data) != entry.payload_digest:
        report.add("payload", where, "Der Inhalt wurde verändert.")
    if entry.erases_seq is not None:
        back = AuditEntry.objects.filter(stream=entry.stream, seq=entry.erases_seq, payload__isnull=False)
        if entry.erases_seq >= entry.seq or back.exists():
            report.add("erasure", where, f"Der Inhalt von #{entry.erases_seq} sollte gelöscht sein.")


def _verify_orphans(report: Report) -> None:
    orphans = AuditPayload.objects.filter(~models.Exists(AuditEntry.objects.filter(pk=models.OuterRef("entry_id"))))
    for key in orphans.values_list("entry_id", flat=True).iterator(chunk_size=CHUNK):
        report.add("orphan", f"audit.AuditPayload {key}", "Ein Inhalt gehört zu keinem Eintrag.")


def _verify_rows(subject: subjects.Subject, stream: str | None, report: Report) -> None:
    for rows in _chunks(subject.rows().order_by("pk").iterator(chunk_size=CHUNK)):
        latest = _latest(subject.label, [str(row.pk) for row in rows])
        for row in rows:
            entry = latest.get(str(row.pk))
            if stream is not None and (entry is None or entry.stream != stream):
                continue
            report.rows += 1
            if _row_fault(subject, row, entry):
                _confirm(subject, row.pk, report)
    if stream is None:
        _verify_gone(subject, report)


def _row_fault(subject: subjects.Subject, row: Any, entry: AuditEntry | None) -> str:
    """Empty if the row is what the chain last recorded (or its salt was erased)."""
    if entry is None:
        return "unrecorded" if row is not None else ""
    if row is None:
        return "gone" if entry.state_digest else ""
    payload = getattr(entry, "payload", None)
    if payload is None:
        return ""
    if not entry.state_digest:
        return "unrecorded"
    return "" if salted(payload.salt, canonical(subject.state(row))) == entry.state_digest else "altered"


def _confirm(subject: subjects.Subject, key: Any, report: Report) -> None:
    """Looks again at one row inside a transaction: a domain function may have written between two of our reads."""
    with transaction.atomic():
        row = subject.rows().filter(pk=key).first()
        fault = _row_fault(subject, row, _latest(subject.label, [str(key)]).get(str(key)))
    words = {
        "unrecorded": "Diese Zeile steht in keinem Eintrag des Protokolls.",
        "altered": "Diese Zeile weicht von dem ab, was das Protokoll festhält.",
        "gone": "Diese Zeile fehlt, und das Protokoll nennt keine Löschung.",
    }
    if fault:
        report.add(f"row_{fault}", f"{subject.label} {key}", words[fault])


def _verify_gone(subject: subjects.Subject, report: Report) -> None:
    recorded = AuditEntry.objects.filter(object_label=subject.label).order_by("object_pk")
    keys = recorded.values_list("object_pk", flat=True).distinct()
    for chunk in _chunks(keys.iterator(chunk_size=CHUNK)):
        present = {str(key) for key in subject.rows().filter(pk__in=chunk).values_list("pk", flat=True)}
        for key in chunk:
            if key not in present:
                _confirm(subject, key, report)


def _latest(label: str, keys: Sequence[str]) -> dict[str, AuditEntry]:
    recorded = AuditEntry.objects.filter(object_label=label, object_pk__in=keys).order_by()
    newest = recorded.values("object_pk").annotate(newest=Max("id")).values("newest")
    return {entry.object_pk: entry for entry in AuditEntry.objects.filter(id__in=newest).select_related("payload")}


def _verify_anchor(anchor: Anchor, report: Report) -> None:
    where = f"{anchor.stream} #{anchor.seq}"
    if anchor.seq == 0 and anchor.hash == GENESIS:
        return
    found = (
        AuditEntry.objects.filter(Q(stream=anchor.stream) & Q(seq=anchor.seq)).values_list("hash", flat=True).first()
    )
    if found is None:
        report.add_mismatch("anchor_missing", where, "Der verankerte Eintrag fehlt: das Ende wurde abgeschnitten.")
    elif found != anchor.hash:
        report.add_mismatch(
            "anchor", where, "Der Hash ist ein anderer als der verankerte: das Protokoll wurde neu geschrieben."
        )


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
