"""Each module that is published brings a requirement without a date; who finished it fulfils it."""

from django.db import migrations


def bring(apps, schema_editor):
    """As learning.requirements.follow_module does for a module that is published from now on."""
    ModulePage = apps.get_model("learning", "ModulePage")
    Requirement = apps.get_model("learning", "Requirement")
    Holding = apps.get_model("learning", "Holding")
    Completion = apps.get_model("learning", "Completion")
    for module in ModulePage.objects.filter(live=True, locale__language_code="nl"):
        published = module.first_published_at or module.latest_revision_created_at
        requirement = Requirement.objects.create(
            subject_key=module.translation_key,
            subject_title=module.title,
            roles=module.roles,
            position=module.number,
            follows_module=True,
            is_ready=True,
            **({"starts_on": published.date()} if published else {}),
        )
        completions = Completion.objects.filter(module_key=module.translation_key)
        Holding.objects.bulk_create(
            (
                Holding(requirement=requirement, person_id=person, starts_on=day)
                for person, day in completions.values_list("person", "completed_on")
            ),
            batch_size=2000,
        )


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_requirements")]

    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
