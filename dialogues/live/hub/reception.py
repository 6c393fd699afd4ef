"""Who says hello: while one group is looked up, the next gathers, so a hall that returns costs few reads."""

from __future__ import annotations

import asyncio

from dialogues.domain.board.hellos import Claim, Found, identify_all
from dialogues.live.hub.threads import reads

MOST_AT_ONCE = 200


class Reception:
    def __init__(self) -> None:
        self.waiting: list[tuple[Claim, asyncio.Future[Found]]] = []
        self.work: asyncio.Task[None] | None = None

    async def identify(self, claim: Claim) -> Found:
        """As `identify_all`, for one."""
        answer: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self.waiting.append((claim, answer))
        if self.work is None:
            self.work = asyncio.ensure_future(self.serve())
        return await answer

    async def serve(self) -> None:
        try:
            while self.waiting:
                group, self.waiting = self.waiting[:MOST_AT_ONCE], self.waiting[MOST_AT_ONCE:]
                await self.look_up(group)
        finally:
            self.work = None

    async def look_up(self, group: list[tuple[Claim, asyncio.Future[Found]]]) -> None:
        try:
            found = await reads.run(identify_all, [claim for claim, _answer in group])
        except Exception as error:
            for _claim, answer in group:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_claim, answer), one in zip(group, found, strict=True):
            if not answer.done():  # the socket may be gone by now
                answer.set_result(one)
