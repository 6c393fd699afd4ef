"""The moderator's queue, one matter, several at once, and the public counts; outsiders find nothing there."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.domain import privacy
from portal.accounts.enums import Role
from portal.accounts.todo import Item
from portal.comments import desk
from portal.comments.domain import figures, moderation, notices, objections, writing
from portal.comments.enums import Lane, Measure, State
from portal.comments.models import Comment, Matter, ModerationDecision
from tests.portal.comments.conftest import about

pytestmark = pytest.mark.django_db
HELD = "Ruft mich an: 05251 1234567"
REASONS = {"reason": "insult", "facts": "Beschimpfung.", "ground": "rules"}
HIDE = {"act": "restrict", "m-measure": "hide"} | {f"m-{key}": value for key, value in REASONS.items()}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def report(comment, user, explanation="x"):
    return notices.report(user=user, kind="comment", key=comment.pk, reason="insult", explanation=explanation)


@pytest.fixture
def held(thread, citizen) -> Comment:
    return writing.create(user=citizen, thread=thread, text=HELD)


@pytest.mark.parametrize("roles", [None, (), (Role.PROJECT_LEAD,), (Role.COMMUNICATIONS,), (Role.ETHICS_CHAIR,)])
def test_outsiders_find_nothing(held, make_user, moderator, roles):
    client = Client() if roles is None else signed_in(make_user(*roles))
    for path in ("/moderation/", about(held).get_absolute_url(), "/moderation/mehrere/"):
        assert client.get(path).status_code in ((404, 405) if "mehrere" in path else (404,))
        assert client.post(path, {"act": "release", "matter": f"{about(held).pk}:1"}).status_code == 404
    held.refresh_from_db()
    assert held.state == State.HELD
    decision = moderation.release(user=moderator, matter=about(held))
    expected = 302 if roles is None else 404  # signed out: the person may have to sign in first
    assert client.get(decision.get_absolute_url()).status_code == expected


def test_a_moderator_removed_in_mid_session_is_out_at_the_next_click(held, moderator):
    client = signed_in(moderator)
    assert client.get("/moderation/").status_code == 200
    moderator.groups.clear()
    assert client.get("/moderation/").status_code == 404
    assert client.post(about(held).get_absolute_url(), {"act": "release"}).status_code == 404
    held.refresh_from_db()
    assert held.state == State.HELD


def test_the_queue_names_what_waits_why_and_until_when(held, moderator, make_user, say, citizen):
    report(say(citizen, "Gemeldet"), make_user())
    page = signed_in(moderator).get("/moderation/").text
    for words in (
        "2 Texte warten",
        "1 Meldung",
        "Zugesagt bis",
        "Zu entscheiden bis",
        "Die Bank am Paderquellgebiet",
        "Telefon- oder Kontonummer",
    ):
        assert words in page
    new = signed_in(moderator).get("/moderation/?stand=new").text
    assert "Hier ist nichts" in new


def test_an_empty_queue_teaches(moderator, db):
    assert "Nichts wartet" in signed_in(moderator).get("/moderation/").text
    assert signed_in(moderator).get("/moderation/?stand=unsinn&art=unsinn&page=x").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_queue_costs_the_same_at_any_length(thread, make_user, moderator, number, django_assert_num_queries):
    for n in range(number):
        writing.create(user=make_user(), thread=thread, text=f"{HELD}, Nr. {n}")
    client = signed_in(moderator)
    client.get("/moderation/")
    with django_assert_num_queries(9):
        client.get("/moderation/?art=comment")


def test_what_else_waits_stands_above_the_queue(moderator):
    desk.register("probe", lambda user: [Item(title="Drei überfällige Antworten", url="/dialoge/")])
    try:
        page = signed_in(moderator).get("/moderation/").text
    finally:
        desk.unregister("probe")
    assert "Drei überfällige Antworten" in page


def test_releasing_by_form(held, moderator):
    answer = signed_in(moderator).post(about(held).get_absolute_url(), {"act": "release"})
    held.refresh_from_db()
    assert (answer["Location"], held.state) == ("/moderation/", State.VISIBLE)


def test_hiding_by_form_demands_reasons_and_goes_to_the_next(held, say, citizen, moderator, make_user):
    client, path = signed_in(moderator), about(held).get_absolute_url()
    assert client.post(path, HIDE | {"m-facts": ""}).status_code == 400
    assert client.post(path, HIDE | {"m-reason": ""}).status_code == 400
    assert client.post(path, HIDE | {"m-measure": "explode"}).status_code == 400
    following = say(citizen, "Gemeldet")
    report(following, make_user())
    assert client.post(path, HIDE)["Location"] == about(following).get_absolute_url()
    assert ModerationDecision.objects.get().measure == Measure.HIDE


@pytest.mark.parametrize("measure", ["hold", "warn", "delete", "block"])
def test_the_other_measures_by_form(say, citizen, moderator, measure):
    comment = say(citizen)
    data = HIDE | {"m-measure": measure, "m-days": "7"}
    signed_in(moderator).post(about(comment).get_absolute_url(), data)
    decision = ModerationDecision.objects.get()
    assert decision.measure == measure
    if measure == "block":
        assert (decision.until - timezone.now()).days == 6
        signed_in(moderator).post(about(comment).get_absolute_url(), {"act": "unblock", "unblock-facts": "Gut."})
        citizen.refresh_from_db()
        assert citizen.blocked_until is None


def test_a_template_fills_the_reasons(held, moderator):
    page = signed_in(moderator).get(f"{about(held).get_absolute_url()}?vorlage=insult").text
    assert "statt zur Sache zu sprechen" in page
    assert signed_in(moderator).get(f"{about(held).get_absolute_url()}?vorlage=unsinn").status_code == 200


def test_keeping_and_restoring_by_form(say, citizen, moderator, make_user):
    comment, client = say(citizen), signed_in(moderator)
    path = about(comment).get_absolute_url()
    report(comment, make_user())
    client.post(path, {"act": "keep", "facts-facts": "Ist Kritik."})
    moderation.hide(user=moderator, matter=about(comment), reason="insult", facts="Doch eine Beleidigung.")
    assert client.post(path, {"act": "restore", "facts-facts": ""}).status_code == 400
    client.post(path, {"act": "restore", "facts-facts": "War ein Zitat."})
    assert [d.measure for d in ModerationDecision.objects.order_by("pk")] == ["keep", "hide", "restore"]


def test_the_second_moderator_is_told_who_is_there_and_who_was_faster(held, moderator, make_user):
    path, second = about(held).get_absolute_url(), signed_in(make_user(Role.MODERATOR))
    signed_in(moderator).get(path)
    assert f"{moderator.public_name} sieht sich diesen Text gerade an" in second.get(path).text
    assert f"{moderator.public_name} sieht gerade nach" in second.get("/moderation/").text
    version = about(held).version
    signed_in(moderator).post(path, {"act": "release", "version": version})
    told = second.post(path, HIDE | {"version": version}, follow=True).text
    assert f"{moderator.public_name} inzwischen schon entschieden: freigegeben" in told.replace("hat ", "", 0)
    assert ModerationDecision.objects.count() == 1


def test_unknown_acts_and_things_change_nothing(held, moderator):
    client, path = signed_in(moderator), about(held).get_absolute_url()
    client.post(path, {"act": "explode"})
    client.post(path, {"act": "objection", "objection-upheld": "ja", "objection-answer": "x"})
    assert ModerationDecision.objects.count() == 0
    for unknown in ("/moderation/kommentare/9999/", "/moderation/kommentare/abc/", "/moderation/unsinn/1/"):
        assert client.get(unknown).status_code == 404


def test_context_history_and_earlier_wordings(thread, citizen, moderator, say):
    top = say(citizen, "Oben steht das")
    moderation.warn(user=moderator, matter=about(top), reason="off_topic", facts="Anderes Thema.")
    reply = writing.create(user=citizen, thread=thread, text="Alte Worte", parent=top)
    writing.edit(user=citizen, comment=reply, text="Neue Worte")
    page = signed_in(moderator).get(about(reply).get_absolute_url()).text
    for words in ("Oben steht das", "Alte Worte", "Neue Worte", "1 Verwarnung", "2 sichtbare Texte", "Konto seit"):
        assert words in page


def test_an_erased_author_is_called_so_everywhere(held, say, citizen, moderator, make_user):
    comment = say(citizen, "Bleibt stehen")
    report(comment, make_user())
    name = citizen.public_name
    privacy.erase(user=citizen, account=citizen)
    client = signed_in(moderator)
    for path in ("/moderation/", about(comment).get_absolute_url()):
        page = client.get(path).text
        assert "Gelöschtes Konto" in page
        assert name not in page
    assert "Zu diesem Text gibt es kein Konto" in page


def test_the_author_reads_the_reasons_and_objects(held, citizen, moderator, make_user):
    decision = moderation.hide(user=moderator, matter=about(held), reason="personal_data", facts="Nennt eine Nummer.")
    client, path = signed_in(citizen), decision.get_absolute_url()
    page = client.get(path).text
    for words in ("Nennt eine Nummer.", "Widerspruch möglich bis", "Persönliche Daten anderer"):
        assert words in page
    assert moderator.public_name not in page
    assert client.post(path, {"text": ""}).status_code == 400
    client.post(path, {"text": "Das ist meine eigene Nummer."})
    assert "Eine andere Person entscheidet darüber" in client.get(path).text
    assert signed_in(make_user()).get(path).status_code == 404
    item, answer = (
        about(held).get_absolute_url(),
        {"act": "objection", "objection-upheld": "ja", "objection-answer": "Ja."},
    )
    signed_in(make_user(Role.MODERATOR)).post(item, answer)
    held.refresh_from_db()
    assert held.state == State.VISIBLE
    assert "hatte Erfolg" in client.get(path).text


# Several at once


def test_hiding_several_with_one_reason_and_a_result_for_each(thread, make_user, moderator):
    comments = [writing.create(user=make_user(), thread=thread, text=f"Spam {n}") for n in range(3)]
    own = writing.create(user=moderator, thread=thread, text="Eigenes")
    chosen = [f"{about(one).pk}:{about(one).version}" for one in (*comments, own)]
    moderation.hide(user=make_user(Role.MODERATOR), matter=about(comments[2]), reason="insult", facts="x")
    client = signed_in(moderator)
    asked = client.post("/moderation/mehrere/", {"act": "hide", "matter": chosen})
    assert (asked.status_code, ModerationDecision.objects.count()) == (200, 1)
    assert "4 Texte ausblenden" in asked.text
    data = {"act": "hide", "matter": chosen, "reasons": "1"}
    assert client.post("/moderation/mehrere/", data | REASONS | {"facts": ""}).status_code == 400
    page = client.post("/moderation/mehrere/", data | REASONS).text
    assert page.count('class="bulk__result"') == 2
    assert page.count("bulk__result--failed") == 2
    assert "entscheidet eine andere Person" in page
    assert "inzwischen schon entschieden" in page
    assert [Comment.objects.get(pk=c.pk).state for c in (*comments, own)] == ["hidden", "hidden", "hidden", "visible"]
    assert ModerationDecision.objects.count() == 3


def test_releasing_and_checking_off_several(thread, make_user, moderator):
    held = [writing.create(user=make_user(), thread=thread, text=f"{HELD} {n}") for n in range(2)]
    new = writing.create(user=make_user(), thread=thread, text="Neu")
    client = signed_in(moderator)
    client.post("/moderation/mehrere/", {"act": "release", "matter": [f"{about(c).pk}:1" for c in held]})
    client.post("/moderation/mehrere/", {"act": "see", "matter": [f"{about(new).pk}:1", "unsinn", "9999:1", "1:x"]})
    assert set(Matter.objects.values_list("lane", flat=True)) == {Lane.DONE}
    for nothing in ({"act": "release"}, {"act": "explode", "matter": "1:1"}):
        assert client.post("/moderation/mehrere/", nothing)["Location"] == "/moderation/"


# Public counts


def test_everyone_reads_the_counts_by_reason_and_quarter(say, citizen, moderator, make_user):
    one, two = say(citizen, "Eins"), say(citizen, "Zwei")
    report(one, make_user())
    decision = moderation.hide(user=moderator, matter=about(one), reason="insult", facts="Geheime Worte")
    moderation.warn(user=moderator, matter=about(two), reason="off_topic", facts="x")
    objection = objections.object_to(user=citizen, decision=decision, text="Nein")
    objections.decide(user=make_user(Role.MODERATOR), objection=objection, upheld=False, answer="Doch")
    (quarter,) = figures.quarters()
    rows = {row.reason.value: row.cells for row in quarter.rows}
    assert rows["insult"] == (1, 1, 0, 0, 0, 0)
    assert rows["off_topic"] == (0, 0, 0, 0, 1, 0)
    assert quarter.sums == (1, 1, 0, 0, 1, 0)
    told = (quarter.decided, quarter.without_measure, quarter.median_hours)
    assert told == (1, 0, 0)
    assert (quarter.objections, quarter.upheld, quarter.rejected) == (1, 0, 1)
    page = Client().get("/moderation/zahlen/")
    assert "Beleidigung oder Drohung" in page.text
    assert "Geheime Worte" not in page.text
    assert citizen.public_name not in page.text
    answer = Client().get("/moderation/zahlen.csv")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert table[0][:4] == ["Jahr", "Quartal", "Grund", "Meldungen"]
    now = timezone.localtime()
    assert table[1] == [
        str(now.year),
        str((now.month + 2) // 3),
        "Beleidigung oder Drohung",
        "1",
        "1",
        "0",
        "0",
        "0",
        "0",
    ]


def test_no_counts_yet_and_the_rules_name_them(client, db):
    assert "Noch keine Zahlen" in client.get("/moderation/zahlen/").text
    page = client.get("/moderation/regeln/").text
    assert "/moderation/zahlen/" in page
    assert "Beleidigung oder Drohung" in page


def test_the_account_shows_the_queue_to_moderators(held, moderator, citizen):
    assert "1 Text wartet auf Ihre Entscheidung" in signed_in(moderator).get("/konto/").text
    assert "/moderation/" not in signed_in(citizen).get("/konto/").text.split("<main")[1].split("</main>")[0]
