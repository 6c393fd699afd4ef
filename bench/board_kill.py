"""`kill -9` of the real process group at random moments while 50 clients post: nothing acknowledged is lost.

.venv/bin/python bench/board_kill.py [--kills 20] [--clients 50] [--seed 1]      a new board after every 50 kills
    --kills 1000 takes about an hour and a half: each kill is followed by a whole start of the server
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.live.killing import break_and_check, sit_down
from bench.live.server import LiveServer

PER_BOARD = 50


async def kill_on_one_board(server: LiveServer, clients: int, kills: int, seed: int) -> tuple[list[str], int]:
    code = (await asyncio.to_thread(server.rehearse))["tables"][0]["code"]
    phones = await sit_down(server, code, clients)

    async def kill() -> None:
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)

    found = await break_and_check(phones, kills, kill, seed)
    cards = len(phones[0].board.cards)
    for phone in phones:
        await phone.stop()
    return found, cards


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # ends the server too
    folder = Path(tempfile.mkdtemp(prefix="dhpb-bench-"))
    server = LiveServer(folder)
    server.manage("migrate", "--verbosity", "0")
    server.start()
    faults: list[str] = []
    done = cards = 0
    try:
        while done < options.kills:
            kills = min(PER_BOARD, options.kills - done)
            found, written = asyncio.run(kill_on_one_board(server, options.clients, kills, options.seed + done))
            faults, done, cards = faults + found, done + kills, cards + written
            sys.stdout.write(f"{done} kills, {cards} cards acknowledged, {len(faults)} faults {faults[:3]}\n")
            sys.stdout.flush()
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
