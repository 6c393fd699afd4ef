"""autobahn prints its settings into a debug message for each new socket, whether anybody listens or not.

With 500 phones that come back at once this was a third of the loop's time (docs/explanation/performance.md).
"""

from __future__ import annotations

from autobahn.websocket import protocol


def write_no_settings() -> None:
    """Puts an empty text where each connection's settings would be listed; only debug messages use it."""
    protocol.pformat = lambda _settings: ""
