from typing import Any

from django.db import migrations


def install(apps: Any, schema_editor: Any) -> None:
    from portal.audit import triggers

    triggers.install(schema_editor.connection)


def drop(apps: Any, schema_editor: Any) -> None:
    from portal.audit import triggers

    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, drop)]
