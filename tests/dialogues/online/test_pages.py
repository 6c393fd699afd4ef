"""What everyone reads: list, filters, pages by cursor, map, table, API, paper; a constant number of queries."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain.online import answers, writing
from dialogues.models import Contribution
from portal.comments.domain import writing as comments

pytestmark = pytest.mark.django_db
NASTY = "<script>alert(1)</script>"


def many(dialogue, make_user, count, **fields):
    """Contributions with an answer each, by one author, without the pace of a person."""
    author, category = make_user(), dialogue.categories.first()
    rows = []
    for number in range(count):
        row = writing.contribute(
            user=author,
            dialogue=dialogue,
            kind="idea",
            category=category,
            title=f"Idee {number:03}",
            text=f"Text der Idee {number}",
            place="st_elsen" if number % 2 else "hauptbahnhof",
            sample=True,
            at=timezone.now() - timedelta(minutes=number),
            **fields,
        )
        rows.append(row)
    return rows


@pytest.mark.parametrize("count", [1, 30])
def test_every_page_asks_the_same_number_of_queries(
    dialogue, make_user, editor, citizen, browse, client, django_assert_num_queries, count
):
    rows = many(dialogue, make_user, count)
    for row in rows:
        answers.answer(user=editor, contribution=row, status="accepted", reason="Ja, gern.", sample=True)
    base, one = dialogue.get_absolute_url(), rows[0].get_absolute_url()
    member = browse(citizen)
    for number in range(count):
        comment = comments.create(user=editor, thread=rows[0].thread, text=f"Kommentar {number}", sample=True)
        comments.create(user=editor, thread=rows[0].thread, text="Antwort", parent=comment, sample=True)
    pages = [
        (client, base, 6), (member, base, 11), (client, f"{base}karte/", 4), (client, one, 7), (member, one, 14),
        (client, "/api/v1/contributions", 2), (client, f"{base}papier/", 4),
    ]  # fmt: skip
    for browser, url, _number in pages:
        browser.get(url)
    for browser, url, number in pages:
        with django_assert_num_queries(number):
            browser.get(url)


def test_pages_by_cursor_show_each_row_once(dialogue, make_user, client):
    many(dialogue, make_user, 45)
    for sort in ("neu", "unterstuetzt", "frist"):
        seen, cursor = [], ""
        for _page in range(3):
            answer = client.get(dialogue.get_absolute_url(), {"sortierung": sort, "weiter": cursor})
            seen += [row["item"].pk for row in answer.context["rows"]]
            cursor = answer.context["page"].next
        assert (len(seen), len(set(seen)), cursor) == (45, 45, ""), sort


@pytest.mark.parametrize("cursor", ["x", "%00", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTl8MQ", "YXxi", "fDE"])
def test_a_broken_cursor_begins_at_the_beginning(dialogue, make_user, client, cursor):
    many(dialogue, make_user, 2)
    for sort in ("neu", "unterstuetzt"):
        answer = client.get(dialogue.get_absolute_url(), {"weiter": cursor, "sortierung": sort})
        assert len(answer.context["rows"]) == 2


def test_filters_narrow_list_table_and_map(dialogue, write, editor, client):
    bench = write(dialogue, "Bänke", kind="idea", place="st_elsen")
    light = write(dialogue, "Mehr Licht", kind="question", place="domplatz", category=dialogue.categories.last())
    answers.answer(user=editor, contribution=light, status="rejected", reason="Zu hell.")
    base = dialogue.get_absolute_url()
    for query, found in (
        ({"art": "question"}, light),
        ({"thema": light.category_id}, light),
        ({"antwort": "rejected"}, light),
        ({"antwort": "open"}, bench),
        ({"ort": "st_elsen"}, bench),
        ({"q": "licht"}, light),
        ({"q": bench.receipt.lower()}, bench),
        ({"sortierung": "frist"}, bench),
    ):
        assert [row["item"] for row in client.get(base, query).context["rows"]] == [found], query
    table = b"".join(client.get(f"{base}beitraege.csv", {"art": "question"})).decode()
    assert (light.receipt in table, bench.receipt in table) == (True, False)
    assert [point["title"] for point in client.get(f"{base}karte/").context["points"]] == ["Mehr Licht"]
    for nonsense in ({"art": "x"}, {"thema": "9" * 30}, {"ort": "'"}, {"sortierung": "-pk"}, {"antwort": "\x00"}):
        assert len(client.get(base, nonsense).context["rows"]) == 2, nonsense
    assert client.get(base, {"q": "\x00 gibt es nicht"}).status_code == 200


def test_the_table_is_safe_for_spreadsheets(dialogue, write, client):
    write(dialogue, '=HYPERLINK("x";"y")', text="@SUM(1+1)*cmd|' /C calc'!A0")
    answer = client.get(f"{dialogue.get_absolute_url()}beitraege.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer).decode("utf-8-sig")
    row = next(iter(csv.DictReader(io.StringIO(text), delimiter=";")))
    assert row["titel"].startswith("'=")
    assert row["text"].startswith("'@")


def test_script_is_text_through_every_door(dialogue, write, editor, client, browse, moderator, make_project):
    row = write(dialogue, f"{NASTY} Titel", text=f"{NASTY} Text </textarea>", kind="hint", place="domplatz")
    answers.answer(user=editor, contribution=row, status="accepted", reason=f"{NASTY} Grund")
    base, one = dialogue.get_absolute_url(), row.get_absolute_url()
    paths = [
        base,
        one,
        f"{one}antwort/",
        f"{base}karte/",
        "/suche/?q=Titel",
        "/feed/",
        f"/feed/dialogue/{dialogue.slug}/",
    ]
    for path in paths:
        page = client.get(path).content.decode()
        assert "<script>alert" not in page, path
    for path in ("zusammenfassen/", "zustaendig/"):
        assert "<script>alert" not in browse(moderator).get(one + path).content.decode(), path
    assert "<script>alert" not in browse(editor).get(f"{one}antworten/").content.decode()
    item = client.get("/api/v1/contributions").json()["items"][0]
    assert "<" not in item["title"] + item["text"] + item["answers"][0]["reason"]
    assert "<script" not in b"".join(client.get(f"{base}beitraege.csv")).decode()
    assert client.get(f"{one}antwort.pdf").content.startswith(b"%PDF")


def test_direction_signs_and_nul_do_not_get_in(dialogue, write):
    row = write(dialogue, "Bä\u202enke\x00", text="Te\u2066xt\x07")
    assert (row.title, row.text) == ("Bänke", "Text")


def test_nested_tags_are_refused_before_anything_parses_them(dialogue, write):
    from portal.exceptions import DomainError

    with pytest.raises(DomainError, match="too_long"):
        write(dialogue, text="<b>" * 6700)
    assert not Contribution.objects.exists()


def test_api_follows_the_contract(dialogue, make_user, client):
    many(dialogue, make_user, 3)
    first = client.get("/api/v1/contributions", {"limit": 2, "dialogue": dialogue.slug})
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in first.headers
    again = client.get("/api/v1/contributions?limit=2", headers={"if-none-match": '"other"'})
    assert again.status_code == 200
    known = client.get(
        "/api/v1/contributions",
        {"limit": 2, "dialogue": dialogue.slug},
        headers={"if-none-match": first.headers["ETag"]},
    )
    assert (known.status_code, known.content) == (304, b"")
    data = first.json()
    assert (len(data["items"]), data["items"][0]["sample"], data["items"][0]["status"]) == (2, True, "open")
    second = client.get(data["next"]).json()
    assert (len(second["items"]), second["next"]) == (1, None)
    assert client.get("/api/v1/contributions", {"limit": 0}).status_code == 422
    assert client.get("/api/v1/contributions", {"cursor": "quatsch"}).json()["code"] == "bad_cursor"


def test_drafts_and_held_ones_are_in_no_list(make_dialogue, write, move, client):
    draft = make_dialogue()
    row = write(draft)
    type(draft).objects.update(status="draft")
    assert client.get("/api/v1/contributions").json()["items"] == []
    assert client.get(row.get_absolute_url()).status_code == 404
    assert row.title not in client.get("/suche/", {"q": "Bänke"}).content.decode()


def test_a_foreign_next_is_not_followed(dialogue, write, citizen, browse, client):
    row = write(dialogue)
    answer = browse(citizen).post(f"{row.get_absolute_url()}unterstuetzen/?next=//evil.example", {"next": "//evil"})
    assert answer.headers["Location"].startswith("/dialoge/")
    login = client.get(f"{dialogue.get_absolute_url()}mitmachen/?next=//evil.example").headers["Location"]
    assert login.startswith("/konto/login/?next=/dialoge/")


def test_forms_and_pages_name_telephone_and_address(dialogue, write, citizen, browse, client):
    from portal.cms.models import ContactSettings

    settings = ContactSettings.load()
    settings.phone, settings.address = "05251 000-0", "Am Abdinghof 11"
    settings.save()
    own = write(dialogue, user=citizen)
    base, one = dialogue.get_absolute_url(), own.get_absolute_url()
    forms = [f"{base}mitmachen/", f"{one}aendern/", f"{one}bilder/", "/dialoge/vorschlag/"]
    for url in forms:
        page = browse(citizen).get(url).content.decode()
        assert ("05251 000-0" in page, "Am Abdinghof 11" in page) == (True, True), url
    for url in (base, one, f"{base}papier/", f"{one}antwort/", "/dialoge/vorgang/"):
        assert "05251 000-0" in client.get(url).content.decode(), url
    for url in (f"{base}papier.pdf", f"{one}antwort.pdf"):
        answer = client.get(url)
        assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
