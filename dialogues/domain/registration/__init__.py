"""Registration for events: settings, seats and waiting list, letters, door, retention (docs/reference/registration.md).

Other parts of the app call `event_cancelled` and `event_moved` inside the transaction of their own write.
"""

from dialogues.domain.registration.notices import PLACE, event_cancelled, event_moved

__all__ = ["PLACE", "event_cancelled", "event_moved"]
