"""Periodic work: a registry that apps fill in `AppConfig.ready()`; the worker runs what is due (portal/ops)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """`run` is called about every `every` seconds by one worker at a time; it is idempotent and short."""

    name: str
    every: float
    run: Callable[[], None]


jobs: dict[str, Job] = {}


def register(name: str, every: float, run: Callable[[], None]) -> None:
    jobs[name] = Job(name, every, run)
