"""What the event's page says about registering (`dialogues/registration/_panel.html`)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from dialogues.domain.registration import reading, tokens
from dialogues.models import Event
from dialogues.permissions import can_edit_event, can_run_door
from portal import cache


def panel(request: HttpRequest, event: Event) -> dict[str, Any]:
    """For the context of the event's page; a cached page leaves the cache when the registration opens or closes."""
    offer = reading.offer(event, request.user)
    if offer is not None and offer.next_change is not None:
        cache.expires_at(request, offer.next_change)
    return {
        "offer": offer,
        "own": tokens.own_path(offer.mine) if offer is not None and offer.mine is not None else "",
        "can_set_up": can_edit_event(request.user) and event.status != "cancelled" and not event.is_over,
        "can_run_door": can_run_door(request.user) and event.is_public,
    }
