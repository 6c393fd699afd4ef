"""The server process: daphne with limits, the worker and whatever runs beside it. `serve` is what `demo` calls."""

from __future__ import annotations

from collections.abc import Sequence


def serve(host: str = "127.0.0.1", port: int = 8000, extra: Sequence[Sequence[str]] = (), worker: bool = True) -> None:
    """Serves until Ctrl-C or SIGTERM and then ends every process it started.

    Prints `bereit: http://HOST:PORT/` once requests are answered and the worker runs. `extra` are management commands
    with their arguments, run beside the server; `worker=False` leaves out the embedded worker.
    """
    from portal.ops.server.run import run

    run(host=host, port=port, extra=extra, worker=worker)
