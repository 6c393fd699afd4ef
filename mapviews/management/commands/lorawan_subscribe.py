"""`manage.py lorawan_subscribe`: listens to the broker in MQTT_URL; acknowledges a message after its commit."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import unquote, urlsplit

import paho.mqtt.client as mqtt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections

from mapviews.domain import subscription

QOS = 1
RETRY = 5


class Command(BaseCommand):
    help = "Empfängt Nachrichten von einem MQTT-Broker (ChirpStack, The Things Stack)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--client-id", default="dhpb-lorawan", help="fest, damit der Broker die Sitzung behält")

    def handle(self, **options: Any) -> None:
        if not settings.MQTT_URL:
            raise CommandError("Umgebungsvariable MQTT_URL: nicht gesetzt, z. B. mqtt://nutzer:wort@broker:1883.")
        client = self.client(options["client_id"])
        parts = urlsplit(settings.MQTT_URL)
        default = 8883 if parts.scheme == "mqtts" else 1883
        while True:
            try:
                client.connect(parts.hostname or "localhost", parts.port or default, keepalive=30)
                client.loop_forever(retry_first_connection=False)
            except KeyboardInterrupt:
                client.disconnect()
                return
            except OSError as error:
                self.stderr.write(f"Der Broker ist nicht erreichbar ({error}); nächster Versuch in {RETRY} s.")
            time.sleep(RETRY)

    def client(self, client_id: str) -> mqtt.Client:
        """A persistent session (the broker keeps what comes while we are away), acknowledged by hand."""
        parts = urlsplit(settings.MQTT_URL)
        client = mqtt.Client(
            mqtt.CallbackAPIVersion.VERSION2, client_id=client_id, clean_session=False, manual_ack=True
        )
        if parts.username:
            client.username_pw_set(unquote(parts.username), unquote(parts.password or ""))
        if parts.scheme == "mqtts":
            client.tls_set()
        client.on_connect = self.connected
        client.on_message = self.received
        return client

    def connected(self, client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            self.stderr.write(f"Der Broker lehnt ab: {reason}")
            return
        client.subscribe([(topic, QOS) for topic in subscription.TOPICS])
        self.stdout.write("verbunden")
        self.stdout.flush()

    def received(self, client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        close_old_connections()
        for attempt in range(1, 6):
            try:
                subscription.take(message.topic, bytes(message.payload))
                client.ack(message.mid, message.qos)
                return
            except (OperationalError, InterfaceError) as error:
                self.stderr.write(f"Datenbank nicht bereit ({error}), Versuch {attempt}")
                close_old_connections()
                time.sleep(attempt)
        client.disconnect()  # not acknowledged: the broker sends it again after the reconnect
