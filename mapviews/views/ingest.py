"""`POST /ingest/{source}/`: the webhook of ChirpStack and The Things Stack. No header is ever stored or logged."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mapviews.domain import doors, messages, spool, tokens
from portal.exceptions import DomainError

MAX_BODY = 64 * 1024
RETRY_AFTER = "5"


class TooLarge(DomainError):
    def __init__(self) -> None:
        super().__init__("too_large", "Die Nachricht ist zu groß.", status=413)


def read_body(request: HttpRequest, limit: int) -> bytes:
    """The body, at most `limit` bytes; raises `TooLarge`."""
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > limit:
        raise TooLarge
    body = request.read(limit + 1)
    if len(body) > limit:
        raise TooLarge
    return body


def answer(status: int, code: str, message: str = "") -> JsonResponse:
    data = {"code": code, "message": message} if message else {"status": code}
    response = JsonResponse(data, status=status)
    if status == 503:
        response["Retry-After"] = RETRY_AFTER
    return response


def is_encoded(request: HttpRequest) -> bool:
    """True where the body is compressed: none of our senders does that."""
    return request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity")


def is_json(request: HttpRequest) -> bool:
    """True for JSON types and where no type was sent."""
    kind = (request.content_type or "").lower()
    return kind in ("", "application/json", "text/json") or (kind.startswith("application/") and kind.endswith("+json"))


def spooled(source: str, body: bytes, event: str | None) -> JsonResponse:
    """What cannot be stored now waits in a file. Raises OSError where the disk or the source's share is full."""
    spool.put(source=source, body=body, event=event)
    return JsonResponse({"status": "spooled", "stored": 0}, status=202)


@csrf_exempt
@require_POST
def receive(request: HttpRequest, source: str) -> JsonResponse:
    try:
        secret = tokens.bearer(request.headers.get("Authorization", ""))
        try:
            found = doors.source_with(source, secret)
        except spool.BUSY:  # these servers send once: who was known a while ago may leave a message
            if not doors.was_known(source, secret):
                raise
            found = None
        else:
            doors.remember(source, secret, known=found is not None)
        if found is None and not doors.was_known(source, secret):
            response = answer(401, "unauthorized", "Quelle oder Geheimnis stimmen nicht.")
            response["WWW-Authenticate"] = "Bearer"
            return response
        if is_encoded(request) or not is_json(request):
            return answer(415, "unsupported_type", "Erwartet wird application/json.")
        body, event = read_body(request, MAX_BODY), request.GET.get("event")
        try:
            if found is None:
                return spooled(source, body, event)
            receipt = messages.receive(found, body=body, event=event)
        except spool.BUSY:
            return spooled(source, body, event)
    except TooLarge as error:
        return answer(error.status, error.code, str(error.message))
    except (*spool.BUSY, OSError):
        return answer(503, "busy", "Die Datenbank ist gerade nicht erreichbar. Bitte senden Sie die Nachricht erneut.")
    if receipt.status == 400:
        return answer(400, receipt.code, messages.reason(receipt.code))
    data = {"status": receipt.outcome, "stored": receipt.stored}
    if receipt.code:
        data["code"] = receipt.code
    return JsonResponse(data, status=receipt.status)
