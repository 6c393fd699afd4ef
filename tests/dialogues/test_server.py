"""A real server, killed for real: what was acknowledged is there once, and clients resume."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.db import connection
from websockets.sync.client import connect

pytestmark = pytest.mark.django_db  # for the database that is copied
ROOT = Path(__file__).resolve().parent.parent.parent


class Server:
    def __init__(self, var_dir):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        drop = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "DEMO"}
        self.env = {k: v for k, v in os.environ.items() if k not in drop} | {
            "VAR_DIR": str(var_dir),
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        }
        self.process = None

    def manage(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    def start(self):
        command = [sys.executable, "-m", "daphne", "-p", str(self.port), "portal.asgi:application"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while True:
            assert self.process.poll() is None
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/t/")
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def join(self, code, **fields):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/t/{code}/",
            data=urllib.parse.urlencode({"pseudonym": "", **fields}).encode(),
            headers={"Accept": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 201
            assert answer.headers["Set-Cookie"] is None
            return json.load(answer)

    def phone(self, seat, last_seq=0, epoch=None):
        phone = connect(f"ws://127.0.0.1:{self.port}{seat['socket']}", subprotocols=["dhpb.board.v1"])
        hello = {"t": "hello", "table": seat["table"], "token": seat["token"], "last_seq": last_seq, "epoch": epoch}
        phone.send(json.dumps(hello))
        return phone


def hear(phone, *kinds):
    while True:
        message = json.loads(phone.recv(timeout=60))
        if message["t"] in kinds:
            return message


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup):
    """A server with a database file of its own: the test database copied while it is empty, else migrated anew."""
    folder = tmp_path_factory.mktemp("server")
    server = Server(folder)
    if connection.vendor == "sqlite":
        source, copy = sqlite3.connect(connection.settings_dict["NAME"]), sqlite3.connect(folder / "db.sqlite3")
        with source, copy:
            source.backup(copy)
        source.close()
        copy.close()
    else:
        server.manage("migrate", "--verbosity", "0")
    yield server
    if server.process and server.process.poll() is None:
        server.kill()


def test_nothing_acknowledged_is_lost_by_kill_9(server):
    practice = json.loads(server.manage("rehearse", "--tables", "1", "--json")[-1])
    server.start()
    code = practice["tables"][0]["code"]
    writer, reader = server.join(code), server.join(code)
    acked, seen, known = {}, [], {}
    for kill in range(3):
        phone, other = server.phone(writer), server.phone(reader, **known)
        hear(phone, "snapshot")
        first = hear(other, "snapshot", "events")
        if first["t"] == "snapshot":
            seen = [card["id"] for card in first["cards"]]
            last, epoch = first["seq"], first["epoch"]
        else:
            assert first["from"] == last + 1
            seen += [item["card"]["id"] for item in first["items"] if item["event"] == "card.created"]
            last = first["to"]
        for number in range(10):
            cid = f"k{kill}-{number}"
            command = {"t": "cmd", "cid": cid, "op": "card.create", "args": {"text": cid}}
            phone.send(json.dumps(command))
            acked[cid] = hear(phone, "ack")["result"]["card"]["id"]
            if number == 5:
                events = hear(other, "events")
                assert events["from"] == last + 1
                seen += [item["card"]["id"] for item in events["items"] if item["event"] == "card.created"]
                last = events["to"]
        server.kill()
        server.start()
        known = {"last_seq": last, "epoch": epoch}
        assert server.join(code, token=writer["token"])["participant"] == writer["participant"]
    phone = server.phone(writer)
    cards = hear(phone, "snapshot")["cards"]
    assert sorted(card["id"] for card in cards) == sorted(acked.values())
    command = {"t": "cmd", "cid": "k0-0", "op": "card.create", "args": {"text": "k0-0"}}
    phone.send(json.dumps(command))
    assert hear(phone, "ack")["result"]["card"]["id"] == acked["k0-0"]
    other = server.phone(reader, **known)
    events = hear(other, "events")
    seen += [item["card"]["id"] for item in events["items"] if item["event"] == "card.created"]
    assert seen == [acked[cid] for cid in acked]


def test_a_command_of_the_console_reaches_a_running_server_from_outside(server):
    practice = json.loads(server.manage("rehearse", "--tables", "2", "--json")[-1])
    seat = server.join(practice["tables"][1]["code"].lower())
    assert seat["table"] == 2
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.join("zzzzz")
    assert refused.value.code == 404
    assert json.load(refused.value)["code"] == "unknown_code"
    phone = server.phone(seat)
    hear(phone, "snapshot")
    server.manage("rehearse", "--tables", "1")  # another process writes while this one serves
    desk = server.phone(seat | {"token": practice["moderator_token"], "table": None})
    hear(desk, "snapshot")
    desk.send(json.dumps({"t": "cmd", "cid": "m1", "op": "message.broadcast", "args": {"text": "Gleich"}}))
    assert hear(phone, "events")["items"][-1]["message"]["text"] == "Gleich"
