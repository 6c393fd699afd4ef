"""Who may do what with stations and sources."""

from __future__ import annotations

from typing import Any

from mapviews.models import Classroom, Station


class Operator:
    """Who runs a management command on the machine: no account, all rights of the sensor desk."""

    pk = None
    is_authenticated = False
    is_active = True


OPERATOR = Operator()


class StationKey:
    """Who shows a station's token at a door: no account, and the owner's rights over the values of that station."""

    pk = None
    is_authenticated = False
    is_active = True

    def __init__(self, station: Station) -> None:
        self.station_id = station.pk


def is_sensor_desk(user: Any) -> bool:
    """The city's sensor desk: sources, devices, dead letters, hiding."""
    return user is OPERATOR or (
        bool(getattr(user, "is_authenticated", False)) and user.has_perm("mapviews.run_sensor_desk")
    )


def can_register_station(user: Any) -> bool:
    return user is OPERATOR or (bool(getattr(user, "is_authenticated", False)) and user.is_active)


def can_view_station(user: Any, station: Station) -> bool:
    return Station.objects.visible_to(user).filter(pk=station.pk).exists()


def can_manage_station(user: Any, station: Station) -> bool:
    """The owner and the sensor desk: token, upload, place, delete; a station's key: its values."""
    if isinstance(user, StationKey):
        return user.station_id == station.pk
    return can_own_station(user, station) or is_sensor_desk(user)


def can_own_station(user: Any, station: Station) -> bool:
    """The owner alone sees the exact place."""
    return can_register_station(user) and station.owner_id == user.pk


def can_see_every_value(user: Any, station: Station) -> bool:
    """Indoor stations with daily means show single values to their owner and the desk alone."""
    return station.publicity != "daily" or can_manage_station(user, station)


def can_lead_classroom(user: Any, classroom: Classroom) -> bool:
    """The teacher and the deputy: code, members, notes, boxes. The city's staff has no key to a class."""
    return can_register_station(user) and user.pk is not None and user.pk in (classroom.teacher_id, classroom.deputy_id)


def can_own_classroom(user: Any, classroom: Classroom) -> bool:
    """The teacher alone names a deputy and ends the class."""
    return can_register_station(user) and user.pk is not None and user.pk == classroom.teacher_id
