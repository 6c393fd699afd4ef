"""Work in the background: making a dossier."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from ethics.domain import dossiers
from ethics.models import DossierFile
from ethics.pdf import dossier


@task()
def make_dossier(key: int) -> None:
    """Makes the file of this row; nothing to do if the row is gone, since the case has moved on."""
    row = DossierFile.objects.select_related("case__project", "case__recommendation").filter(pk=key).first()
    if row is None or row.data is not None:
        return
    try:
        twin = f"{settings.BASE_URL}{row.case.get_absolute_url()}"
        data = dossier(row.case, twin=twin, progress=lambda percent: dossiers.report(key, percent))
    except Exception:
        dossiers.fail(key)
        raise
    dossiers.finish(key, data)
