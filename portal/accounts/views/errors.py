"""What is shown when a form was open too long or came from elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with a plain explanation; nothing was saved."""
    if "application/json" in request.headers.get("Accept", ""):
        from django.http import JsonResponse

        return JsonResponse({"code": "csrf", "message": "Das Formular ist abgelaufen. Bitte neu laden."}, status=403)
    return render(request, "accounts/csrf_failure.html", status=403)
