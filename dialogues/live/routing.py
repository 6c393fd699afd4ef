"""Sockets of this app."""

from django.urls import path

from dialogues.live.consumers import BoardConsumer

websocket_urlpatterns = [path("ws/board/<str:board>/", BoardConsumer.as_asgi())]
