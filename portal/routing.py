"""Every socket of the portal."""

from typing import Any

import dialogues.live.routing
import mapviews.live

websocket_urlpatterns: list[Any] = [
    *dialogues.live.routing.websocket_urlpatterns,
    *mapviews.live.websocket_urlpatterns,
]
