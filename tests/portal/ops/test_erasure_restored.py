"""Whoever was erased after a backup is erased again when it is restored: no mark of hers is left in any table."""

import pytest

pytestmark = pytest.mark.django_db  # so that the database to copy is made
STORY = """
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from portal.accounts.domain import privacy, profile
from portal.accounts.models import User
from portal.activity.domain import stream
from portal.newsletter.domain import subscribing
from portal.newsletter.models import Segment
from portal.ops.archive.backup import back_up, restore
from portal.outbox.domain.queue import enqueue

def marks():
    found = 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += sum("zaubermarke" in str(cell).lower() for row in cursor.fetchall() for cell in row)
    return found

var = Path(settings.VAR_DIR)
user = User.objects.create_user("zaubermarke@test.example", display_name="Frau Zaubermarke")
stream.notify(user=user, verb="comment.answered", title="An Zaubermarke", url="/x/")
enqueue(message=EmailMessage("Hallo Zaubermarke", "Text", to=[user.email]))
subscribing.subscribe(email=user.email, segments=[Segment.objects.create(slug="s", title="S")])
print("before", marks() > 5)
back_up(var / "alt.tar")
privacy.erase(user=None, account=user)
print("erased", marks())
restore(var / "alt.tar")
print("restored", marks(), User.objects.get(pk=user.pk).public_name)
"""


def test_a_restored_older_backup_does_not_bring_her_back(run_manage):
    done = run_manage(code=STORY)
    assert done.stdout.splitlines() == ["before True", "erased 0", "restored 0 gelöschtes Konto"], done.stderr
