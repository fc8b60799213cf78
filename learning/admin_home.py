"""What administrators see first in Wagtail's admin."""

from typing import Any

from wagtail.admin.ui.components import Component

from learning.work_state import work_state


class WorkPanel(Component):
    """How background work stands: a line, and what somebody must look at."""

    name = "background_work"
    template_name = "learning/admin/work_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"state": work_state()}
