"""Pages that an editor set to appear or disappear at a moment: our worker sees to it.

Wagtail leaves this to a command that somebody has to run each minute. It publishes and
unpublishes as an editor does, so whatever was kept of a page is forgotten as always
(home/publication.py).
"""

from io import StringIO

from django.core.management import call_command

from learning.schedule import every


@every(minutes=1)
def publish_scheduled() -> None:
    call_command("publish_scheduled", stdout=StringIO())
