"""kill -9 of server, worker, subscriber and database in the middle of an upload and of a stream of uplinks.

.venv/bin/python bench/kills.py [--rows N] [--uplinks N] [--kills K] [--postgres]
The database (SQLite, or a PostgreSQL cluster that is killed too), the broker and all processes are its own.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.live.server import LiveServer
from bench.live.services import MOSQUITTO, Broker, Cluster
from bench.live.storm import Storm, faults


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--uplinks", type=int, default=100)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dhpb-bench-"))
    cluster = Cluster() if options.postgres else None
    broker = Broker(folder / "broker") if MOSQUITTO else None
    try:
        if cluster:
            cluster.start()
        if broker:
            broker.start()
        server = LiveServer(folder, database=cluster.url if cluster else "")
        server.manage("migrate", "--verbosity", "0")
        began = time.perf_counter()
        report = Storm(server, broker, cluster).run(rows=options.rows, uplinks=options.uplinks, kills=options.kills)
        took = time.perf_counter() - began
    finally:
        if broker:
            broker.stop()
        if cluster:
            cluster.remove()
    wrong = faults(report, rows=options.rows, uplinks=options.uplinks)
    killed = ", ".join(f"{name} {count}" for name, count in Counter(report["kills"]).items())
    print(f"{'PostgreSQL' if cluster else 'SQLite'}: {options.rows} values by upload, {options.uplinks} uplinks"
          f" ({'webhook and MQTT' if broker else 'webhook'}) in {took:.0f} s; killed: {killed}")  # fmt: skip
    shutil.rmtree(folder)
    if wrong:
        raise SystemExit("\n".join(wrong))
    print("checked: everything acknowledged is stored once, the upload is complete, sums equal a recount")


if __name__ == "__main__":
    main()
