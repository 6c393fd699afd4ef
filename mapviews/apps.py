from django.apps import AppConfig


class MapviewsConfig(AppConfig):
    name = "mapviews"
    label = "mapviews"
    verbose_name = "Sensoren und Karten"
