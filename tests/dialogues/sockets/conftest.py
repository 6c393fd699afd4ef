"""Each test has a practice board of its own."""

import pytest

from dialogues.live import hub as hubs
from tests.dialogues.sockets.clients import Hall


@pytest.fixture(autouse=True)
def give_connections_back():
    """The two database threads outlive a test; its database does not."""
    yield
    hubs.commands.close()
    hubs.reads.close()


@pytest.fixture
def hall(transactional_db):
    return Hall()
