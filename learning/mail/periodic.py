"""What is done about mail without anybody asking."""

from django.utils import timezone

from learning.mail.outbox import recover
from learning.mail.sending import MOST_PER_TASK, deliver_waiting
from learning.schedule import every


@every(minutes=1)
def send_mail() -> None:
    """What is to be tried again, and what a dead worker left behind."""
    recover(timezone.now())
    deliver_waiting(most=MOST_PER_TASK)
