"""Dates gate every right at the moment of the act."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain.online import answers, dialogues, harvesting, polls, support, writing
from dialogues.enums import Stage
from dialogues.models import Answer, Contribution, ContributionSupport, OnlineDialogue
from dialogues.models.online import MOMENTS
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
STAGES = list(Stage)


@pytest.mark.parametrize("stage", STAGES)
def test_the_phase_is_that_of_the_moment(make_dialogue, stage):
    assert make_dialogue(stage).stage == stage


@pytest.mark.parametrize(("stage", "allowed"), [(s, s == Stage.COLLECT) for s in STAGES])
def test_contributing(make_dialogue, write, stage, allowed):
    dialogue = make_dialogue(stage)
    if allowed:
        assert write(dialogue).state == "visible"
        return
    with pytest.raises(DomainError, match="wrong_stage") as refused:
        write(dialogue)
    assert (refused.value.status, Contribution.objects.count()) == (409, 0)


@pytest.mark.parametrize(("stage", "allowed"), [(s, s in (Stage.COLLECT, Stage.DISCUSS)) for s in STAGES])
def test_supporting_voting_and_recording(dialogue, write, move, citizen, moderator, stage, allowed):
    contribution = write(dialogue)
    poll = polls.ask(user=moderator, dialogue=dialogue, question="Wann?", kind="single", options=["früh", "spät"])
    move(dialogue, stage)
    choice = poll.options.first().pk
    category = dialogue.categories.first()
    acts = [
        lambda: support.give(user=citizen, contribution=contribution),
        lambda: polls.vote(user=citizen, poll=poll, choices=[choice]),
        lambda: writing.record(
            user=moderator,
            dialogue=dialogue,
            channel="phone",
            received_at=max(dialogue.collect_from, min(timezone.now(), dialogue.discuss_from) - timedelta(minutes=1)),
            kind="hint",
            category=category,
            title="Anruf",
            text="Die Tür klemmt.",
        ),
    ]
    for act in acts:
        if allowed:
            act()
        else:
            with pytest.raises(DomainError, match="wrong_stage"):
                act()
    assert ContributionSupport.objects.count() == int(allowed)


@pytest.mark.parametrize(("stage", "allowed"), [(s, s not in (Stage.BEFORE, Stage.INFORM)) for s in STAGES])
def test_the_city_answers_from_the_first_contribution_on(dialogue, write, move, lead, stage, allowed):
    contribution = write(dialogue)
    move(dialogue, stage)
    if allowed:
        answers.answer(user=lead, contribution=contribution, status="accepted", reason="Wir stellen Bänke auf.")
    else:
        with pytest.raises(DomainError, match="wrong_stage"):
            answers.answer(user=lead, contribution=contribution, status="accepted", reason="Ja.")
    assert Answer.objects.count() == int(allowed)


def test_a_page_loaded_before_the_end_cannot_be_sent_after_it(dialogue, move, citizen, browse):
    client = browse(citizen)
    url = f"/dialoge/{dialogue.slug}/mitmachen/"
    assert client.get(url).status_code == 200
    move(dialogue, Stage.DISCUSS)
    form = {"kind": "idea", "category": dialogue.categories.first().pk, "title": "Zu spät", "text": "Ein langer Text."}
    answer = client.post(url, form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Das geht in dieser Phase nicht mehr oder noch nicht. Jetzt gilt: Diskutieren." in page
    assert "Ein langer Text." in page
    assert not Contribution.objects.exists()


def test_moving_a_date_moves_the_right_at_once(dialogue, move, moderator, write):
    move(dialogue, Stage.DISCUSS)
    changes = {"discuss_from": timezone.now() + timedelta(minutes=1)}
    stale = OnlineDialogue.objects.get(pk=dialogue.pk)
    categories = [(row.name, row.department) for row in dialogue.categories.all()]
    dialogues.change_dialogue(
        user=moderator,
        dialogue=OnlineDialogue.objects.get(pk=dialogue.pk),
        changes=changes | {"decide_from": timezone.now() + timedelta(days=9)},
        categories=categories,
    )
    assert write(stale).state == "visible"


def test_phases_must_come_in_order(moderator, make_dialogue):
    now = timezone.now()
    with pytest.raises(DomainError, match="phases_order"):
        make_dialogue(moments=[now, now + timedelta(days=2), now + timedelta(days=1), now, now])
    assert not OnlineDialogue.objects.exists()


def test_equal_moments_leave_a_phase_out(make_dialogue, client):
    now = timezone.now()
    later = now + timedelta(days=3)
    dialogue = make_dialogue(moments=[now - timedelta(days=2), now - timedelta(days=1), later, later, later])
    assert dialogue.stage == Stage.COLLECT
    page = client.get(dialogue.get_absolute_url()).content.decode()
    assert "Diskutieren" not in page.split('class="phases__bar"')[1].split("</ol>")[0]


def test_only_those_who_run_dialogues_plan_them(make_dialogue, citizen, lead, dialogue):
    for person in (citizen, lead):
        with pytest.raises(NotAllowed):
            dialogues.publish_dialogue(user=person, dialogue=dialogue)


def test_a_draft_is_not_there_for_others(make_dialogue, client, browse, citizen, lead, moderator):
    draft = make_dialogue(published=False)
    url = draft.get_absolute_url()
    for path in ("", "karte/", "mitmachen/", "beitraege.csv", "aehnlich/", "papier/", "papier.pdf"):
        assert browse(citizen).get(url + path).status_code == 404, path
        assert browse(lead).get(url + path).status_code == 404, path
    assert client.get(url).status_code == 404
    assert draft.title not in client.get("/dialoge/").content.decode()
    assert browse(moderator).get(url).status_code == 200


def test_a_contribution_in_a_draft_is_refused_as_not_there(make_dialogue, write):
    with pytest.raises(DomainError, match="no_dialogue") as refused:
        write(make_dialogue(published=False))
    assert refused.value.status == 404


@pytest.mark.parametrize("field", [field for _stage, field in MOMENTS])
def test_each_date_is_public(make_dialogue, client, field):
    from django.utils.formats import date_format

    dialogue = make_dialogue()
    day = date_format(timezone.localtime(getattr(dialogue, field)), "DATE_FORMAT")
    assert day in client.get(dialogue.get_absolute_url()).content.decode()


def test_a_result_needs_the_phase_too(make_dialogue, moderator):
    from dialogues.models import Result

    dialogue = make_dialogue(Stage.CLOSED)
    with pytest.raises(DomainError, match="wrong_stage"):
        harvesting.adopt(
            user=moderator, dialogue=dialogue, result=Result(text="x"), category=dialogue.categories.first()
        )
