"""Where passkeys work: browsers bind them to a host name, never to an IP address."""

from __future__ import annotations

from django import template
from django.conf import settings

from portal.accounts.adapters import is_ip_address

register = template.Library()


@register.simple_tag(takes_context=True)
def passkey_address(context: template.Context) -> str:
    """This page's address under `localhost` where it was opened by an IP address on this machine, else empty."""
    request = context["request"]
    host = request.get_host()
    if not settings.DEMO or not is_ip_address(host):
        return ""
    port = f":{host.rpartition(':')[2]}" if host.count(":") == 1 else ""
    return f"{request.scheme}://localhost{port}{request.get_full_path()}"
