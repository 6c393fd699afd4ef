from django.apps import AppConfig


class MapviewsConfig(AppConfig):
    name = "mapviews"
    label = "mapviews"
    verbose_name = "Sensoren und Karten"

    def ready(self) -> None:
        from mapviews import class_contributions, contributions, lab_contributions, personal_classrooms, personal_data
        from mapviews.domain import jobs, map_keys, texts
        from portal import schedule
        from portal.accounts import roles
        from portal.accounts.enums import Role
        from portal.comments import kinds

        for role in (Role.SENSOR_DESK, Role.ADMIN):
            roles.register(role, "mapviews.run_sensor_desk")
        contributions.register()
        class_contributions.register()
        lab_contributions.register()
        kinds.register(texts.KEY, texts.StationKind())
        personal_data.register()
        personal_classrooms.register()
        map_keys.connect()
        schedule.register("mapviews.map_keys", 86_400, map_keys.renew_all)
        schedule.register("mapviews.rollup", 10, jobs.rollup)
        schedule.register("mapviews.uploads", 15, jobs.uploads)
        schedule.register("mapviews.spool", 5, jobs.spooled)
        schedule.register("mapviews.alerts", 60, jobs.alarms)
        schedule.register("mapviews.mobile", 3600, jobs.mobile_cells)
        schedule.register("mapviews.classrooms", 86_400, jobs.classrooms)
        schedule.register("mapviews.offers", 86_400, jobs.offers)
        schedule.register("mapviews.partitions", 86_400, jobs.partitions)
