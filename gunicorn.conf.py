"""The production server's settings: `gunicorn` in this folder finds them by itself."""

import gc
import os
from pathlib import Path
from typing import Any

pythonpath = "site"
wsgi_app = "config.wsgi"

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Load once, then fork: a quicker start, and memory that the workers share.
preload_app = True

# Workers show that they live by touching a file: in memory, so that a slow disk ends nobody.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  it is a folder
timeout = 30
graceful_timeout = 20
keepalive = 5

# Only these proxies are believed about the visitor's scheme (comma separated, * for all).
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")

# No access log: it would hold addresses of visitors. The application logs its own requests.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
# Nobody steers the server through a socket in a home folder: signals do.
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Before the workers are forked: what is loaded now is never garbage, so leave it alone.

    This keeps the shared memory shared, and each collection in a worker short.
    """
    gc.collect()
    gc.freeze()
