"""Security headers on every answer: one content policy for public pages, one with nonces for the two admins."""

from __future__ import annotations

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from portal.ops.middleware import inline_scripts


def socket_origins(request: HttpRequest) -> list[str]:
    """`connect-src 'self'` covers WebSockets only in newer browsers, so the own host is named."""
    host = request.META.get("HTTP_HOST", "")
    if not host or any(c in host for c in " ;,'\"\r\n"):
        return []
    return [f"{'wss' if request.is_secure() else 'ws'}://{host}"]


class SecurityHeaders(CSPMiddleware):
    """django-csp with a policy by area, and the permissions policy."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if self.is_admin(request) or getattr(request, "is_preview", False):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        if self.is_admin(request):
            inline_scripts.mark(response, self._make_nonce(request))
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        policy: dict[str, Any] = dict(settings.CSP_ADMIN if self.is_admin(request) else settings.CSP_PUBLIC)
        policy["connect-src"] = [*policy["connect-src"], *socket_origins(request)]
        if getattr(request, "is_preview", False):  # Wagtail shows drafts in a frame of its own editor
            policy["frame-ancestors"] = ["'self'"]
        parts.config = parts.config or policy
        return parts

    def _make_nonce(self, request: HttpRequest) -> str:
        if getattr(request, "_csp_nonce", None) is None:
            request._csp_nonce = inline_scripts.nonce_for(request)  # type: ignore[attr-defined]
        return str(request._csp_nonce)  # type: ignore[attr-defined]

    @staticmethod
    def is_admin(request: HttpRequest) -> bool:
        return request.path_info.startswith(settings.CSP_ADMIN_PREFIXES)
