"""A line of the audit log as a sentence."""

from accounts.models import AuditEvent


def sentence(event: AuditEvent) -> str:
    """What happened, without who did it and about whom."""
    label = event.label
    return label[:1].upper() + label[1:]
