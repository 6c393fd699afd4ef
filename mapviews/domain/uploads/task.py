"""Large uploads run in the worker."""

from __future__ import annotations

from django_tasks import task

from mapviews.domain.uploads.run import run
from mapviews.models import UploadJob


@task()
def run_upload(uuid: str) -> None:
    """Runs one confirmed upload; a job that is gone is no error."""
    job = UploadJob.objects.select_related("station").filter(uuid=uuid).first()
    if job is not None:
        run(job)
