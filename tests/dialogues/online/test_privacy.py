"""Export, erasure and retention of everything here that names a person."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from dialogues.domain.online import answers, images, polls, proposals, support
from dialogues.models import Contribution, ContributionImage, ContributionSupport, EventProposal, PollParticipation
from portal import audit
from portal.accounts.domain import privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(dialogue, write, make_user, moderator, settings, tmp_path):
    """A person who did everything one can do, and someone else's contribution that they support."""
    settings.MEDIA_ROOT = tmp_path
    person = make_user(email="marker@test.example", display_name="Markierung")
    own = write(dialogue, "Bänke", user=person, lat=51.7189, lng=8.7545)
    held = write(dialogue, "Ruft an", user=person, text="05251 123456 ist meine Nummer, HALTEMARKE.")
    data = io.BytesIO()
    Image.new("RGB", (9, 9)).save(data, "PNG")
    upload = SimpleUploadedFile("x.png", data.getvalue())
    images.add(user=person, contribution=own, upload=upload, alt="BILDMARKE")
    other = write(dialogue, "Anderes")
    support.give(user=person, contribution=other)
    poll = polls.ask(user=moderator, dialogue=dialogue, question="Wann?", kind="single", options=["a", "b"])
    polls.vote(user=person, poll=poll, choices=[poll.options.first().pk])
    begin = timezone.now() + timedelta(days=9)
    proposals.propose(
        user=person, organiser="Verein", title="Fest", topic="Ein Fest", venue="Platz",
        starts_at=begin, ends_at=begin + timedelta(hours=1),
    )  # fmt: skip
    return person, own, held, other


def test_the_export_holds_everything_and_nobody_else(busy):
    person, own, _held, other = busy
    rows = privacy.export(user=person)["parts"]["contributions"]
    kinds = [row["kind"] for row in rows]
    assert sorted(kinds) == ["contribution", "contribution", "poll", "proposal", "support"]
    text = json.dumps(rows, ensure_ascii=False)
    assert own.receipt in text
    assert "HALTEMARKE" in text
    assert other.author.display_name not in text


def test_erasure_keeps_what_was_said_without_the_person(busy, client, django_capture_on_commit_callbacks):
    person, own, held, other = busy
    image = ContributionImage.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(user=person, account=person)
    page = client.get(own.get_absolute_url()).content.decode()
    assert "gelöschtes Konto" in page
    assert "Wer wartet, möchte sitzen." in page
    assert "Markierung" not in page
    own.refresh_from_db()
    held.refresh_from_db()
    other.refresh_from_db()
    assert (own.author, own.lat, own.district) == (None, None, "st_kernstadt")
    assert (held.state, held.text) == ("deleted", "")
    assert other.support_count == 1
    assert list(ContributionSupport.objects.values_list("user", flat=True)) == [None]
    assert list(PollParticipation.objects.values_list("user", flat=True)) == [None]
    assert not EventProposal.objects.exists()
    assert not ContributionImage.objects.exists()
    assert not image.file.storage.exists(image.file.name)
    assert audit.verify().ok


def test_a_later_support_counts_the_nameless_one_too(busy, citizen):
    person, _own, _held, other = busy
    privacy.erase(user=person, account=person)
    support.give(user=citizen, contribution=other)
    other.refresh_from_db()
    assert other.support_count == 2


def test_addresses_of_letters_go_half_a_year_after_the_answer(dialogue, write, editor):
    row = write(dialogue)
    Contribution.objects.update(contact="Erika Muster")
    rule = next(rule for rule, _count in privacy.retain(dry_run=True) if rule.key == "dialogues.contacts")
    assert rule.run(timezone.now() + timedelta(days=1), True) == 0
    answers.answer(user=editor, contribution=row, status="accepted", reason="Ja, gern.")
    assert rule.run(timezone.now() - timedelta(days=1), False) == 0
    assert rule.run(timezone.now() + timedelta(days=1), False) == 1
    row.refresh_from_db()
    assert row.contact == ""


def test_who_took_part_in_a_poll_goes_after_the_end(dialogue, busy, move):
    rule = next(rule for rule, _count in privacy.retain(dry_run=True) if rule.key == "dialogues.polls")
    assert rule.run(timezone.now(), False) == 0
    move(dialogue, "closed")
    assert rule.run(timezone.now(), False) == 1
    assert list(PollParticipation.objects.values_list("user", flat=True)) == [None]
