"""Wake-ups between processes: the channel layer carries `{board, seq}` and nothing else. A lost one loses nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID

from channels.layers import InMemoryChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)
GROUP = "dialogues.boards"
RETRY_SECONDS = 2.0


def reaches_other_processes() -> bool:
    layer = get_channel_layer()
    return layer is not None and not isinstance(layer, InMemoryChannelLayer)


async def announce(board: UUID, seq: int) -> None:
    """Tells the other processes; a broken channel layer is only logged, since they also poll."""
    try:
        await get_channel_layer().group_send(GROUP, {"type": "board.woke", "board": str(board), "seq": seq})
    except Exception:
        logger.warning("Die Weckmeldung für Tafel %s ging nicht hinaus.", board, exc_info=True)


async def follow(heard: Callable[[UUID, int], None]) -> None:
    """One subscription per process, for ever; reconnects after errors."""
    while True:
        try:
            layer = get_channel_layer()
            channel = await layer.new_channel("boards.")
            await layer.group_add(GROUP, channel)
            while True:
                message = await layer.receive(channel)
                heard(UUID(message["board"]), int(message["seq"]))
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.warning("Die Kanalschicht ist gestört; neuer Versuch in 2 Sekunden.", exc_info=True)
            await asyncio.sleep(RETRY_SECONDS)
