"""Long lists of people are made in the background, and kept for a day."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from learning import jobs, monitoring
from learning.exports.forms import PeopleFileForm
from learning.exports.names import file_name
from learning.exports.people import people_file
from learning.figures import active_requirements
from learning.models import Job, Municipality


def start(viewer: User, municipality: Municipality, choices: dict[str, Any]) -> Job:
    """Ask for a file; who asks for the same again while it is made gets the same job."""
    parameters = {name: str(value) for name, value in choices.items()}
    waiting = Job.objects.filter(
        kind=Job.Kind.EXPORT,
        municipality=municipality,
        requested_by=viewer,
        status__in=[Job.Status.QUEUED, Job.Status.RUNNING],
    )
    for job in waiting:
        if job.parameters == parameters:
            return job
    return jobs.start(Job.Kind.EXPORT, by=viewer, municipality=municipality, parameters=parameters)


@jobs.handler(Job.Kind.EXPORT)
def make_people_file(job: Job) -> None:
    """Make the file that was asked for, if who asked may still see these people."""
    viewer, place = job.requested_by, job.municipality
    if viewer is None or place is None:
        jobs.fail(job, _("Whoever asked for this file is no longer known here."))
        return
    try:
        members = monitoring.members_for(viewer, place)
    except PermissionDenied:
        jobs.fail(job, _("You may no longer see the people of this municipality."))
        return
    form = PeopleFileForm(active_requirements(place), job.parameters)
    if not form.is_valid():
        jobs.fail(job, _("What you chose is no longer there. Choose again and ask for the file."))
        return
    people = form.people(place, members)
    count = people.count()
    jobs.advance(job, done=0, total=count)
    kind = form.cleaned_data["file"]
    with people_file(people, kind) as file:
        jobs.store_result(job, File(file), file_name(place.slug, _("people"), people.day, kind))
    said = ngettext(
        "There is %(count)s person in the file.", "There are %(count)s people in the file.", count
    )
    job.message = said % {"count": count}
