"""A process of its own, for tests: it records lines, of which every fifth is rolled back.

`python -m tests.accounts.audit_recorder LINES`, with DATABASE_URL. It looks at the log every now
and then, and prints what it found wrong.
"""

import sys


def main(lines: str) -> None:
    import django  # noqa: PLC0415  the environment comes first

    django.setup()
    from django.db import transaction  # noqa: PLC0415

    from accounts import audit, audit_check  # noqa: PLC0415
    from accounts.models import AuditEvent  # noqa: PLC0415

    wrong = []
    for number in range(int(lines)):
        with transaction.atomic():
            audit.record(AuditEvent.What.SIGNED_IN, by=None, details={"number": number})
            transaction.set_rollback(number % 5 == 4)
        if number % 10 == 0:
            wrong += audit_check.verify().broken
    sys.stdout.write("; ".join(map(str, wrong)))


if __name__ == "__main__":
    main(*sys.argv[1:])
