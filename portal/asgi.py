"""The server's entry: HTTP to Django, sockets to the consumers."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

from django.core.asgi import get_asgi_application

http = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import re_path  # noqa: E402

from mapviews.door import FairDoor  # noqa: E402
from portal.cache.door import page_cache  # noqa: E402
from portal.cache.media import media_door  # noqa: E402
from portal.cache.static import static_door  # noqa: E402
from portal.ops.limits import limit_body  # noqa: E402
from portal.ops.proxy import trust_proxies  # noqa: E402
from portal.routing import nowhere, websocket_urlpatterns  # noqa: E402

application = trust_proxies(
    ProtocolTypeRouter(
        {
            "http": limit_body(FairDoor(static_door(media_door(page_cache(http))))),
            "websocket": URLRouter([*websocket_urlpatterns, re_path(r"", nowhere)]),
        }
    )
)
