"""What the worker does for imports of questions: clear away."""

from datetime import date, time, timedelta
from typing import Final

from django.utils import timezone

from learning.interchange.plans import drop
from learning.models import QuestionImport
from learning.models.jobs import private_storage
from learning.schedule import daily

FOLDER: Final = "question-imports"


@daily("clear_question_imports", at=time(4, 20))
def clear_question_imports(day: date) -> None:
    """Delete files that nobody decided on, and lists of links that have served."""
    for run in QuestionImport.objects.forgotten():
        drop(run)
    storage = private_storage()
    kept = set(QuestionImport.objects.exclude(file="").values_list("file", flat=True))
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in (f"{FOLDER}/{each}" for each in names):
        # One that is being handed in has no row yet.
        is_old = storage.get_modified_time(name) < timezone.now() - timedelta(days=1)
        if is_old and name not in kept:
            storage.delete(name)
