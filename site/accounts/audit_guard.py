"""The database itself refuses to change the audit log, whoever asks it to.

Triggers: a sealed row cannot be changed, and no row goes but those through which the head says that
the chain is trimmed (accounts/audit.py moves the head first). They are against mistakes, in a shell
or a migration; whoever owns the database can drop them, and is found by the chain.

They are made after each `migrate`, not in a migration: SQLite makes a table anew for many a change,
and the triggers would silently be left behind.
"""

from typing import Any, Final

from django.db import connections

TABLES: Final = {"accounts_auditevent", "accounts_audithead"}
MESSAGE: Final = "The audit log is never changed."
# Nothing is compared when there is no head: an empty log guards nothing.
KEPT: Final = (
    "COALESCE(OLD.number, 9223372036854775807) > "
    "(SELECT trimmed_number FROM accounts_audithead WHERE id = 1)"
)
SQLITE: Final = (
    "DROP TRIGGER IF EXISTS audit_event_never_changed",
    f"""CREATE TRIGGER audit_event_never_changed BEFORE UPDATE ON accounts_auditevent
    WHEN OLD.number IS NOT NULL BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
    "DROP TRIGGER IF EXISTS audit_event_never_removed",
    f"""CREATE TRIGGER audit_event_never_removed BEFORE DELETE ON accounts_auditevent
    WHEN {KEPT} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
)
POSTGRESQL: Final = (
    f"""CREATE OR REPLACE FUNCTION audit_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' OR {KEPT} THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END $$""",
    """CREATE OR REPLACE TRIGGER audit_event_never_changed BEFORE UPDATE ON accounts_auditevent
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION audit_event_is_kept()""",
    """CREATE OR REPLACE TRIGGER audit_event_never_removed BEFORE DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_event_is_kept()""",
)
TRIGGERS: Final = ("audit_event_never_changed", "audit_event_never_removed")


def guard(*, using: str, **_kwargs: Any) -> None:
    """Make the triggers (after `migrate`)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if not set(connection.introspection.table_names(cursor)) >= TABLES:
            return
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
