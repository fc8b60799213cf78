"""A worker of its own, for tests: empties the outbox and leaves a file per mail accepted.

`python -m tests.learning.mail_worker FOLDER [dies]`, with DATABASE_URL. One that dies does so
when the mail server has accepted its first mail, before it can write that down.
"""

import os
import sys
import time
import uuid
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend


class Server(BaseEmailBackend):
    """A mail server that takes a moment."""

    def send_messages(self, email_messages):
        for message in email_messages:
            time.sleep(0.01)
            accepted = Path(os.environ["MAIL_FOLDER"]) / f"{uuid.uuid4()}.txt"
            accepted.write_text(f"{message.to[0]} {message.extra_headers['Message-ID']}")
            if os.environ.get("MAIL_DIES"):
                os._exit(9)
        return len(email_messages)


def main() -> None:
    import django  # noqa: PLC0415  the environment comes first

    django.setup()
    from django.test.utils import override_settings  # noqa: PLC0415

    from learning.mail.sending import deliver_waiting  # noqa: PLC0415

    with override_settings(EMAIL_BACKEND="tests.learning.mail_worker.Server"):
        deliver_waiting()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["MAIL_FOLDER"] = sys.argv[1]
    if "dies" in sys.argv:
        os.environ["MAIL_DIES"] = "1"
    sys.path.insert(1, "site")
    main()
