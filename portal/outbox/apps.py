from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "portal.outbox"
    label = "outbox"
    verbose_name = "Postausgang"

    def ready(self) -> None:
        from portal import schedule
        from portal.outbox.domain import delivery, queue

        schedule.register("outbox.deliver", 2, delivery.deliver_waiting)
        schedule.register("outbox.prune", 600, queue.prune)
