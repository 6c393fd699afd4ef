"""States of a mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    WAITING = "waiting", _("wartet")
    SENDING = "sending", _("wird zugestellt")
    DELIVERED = "delivered", _("zugestellt")
    FAILED = "failed", _("aufgegeben")
