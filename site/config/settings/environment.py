"""What all settings are told by the environment, and where things stand."""

import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"

env = environ.Env()


def as_written(name: str) -> str:
    """A secret, as it stands: to `env` a dollar sign in front means another variable."""
    return os.environ.get(name, "")


VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
