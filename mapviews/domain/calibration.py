"""Corrections of a channel by numbers alone: value x factor + offset, in versions. No formula is ever run."""

from __future__ import annotations

import math
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mapviews.models import Calibration, Channel
from mapviews.permissions import can_manage_station
from portal import audit
from portal.exceptions import DomainError, NotAllowed

LARGEST = 1e6


def calibrate(user: Any, *, channel: Channel, factor: float, offset: float, note: str = "") -> Calibration:
    """A new version for values that arrive from now on; what is stored stays as it was measured.

    `offset` is in the phenomenon's unit. Raises `not_allowed`, `bad_factor`, `bad_offset`.
    """
    if not can_manage_station(user, channel.station):
        raise NotAllowed()
    if not math.isfinite(factor) or not 1 / LARGEST <= abs(factor) <= LARGEST:
        raise DomainError("bad_factor", _("Der Faktor muss eine Zahl sein und darf nicht 0 sein."), field="factor")
    if not math.isfinite(offset) or abs(offset) > LARGEST:
        raise DomainError("bad_offset", _("Der Versatz muss eine Zahl sein."), field="offset")
    with transaction.atomic():
        locked = Channel.objects.select_for_update().get(pk=channel.pk)
        last = locked.calibrations.first()
        unit = locked.factor / (last.factor if last else 1.0)  # what turns the sender's unit into ours
        Channel.objects.filter(pk=channel.pk).update(factor=unit * factor, offset=offset)
        made = Calibration.objects.create(
            channel=locked, version=(last.version if last else 0) + 1, factor=factor, offset=offset, note=note[:300]
        )
        payload = {"version": made.version, "factor": str(factor), "offset": str(offset)}
        audit.record(actor=user if user.pk else None, action="channel.calibrated", obj=channel.station, payload=payload)
    channel.refresh_from_db()
    return made
