import uuid

from django.conf import settings
from django.db import migrations

BATCH = 1000
FIELDS = ("viewer__audit_key", "person__audit_key", "municipality__code", "what", "at", "hour")


def move_lines(apps, schema_editor):
    """Every line goes to the audit log, oldest first: in that order they get their seals.

    Who was erased is somebody still, whom no key leads to.
    """
    from accounts.audit import values_of, waiting_seal  # noqa: PLC0415  its format never changes

    AccessLog = apps.get_model("learning", "AccessLog")
    AuditEvent = apps.get_model("accounts", "AuditEvent")
    lines = AccessLog.objects.order_by("at", "pk").values_list(*FIELDS)
    events = []

    def write():
        AuditEvent.objects.bulk_create(events, ignore_conflicts=True)
        events.clear()

    for viewer, person, code, what, at, hour in lines.iterator(chunk_size=BATCH):
        event = AuditEvent(
            actor_key=viewer or uuid.uuid4(),
            subject_key=(person or uuid.uuid4()) if what == "person" else None,
            municipality_code=code,
            what=what,
            at=at,
            hour=hour,
        )
        event.seal = waiting_seal(values_of(event), settings.AUDIT_LOG_KEY)
        events.append(event)
        if len(events) == BATCH:
            write()
    write()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_audit_waiting_seal"),
        ("learning", "0027_entrance_tests"),
    ]

    operations = [
        migrations.RunPython(move_lines, migrations.RunPython.noop),
        migrations.DeleteModel(name="AccessLog"),
    ]
