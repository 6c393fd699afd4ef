"""Every socket of the portal."""

from typing import Any

import dialogues.live.routing
import mapviews.live

websocket_urlpatterns: list[Any] = [
    *dialogues.live.routing.websocket_urlpatterns,
    *mapviews.live.websocket_urlpatterns,
]


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    """No such socket: the handshake is refused, as for a foreign origin, instead of failing as an error of ours."""
    await receive()
    await send({"type": "websocket.close", "code": 4404})
