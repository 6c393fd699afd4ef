"""Fair shares where more arrives than can be stored: who waits in which lane, whose turn it is, who is too loud."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lanes(Generic[T]):
    """Things that wait, each in the lane of its sender; `take()` serves the lanes in turn. Not safe for threads."""

    def __init__(self, most: int) -> None:
        """`most`: how many may wait in one lane."""
        self.most = most
        self._lanes: OrderedDict[str, deque[T]] = OrderedDict()

    def __len__(self) -> int:
        """The number of lanes in which something waits."""
        return len(self._lanes)

    def waiting(self, lane: str) -> int:
        return len(self._lanes.get(lane, ()))

    def put(self, lane: str, thing: T) -> bool:
        """False where the lane is full."""
        queue = self._lanes.setdefault(lane, deque())
        if len(queue) >= self.most:
            return False
        queue.append(thing)
        return True

    def take(self) -> T | None:
        """The next thing of the lane whose turn it is; that lane goes to the end. None where nothing waits."""
        if not self._lanes:
            return None
        lane, queue = self._lanes.popitem(last=False)
        thing = queue.popleft()
        if queue:
            self._lanes[lane] = queue
        return thing

    def discard(self, lane: str, thing: T) -> bool:
        """Takes a thing out that waits no longer; False where it was not there."""
        queue = self._lanes.get(lane)
        if queue is None or thing not in queue:
            return False
        queue.remove(thing)
        if not queue:
            del self._lanes[lane]
        return True


class Loudness:
    """Seconds of storing that each sender used lately; a sender is loud while it uses more than half of the time."""

    WINDOW = 1.0
    SHARE = 0.5
    MOST = 1000  # senders remembered

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._used: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def is_loud(self, sender: str) -> bool:
        return self._now(sender) > self.SHARE * self.WINDOW

    def note(self, sender: str, seconds: float) -> None:
        """Remembers `seconds` of storing for this sender."""
        self._used[sender] = (self._now(sender) + seconds, self.clock())
        self._used.move_to_end(sender)
        while len(self._used) > self.MOST:
            self._used.popitem(last=False)

    def _now(self, sender: str) -> float:
        """What was used, emptying at the rate of a fair share, as a leaky bucket does."""
        used, at = self._used.get(sender, (0.0, 0.0))
        return max(0.0, used - (self.clock() - at) * self.SHARE)
