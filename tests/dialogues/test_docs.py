"""docs/reference/live.md names every message, operation, event, code and refusal, and nothing else."""

import re
from pathlib import Path

from django.conf import settings

from dialogues.domain.board.commands import OPERATIONS
from dialogues.live import protocol

TEXT = (Path(settings.BASE_DIR) / "docs" / "reference" / "live.md").read_text()


def section(title):
    return re.split(r"^## ", TEXT.split(f"## {title}\n")[1], flags=re.MULTILINE)[0]


def rows(title):
    """First cell -> names in the second cell of the section's table."""
    found = {}
    for line in section(title).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        name = re.fullmatch(r"`([\w.]+)`|(\d{4})", cells[0]) if line.startswith("|") else None
        if name and name[1] not in ("op", "event"):
            found[name[1] or int(name[2])] = tuple(re.findall(r"`(\w+)`", cells[1]))
    return found


def test_client_messages_are_documented():
    assert rows("Client messages") == protocol.CLIENT_MESSAGES


def test_server_messages_are_documented():
    assert rows("Server messages") == protocol.SERVER_MESSAGES


def test_operations_are_documented():
    assert list(rows("Operations")) == list(OPERATIONS)


def test_events_are_documented():
    assert set(rows("Events")) == set(protocol.EVENTS)


def test_close_codes_are_documented():
    assert set(rows("Close codes")) == set(protocol.CLOSE_CODES)


def test_refusals_are_documented():
    root = Path(settings.BASE_DIR) / "dialogues"
    sources = [*(root / "domain" / "board").glob("*.py"), root / "live" / "consumers.py"]
    code = "\n".join(path.read_text() for path in sources if path.stem != "seats")
    raised = set(re.findall(r'DomainError\(\s*"(\w+)"', code)) | set(re.findall(r'code="(\w+)"', code))
    raised |= set(re.findall(r'self\.nack\([\w.]+, "(\w+)"', code)) | {"not_allowed"}
    documented = set(re.findall(r"`(\w+)`", section("Refusals (`nack.code`)").split("\n", 1)[1]))
    assert documented == raised - {"unknown_board"}
