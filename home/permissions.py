"""Who may edit what: two groups, and the workflow between them (DESIGN §5)."""

from collections.abc import Iterable
from typing import Final

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import HomePage

EDITORS: Final = "Redacteuren"
CHIEF_EDITORS: Final = "Eindredacteuren"

WAGTAILS_GROUPS: Final = ("Editors", "Moderators")
WAGTAILS_WORKFLOW: Final = "Moderators approval"
WORKFLOW: Final = "Eindredactie"

EDITORS_PAGES: Final = ("add_page", "change_page")
CHIEF_EDITORS_PAGES: Final = (
    *EDITORS_PAGES,
    "publish_page",
    "bulk_delete_page",
    "lock_page",
    "unlock_page",
)
FILES: Final = ("wagtailimages", "image"), ("wagtaildocs", "document")
EDITORS_RIGHTS: Final = (
    "wagtailadmin.access_admin",
    "wagtail_localize.submit_translation",
    "home.add_lawarticle",
    "home.change_lawarticle",
    "home.add_partner",
    "home.change_partner",
    "home.add_sector",
    "home.change_sector",
    "home.add_calendarentry",
    "home.change_calendarentry",
    "home.change_nationalsupport",
    "home.add_theme",
    "home.change_theme",
)
CHIEF_EDITORS_RIGHTS: Final = (
    *EDITORS_RIGHTS,
    "home.delete_lawarticle",
    "home.delete_partner",
    "home.delete_sector",
    "home.delete_calendarentry",
    "home.delete_theme",
    "home.change_siteframe",
    "home.add_banner",
    "home.change_banner",
    "home.delete_banner",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
)


def set_up_groups() -> None:
    """The two groups of editors, with what they may do; Wagtail's own two go.

    Rights that are missing are added; a right that an administrator gave besides is left.
    """
    allow(EDITORS, EDITORS_RIGHTS)
    allow(CHIEF_EDITORS, CHIEF_EDITORS_RIGHTS)
    for home in HomePage.objects.all():
        allow_on_page(EDITORS, home, EDITORS_PAGES)
        allow_on_page(CHIEF_EDITORS, home, CHIEF_EDITORS_PAGES)
    for name in (EDITORS, CHIEF_EDITORS):
        allow_files(name)
    # Somebody whom an administrator put in Wagtail's groups keeps what they could do.
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user=None).delete()


def group_named(name: str) -> Group:
    """A group by its name, made when there is none."""
    return Group.objects.get_or_create(name=name)[0]


def permission_named(right: str) -> Permission:
    """A permission by its name, as in `home.add_partner`. Raises DoesNotExist."""
    app_label, codename = right.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def allow(name: str, rights: Iterable[str]) -> None:
    """Give a group rights on whole models, as in `home.add_partner`."""
    group_named(name).permissions.add(*(permission_named(right) for right in rights))


def allow_on_page(name: str, page: Page, codenames: Iterable[str]) -> None:
    """Give a group rights on a page and all that lies below it."""
    group = group_named(name)
    for codename in codenames:
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=permission_named(f"wagtailcore.{codename}")
        )


def allow_files(name: str) -> None:
    """Let a group add, change and choose images and documents."""
    group = group_named(name)
    root = Collection.get_first_root_node()
    for app_label, model in FILES:
        for verb in ("add", "change", "choose"):
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=root,
                permission=permission_named(f"{app_label}.{verb}_{model}"),
            )


def set_up_workflow() -> None:
    """What an editor hands in is looked at by a chief editor, everywhere on the site."""
    task, _created = GroupApprovalTask.objects.get_or_create(name=WORKFLOW)
    task.groups.add(group_named(CHIEF_EDITORS))
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    root = Page.get_first_root_node()
    attached = WorkflowPage.objects.filter(page=root).first()
    # An administrator may have put a workflow of their own here: that one stays.
    if attached is None:
        WorkflowPage.objects.create(page=root, workflow=workflow)
    elif attached.workflow.name == WAGTAILS_WORKFLOW:
        attached.workflow = workflow
        attached.save()
    remove_wagtails_workflow()


def remove_wagtails_workflow() -> None:
    """Remove the workflow of Wagtail's moderators, or end it where it was used."""
    for old in Workflow.objects.filter(name=WAGTAILS_WORKFLOW, workflow_pages=None):
        if old.workflow_states.exists():
            old.deactivate()
        else:
            old.delete()
    for task in GroupApprovalTask.objects.filter(name=WAGTAILS_WORKFLOW, workflow_tasks=None):
        if task.task_states.exists():
            task.deactivate()
        else:
            task.delete()
