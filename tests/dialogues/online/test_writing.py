"""Contributions: write, similar ones first, change, delete, support, merge; what is refused, and how."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain.online import merging, similar, support, writing
from dialogues.models import Contribution, ContributionKey, ContributionSupport
from portal.activity.models import Activity, Notification
from portal.comments.models import Matter
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


def form_of(dialogue, **fields):
    defaults = {
        "kind": "idea",
        "category": dialogue.categories.first().pk,
        "title": "Mehr Bänke vor dem Stadthaus",
        "text": "Wer wartet, möchte sitzen. Am besten im Schatten.",
    }
    return defaults | fields


def test_a_citizen_writes_and_everyone_reads(dialogue, citizen, browse, client):
    answer = browse(citizen).post(f"{dialogue.get_absolute_url()}mitmachen/", form_of(dialogue, place="hauptbahnhof"))
    row = Contribution.objects.get()
    assert answer.headers["Location"] == f"{row.get_absolute_url()}?neu=1"
    assert (row.author, row.district, row.state) == (citizen, "st_kernstadt", "visible")
    page = client.get(dialogue.get_absolute_url())
    assert "Mehr Bänke vor dem Stadthaus" in page.content.decode()
    assert not page.cookies
    assert Matter.objects.get(kind="contribution").object_key == str(row.pk)
    assert Activity.objects.get(verb="contribution.created").title == "Neue Idee: Mehr Bänke vor dem Stadthaus"


def test_writing_needs_a_sign_in(dialogue, client):
    url = f"{dialogue.get_absolute_url()}mitmachen/"
    assert client.post(url, form_of(dialogue)).headers["Location"] == f"/konto/login/?next={url}"
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "\u202e \u2066"}, "Bitte schreiben Sie etwas"),
        ({"title": "Ein\x00s"}, "Null"),
        ({"title": "x" * 121}, "höchstens 120"),
        ({"text": "<b>" * 6700}, "höchstens 4000"),
        ({"kind": "rant"}, "rant"),
        ({"category": "999999"}, "gültige"),
        ({"lat": "51.7"}, "Breite und Länge"),
        ({"lat": "48,1", "lng": "11,5"}, "nicht in Paderborn"),
        ({"lat": "nan", "lng": "inf"}, "Zahl"),
        ({"place": "moon"}, "moon"),
        ({"text": "Schaut auf www.werbung.example nach"}, "Neue Konten"),
    ],
)
def test_bad_input_is_said_in_german_and_kept(dialogue, citizen, browse, fields, words):
    answer = browse(citizen).post(f"{dialogue.get_absolute_url()}mitmachen/", form_of(dialogue, **fields))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert not Contribution.objects.exists()


def test_a_double_click_writes_once(dialogue, citizen, browse):
    client = browse(citizen)
    for _twice in range(2):
        client.post(f"{dialogue.get_absolute_url()}mitmachen/", form_of(dialogue) | {"geprueft": "1"})
    assert Contribution.objects.count() == 1


def test_a_category_of_another_dialogue_is_refused(dialogue, make_dialogue, write):
    with pytest.raises(DomainError, match="bad_category"):
        write(dialogue, category=make_dialogue().categories.first())


def test_too_many_in_a_minute(dialogue, citizen, write):
    for number in range(3):
        write(dialogue, f"Idee {number}", user=citizen)
    with pytest.raises(DomainError, match="too_fast") as refused:
        write(dialogue, "Idee 4", user=citizen)
    assert refused.value.status == 429


def test_a_blocked_account_writes_and_supports_nothing(dialogue, make_user, write):
    blocked = make_user(blocked_until=timezone.now() + timedelta(days=1))
    contribution = write(dialogue)
    for act in (
        lambda: write(dialogue, "Trotzdem", user=blocked),
        lambda: support.give(user=blocked, contribution=contribution),
    ):
        with pytest.raises(NotAllowed, match="blocked"):
            act()


def test_a_rule_hit_holds_it_for_everyone_else(dialogue, citizen, browse, client, moderator):
    text = "Ruft mich an: 05251 123456, ich weiß mehr."
    browse(citizen).post(f"{dialogue.get_absolute_url()}mitmachen/", form_of(dialogue, text=text))
    row = Contribution.objects.get()
    assert (row.state, row.held_rule) == ("held", "personal_data")
    assert client.get(row.get_absolute_url()).status_code == 404
    assert row.title not in client.get(dialogue.get_absolute_url()).content.decode()
    assert client.get("/api/v1/contributions").json()["items"] == []
    assert row.receipt not in b"".join(client.get(f"{dialogue.get_absolute_url()}beitraege.csv")).decode()
    assert "wird geprüft" in browse(citizen).get(row.get_absolute_url()).content.decode()
    assert not Activity.objects.filter(verb="contribution.created").exists()
    from portal.comments.domain import moderation

    matter = Matter.objects.get(kind="contribution")
    moderation.release(user=moderator, matter=matter, version=matter.version)
    assert client.get(row.get_absolute_url()).status_code == 200
    assert Activity.objects.filter(verb="contribution.created").count() == 1


def test_something_alike_is_shown_first_and_can_be_passed_over(dialogue, write, citizen, browse):
    known = write(dialogue, "Sitzbänke am Stadthaus aufstellen", text="Beim Warten will man sich setzen können.")
    client, url = browse(citizen), f"{dialogue.get_absolute_url()}mitmachen/"
    page = client.post(url, form_of(dialogue)).content.decode()
    assert "Gibt es das schon?" in page
    assert known.title in page
    assert Contribution.objects.count() == 1
    back = client.post(url, form_of(dialogue) | {"geprueft": "1", "zurueck": "1"}).content.decode()
    assert "Wer wartet, möchte sitzen." in back
    client.post(url, form_of(dialogue) | {"geprueft": "1"})
    assert Contribution.objects.count() == 2


def test_suggestions_for_the_script_are_public_ones_only(dialogue, write, client):
    known = write(dialogue, "Sitzbänke am Stadthaus aufstellen")
    write(dialogue, "Sitzbänke am Stadthaus streichen", text="Ruft an: 05251 123456 wegen der Sitzbänke.")
    found = client.get(
        f"{dialogue.get_absolute_url()}aehnlich/", {"titel": "Bänke vor dem Stadthaus", "text": "sitzen"}
    )
    assert [item["url"] for item in found.json()["items"]] == [known.get_absolute_url()]


@pytest.mark.parametrize("count", [1, 30])
def test_suggesting_asks_two_queries(dialogue, write, django_assert_num_queries, count):
    for number in range(count):
        write(dialogue, f"Bänke und Bäume {number}")
    with django_assert_num_queries(2):
        similar.suggest(dialogue=dialogue, text="Mehr Bänke unter den Bäumen")


def test_editing_keeps_the_earlier_wording_and_the_index(dialogue, citizen, write, browse, client):
    row = write(dialogue, "Bänke", user=citizen)
    url = f"{row.get_absolute_url()}aendern/"
    fields = {"category": row.category_id, "title": "Trinkbrunnen", "text": "Wasser für alle."}
    assert browse(citizen).post(url, fields).status_code == 302
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Frühere Fassungen" in page
    assert "Wer wartet, möchte sitzen." in page
    assert not ContributionKey.objects.filter(contribution=row, key="bank").exists()
    assert Matter.objects.get(kind="contribution").version == 2


def test_others_cannot_change_delete_or_illustrate_it(dialogue, write, citizen, browse, client):
    row = write(dialogue)
    for path in ("aendern/", "loeschen/", "bilder/"):
        url = row.get_absolute_url() + path
        assert browse(citizen).post(url, {"title": "Meins"}).status_code == 404, path
        assert client.post(url).status_code == 302
    row.refresh_from_db()
    assert row.state == "visible"


def test_deleting_takes_everything_along(dialogue, citizen, write, browse, client):
    row = write(dialogue, user=citizen)
    browse(citizen).post(f"{row.get_absolute_url()}loeschen/")
    row.refresh_from_db()
    assert (row.state, row.text, row.keys.count()) == ("deleted", "", 0)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert Matter.objects.get(kind="contribution").state == "deleted"


def test_after_an_answer_it_stays(dialogue, citizen, write, lead, browse):
    from dialogues.domain.online import answers

    row = write(dialogue, user=citizen)
    answers.answer(user=lead, contribution=row, status="accepted", reason="Ja, gern.")
    for act in (
        lambda: writing.delete(user=citizen, contribution=row),
        lambda: writing.edit(user=citizen, contribution=row, title="Neu", text="Neu", category=row.category),
    ):
        with pytest.raises(DomainError, match="too_late"):
            act()


def test_support_counts_a_person_once(dialogue, write, citizen, browse):
    row = write(dialogue)
    client, url = browse(citizen), f"{row.get_absolute_url()}unterstuetzen/"
    for _twice in range(2):
        assert client.post(url).headers["Location"] == f"{row.get_absolute_url()}#unterstuetzen"
    row.refresh_from_db()
    assert row.support_count == 1
    client.post(url, {"zurueck": "1"})
    row.refresh_from_db()
    assert row.support_count == 0
    with pytest.raises(DomainError, match="own"):
        support.give(user=row.author, contribution=row)


def test_merging_keeps_authors_and_supports_and_can_be_undone(dialogue, write, make_user, moderator, client):
    main, twin = write(dialogue, "Bänke am Stadthaus"), write(dialogue, "Stadthaus: Bänke")
    both, only_twin, only_main = make_user(), make_user(), make_user()
    for person, row in ((both, main), (both, twin), (only_twin, twin), (only_main, main)):
        support.give(user=person, contribution=row)
    merging.merge(user=moderator, duplicate=twin, into=main)
    main.refresh_from_db()
    assert main.support_count == 4  # both, only_main, only_twin and the author of the twin
    page = client.get(main.get_absolute_url()).content.decode()
    assert twin.author.display_name in page
    assert "Stadthaus: Bänke" in page
    assert Notification.objects.get(verb="contribution.merged").user == twin.author
    listed = client.get(dialogue.get_absolute_url()).content.decode()
    assert "Stadthaus: Bänke" not in listed
    later = make_user()
    support.give(user=later, contribution=Contribution.objects.get(pk=twin.pk))
    main.refresh_from_db()
    assert main.support_count == 5
    merging.split(user=moderator, duplicate=twin)
    main.refresh_from_db()
    twin.refresh_from_db()
    assert (main.support_count, twin.support_count, twin.merged_into) == (3, 2, None)


def test_merging_a_chain_leads_to_the_last_one(dialogue, write, moderator):
    a, b, c = (write(dialogue, f"Bänke {name}") for name in "abc")
    merging.merge(user=moderator, duplicate=a, into=b)
    merging.merge(user=moderator, duplicate=b, into=c)
    a.refresh_from_db()
    c.refresh_from_db()
    assert (a.merged_into, c.support_count) == (c, 2)


@pytest.mark.parametrize("code", ["same", "other_dialogue", "answered"])
def test_merges_that_make_no_sense(make_dialogue, write, moderator, editor, code):
    from dialogues.domain.online import answers

    dialogue = make_dialogue()
    one, two = write(dialogue, "Eins und eins"), write(dialogue, "Zwei und zwei")
    if code == "same":
        two = one
    if code == "other_dialogue":
        two = write(make_dialogue())
    if code == "answered":
        answers.answer(user=editor, contribution=one, status="accepted", reason="Ja, gern.")
    with pytest.raises(DomainError, match=code):
        merging.merge(user=moderator, duplicate=one, into=two)
    assert not Contribution.objects.exclude(merged_into=None).exists()
    assert not ContributionSupport.objects.exists()


def test_merging_is_for_staff(dialogue, write, citizen, lead, browse):
    row = write(dialogue)
    for person in (citizen, lead):
        assert browse(person).post(f"{row.get_absolute_url()}zusammenfassen/", {"into": row.receipt}).status_code == 404


def test_following_leads_news_of_a_contribution_to_its_follower(dialogue, write, lead):
    from dialogues.domain.online import answers
    from portal.activity.models import Activity as Line

    row = write(dialogue)
    answers.answer(user=lead, contribution=row, status="accepted", reason="Ja, gern.")
    for topic in (f"contribution:{row.receipt}", f"dialogue:{dialogue.slug}"):
        assert Line.objects.of_topic(topic).filter(verb="contribution.answered").count() == 1
