"""Make the database and the static files ready, doing only what is not done yet.

Runs in .venv, as one process, since every start of Django costs a second:

    python -m tools.prepare [--static]
"""

import hashlib
import os
import sys
from pathlib import Path

from tools.frontend import digest_of
from tools.paths import DIST, ROOT, SITE, static_root, var_dir
from tools.say import Problem, complain, say, step


def start_django() -> None:
    """Load the settings and the apps, as manage.py does."""
    sys.path.insert(1, str(SITE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django  # noqa: PLC0415  after the path is set

    django.setup()


def migrate() -> None:
    """Bring the tables up to date, when a migration waits. Raises Problem."""
    from django.core.management import call_command  # noqa: PLC0415  after start_django
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415
    from django.db.utils import OperationalError  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        message = f"The database does not answer: {error}\nSee DATABASE_URL and VAR_DIR."
        raise Problem(message) from error
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        with step(f"bringing the database up to date ({len(waiting)} migrations)"):
            call_command("migrate", interactive=False, verbosity=0)


def fill() -> None:
    """Make what a site needs, and the demo where DEMO=1: once for each database."""
    from django.conf import settings  # noqa: PLC0415  after start_django
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from home.setup import keep_address  # noqa: PLC0415

    command = "load_demo" if settings.DEMO else "setup_site"
    name = hashlib.sha256(repr(sorted(connection.get_connection_params())).encode())
    name.update(str(connection.settings_dict["NAME"]).encode())
    marker = var_dir() / "stamps" / f"{command}-{name.hexdigest()[:12]}"
    if marker.exists() and (not settings.DEMO or get_user_model().objects.exists()):
        # The site may be started at another address than before.
        keep_address()
        return
    what = "loading the demo" if settings.DEMO else "making the site's first pages"
    with step(f"{what} (once)"):
        call_command(command, verbosity=0)
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()


def own_static_files() -> list[Path]:
    """What our own apps and the front end add to the static files."""
    folders = [DIST, *ROOT.glob("*/static"), *SITE.glob("*/static")]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".built"
    )


def collect() -> None:
    """Collect and compress the static files, when one of them or a package has changed."""
    from django.core.management import call_command  # noqa: PLC0415  after start_django

    wanted = digest_of([*own_static_files(), ROOT / "requirements.txt"])
    stamp = static_root() / ".collected"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("collecting and compressing the static files"):
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)


def main(arguments: list[str]) -> int:
    """Prepare everything. Returns the exit code."""
    try:
        start_django()
        migrate()
        fill()
        if "--static" in arguments:
            collect()
    except Problem as problem:
        return complain(problem)
    say("  the database is ready")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
