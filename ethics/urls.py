"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
plain_urlpatterns: list[URLPattern | URLResolver] = []
