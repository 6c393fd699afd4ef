"""The house style of PDF files: many pages, hostile text, sample mark."""

from __future__ import annotations

import re

from portal import pdf


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", content))


def test_long_document_has_many_pages():
    parts = [pdf.title("Lang"), *pdf.paragraph("\n\n".join(["Ein Absatz mit Wörtern. " * 40] * 60))]
    content = pdf.build(parts, name="Lang", area="Prüfung", twin="https://example.org/lang/", mark="case:x 1 abc")
    assert content.startswith(b"%PDF")
    assert pages(content) > 3
    assert content.count(b"https://example.org/lang/") >= pages(content)


def test_markup_in_text_stays_text():
    hostile = "<b>fett</b> <para> & <img src='file:///etc/passwd'/> \U0001f600 \x00 „ß“ – ü"
    assert "&lt;img" in pdf.plain(hostile)
    parts = [pdf.title(hostile), pdf.heading(hostile), pdf.lead(hostile), pdf.code("0" * 500), *pdf.paragraph(hostile)]
    parts += [pdf.facts([(hostile, hostile)]), pdf.numbered([[hostile, hostile]])]
    assert pages(pdf.build(parts, name=hostile, area="x", twin="https://example.org/", sample=True)) >= 1
