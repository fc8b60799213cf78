"""What is done about the audit log without anybody asking."""

from datetime import date, time

import structlog

from accounts import audit
from learning.schedule import daily, every

log = structlog.stdlib.get_logger("house.audit")


@every(minutes=1)
def seal_audit_log() -> None:
    """What a process that died, or a move of old lines, left without a seal."""
    audit.seal_all()


@daily("audit_head", at=time(3, 55))
def note_audit_head(_day: date) -> None:
    """Say where the chain ends, outside the database: so a tail that was cut off can be shown."""
    number, seal = audit.head()
    log.info("audit_head", number=number, seal=seal)
