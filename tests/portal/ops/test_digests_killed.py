"""A worker killed in the middle of a run: the next one goes on, nobody gets two mails, nobody none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings

from tests.portal.ops.conftest import environment

pytestmark = pytest.mark.django_db  # so that the database to copy is made
PEOPLE = 400
PREPARE = f"""
import django
django.setup()
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from portal.accounts.models import User
from portal.activity import targets
from portal.activity.domain import digests, stream
from portal.activity.models import Follow, Topic
targets.register("bench", "Probe", lambda user, ids: {{key: targets.Subject("Vorhaben", "/v/") for key in ids}})
now = timezone.now()
digests.send_due(now)
topic = Topic.objects.create(key="bench:1")
people = User.objects.bulk_create([User(email=f"p{{n}}@test.example", password="!") for n in range({PEOPLE})])
Follow.objects.bulk_create([Follow(user=p, topic=topic, created_at=now - timedelta(days=9)) for p in people])
with transaction.atomic():
    stream.publish(actor=None, verb="comment.created", title="Neues", url="/n/", topics=["bench:1"])
"""
SEND = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from portal.activity import targets
from portal.activity.domain import digests
targets.register("bench", "Probe", lambda user, ids: {key: targets.Subject("Vorhaben", "/v/") for key in ids})
idle = 0  # a chunk of another cadence may have nobody to write to
while idle < 4:
    sent = digests.send_due(timezone.now() + timedelta(days=8), chunks=1, chunk=7)
    idle = 0 if sent else idle + 1
    if sent:
        print(sent, flush=True)
"""
COUNT = """
import django
django.setup()
from portal.outbox.models import Mail
found = list(Mail.objects.values_list("recipients", flat=True))
print(len(found), len(set(found)))
"""


@pytest.fixture
def start(own_var):
    """`start(code)`: a Python process on a database of its own."""
    return lambda code: subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment(own_var),
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_killed_run_goes_on_without_double_mails(start):
    assert start(PREPARE).wait() == 0
    killed = 0
    for _try in range(3):
        process = start(SEND)
        for _chunk in range(3):
            assert process.stdout.readline() == "7\n"
        os.kill(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed == 3
    assert start(SEND).wait() == 0
    counted, _none = start(COUNT).communicate()
    assert counted.split() == [str(PEOPLE), str(PEOPLE)]
