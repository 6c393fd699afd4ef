"""Groups of stations for lists and maps: classes and groups with a public page."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from mapviews.models import ClassBox, Classroom, Station


def visible_groups(user: Any) -> Any:
    """Groups that this person may filter by, by name: public ones with a box on the open map, and one's own."""
    public = Station.objects.public().filter(pk=OuterRef("station"))
    open_boxes = ClassBox.objects.live().filter(Exists(public))
    shown = Classroom.objects.visible_to(user).filter(pk__in=open_boxes.values("classroom"))
    return shown.order_by("name", "pk")


def for_group(stations: Any, slug: str, user: Any) -> Any:
    """`stations` (a queryset of Station) of the group with this slug; none where the person may not see the group."""
    group = Classroom.objects.visible_to(user).filter(slug=slug)
    return stations.filter(pk__in=ClassBox.objects.live().filter(classroom__in=group.values("pk")).values("station"))
