"""What happens to a page that a chief editor approves.

Wagtail loads this while its own models are still loading (WAGTAIL_FINISH_WORKFLOW_ACTION), so it
may import nothing before it is called.
"""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish it, unless it waits for the rest of a module's next version."""
    from wagtail.models import Page  # noqa: PLC0415  see above

    from learning.module_versions import in_a_next_version  # noqa: PLC0415  see above

    thing = workflow_state.content_object
    if isinstance(thing, Page) and in_a_next_version(thing) is not None:
        return
    thing.get_latest_revision().publish(user=user)
