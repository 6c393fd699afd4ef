"""Fixed values of the editorial site."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WarningKind(TextChoices):
    """How grave a warning is. The value is the kind of the alert component, the label is shown as a word."""

    INFO = "info", _("Hinweis")
    WARNING = "warning", _("Warnung")
    DANGER = "danger", _("Gefahr")
