from django.apps import AppConfig


class EthicsConfig(AppConfig):
    name = "ethics"
    label = "ethics"
    verbose_name = "Ethikrat"

    def ready(self) -> None:
        from ethics import registrations

        registrations.register_all()
