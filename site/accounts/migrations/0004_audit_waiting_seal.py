from django.conf import settings
from django.db import migrations, models


def give_waiting_seals(apps, schema_editor):
    """What waits for its place in the chain carries a hash of itself from now on."""
    from accounts.audit import values_of, waiting_seal  # noqa: PLC0415  its format never changes

    AuditEvent = apps.get_model("accounts", "AuditEvent")
    for event in AuditEvent.objects.filter(number__isnull=True).iterator():
        seal = waiting_seal(values_of(event), settings.AUDIT_LOG_KEY)
        AuditEvent.objects.filter(pk=event.pk).update(seal=seal)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_audit_log"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="auditevent",
            name="audit_event_has_number_and_seal_together",
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="seal",
            field=models.CharField(editable=False, max_length=64, verbose_name="seal"),
        ),
        migrations.RunPython(give_waiting_seals, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("seal", ""), _negated=True), name="audit_event_has_a_seal"
            ),
        ),
    ]
