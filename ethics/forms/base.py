"""Small pieces that the forms of the office share."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics.models import ReviewCase
from portal.exceptions import DomainError


class ActForm(forms.Form):
    """A form of one act on one case. Ids are prefixed by the act, since several forms stand on one page."""

    def __init__(self, *args: Any, case: ReviewCase, user: Any, key: str, **kwargs: Any) -> None:
        self.case, self.user = case, user
        super().__init__(*args, auto_id=f"{key}-%s", **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices and initial values that depend on the case."""

    def refuse(self, error: DomainError) -> None:
        """Shows what the domain refused, at its field where there is one."""
        self.add_error(error.field if error.field in self.fields else None, str(error.message))


class LongText(forms.CharField):
    """A text area; how long a text may be is the domain's rule.

    `lenient`: shown as mandatory, but a draft may be saved without it; handing in asks for it.
    """

    def __init__(self, *, rows: int = 5, lenient: bool = False, **kwargs: Any) -> None:
        self.lenient = lenient
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def validate(self, value: Any) -> None:
        if not self.lenient:
            super().validate(value)


class LenientChoice(forms.ChoiceField):
    """A choice that a draft may leave open; handing in asks for it."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class Moment(forms.DateTimeField):
    """Day and time in the city's zone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"], **kwargs)

    def to_python(self, value: Any) -> Any:
        """Of two moments with the same name, or where the clock jumps over it, the later: in favour of who must act."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
        with timezone.override(UTC):
            named = super().to_python(value).replace(tzinfo=None)
        zone = timezone.get_current_timezone()
        return max((named.replace(tzinfo=zone, fold=fold) for fold in (0, 1)), key=lambda m: m.astimezone(UTC))


class Day(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)


def in_days(days: int) -> Any:
    """Noon, so many days from now, as an initial value."""
    moment = timezone.localtime() + timezone.timedelta(days=days)
    return moment.replace(hour=12, minute=0, second=0, microsecond=0)


def people(ids: Any) -> list[tuple[int, str]]:
    """Choices of seated people by name."""
    from portal.accounts.models import User

    return [(user.pk, user.public_name) for user in User.objects.filter(pk__in=ids).order_by("display_name", "pk")]


ANSWER_LABELS = [("ja", _("Ja")), ("nein", _("Nein")), ("unklar", _("Noch unklar"))]
