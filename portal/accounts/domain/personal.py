"""Which columns name a person, and what becomes of each when she asks for her data or for erasure.

Apps register every column that points to an account or holds an address, a name or an upload. A test walks all models
and fails for a column that nobody registered (tests/portal/accounts/test_personal_fields.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models

WORDS = (
    "email",
    "pseudonym",
    "display_name",
    "first_name",
    "last_name",
    "phone",
    "contact",
    "address",
    "recipients",
    "user_agent",
)


@dataclass(frozen=True)
class Column:
    """`part` is the key of the export that holds it, or empty with a `reason`.

    `stays` is True where rows go on pointing to the emptied account ("gelöschtes Konto"); then `reason` says why. Else
    nothing points to the person, and no text of hers is in the column, once the account is erased.
    """

    part: str = ""
    stays: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.stays or not self.part) and not self.reason:
            raise ValueError("Wer etwas behält oder nicht ausgibt, nennt einen Grund.")


_columns: dict[str, Column] = {}


def register(columns: Mapping[str, Column]) -> None:
    """Keys are `app_label.Model.field`."""
    _columns.update(columns)


def registered() -> dict[str, Column]:
    return dict(_columns)


def columns() -> Iterator[str]:
    """All columns of all models that may name a person: keys to accounts, addresses, names, uploads."""
    from portal.accounts.models import User

    for model in apps.get_models(include_auto_created=True):
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            to_person = field.related_model is User and not getattr(field.remote_field, "parent_link", False)
            text = isinstance(field, models.CharField | models.TextField)
            named = text and any(word in field.name for word in WORDS)
            if to_person or named or isinstance(field, models.EmailField | models.FileField):
                yield f"{model._meta.label}.{field.name}"
