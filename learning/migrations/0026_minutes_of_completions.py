"""Of what was finished before they were kept: how long it takes, as its module now says.

Only of modules that were followed here as a whole; of one that is gone nobody knows.
"""

from typing import Any

from django.db import migrations


def fill(apps: Any, _editor: Any) -> None:
    modules = apps.get_model("learning", "ModulePage").objects.order_by("-locale_id")
    # The site's first language comes last, and counts.
    minutes = dict(modules.values_list("translation_key", "minutes"))
    finished = apps.get_model("learning", "Completion").objects.filter(kind="finished")
    for key, each in minutes.items():
        finished.filter(module_key=key, minutes__isnull=True).update(minutes=each)


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0025_certificates"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
