"""`manage.py lorawan_simulate [--forever] [--every S] [--url http://…]`: the practice feed of the sample devices."""

from __future__ import annotations

import itertools
import json
import time
import urllib.error
import urllib.request
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from mapviews.domain import simulation
from mapviews.models import Channel, Device, Source, Station


class Command(BaseCommand):
    help = "Sendet erfundene Werte der Beispielgeräte (Beispieldaten)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="bis zum Abbruch senden")
        parser.add_argument("--count", type=int, default=1, help="so viele Runden (ohne --forever)")
        parser.add_argument("--every", type=float, default=5.0, help="Sekunden zwischen zwei Geräten")
        parser.add_argument("--url", default="", help="an den Webhook dieses Servers statt direkt")

    def handle(self, **options: Any) -> None:
        feed = simulation.load_feed()
        if feed is None or not feed.devices:
            raise CommandError("Es gibt keine Beispielgeräte. Zuerst: manage.py demo --no-serve")
        if Source.objects.filter(slug=feed.source).first() is None:
            raise CommandError("Die Quelle der Beispielgeräte fehlt. Zuerst: manage.py demo --no-serve")
        self.fill(feed)
        turns = itertools.cycle(feed.devices) if options["forever"] else feed.devices * options["count"]
        for number, device in enumerate(turns):
            if number:
                time.sleep(options["every"])
            try:
                close_old_connections()
                self.send(feed, device, options["url"])
            except (OperationalError, OSError) as error:
                self.stderr.write(f"{device.name}: {error}")

    @staticmethod
    def fill(feed: simulation.Feed) -> None:
        """What was missed since the last run, so that charts have no hole."""
        seeds = {d.dev_eui: d for d in feed.devices}
        for device in Device.objects.filter(source__slug=feed.source, dev_eui__in=seeds):
            channels = list(device.channels.select_related("phenomenon").exclude(phenomenon=None))
            simulation.backfill(channels, seed=device.dev_eui)
        for station in Station.objects.filter(sample=True, devices=None):
            channels = list(
                Channel.objects.filter(station=station).select_related("phenomenon").exclude(phenomenon=None)
            )
            simulation.backfill(channels, seed=station.slug)

    @staticmethod
    def send(feed: simulation.Feed, device: simulation.Device, url: str) -> None:
        if not url:
            source = Source.objects.get(slug=feed.source)
            simulation.send(source, device, moment=timezone.now())
            return
        body = json.dumps(simulation.message(device, moment=timezone.now())).encode()
        request = urllib.request.Request(  # noqa: S310  the operator names the address
            f"{url.rstrip('/')}{feed.url}?event=up",
            data=body,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {feed.secret}"},
        )
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310
            pass
