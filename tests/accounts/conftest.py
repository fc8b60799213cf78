"""Mail is queued when what it is about is stored: a test's transaction never is."""

import re
from collections.abc import Callable

import pytest


@pytest.fixture
def mailed(mail_at_once, mailoutbox) -> Callable[[str], str]:
    """The text of the newest mail to an address; mails leave without waiting for a commit."""

    def newest(to: str) -> str:
        return [mail.body for mail in mailoutbox if mail.to == [to]][-1]

    return newest


def code_in(text: str) -> str:
    (code,) = re.findall(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", text, flags=re.MULTILINE)
    return str(code)


def path_in(text: str, part: str) -> str:
    (path,) = re.findall(rf"http://[^/\s]+(/\S*{part}\S*)", text)
    return str(path)
