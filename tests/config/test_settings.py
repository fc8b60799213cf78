"""What the settings promise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from config.checks import demo_stays_out_of_production

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "a-long-secret-for-this-test-only-" + "x" * 40 + "yz1234567890",
    "BASE_URL": "https://raadsleden.voorbeeld.example",
    "ALLOWED_HOSTS": "raadsleden.voorbeeld.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(  # noqa: S603  our own commands
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=keep | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_is_silent_in_production_settings():
    result = manage("check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_the_demo_is_refused_in_production_settings():
    result = manage("check", **PRODUCTION, DEMO="1")
    assert result.returncode != 0
    assert "house.E001" in result.stderr


def test_production_does_not_start_without_a_secret():
    environment = {k: v for k, v in PRODUCTION.items() if k != "SECRET_KEY"}
    result = manage("check", **environment)
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr


def test_a_secret_may_begin_with_any_sign(tmp_path):
    """Django makes such keys, and `make run` lets it make one."""
    (tmp_path / "secret-key").write_text("$" + "x" * 49)
    ask = "from django.conf import settings; print(settings.SECRET_KEY == settings.AUDIT_LOG_KEY)"
    developer = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "VAR_DIR": str(tmp_path)}
    for environment in (developer, PRODUCTION | {"SECRET_KEY": "$" + "x" * 60}):
        result = manage("shell", "-v0", "-c", ask, **environment)
        assert result.stdout.strip() == "True", result.stderr


def test_the_demo_is_allowed_elsewhere():
    with override_settings(DEMO=True):
        assert demo_stays_out_of_production(None) == []


@pytest.mark.django_db
def test_the_house_has_no_check_to_complain_about():
    assert run_checks() == []
