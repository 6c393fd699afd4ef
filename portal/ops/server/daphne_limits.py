"""Daphne reads every body to its end before the application sees it; these classes refuse by length before reading."""

from __future__ import annotations

from typing import Any

from daphne import http_protocol
from twisted.internet import reactor

from portal.ops.limits import REFUSAL, limit_for

# Time a client has to read the refusal before the connection is cut while it is still sending.
LINGER_SECONDS = 2

_RESPONSE = (
    b"HTTP/1.1 413 Content Too Large\r\nContent-Type: application/json; charset=utf-8\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(REFUSAL), REFUSAL)
)


class _Discard:
    """Takes the place of the body's file once a request was refused."""

    def write(self, data: bytes) -> None:
        """Drops the data."""

    def close(self) -> None:
        """Nothing to close."""


class LimitedRequest(http_protocol.WebRequest):
    refused = False
    body_limit = 0
    body_seen = 0

    def gotLength(self, length: int | None) -> None:
        # A client must not choose the root path; only a proxy setting may.
        self.requestHeaders.removeHeader(b"daphne-root-path")
        path = self.channel._path.split(b"?", 1)[0].decode("ascii", "replace")
        self.body_limit = limit_for(path)
        if length is not None and length > self.body_limit:
            self._refuse()
        else:
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:
        self.body_seen += len(data)
        if not self.refused and self.body_seen > self.body_limit:
            self.content.close()
            self._refuse()
        self.content.write(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        """As Twisted's, without parsing the form: Django does that, and Twisted would read the whole body for it."""
        if self.refused:
            return
        self.content.seek(0, 0)
        self.args: dict[bytes, Any] = {}
        self.method, self.uri, self.clientproto = command, path, version
        self.path = path.split(b"?", 1)[0]
        self.process()

    def _refuse(self) -> None:
        self.refused = True
        self.content = _Discard()
        transport = self.channel.transport
        transport.write(_RESPONSE)
        reactor.callLater(LINGER_SECONDS, transport.loseConnection)  # type: ignore[attr-defined]


class LimitedFactory(http_protocol.HTTPFactory):
    def buildProtocol(self, addr: Any) -> Any:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = LimitedRequest
        return protocol
