"""Translating what editors write: wagtail-localize, and what it lacks for us."""


def connect() -> None:
    """Listen to what is published and translated."""
    from home.translating import admin, checks, creating, fields, following  # noqa: PLC0415  models must be loaded first

    admin.connect()
    fields.connect()
    checks.connect()
    creating.connect()
    following.connect()
