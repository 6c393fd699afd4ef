"""What a request can be refused for."""

from __future__ import annotations


class Refused(Exception):
    """`status` 400 the request is wrong, 404 there is no such thing, 501 the standard has it and we do not."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def wrong(message: str) -> Refused:
    return Refused(400, message)


def missing() -> Refused:
    return Refused(404, "Nothing found.")


def unsupported(what: str) -> Refused:
    return Refused(501, f"Not implemented: {what}")
