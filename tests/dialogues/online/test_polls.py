"""One vote a person; results in which nobody can be recognised."""

import pytest

from dialogues.domain.online import polls
from dialogues.enums import Stage
from dialogues.models import Poll, PollOption, PollParticipation
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(dialogue, moderator):
    return polls.ask(
        user=moderator, dialogue=dialogue, question="Wann?", kind="single", options=["früh", "mittags", "spät"]
    )


def counts(poll, *votes):
    """Sets the numbers of the options, and as many participations without names."""
    for option, number in zip(poll.options.all(), votes, strict=True):
        PollOption.objects.filter(pk=option.pk).update(votes=number)
    PollParticipation.objects.all().delete()
    PollParticipation.objects.bulk_create(PollParticipation(poll=poll) for _vote in range(max(sum(votes), 1)))


def cells(dialogue, user):
    return [(cell.text, cell.votes) for cell in polls.shown(dialogue=dialogue, user=user)[0].cells]


def test_a_person_votes_once_and_nothing_tells_what(poll, dialogue, citizen, browse):
    client, url = browse(citizen), f"{dialogue.get_absolute_url()}umfragen/{poll.pk}/"
    choice = poll.options.get(text="spät")
    for _twice in range(2):
        client.post(url, {"antwort": choice.pk})
    choice.refresh_from_db()
    assert choice.votes == 1
    assert {field.name for field in PollParticipation._meta.get_fields()} == {"id", "poll", "user"}
    with pytest.raises(DomainError, match="already_voted"):
        polls.vote(user=citizen, poll=poll, choices=[choice.pk])


@pytest.mark.parametrize(("choices", "code"), [([], "no_choice"), ([0], "no_choice"), (["all"], "one_choice")])
def test_bad_votes_count_nothing(poll, citizen, choices, code):
    wanted = [option.pk for option in poll.options.all()] if choices == ["all"] else choices
    with pytest.raises(DomainError, match=code):
        polls.vote(user=citizen, poll=poll, choices=wanted)
    assert not PollParticipation.objects.exists()
    assert set(PollOption.objects.values_list("votes", flat=True)) == {0}


def test_several_choices_where_the_poll_allows_them(dialogue, moderator, citizen):
    poll = polls.ask(user=moderator, dialogue=dialogue, question="Was?", kind="multiple", options=["a", "b", "c"])
    polls.vote(user=citizen, poll=poll, choices=[option.pk for option in poll.options.all()[:2]])
    assert list(poll.options.values_list("votes", flat=True)) == [1, 1, 0]
    assert poll.participations.count() == 1


def test_no_result_while_people_vote(poll, dialogue, citizen, move, client):
    counts(poll, 20, 30, 10)
    for stage in (Stage.COLLECT, Stage.DISCUSS):
        assert cells(move(dialogue, stage), citizen) == []
    move(dialogue, Stage.DECIDE)
    assert cells(dialogue, citizen) == [("früh", 20), ("mittags", 30), ("spät", 10)]
    assert "33 % (20)" in client.get(dialogue.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("votes", "shown"),
    [
        ((1, 2, 1), []),
        ((4, 0, 0), []),
        ((20, 30, 3), [("früh", None), ("mittags", 30), ("spät", None)]),
        ((20, 2, 3), [("früh", 20), ("mittags", None), ("spät", None)]),
        ((20, 30, 0), [("früh", None), ("mittags", 30), ("spät", None)]),
        ((5, 5, 5), [("früh", 5), ("mittags", 5), ("spät", 5)]),
    ],
)
def test_small_numbers_are_not_shown_and_cannot_be_computed(poll, dialogue, citizen, move, votes, shown):
    counts(poll, *votes)
    assert cells(move(dialogue, Stage.CLOSED), citizen) == shown


def test_with_too_few_people_the_page_says_why(poll, dialogue, move, client):
    counts(poll, 2, 1, 1)
    move(dialogue, Stage.CLOSED)
    page = client.get(dialogue.get_absolute_url()).content.decode()
    assert "Es haben zu wenige Personen abgestimmt" in page


@pytest.mark.parametrize("options", [["eine"], ["gleich", "gleich"], [f"Antwort {n}" for n in range(13)]])
def test_a_question_needs_different_answers(dialogue, moderator, options):
    with pytest.raises(DomainError, match="options"):
        polls.ask(user=moderator, dialogue=dialogue, question="Wie?", kind="single", options=options)
    assert not Poll.objects.exists()


def test_asking_is_for_staff(dialogue, citizen, browse):
    with pytest.raises(NotAllowed):
        polls.ask(user=citizen, dialogue=dialogue, question="Wie?", kind="single", options=["a", "b"])
    assert browse(citizen).get(f"{dialogue.get_absolute_url()}umfragen/neu/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_polls_ask_two_queries(dialogue, moderator, citizen, django_assert_num_queries, count):
    for number in range(count):
        polls.ask(user=moderator, dialogue=dialogue, question=f"Frage {number}", kind="single", options=["a", "b"])
    with django_assert_num_queries(2):
        polls.shown(dialogue=dialogue, user=citizen)
