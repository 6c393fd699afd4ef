"""One hub per process: reads each board's log once, encodes each frame once per audience, writes it to all sockets.

`session` = one socket, `channel` = one board in this process, `delivery` = log to sockets, `snapshots` = whole boards,
`upkeep` = what happens every two seconds, `core` = the hub itself, `registry` = the hub of each event loop.
"""

from dialogues.live.hub.core import BoardHub
from dialogues.live.hub.registry import committed, current_hub
from dialogues.live.hub.session import Audience, Session
from dialogues.live.hub.threads import commands, reads, server_time

__all__ = ["Audience", "BoardHub", "Session", "commands", "committed", "current_hub", "reads", "server_time"]
