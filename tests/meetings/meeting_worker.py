"""A process of its own, for tests: people sign up for a meeting, or cancel.

`python -m tests.meetings.meeting_worker sign_up|cancel MEETING PERSON,PERSON,…`, with DATABASE_URL.
"""

import sys
from uuid import UUID


def main(what: str, key: str, people: str) -> None:
    import django  # noqa: PLC0415  the environment comes first

    django.setup()
    from accounts.models import User  # noqa: PLC0415
    from meetings import signing_up  # noqa: PLC0415

    act = {"sign_up": signing_up.sign_up, "cancel": signing_up.cancel}[what]
    for pk in people.split(","):
        act(User.objects.get(pk=pk), UUID(key))


if __name__ == "__main__":
    main(*sys.argv[1:])
