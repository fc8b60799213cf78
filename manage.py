#!/usr/bin/env python
"""Django's command line, with `site/` as a source root."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command that was asked for."""
    sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  needs the path

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
