"""`make scan`: wapiti against the demo on loopback, as a visitor and as several people.

It attacks forms and addresses, within a time, and reads what it was told. Anything above
informational fails. The scanner has a virtual environment of its own: it pins what it stands on.
"""

import argparse
import http.cookiejar
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, Final

from tools.demo_site import demo_site
from tools.paths import ROOT
from tools.python_env import fingerprint
from tools.say import Problem, complain, say, step

VENV: Final = ROOT / "var" / "scan-venv"
REQUIREMENTS: Final = ROOT / "tools" / "requirements-scan.txt"
# Not those that let the site call a server of the scanner's makers (ssrf, xxe, log4shell).
MODULES: Final = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,"
    "redirect,sql,upload,xss"
)
# As whom, where to begin, and which addresses to stay below.
PEOPLE: Final = {
    "": "/",
    "raadslid@voorbeeld.example": "/mijn/",
    "griffier@voorbeeld.example": "/gemeente/utrecht/",
    "beheerder@voorbeeld.example": "/beheer/",
}
# Signing out would end the scan, and the demo's buttons would sign in as somebody else.
LEFT_OUT: Final = ("/account/logout/", "/account/demo/", "/static/")
INFORMATIONAL: Final = 0
# On loopback there is no TLS, so no cookie can ask for it. Of the settings that are meant for use
# a test asks it (tests/security/test_sessions.py).
NEEDS_TLS: Final = {"Secure Flag cookie"}


def ensure_scanner() -> Path:
    """The scanner, installed where it is not yet. Raises Problem."""
    stamp, wanted = VENV / ".installed", fingerprint(REQUIREMENTS)
    if not stamp.exists() or stamp.read_text() != wanted:
        with step("installing the scanner (pip)"):
            for command in (
                [sys.executable, "-m", "venv", "--clear", str(VENV)],
                [str(VENV / "bin" / "pip"), "install", "-qq", "-r", str(REQUIREMENTS)],
            ):
                if subprocess.run(command, check=False).returncode:
                    message = "The scanner could not be installed: see above."
                    raise Problem(message)
            stamp.write_text(wanted)
    return VENV / "bin" / "wapiti"


def cookies_of(base: str, email: str) -> str:
    """The header of somebody who signed in by the button of the demo."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with browser.open(f"{base}/account/login/") as page:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    if found is None:
        message = "The sign-in page holds no form."
        raise Problem(message)
    words = {"email": email, "csrfmiddlewaretoken": found[1]}
    with browser.open(f"{base}/account/demo/", urllib.parse.urlencode(words).encode()):
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def scan(wapiti: Path, base: str, email: str, start: str, *, seconds: int) -> dict[str, Any]:
    """What the scanner says of the site as one person. Raises Problem when it says nothing."""
    # The scanner keeps what it found in a database: in memory, where a slow disk locks nothing.
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  it is a folder
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        report = Path(folder, "report.json")
        command = [
            *(str(wapiti), "--url", base + start, "--scope", "folder", "--module", MODULES),
            *("--max-scan-time", str(seconds), "--max-attack-time", str(max(5, seconds // 6))),
            *("--max-links-per-page", "40", "--max-files-per-dir", "40", "--depth", "6"),
            *("--flush-session", "--store-session", folder, "--format", "json"),
            *("--output", str(report), "--no-bugreport", "--verbose", "0", "--timeout", "10"),
            *(part for path in LEFT_OUT for part in ("--exclude", f"{base}{path}*")),
        ]
        if email:
            command += ["--header", f"Cookie: {cookies_of(base, email)}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if not report.exists():
            say(done.stdout[-2000:] + done.stderr[-2000:])
            message = "The scanner made no report."
            raise Problem(message)
        found: dict[str, Any] = json.loads(report.read_text())
        return found


def findings(report: dict[str, Any]) -> list[str]:
    """One line for each thing above informational."""
    return [
        f"{name}: {item['method']} {item['path']} {item.get('parameter') or ''}: {item['info']}"
        for part in ("vulnerabilities", "anomalies")
        for name, items in report[part].items()
        for item in items
        if item["level"] > INFORMATIONAL and name not in NEEDS_TLS
    ]


def main(arguments: list[str]) -> int:
    """Scan as everybody. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="make scan")
    parser.add_argument("--seconds", type=int, default=90, help="for each person")
    parser.add_argument("--base", help="a site of the demo that runs already")
    options = parser.parse_args(arguments)
    try:
        wapiti = ensure_scanner()
        if options.base:
            return scan_all(wapiti, options.base, options.seconds)
        with demo_site() as base:
            return scan_all(wapiti, base, options.seconds)
    except Problem as problem:
        return complain(problem)


def scan_all(wapiti: Path, base: str, seconds: int) -> int:
    wrong = []
    for email, start in PEOPLE.items():
        with step(f"scanning as {email or 'a visitor'}"):
            report = scan(wapiti, base, email, start, seconds=seconds)
        lines = findings(report)
        wrong += lines
        pages = report["infos"].get("crawled_pages_nbr")
        say("\n".join([f"  {pages} pages and forms, {len(lines)} findings", *lines]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
