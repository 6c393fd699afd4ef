"""What a delivered card costs, beside a raw `websockets.broadcast()` in the same run; every card is persisted first.

.venv/bin/python bench/board_fanout.py [--sockets 500] [--rates 20] [--runs 1] [--seconds 30]
    [--full]                           50, 200, 500 and 1,000 sockets at 20 and 40 posts/s, five runs: 50 minutes
    [--backend sqlite|postgres|two]    postgres: BENCH_DATABASE_URL; two: two servers there, with BENCH_REDIS_URL
    BENCH_VAR: a folder to keep, so that a second run needs no migration
    [--storm]                          500 clients without back-off after a kill: from listen to the last snapshot
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.live.server import ROOT, LiveServer, cpu_seconds

TEXT = "Mehr Schatten und Trinkbrunnen auf dem Weg zur Schule, dazu Baenke an der Pader. " * 2
COMMAND = json.dumps(
    {"t": "cmd", "cid": "%s", "op": "card.create", "args": {"text": TEXT, "kind": "idea"}}, separators=(",", ":")
)
PROTOCOL = "Sec-WebSocket-Protocol: dhpb.board.v1\r\n"
CLK_SETTLE = 1.0


class Swarm:
    """The clients: a process of their own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.live.swarm"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, do: str, **order: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def ask(self, do: str, **order: Any) -> dict[str, Any]:
        self.tell(do, **order)
        return self.answer()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


def seats(server: LiveServer, count: int) -> list[dict[str, Any]]:
    code = server.rehearse()["tables"][0]["code"]
    found = []
    for _number in range(count):
        seat = server.join(code)
        hello = {"t": "hello", "table": 1, "token": seat["token"], "last_seq": 0, "epoch": None}
        found.append({"socket": seat["socket"], "protocol": PROTOCOL, "hello": hello})
    return found


def measure_board(servers: list[LiveServer], sockets: int, rate: float, seconds: float) -> dict[str, Any]:
    people = seats(servers[0], sockets)
    before = sum(server.rss_bytes() for server in servers)
    swarms = [Swarm() for _server in servers]
    share = -(-sockets // len(servers))
    for number, (swarm, server) in enumerate(zip(swarms, servers, strict=True)):
        swarm.tell("connect", port=server.port, seats=people[number * share : (number + 1) * share])
    connected = max(swarm.answer()["seconds"] for swarm in swarms)
    time.sleep(CLK_SETTLE)
    memory = (sum(server.rss_bytes() for server in servers) - before) / sockets
    began = sum(server.cpu_seconds() for server in servers)
    # Only the first swarm posts, so delays are measured by one clock; the others receive all the same.
    figures = swarms[0].ask("post", rate=rate, seconds=seconds, template=COMMAND)
    spent = sum(server.cpu_seconds() for server in servers) - began
    for swarm in swarms:
        swarm.close()
    lost = figures["posts"] - figures["acked"]
    deliveries = figures["posts"] * sockets
    return figures | {
        "cpu": spent / deliveries * 1e6, "connect": connected, "memory": memory / 1024, "lost": lost,
        "missing": figures["posts"] * min(share, sockets) - figures["deliveries"],
    }  # fmt: skip


def measure_raw(sockets: int, rate: float, seconds: float) -> dict[str, Any]:
    server = subprocess.Popen([sys.executable, "-m", "bench.live.raw"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = int(server.stdout.readline())
    swarm = Swarm()
    swarm.ask("connect", port=port, seats=[{"socket": "/"}] * sockets)
    time.sleep(CLK_SETTLE)
    began = cpu_seconds(server.pid)
    figures = swarm.ask("post", rate=rate, seconds=seconds, template=COMMAND)
    spent = cpu_seconds(server.pid) - began
    swarm.close()
    server.terminate()
    server.wait()
    return figures | {"cpu": spent / figures["deliveries"] * 1e6}


def measure_storm(server: LiveServer, sockets: int) -> dict[str, Any]:
    """Seconds from the restarted server's first answer to a connect until everybody has a snapshot again."""
    swarm = Swarm()
    people = seats(server, sockets)
    swarm.ask("connect", port=server.port, seats=people)
    swarm.ask("storm")
    server.kill()
    server.launch()
    swarm.tell("all_back", goal=sockets)
    listened = wait_for_port(server.port)
    back = swarm.answer()["at"]
    swarm.close()
    return {"seconds": back - listened}


def wait_for_port(port: int) -> float:
    needle = f":{port:04X}"
    while True:
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[1].endswith(needle) and fields[3] == "0A":
                return time.time()
        time.sleep(0.005)


def make_servers(backend: str, folder: Path) -> list[LiveServer]:
    database = "" if backend == "sqlite" else os.environ.get("BENCH_DATABASE_URL", "")
    redis = os.environ.get("BENCH_REDIS_URL", "") if backend == "two" else ""
    if (backend != "sqlite" and not database) or (backend == "two" and not redis):
        raise SystemExit("BENCH_DATABASE_URL (und für zwei Prozesse BENCH_REDIS_URL) fehlen.")
    servers = [LiveServer(folder, database=database, redis=redis) for _n in range(2 if backend == "two" else 1)]
    servers[0].manage("migrate", "--verbosity", "0")
    for server in servers:
        server.start()
    return servers


def middle(values: list[float], digits: int = 1) -> str:
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def report(backend: str, sockets: int, rate: float, board: list[dict[str, Any]], raw: list[dict[str, Any]]) -> None:
    ratio = [b["cpu"] / r["cpu"] for b, r in zip(board, raw, strict=True)]
    delay = " / ".join(f"{statistics.median([run[point] for run in board]):.0f}" for point in ("p50", "p95", "p99"))
    sys.stdout.write(
        f"{backend} {sockets} sockets {rate:g}/s: CPU/card {middle([b['cpu'] for b in board])} µs, "
        f"raw {middle([r['cpu'] for r in raw])} µs, ratio {middle(ratio, 2)}; p50/p95/p99 {delay} ms; "
        f"connect {middle([b['connect'] for b in board])} s; {middle([b['memory'] for b in board])} KiB/socket; "
        f"lost {sum(b['lost'] for b in board)}, not delivered {sum(b['missing'] for b in board)}\n"
    )
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--sockets", default="500")
    parser.add_argument("--rates", default="20")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--backend", choices=("sqlite", "postgres", "two"), default="sqlite")
    parser.add_argument("--storm", action="store_true")
    options = parser.parse_args()
    if options.full:
        options.sockets, options.rates, options.runs = "50,200,500,1000", "20,40", 5
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # ends the servers too
    folder = Path(os.environ.get("BENCH_VAR") or tempfile.mkdtemp(prefix="dhpb-bench-"))
    servers = make_servers(options.backend, folder)
    try:
        if options.storm:
            times = [measure_storm(servers[0], 500)["seconds"] for _run in range(options.runs)]
            sys.stdout.write(f"{options.backend} 500 clients back without back-off: {middle(times, 2)} s\n")
            return
        for sockets in map(int, options.sockets.split(",")):
            for rate in map(float, options.rates.split(",")):
                board, raw = [], []
                for _run in range(options.runs):
                    board.append(measure_board(servers, sockets, rate, options.seconds))
                    raw.append(measure_raw(sockets, rate, options.seconds))
                report(options.backend, sockets, rate, board, raw)
    finally:
        for server in servers:
            server.kill()
        if "BENCH_VAR" not in os.environ:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
