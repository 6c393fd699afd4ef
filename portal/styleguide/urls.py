"""Address of the style guide; it exists in German only, so without a language prefix."""

from django.urls import URLPattern, URLResolver, path

from portal.styleguide import views

urlpatterns: list[URLPattern | URLResolver] = []
plain_urlpatterns: list[URLPattern | URLResolver] = [
    path("gestaltung/", views.show_styleguide, name="styleguide"),
]
