"""Abstract models that every app may use; nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeStampedModel(models.Model):
    created_at = models.DateTimeField(_("angelegt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("geändert"), auto_now=True)

    class Meta:
        abstract = True


class SampleModel(models.Model):
    """Marks invented data ("Beispieldaten"); shown on pages and carried through every export."""

    sample = models.BooleanField(
        _("Beispieldaten"), default=False, help_text=_("Erfunden, um das Portal zu zeigen; keine Aussage der Stadt.")
    )

    class Meta:
        abstract = True
