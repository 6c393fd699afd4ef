from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "portal.ops"
    label = "ops"
    verbose_name = "Betrieb"

    def ready(self) -> None:
        from portal import schedule
        from portal.ops.work import housekeeping

        schedule.register("tasks.prune", 3600, housekeeping.prune_tasks)
        schedule.register("retention", 6 * 3600, housekeeping.run_retention)
