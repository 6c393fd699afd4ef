from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapviewsConfig(AppConfig):
    name = "mapviews"
    label = "mapviews"
    verbose_name = "Sensoren und Karten"

    def ready(self) -> None:
        from mapviews.domain import jobs
        from portal import schedule
        from portal.accounts import roles
        from portal.accounts.enums import Role
        from portal.activity import verbs

        for role in (Role.SENSOR_DESK, Role.ADMIN):
            roles.register(role, "mapviews.run_sensor_desk")
        verbs.register("station.registered", _("Neue Station"), "sensor", "participation")
        schedule.register("mapviews.rollup", 10, jobs.rollup)
        schedule.register("mapviews.partitions", 86_400, jobs.partitions)
        schedule.register("mapviews.retention", 86_400, jobs.retention)
