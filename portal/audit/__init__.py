"""What must be provable: an append-only hash chain. `record` and `verify` load lazily, since models need the app registry."""

from typing import Any


def record(**kwargs: Any) -> Any:
    """See `portal.audit.domain.chain.record`."""
    from portal.audit.domain.chain import record as _record

    return _record(**kwargs)


def verify(**kwargs: Any) -> Any:
    """See `portal.audit.domain.chain.verify`."""
    from portal.audit.domain.chain import verify as _verify

    return _verify(**kwargs)
