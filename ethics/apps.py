from django.apps import AppConfig


class EthicsConfig(AppConfig):
    name = "ethics"
    label = "ethics"
    verbose_name = "Ethikrat"
