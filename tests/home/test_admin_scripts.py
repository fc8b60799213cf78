"""Nothing of what the admin is made of brings a script in the page that we do not replace."""

import re
from pathlib import Path

import wagtail
import wagtail_localize
from django.apps import apps

# What we draw ourselves (home/admin_scripts.py).
REPLACED = {
    "wagtailadmin/panels/inline_panel.html",
    "wagtailadmin/panels/multiple_chooser_panel.html",
    "wagtailadmin/widgets/date_input.html",
    "wagtailadmin/widgets/datetime_input.html",
    "wagtailadmin/widgets/time_input.html",
    "wagtail_localize/admin/edit_translation.html",
    "wagtail_localize/admin/submit_translation.html",
}
REPLACED_IN_PYTHON = {"admin/widgets/chooser.py"}
# With a type that is no script, as a template or data, nothing runs.
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(text/(x-)?template|application/json)\")[^>]*>"
    r"|<[a-z][^>]*\son(click|change|load|error|submit|input)="
)


def files_with_inline_scripts(folder, pattern):
    for file in Path(folder).rglob(pattern):
        if not {"test", "tests"} & set(file.parts) and INLINE.search(file.read_text()):
            yield file


def test_every_template_with_a_script_is_replaced():
    found = set()
    for app in apps.get_app_configs():
        if app.name.startswith("wagtail"):
            templates = Path(app.path, "templates")
            files = files_with_inline_scripts(templates, "*.html")
            found |= {str(file.relative_to(templates)) for file in files}
    assert found == REPLACED
    ours = Path(__file__).parents[2] / "home" / "templates"
    for name in REPLACED:
        assert not INLINE.search((ours / name).read_text()), name


def test_every_script_written_by_python_is_replaced():
    found = set()
    for package in (wagtail, wagtail_localize):
        root = Path(package.__file__).parent
        for file in files_with_inline_scripts(root, "*.py"):
            if file.relative_to(root).parts[0] != "contrib":
                found.add(str(file.relative_to(root)))
    assert found == REPLACED_IN_PYTHON


def test_none_of_our_own_templates_has_one():
    root = Path(__file__).parents[2]
    folders = ("site/templates", "home/templates", "learning/templates", "search/templates")
    found = [f for folder in folders for f in files_with_inline_scripts(root / folder, "*.html")]
    assert found == []
