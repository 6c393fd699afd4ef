"""Token buckets: how often one guest or one socket may send."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

LONGEST_WAIT = 30.0


@dataclass
class Bucket:
    """`burst` at once, `rate` a second afterwards."""

    rate: float
    burst: float
    level: float = field(init=False)
    promised: float = 0.0
    at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.level = self.burst

    def take(self) -> float:
        """0.0 where one may go on, else the seconds to wait.

        Each refusal in a row is told a later moment, so that who obeys comes back one by one, not all at once again.
        """
        now = time.monotonic()
        gained = (now - self.at) * self.rate
        self.level, self.promised = min(self.burst, self.level + gained), max(0.0, self.promised - gained)
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        self.promised += 1
        return min(LONGEST_WAIT, max(0.05, (self.promised - self.level) / self.rate))


@dataclass(frozen=True)
class Rate:
    per_second: float
    burst: int

    def bucket(self) -> Bucket:
        return Bucket(self.per_second, self.burst)


GUEST = Rate(5, 30)
MODERATOR = Rate(20, 60)
PRACTICE = Rate(40, 60)  # on a practice board one client may play a whole table
HELLOS = Rate(1, 20)  # per socket; above, the socket is closed
FRAMES = Rate(1000, 4000)  # of any kind, per socket; above, the socket is closed
