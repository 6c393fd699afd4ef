"""`kill -9` at random moments while a hall posts: a handful in tests/dialogues, 1,000 in bench/board_kill.py."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence

from bench.live.phones import Phone, converge, faults
from bench.live.server import LiveServer


async def sit_down(server: LiveServer, code: str, count: int, ports: Sequence[int] = ()) -> list[Phone]:
    """So many guests at the table of `code`, connected."""
    phones = []
    for number in range(count):
        seat = await asyncio.to_thread(server.join, code)
        order = [*ports[number % len(ports) :], *ports[: number % len(ports)]] if ports else [server.port]
        addresses = [f"ws://127.0.0.1:{port}{seat['socket']}" for port in order]
        phones.append(Phone(addresses, seat["token"], seat["table"]).start())
    for phone in phones:
        await phone.until(lambda phone=phone: phone.board.seq > 0)  # type: ignore[misc]
    return phones


class Chatter:
    """Everybody posts, one after the other, until told to stop; each text is unique, `filler` makes it longer."""

    def __init__(self, phones: Sequence[Phone], pause: float = 0.01, filler: str = "") -> None:
        self.phones, self.pause, self.filler = phones, pause, filler
        self.wanted: dict[str, str] = {}
        self.number = 0
        self.task = asyncio.ensure_future(self.talk())

    async def talk(self) -> None:
        while True:
            phone = self.phones[self.number % len(self.phones)]
            if len(phone.outbox) < 3:
                text = f"Karte {self.number} {self.filler}".rstrip()
                self.wanted[await phone.do("card.create", text=text)] = text
            self.number += 1
            await asyncio.sleep(self.pause)

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def break_and_check(
    phones: Sequence[Phone], moments: int, breakage: Callable[[], Awaitable[None]], seed: int
) -> list[str]:
    """Posts go on while `breakage` happens at so many random moments; then everything must be there once."""
    moment = random.Random(seed)
    chatter = Chatter(phones)
    for _number in range(moments):
        before = sum(len(phone.acked) for phone in phones)
        for phone in phones[:1]:
            await phone.until(lambda before=before: sum(len(p.acked) for p in phones) > before)  # type: ignore[misc]
        await asyncio.sleep(moment.uniform(0, 0.3))
        await breakage()
    await chatter.stop()
    await converge(phones)
    return faults(phones, chatter.wanted)
