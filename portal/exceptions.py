"""The one error that domain functions raise."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A refused act: `code` for machines (snake_case), `message` in plain German for people.

    `field` names the input at fault where there is one; `status` is the HTTP status a door answers with
    (400 bad input, 403 not allowed, 404 not there for you, 409 conflict with the present state).
    """

    def __init__(self, code: str, message: Any = "", *, field: str | None = None, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.message = message or code
        self.field = field
        self.status = status

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class NotAllowed(DomainError):
    """The acting user may not do this. Doors answer 403, or 404 where the object itself is hidden."""

    def __init__(self, message: Any = "Dafür fehlt Ihnen die Berechtigung.", *, code: str = "not_allowed") -> None:
        super().__init__(code, message, status=403)
