"""Structured logs: one event a line, key=value or JSON, and never who somebody is."""

import logging.config
import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# What a log line may never hold, whatever a library hands over.
PERSONAL_KEYS = frozenset(
    {"email", "user", "username", "name", "ip", "remote_addr", "request", "cookies", "data"}
)

CODES = re.compile(r"(/certificaat/)[^/\s]+")


def drop_personal(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Leave out of an event all that could say who did it (DESIGN §4.8)."""
    return {key: value for key, value in event.items() if key not in PERSONAL_KEYS}


def drop_query(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut query strings from a message: people type names into search boxes."""
    message = event.get("event")
    if isinstance(message, str) and "?" in message:
        event["event"] = message.split("?", 1)[0]
    return event


def drop_codes(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut the codes of certificates from addresses: who has one can look it up."""
    for key in ("event", "path"):
        if isinstance(event.get(key), str):
            event[key] = CODES.sub(r"\1…", event[key])
    return event


SHARED: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    drop_personal,
    drop_query,
    drop_codes,
]


def logging_config(*, level: str, as_json: bool) -> dict[str, Any]:
    """The LOGGING setting: everything to standard error, in one form."""
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.processors.LogfmtRenderer(
            key_order=["timestamp", "level", "logger", "event"], drop_missing=True
        )
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "house": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Its own lines name the address asked for with its query, and mail admins the request.
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            "django": {"handlers": ["stderr"], "level": level, "propagate": False},
            # Wagtail tells of every edit with its title, and keeps that in its own log besides.
            "wagtail": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "modelsearch": {"level": "WARNING"},
        },
    }


def configure(config: dict[str, Any]) -> None:
    """Set up the standard library's logging and structlog on top of it (LOGGING_CONFIG)."""
    logging.config.dictConfig(config)
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
