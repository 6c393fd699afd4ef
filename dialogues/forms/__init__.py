"""Forms of dialogues: events and boards, online dialogues and their contributions."""

from dialogues.forms.events import EventForm, WorldCafeForm
from dialogues.forms.fields import moment

__all__ = ["EventForm", "WorldCafeForm", "moment"]
