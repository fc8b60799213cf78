"""Structured logs: one event a line, key=value or JSON, and never who somebody is."""

import logging.config
import re
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# What a log line may never hold, whatever a library hands over.
PERSONAL_KEYS = frozenset(
    {"email", "user", "username", "name", "ip", "remote_addr", "request", "cookies", "data"}
)

# Parts of addresses that open something for whoever has them: a certificate, the question of the
# week, stopping mail or the newsletter, keeping an account, a new password.
CODES = re.compile(
    r"(/(?:certificaat|opfrissen|mail/stoppen|nieuwsbrief/stoppen|nieuwsbrief/keuze"
    r"|account-behouden|account/password/reset/key|account/confirm-email"
    r"|beheer/password_reset/confirm/[^/\s]+)/)"
    r"[^/\s]+"
)
# PostgreSQL names the values of the row that it refuses, an address or a name, after its message.
ROWS = re.compile(r"^DETAIL:.*?(?=^  File |\Z)", re.MULTILINE | re.DOTALL)
# What would begin a new line, or steer the screen of whoever reads along.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


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
    """Cut from addresses what lets in whoever has it."""
    for key in ("event", "path"):
        if isinstance(event.get(key), str):
            event[key] = CODES.sub(r"\1…", event[key])
    return event


def drop_rows(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut from what broke the row that a database quotes."""
    if isinstance(event.get("exception"), str):
        event["exception"] = ROWS.sub("DETAIL: …\n", event["exception"])
    return event


def drop_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """One event is one line, whatever somebody put into an address."""
    for key, value in event.items():
        if isinstance(value, str) and key != "exception":
            event[key] = CONTROLS.sub("\N{REPLACEMENT CHARACTER}", value)
    return event


def exceptions_without_words(*, keep_words: bool) -> Processor:
    """Where something broke and as what, not what it said: errors repeat what was typed."""

    def write(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        given = event.pop("exc_info", None)
        error = given[1] if isinstance(given, tuple) else given
        if given is True:
            error = sys.exc_info()[1]
        if isinstance(error, BaseException):
            event["exception"] = "\n".join(lines_of(error, keep_words=keep_words))
        return event

    return write


def lines_of(error: BaseException, *, keep_words: bool) -> list[str]:
    """Of it and of what it came from: the type, and the lines of code that led there."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        said = f": {current}" if keep_words else ""
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}{said}")
        lines += [line.rstrip() for line in traceback.format_tb(current.__traceback__)]
        current = current.__cause__ or current.__context__
    return lines


SHARED: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    drop_personal,
    drop_query,
    drop_codes,
    drop_controls,
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
                    exceptions_without_words(keep_words=level == "DEBUG"),
                    drop_rows,
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
