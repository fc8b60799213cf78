"""The person who signs in, and the log of what people did."""

from accounts.models.addresses import AddressChange
from accounts.models.audit import AuditEvent, AuditHead
from accounts.models.people import User, UserManager, display_name

__all__ = ["AddressChange", "AuditEvent", "AuditHead", "User", "UserManager", "display_name"]
