"""What all settings are told by the environment, and where things stand."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"

env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
