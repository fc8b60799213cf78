"""What the worker does for imports: carry out, undo, and clear away."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import jobs
from learning.imports.applying import carry_out
from learning.imports.plans import drop
from learning.imports.undoing import undo
from learning.models import ImportedChange, ImportRun, Job
from learning.models.imports import ImportRunQuerySet
from learning.models.jobs import private_storage
from learning.rules.retention import period
from learning.schedule import daily

FOLDER = "imports"


def page_of_run(job: Job) -> str:
    """Where the result of an import is to be seen."""
    run = ImportRun.objects.select_related("municipality").filter(pk=job.parameters["run"]).first()
    return run.get_absolute_url() if run is not None else ""


@jobs.handler(Job.Kind.IMPORT, result_url=page_of_run)
def import_people(job: Job) -> None:
    """Carry out an import, or undo one. Done twice, it changes nothing the second time."""
    run = ImportRun.objects.select_related("municipality").filter(pk=job.parameters["run"]).first()
    try:
        if run is None:
            raise FileNotFoundError
        if job.parameters.get("undo"):
            undo(run, job)
        elif not carry_out(run, job):
            jobs.fail(
                job,
                _(
                    "People have changed since you looked, so that this file would now do "
                    "something else. Nothing was imported. Look again at what it would do."
                ),
            )
    except PermissionDenied:
        jobs.fail(job, _("You are no longer a monitor of this municipality. Nothing was done."))
    except FileNotFoundError:
        jobs.fail(job, _("The file is gone. Nothing was imported. Choose the file again."))


@daily("clear_imports", at=time(4, 10))
def clear_imports(day: date) -> None:
    """Delete people's data that imports leave: files nobody decided on, and what undoing needed."""
    now = timezone.now()
    for run in forgotten(now):
        drop(run)
    old_changes(now).delete()
    clear_folder()


def forgotten(_now: datetime) -> ImportRunQuerySet:
    """Lists that nobody decided on."""
    return ImportRun.objects.forgotten()


def old_changes(now: datetime) -> "QuerySet[ImportedChange]":
    """What is no longer needed, as the import cannot be undone any more."""
    return ImportedChange.objects.filter(run__applied_at__lte=now - period("import"))


def clear_folder() -> None:
    """Files of which no import knows: their process died between the database and the disk."""
    storage = private_storage()
    kept = set(ImportRun.objects.exclude(file="").values_list("file", flat=True))
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in (f"{FOLDER}/{each}" for each in names):
        # One that is being handed in has no row yet.
        is_old = storage.get_modified_time(name) < timezone.now() - timedelta(days=1)
        if is_old and name not in kept:
            storage.delete(name)
