"""What a message says, whoever sent it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

Earlier = tuple[tuple[datetime, dict[str, float]], ...]


class PayloadError(Exception):
    """A message that cannot be read; `code` is one of those named in `parse`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ParsedMessage:
    """One message. `readings` maps a path in the message (`object.TempC_DS`) to its number.

    `event` is `up` for data, else what the sender called it. `time` is UTC in whole milliseconds or None (then
    the moment of arrival counts). `problem` is `encrypted` or `undecodable` where a payload came but no
    readings could be made. `earlier` are values of earlier moments that the device sends later.
    `latitude`/`longitude` are the device's place as registered at the
    network server, never a gateway's or a track.
    """

    event: str
    dev_eui: str
    device_id: str
    application_id: str = ""
    device_name: str = ""
    dev_addr: str = ""
    session: str = ""
    message_id: str = ""
    f_cnt: int = 0
    f_port: int = 0
    time: datetime | None = None
    readings: dict[str, float] = field(default_factory=dict)
    earlier: Earlier = ()
    payload: bytes = b""
    problem: str = ""
    encrypted: bool = False
    simulated: bool = False
    latitude: float | None = None
    longitude: float | None = None

    @property
    def device(self) -> str:
        """The device's name in `channels?device=`: its EUI, else its id."""
        return self.dev_eui or self.device_id

    def dedup_key(self, arrival: datetime) -> str:
        """The same for each repetition of this message and for no other; at most 64 characters.

        ChirpStack's (device, deduplication id); The Things Stack's (device, session key, counter); else device,
        address, counter, payload and minute together, since a counter alone starts again after a rejoin.
        """
        if self.message_id:
            parts: tuple[str, ...] = ("id", self.device, self.message_id)
        elif self.session:
            parts = ("session", self.application_id, self.device, self.session, str(self.f_cnt))
        else:
            minute = (self.time or arrival).strftime("%Y%m%d%H%M")
            digest = hashlib.sha256(self.payload + repr(sorted(self.readings.items())).encode()).hexdigest()
            parts = ("frame", self.application_id, self.device, self.dev_addr, str(self.f_cnt), digest, minute)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
