"""Archives are built in the worker."""

from __future__ import annotations

from django_tasks import task

from portal.accounts.domain import archives
from portal.accounts.models import DataExport


@task()
def build_archive(uuid: str) -> None:
    """Builds one archive; done twice it gives the same file, and a job that is gone is no error."""
    job = DataExport.objects.select_related("user").filter(uuid=uuid).first()
    if job is not None and not job.is_finished:
        archives.build(job)
