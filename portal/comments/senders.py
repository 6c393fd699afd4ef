"""Names a connection for one day, to count anonymous notices by; neither the address nor anything like it is stored."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def of(request: HttpRequest) -> str:
    """A keyed hash of address and day: the same sender has another name tomorrow, and none without SECRET_KEY."""
    address = get_adapter(request).get_client_ip(request)
    words = f"{timezone.localdate().isoformat()} {address}"
    return hashlib.blake2b(words.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
