"""`manage.py lorawan_subscribe`: listens to the broker in MQTT_URL; acknowledges a message after its commit.

A sender that floods, and everything while the database is away, goes to the spool first (a file, synced to the disk)
and is acknowledged then: the broker's window and queue stay open for the other senders.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any
from urllib.parse import unquote, urlsplit

import paho.mqtt.client as mqtt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from mapviews.domain import spool, subscription
from mapviews.domain.fairness import Loudness

QOS = 1
RETRY = 5
LONGEST_RETRY = 60
PAUSE = 5.0  # after the database did not answer, messages go to the spool for so long without asking it
DRAIN_EVERY = 1.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Empfängt Nachrichten von einem MQTT-Broker (ChirpStack, The Things Stack)."
    was_connected = False
    database_away_until = 0.0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.loudness = Loudness()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--client-id", default="dhpb-lorawan", help="fest, damit der Broker die Sitzung behält")

    def handle(self, **options: Any) -> None:
        if not settings.MQTT_URL:
            raise CommandError("Umgebungsvariable MQTT_URL: nicht gesetzt, z. B. mqtt://nutzer:wort@broker:1883.")
        client = self.client(options["client_id"])
        threading.Thread(target=self.drain, daemon=True, name="spool").start()
        parts = urlsplit(settings.MQTT_URL)
        default, pause = 8883 if parts.scheme == "mqtts" else 1883, RETRY
        while True:
            self.was_connected = False
            try:
                client.connect(parts.hostname or "localhost", parts.port or default, keepalive=30)
                client.loop_forever(retry_first_connection=False)
            except KeyboardInterrupt:
                client.disconnect()
                return
            except OSError as error:
                self.stderr.write(f"Der Broker ist nicht erreichbar ({error}); nächster Versuch in {pause} s.")
                self.stderr.flush()
            time.sleep(pause)
            pause = RETRY if self.was_connected else min(pause * 2, LONGEST_RETRY)

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
        self.was_connected = True
        client.subscribe([(topic, QOS) for topic in subscription.TOPICS])
        self.stdout.write("verbunden")
        self.stdout.flush()

    def received(self, client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        """Stores or spools, then acknowledges; where neither works the broker keeps the message and sends it again."""
        topic, body = message.topic, bytes(message.payload)
        try:
            if not self.store(topic, body):
                spool.put_topic(topic=topic, body=body)
        except OSError as error:
            self.stderr.write(f"Weder Datenbank noch Zwischenspeicher nehmen an ({error}).")
            client.disconnect()
            return
        client.ack(message.mid, message.qos)

    def store(self, topic: str, body: bytes) -> bool:
        """False where the message has to wait: its sender floods, or the database does not answer."""
        sender, began = topic.split("/")[1], time.monotonic()
        if began < self.database_away_until or self.loudness.is_loud(sender):
            return False
        close_old_connections()
        try:
            subscription.take(topic, body)
        except spool.BUSY as error:
            self.stderr.write(f"Datenbank nicht bereit ({error}); Nachrichten warten im Zwischenspeicher.")
            self.database_away_until = time.monotonic() + PAUSE
            return False
        finally:
            self.loudness.note(sender, time.monotonic() - began)
        return True

    def drain(self) -> None:
        """Beside the network loop: takes in what waits in the spool, the senders in turn."""
        while True:
            close_old_connections()
            done = 0
            try:
                done = spool.drain()
            except spool.BUSY as error:
                log.warning("database not ready: %s", error)
            except Exception:
                log.exception("spool")
            if not done:
                time.sleep(DRAIN_EVERY)
