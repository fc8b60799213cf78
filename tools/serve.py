"""`make run` and `make dev`: a site that answers, and the words to find one's way in it."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from tools.background import background
from tools.paths import ROOT, SITE, VENV, VENV_PYTHON
from tools.say import Problem, say

START_SECONDS = 60
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  compared with, not bound to

PORT_TAKEN = """\
Port {port} on {host} is taken by another program (perhaps this site, in another window).
Choose another port:  PORT={other} make run
or see who has it:    ss -ltnp 'sport = :{port}'   (macOS: lsof -i :{port})"""


def address() -> tuple[str, int]:
    """HOST and PORT. Raises Problem when PORT is no port."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        message = f"PORT={port} is not a port: give a number from 1024 to 65535."
        raise Problem(message)
    return os.environ.get("HOST") or "127.0.0.1", int(port)


def check_port(host: str, port: int) -> None:
    """Raise Problem when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = PORT_TAKEN.format(host=host, port=port, other=port + 1)
            elif error.errno == errno.EACCES:
                message = (
                    f"Port {port} is for root alone. Choose one above 1023: PORT=8000 make run"
                )
            else:
                message = f"HOST={host} is not an address of this machine ({error})."
            raise Problem(message) from error


def reachable_host(host: str) -> str:
    """The host as one types it in a browser."""
    if host in EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def environment(host: str, port: int) -> dict[str, str]:
    """What the site is started with: ours, and what was given."""
    defaults = {
        "HOST": host,
        "PORT": str(port),
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "BASE_URL": f"http://{reachable_host(host)}:{port}",
    }
    if host not in EVERYWHERE and host not in {"127.0.0.1", "localhost", "::1"}:
        defaults["ALLOWED_HOSTS"] = f"127.0.0.1,localhost,{reachable_host(host)}"
    return {**os.environ, **{k: v for k, v in defaults.items() if not os.environ.get(k)}}


def prepare(env: dict[str, str], *, static: bool) -> None:
    """Make database and files ready, in .venv. Ends the program when that fails."""
    command = [str(VENV_PYTHON), "-m", "tools.prepare", *(["--static"] if static else [])]
    done = subprocess.run(command, cwd=ROOT, env=env, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def demo_lines(base: str) -> list[str]:
    """Who can sign in: read from the project's own list of demo accounts."""
    sys.path.insert(1, str(SITE))
    from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD  # noqa: PLC0415  needs the path

    width = max(len(account.email) for account in DEMO_ACCOUNTS)
    lines = [f"  {account.email:<{width}}  {account.label}" for account in DEMO_ACCOUNTS]
    return [
        "",
        f"Demo accounts, all with password {DEMO_PASSWORD} ({base}/account/login/):",
        *lines,
    ]


def welcome(env: dict[str, str], started: float) -> None:
    """Print where the site is and who can sign in."""
    base = f"http://{reachable_host(env['HOST'])}:{env['PORT']}"
    lines = [
        "",
        f"The site runs after {time.monotonic() - started:.1f} s:",
        f"  {base}/         the site",
        f"  {base}/leren/   the modules",
        f"  {base}/beheer/  for editors",
        "Beside it runs a worker, for what takes long and for what is daily.",
    ]
    if env["DEMO"] == "1":
        lines += demo_lines(base)
    if env["HOST"] in EVERYWHERE and not os.environ.get("ALLOWED_HOSTS"):
        lines += ["", "Others reach it only by names in ALLOWED_HOSTS=name,127.0.0.1"]
    say("\n".join([*lines, "", "Ctrl-C stops it."]))


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        with socket.create_connection((reachable_host(host).strip("[]"), port), timeout=1):
            return True
    except OSError:
        return False


def wait_until_it_answers(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Wait for the first sign of life. Raises Problem when there is none."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        if answers(host, port):
            return
        time.sleep(0.1)
    message = "The server did not start: its own words are above."
    raise Problem(message)


def serve(env: dict[str, str], started: float) -> int:
    """Run gunicorn and a worker until somebody stops them. Returns gunicorn's exit code.

    Raises Problem.
    """
    host, port = env["HOST"], int(env["PORT"])
    # In a session of its own, so that each signal reaches it once: from us.
    server = subprocess.Popen(
        [str(VENV / "bin" / "gunicorn")], cwd=ROOT, env=env, start_new_session=True
    )
    with background(env) as worker:

        def hand_on(number: int, _frame: FrameType | None) -> None:
            """Stop the server: at once on Ctrl-C, else after what it is doing."""
            if server.poll() is None:
                server.send_signal(signal.SIGINT if number == signal.SIGINT else signal.SIGTERM)
            worker.ask_to_stop()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, hand_on)
        try:
            wait_until_it_answers(server, host, port)
            welcome(env, started)
            while server.poll() is None:
                time.sleep(0.2)
                worker.tend()
        finally:
            if server.poll() is None:
                server.terminate()
                server.wait()
    say("\nThe site has stopped.")
    return server.returncode
