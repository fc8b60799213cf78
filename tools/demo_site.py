"""The demo as `make run` serves it, in a folder of its own: to look at, and to test."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tools import serve
from tools.background import background
from tools.paths import ROOT, VENV
from tools.postgres import free_port


@contextmanager
def demo_site() -> Iterator[str]:
    """Serve the demo from a temporary folder until the block ends. Yields the base address."""
    with demo_environment() as env:
        yield env["BASE_URL"]


@contextmanager
def demo_environment() -> Iterator[dict[str, str]]:
    """The same; yields the environment that the site runs in, to run more in it."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="demo-site-") as folder:
        env = os.environ | serve.environment("127.0.0.1", port)
        env |= {
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "BASE_URL": f"http://127.0.0.1:{port}",
            "VAR_DIR": folder,
            "STATIC_ROOT": str(ROOT / "var" / "static"),
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "LOG_LEVEL": "WARNING",
        }
        for name in ("DATABASE_URL", "CACHE_URL", "MEDIA_ROOT", "PRIVATE_ROOT"):
            env.pop(name, None)
        serve.prepare(env, static=True)
        server = subprocess.Popen([str(VENV / "bin" / "gunicorn")], cwd=ROOT, env=env)
        try:
            serve.wait_until_it_answers(server, "127.0.0.1", port)
            with background(env):
                yield env
        finally:
            server.terminate()
            server.wait()
