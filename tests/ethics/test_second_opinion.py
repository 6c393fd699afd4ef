"""A new version after the unveiling: members state their opinion anew, the former one stays with its version."""

from __future__ import annotations

import pytest
from django.test import Client

from ethics import permissions
from ethics.domain import cases, folder, meetings, review
from ethics.domain.waiting import for_user
from ethics.enums import State
from ethics.models import Opinion, ReviewCase
from portal import audit
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
FORMER = "Meine Sicht: "
ANEW = "Mit dem neuen Sensor trage ich das mit."


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(user, case: ReviewCase) -> str:
    return client_of(user).get(case.get_office_url()).content.decode()


def revise(story, case: ReviewCase, what: str = "Ein Sensor ohne Funk misst die Feuchte.") -> ReviewCase:
    cases.save_draft(story.lead, case=case, content=dict.fromkeys(("what", "aim", "data"), what))
    return cases.submit_revision(story.lead, case=case, note="Anderer Sensor")


def anew(member, case: ReviewCase, text: str = ANEW, **fields) -> Opinion:
    return review.save_opinion(member, case=case, stance="bedenken", text=text, submit=True, **fields)


@pytest.fixture
def revised(story) -> ReviewCase:
    """Eight opinions on version 1 are unveiled, then version 2 comes."""
    return revise(story, story.to(State.READY))


def test_the_new_opinion_is_on_the_new_version_and_the_former_one_stays(story, revised):
    member = story.members[3]
    first = Opinion.objects.get(member=member)
    second = anew(member, revised)
    kept = Opinion.objects.get(pk=first.pk)
    assert (kept.text, kept.version_hash, kept.unveiled_at) == (first.text, first.version_hash, first.unveiled_at)
    assert (kept.current, kept.version.number, second.current, second.version.number) == (False, 1, True, 2)
    assert second.version_hash == cases.current_version(revised).hash
    assert second.late
    assert second.unveiled_at == second.submitted_at
    seen = permissions.visible_opinions(story.members[0], revised)
    assert [row.pk for row in seen if row.member_id == member.pk] == [second.pk, first.pk]
    assert len(seen) == 9
    assert audit.verify().ok


def test_without_a_new_version_an_unveiled_opinion_stands(story, revised):
    for _round in range(2):
        with pytest.raises(DomainError) as caught:
            anew(story.members[3], story.to(State.READY, story.draft(title="Anderer Fall")))
        assert caught.value.code == "already_submitted"
    anew(story.members[3], revised)
    with pytest.raises(DomainError) as caught:
        anew(story.members[3], revised)
    assert caught.value.code == "already_submitted"
    anew(story.members[3], revise(story, revised, "Ein dritter Sensor misst nur noch einmal am Tag."))
    assert list(
        Opinion.objects.filter(case=revised, member=story.members[3]).values_list("version__number", "current")
    ) == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_a_draft_of_the_project_that_is_not_handed_in_opens_nothing(story):
    case = story.to(State.READY)
    cases.save_draft(story.lead, case=case, content={"what": "Noch nicht fertig beschrieben."})
    with pytest.raises(DomainError) as caught:
        anew(story.members[3], case)
    assert caught.value.code == "already_submitted"
    assert "Zur neuen Fassung" not in page_of(story.members[3], case)


def test_an_opinion_on_a_version_that_was_replaced_meanwhile_is_given_back(story, revised):
    read = revised.versions.get(number=1).hash
    with pytest.raises(DomainError) as caught:
        anew(story.members[3], revised, read_hash=read)
    assert caught.value.code == "version_changed"
    assert Opinion.objects.filter(member=story.members[3]).count() == 1
    url = f"{revised.get_office_url()}stellungnahme/"
    posted = {"stance": "bedenken", "text": ANEW, "version": read, "abgeben": "1"}
    response = client_of(story.members[3]).post(url, posted)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Inzwischen liegt eine neue Fassung vor." in page
    assert ANEW in page
    assert f'name="version" value="{cases.current_version(revised).hash}"' in page
    assert client_of(story.members[3]).post(url, posted | {"version": cases.current_version(revised).hash}).url


def test_the_page_offers_it_and_tells_which_opinion_is_on_which_version(story, revised):
    member = story.members[3]
    before = page_of(member, revised)
    assert "Sie gilt Fassung 1. Inzwischen liegt Fassung 2 vor." in before
    assert "Zur neuen Fassung Stellung nehmen" in before
    assert f"{FORMER}{member.email}</textarea>" in before
    assert "frühere Stellungnahme" not in before
    anew(member, revised)
    after = page_of(member, revised)
    assert "Zur neuen Fassung Stellung nehmen" not in after
    assert after.index(ANEW) < after.index(f"{FORMER}{member.email}")
    other = page_of(story.members[0], revised)
    assert other.count("frühere Stellungnahme") == 1
    assert (other.count("zu Fassung 1"), other.count("zu Fassung 2")) == (8 + 7, 1)
    assert ANEW not in page_of(story.office, revised)
    assert page_of(story.office, revised).count("zu Fassung 1") == 7


def test_nobody_else_reads_the_former_opinion(story, revised, make_user):
    anew(story.members[3], revised)
    for person in (story.office, story.lead, story.dpo, story.outsider):
        assert not Opinion.objects.visible_to(person).exists()
    review.declare(story.members[5], case=revised, conflicted=True, ground="organ")
    with pytest.raises(NotAllowed):
        anew(story.members[5], revised)
    assert FORMER not in page_of(story.members[5], revised)
    assert {row.member_id for row in permissions.readable_opinions(story.members[5])} == {story.members[5].pk}


def test_what_was_replaced_before_the_unveiling_stays_hidden(story):
    case = story.to(State.REVIEW)
    anew(story.members[3], case, "Das halte ich für ganz falsch.")
    revise(story, case)
    anew(story.members[3], case)
    for member in (m for m in story.members if m != story.members[3]):
        anew(member, case, "Ich sehe es auch so, ohne Einschränkung.")
    review.unveil(story.office, case=case)
    for reader in (story.members[0], story.members[3]):
        texts = [row.text for row in permissions.visible_opinions(reader, case)]
        assert "Das halte ich für ganz falsch." not in texts
        assert len(texts) == 8


def test_the_work_list_asks_until_the_new_opinion_is_in(story, revised):
    def asked(member) -> list[str]:
        return [str(item.text) for item in for_user(member) if item.url == revised.get_office_url()]

    assert asked(story.members[3]) == ["Zur neuen Fassung Stellung nehmen"]
    anew(story.members[3], revised)
    assert asked(story.members[3]) == []
    assert asked(story.members[4]) == ["Zur neuen Fassung Stellung nehmen"]


def test_the_folder_holds_both_with_their_versions(story, revised):
    anew(story.members[3], revised)
    case = story.to(State.SCHEDULED, revised)
    meeting = meetings.current_item(case).meeting
    [paper] = folder.papers(story.members[0], meeting)
    own = [row for row in paper.opinions if row.member_id == story.members[3].pk]
    assert [(row.version.number, row.current) for row in own] == [(2, True), (1, False)]
    page = client_of(story.members[0]).get(f"{meeting.get_office_url()}mappe/").content.decode()
    assert (page.count("frühere Stellungnahme"), page.count("zu Fassung 2")) == (1, 1)
