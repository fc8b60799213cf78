"""Where things are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"
FRONTEND = SITE / "frontend"
DIST = ROOT / "static" / "dist"
CATALOGUE = SITE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def var_dir() -> Path:
    """Where the running site keeps its data (`VAR_DIR`, else var/)."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var")


def static_root() -> Path:
    """Where the collected static files go (`STATIC_ROOT`, else static/ under the data)."""
    return Path(os.environ.get("STATIC_ROOT") or var_dir() / "static")
