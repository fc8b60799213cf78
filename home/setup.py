"""What every site needs before the first visitor: languages, the page tree, groups of editors.

Safe to run again: what is there is left as it is.
"""

from datetime import date
from typing import Any, Final

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowTask,
)

from home.models import (
    HomePage,
    LawArticle,
    NewsIndexPage,
    Partner,
    PartnersPage,
    StandardPage,
    VisionPage,
)

EDITORS: Final = "Redacteuren"
CHIEF_EDITORS: Final = "Eindredacteuren"
SITE_NAME: Final = "Raadsleden & Veiligheid"
PRIVACY_TEXT: Final = "<p>Wij bewaren zo weinig mogelijk van u: uw naam, uw e-mailadres, uw taal, waar u werkt en wat u leerde.</p>"
ACCESSIBILITY_TEXT: Final = "<p>Deze site is gemaakt om voor iedereen bruikbaar te zijn, ook met een toetsenbord of een schermlezer.</p>"


def set_up_site() -> HomePage:
    """Languages, home pages and groups. Returns the home page in the site's first language."""
    with transaction.atomic():
        dutch, _created = Locale.objects.get_or_create(language_code="nl")
        english, _created = Locale.objects.get_or_create(language_code="en")
        home = home_page(dutch)
        english_home(home, english)
        public_pages(home)
        grant_editing(home.get_parent(), (LawArticle, Partner))
        approve_by_chief_editors()
    return home


def home_page(locale: Locale) -> HomePage:
    """The home page, in place of Wagtail's welcome page, with the site pointing at it."""
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        root = Page.get_first_root_node()
        for page in root.get_children():
            page.delete()
        root.refresh_from_db()
        home = root.add_child(
            instance=HomePage(
                title=SITE_NAME,
                slug="home",
                locale=locale,
                hero_title="Lokaal bestuur dat overeind blijft",
                hero_text="Lees het visiedocument Ondermijning en leer in korte modules.",
            )
        )
        home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": SITE_NAME},
    )
    return home


def english_home(home: HomePage, locale: Locale) -> HomePage:
    existing = home.get_translation_or_none(locale)
    if existing is not None:
        return existing.specific
    translated = home.copy_for_translation(locale)
    translated.hero_title = "Local government that stays upright"
    translated.hero_text = "Short modules about integrity for council members, in Dutch for now."
    translated.save_revision().publish()
    return translated


def page_below(parent: Page, model: type[Page], slug: str, **fields: Any) -> Page:
    """The page with this slug, made and published if it is not there."""
    existing = model.objects.child_of(parent).filter(slug=slug).first()
    if existing is not None:
        return existing
    page = parent.add_child(instance=model(slug=slug, locale=parent.locale, **fields))
    page.save_revision().publish()
    return page


def public_pages(home: HomePage) -> None:
    page_below(
        home,
        VisionPage,
        "visiedocument",
        title="Visiedocument Ondermijning",
        show_in_menus=True,
        written_on=date(2017, 10, 17),
        introduction="<p>Hoe gemeenten zich wapenen tegen ondermijning.</p>",
        occasion="<p>Welke rol hebben gemeenten bij de aanpak van ondermijning?</p>",
        outcome="<p>De VNG is vooral aanjager.</p>",
        cooperation="<p>Zij werkt samen met partners.</p>",
    )
    page_below(home, NewsIndexPage, "nieuws", title="Nieuws", show_in_menus=True)
    page_below(home, PartnersPage, "partners", title="Partners", show_in_menus=True)
    for slug, title, text in (
        ("toegankelijkheid", "Toegankelijkheid", ACCESSIBILITY_TEXT),
        ("privacy", "Privacy", PRIVACY_TEXT),
    ):
        page_below(home, StandardPage, slug, title=title, body=[("text", text)])


def model_permissions(model: type[models.Model], *actions: str) -> list[Permission]:
    """Django's permissions on a model, made if migrations have not come to it yet."""
    content_type = ContentType.objects.get_for_model(model)
    name = model._meta.model_name
    return [
        Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_{name}",
            defaults={"name": f"Can {action} {name}"},
        )[0]
        for action in actions
    ]


def grant_editing(root: Page, snippets: tuple[type[models.Model], ...]) -> None:
    """Editors write drafts; chief editors publish too (DESIGN §5). Call it per app for its snippets."""
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    editors, _created = Group.objects.get_or_create(name=EDITORS)
    chiefs, _created = Group.objects.get_or_create(name=CHIEF_EDITORS)
    admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    media = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"),
        codename__regex=r"^(add|change|choose)_(image|document)$",
    )
    collection = Collection.get_first_root_node()
    for group, page_actions, snippet_actions in (
        (editors, ("add", "change"), ("add", "change")),
        (
            chiefs,
            ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
            ("add", "change", "delete", "publish", "lock", "unlock"),
        ),
    ):
        group.permissions.add(admin)
        for permission in media:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
        for action in page_actions:
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{action}_page"
            )
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for model in snippets:
            group.permissions.add(*model_permissions(model, *snippet_actions))


def approve_by_chief_editors() -> None:
    """Wagtail's own workflow asks its moderators; ours asks the chief editors."""
    chiefs = Group.objects.get(name=CHIEF_EDITORS)
    task, created = GroupApprovalTask.objects.get_or_create(name="Nakijken door eindredactie")
    if created:
        task.groups.add(chiefs)
    for workflow in Workflow.objects.filter(name="Moderators approval"):
        workflow.name = "Eindredactie"
        workflow.save()
        WorkflowTask.objects.filter(workflow=workflow).delete()
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
