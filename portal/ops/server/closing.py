"""A frame that is too large or no UTF-8 closes the socket with a code; who is only cut off knows no reason."""

from __future__ import annotations

from typing import Any

from daphne.ws_protocol import WebSocketFactory


class ClosingFactory(WebSocketFactory):
    def setProtocolOptions(self, **options: Any) -> None:
        super().setProtocolOptions(failByDrop=False, **options)
