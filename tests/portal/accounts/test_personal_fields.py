"""Every column that names a person is known, exported, and let go of when she is erased."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from portal.accounts.domain import personal, privacy
from portal.accounts.models import User

# Columns that look like one but name no person, with the reason.
NO_PERSON = {
    "cms.ContactSettings.address": "the city's own address",
    "cms.ContactSettings.phone": "the city's own number",
    "cms.ContactSettings.phone_hours": "when someone answers there",
}
# What the factory below cannot guess: values that constraints ask for.
HINTS: dict[str, dict[str, Any]] = {
    "comments.ModerationDecision": {"measure": "warn", "reason": "insult", "facts": "x"},
    "comments.Objection": {"decided_at": timezone.now(), "upheld": True, "answer": "x"},
    "cms.BasePage": {"depth": 9, "path": "0009", "live": False},
    "cms.SiteWarning": {"starts": timezone.now(), "ends": timezone.now() + timedelta(days=1)},
    "dialogues.Answer": {"status": "accepted"},
    "ethics.Vote": {"procedure": "umlauf", "due": timezone.now() + timedelta(days=1)},
    "ethics.DissentingOpinion": {"text": "x"},
    "ethics.Inquiry": {"question": "x"},
    "ethics.ReviewCase": {"initiative": "x"},
    "ethics.CaseVersion": {"hash": "", "frozen_at": None},
    "ethics.ConflictDeclaration": {"conflicted": False, "ground": ""},
    "ethics.CouncilSeat": {"until": None},
    "ethics.Opinion": {"submitted_at": timezone.now()},
    "mapviews.Device": {"dev_eui": "0102030405060708"},
    "wagtailcore.ModelLogEntry": {"object_id": "1", "content_type": lambda: ContentType.objects.get_for_model(User)},
    "wagtailcore.Revision": {"object_id": "1"},
    "wagtailcore.WorkflowState": {"object_id": "1"},
}


def test_every_column_that_names_a_person_is_registered():
    known = personal.registered().keys() | NO_PERSON.keys()
    assert set(personal.columns()) - known == set()
    there = {f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.get_fields()}
    assert known - there - set(personal.columns()) == set(), "registered, but no longer there"


def test_the_walk_finds_what_it_must():
    found = set(personal.columns())
    for column in ("comments.Comment.author", "comments.Notice.email", "dialogues.Participant.pseudonym",
                   "wagtailimages.Image.file", "accounts.User_groups.user", "outbox.Mail.recipients"):  # fmt: skip
        assert column in found


def test_parts_exist_and_every_erasure_has_a_preview():
    registries = privacy.registered()
    assert {column.part for column in personal.registered().values()} - {""} <= set(registries["export"])
    assert set(registries["erasure"]) == set(registries["preview"])


def test_a_column_that_keeps_or_hides_something_names_a_reason():
    for wrong in ({}, {"part": "account", "stays": True}):
        with pytest.raises(ValueError, match="Grund"):
            personal.Column(**wrong)


def make(model: type[models.Model], **values: Any) -> Any:
    """A row of the model with something in every column that needs it, saved past `save()`."""
    hints = HINTS.get(model._meta.label, {})
    fields: dict[str, Any] = {name: hint() if callable(hint) else hint for name, hint in hints.items()} | values
    for field in model._meta.concrete_fields:
        if (
            field.name in fields
            or field.has_default()
            or field.null
            or (field.primary_key and field.remote_field is None)
        ):
            continue
        fields[field.name] = guess(field)
    if model._meta.get_parent_list():
        row = model(**fields)
        row.save_base(raw=False)
        return row
    return model._base_manager.bulk_create([model(**fields)])[0]


def guess(field: models.Field) -> Any:
    if field.related_model is User:
        return User.objects.create_user(email=f"{uuid.uuid4().hex}@test.example")
    if field.related_model is ContentType:
        return ContentType.objects.get_for_model(User)
    if field.remote_field:
        return field.related_model._base_manager.first() or make(field.related_model)
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return date(2026, 1, 1)
    if isinstance(field, models.DurationField):
        return timedelta()
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.IntegerField | models.FloatField | models.DecimalField):
        return 1
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.GenericIPAddressField):
        return "192.0.2.1"
    if isinstance(field, models.BinaryField):
        return b""
    if field.blank and isinstance(field, models.CharField | models.TextField):
        return ""
    if isinstance(field, models.EmailField):
        return f"{uuid.uuid4().hex}@test.example"
    return uuid.uuid4().hex[: field.max_length or 32]


def pointers() -> list[str]:
    """The registered columns that are keys to accounts, without the tables behind a relation of many to many."""
    found = []
    for key in personal.registered():
        label, name = key.rsplit(".", 1)
        model = apps.get_model(label) if "_" not in label.split(".")[1] else None
        if model is not None and model._meta.get_field(name).related_model is User:
            found.append(key)
    return sorted(found)


@pytest.mark.django_db
@pytest.mark.parametrize("key", pointers())
def test_a_row_is_exported_and_lets_go_of_the_erased(make_user, key):
    user = make_user(email="marke@test.example")
    label, name = key.rsplit(".", 1)
    model, column = apps.get_model(label), personal.registered()[key]
    before = privacy.export(user=user)["parts"]
    row = make(model, **{name: user})
    assert model._base_manager.filter(pk=row.pk, **{name: user}).exists()
    after = privacy.export(user=user)["parts"]
    assert len(after[column.part]) > len(before[column.part])
    assert any(fate.number for fate in privacy.preview(user=user))
    privacy.erase(user=None, account=user)
    assert model._base_manager.filter(**{name: user}).exists() is column.stays
