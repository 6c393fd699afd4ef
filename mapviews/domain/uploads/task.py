"""Large uploads run in the worker."""

from __future__ import annotations

from django_tasks import task

from mapviews.domain.uploads.run import run
from mapviews.models import UploadJob

TURN = 40
"""Steps of 5,000 values; then mails, other people's uploads and the periodic jobs have their turn."""


@task()
def run_upload(uuid: str) -> None:
    """Runs a part of one confirmed upload and queues behind other work for the rest; a job that is gone is no error."""
    job = UploadJob.objects.select_related("station").filter(uuid=uuid).first()
    if job is not None and not run(job, steps=TURN):
        run_upload.enqueue(uuid)
