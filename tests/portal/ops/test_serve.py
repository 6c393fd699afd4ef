"""The real server process: ready line, refusals before reading, and no process left behind, however it ends."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from tests.portal.ops.conftest import environment


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(own_var):
    """A running server; `family` reads to its end only once the server and everything it started have ended."""
    port = free_port()
    family, inherited = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=django_settings.BASE_DIR,
        env=environment(own_var),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        pass_fds=(inherited,),
    )
    os.close(inherited)
    process.port, process.family = port, family
    process.first_line = process.stdout.readline()
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    os.close(family)


def ask(port, method, path, headers=()):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path)
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def test_server_answers_refuses_and_ends(server):
    assert server.first_line == f"bereit: http://127.0.0.1:{server.port}/\n"
    status, body = ask(server.port, "GET", "/readyz")
    assert (status, b'"worker": "ok"' in body) == (200, True)
    assert ask(server.port, "POST", "/konto/login/", [("Content-Length", "300000000")])[0] == 413
    assert ask(server.port, "POST", "/ingest/x/", [("Content-Length", "65537")])[0] == 413
    server.send_signal(signal.SIGINT)
    assert os.read(server.family, 1) == b""
    assert (server.wait(), server.stdout.read()) == (0, "")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_behind(server, how):
    server.send_signal(how)
    assert os.read(server.family, 1) == b""
    assert server.wait() == (0 if how == signal.SIGTERM else -signal.SIGKILL)


def test_a_restore_waits_for_the_end_of_the_server(server, run_manage, own_var):
    refused = run_manage("restore", own_var / "gibt-es-nicht.tar")
    assert (refused.returncode, "Der Server läuft noch" in refused.stderr) == (1, True)
    server.send_signal(signal.SIGTERM)
    server.wait()
    after = run_manage("restore", own_var / "gibt-es-nicht.tar")
    assert "keine lesbare Sicherung" in after.stderr


def test_taken_port_is_one_sentence(own_var):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(taken.getsockname()[1])],
            cwd=django_settings.BASE_DIR, env=environment(own_var), capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "ist nicht frei" in done.stderr
    assert "Traceback" not in done.stderr
