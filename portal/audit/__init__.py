"""What must be provable: an append-only hash chain. These names load lazily, since models need the app registry."""

from typing import Any


def record(**kwargs: Any) -> Any:
    """See `portal.audit.domain.chain.record`."""
    from portal.audit.domain.chain import record as _record

    return _record(**kwargs)


def erase(**kwargs: Any) -> Any:
    """See `portal.audit.domain.chain.erase`."""
    from portal.audit.domain.chain import erase as _erase

    return _erase(**kwargs)


def head(stream: str = "main") -> tuple[int, str]:
    """See `portal.audit.domain.chain.head`."""
    from portal.audit.domain.chain import head as _head

    return _head(stream)


def verify(**kwargs: Any) -> Any:
    """See `portal.audit.domain.verification.verify`."""
    from portal.audit.domain.verification import verify as _verify

    return _verify(**kwargs)
