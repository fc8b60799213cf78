"""`make figures`: what Lighthouse and the Nu HTML checker say of the demo's pages.

Lighthouse judges six pages as on a slow phone; the checker reads every page of the sitemap, and
what people see who have signed in. Neither asks anything of the network. Both are installed by
npm in a folder of their own (tools/measuring), and the checker needs Java.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tools.chromium import ensure_chromium, launch_arguments
from tools.demo_site import demo_site
from tools.frontend import find_node, install_packages
from tools.paths import ROOT
from tools.say import Problem, complain, say, step
from tools.scan import cookies_of

MEASURING: Final = ROOT / "tools" / "measuring"
ASKED: Final = 98
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
# The first address below a section that the sitemap knows stands for all of its kind.
LIGHTHOUSE: Final = {
    "home": "/",
    "visiedocument": "/visiedocument/",
    "news item": "/nieuws/*/",
    "case": "/praktijk/*/",
    "search results": "/zoeken/?q=integriteit",
    "module": "/leren/*/",
}
# Beside the sitemap: what no search engine is told of, by who may see it.
PRIVATE: Final = {
    "": (
        "/zoeken/",
        "/zoeken/?q=integriteit",
        "/zoeken/?q=xqz",
        "/account/login/",
        "/bestaat-niet/",
    ),
    "raadslid@voorbeeld.example": ("/mijn/", "/mijn/gegevens/", "/mijn/certificaten/"),
    "griffier@voorbeeld.example": ("/gemeente/utrecht/", "/gemeente/utrecht/verplichtingen/"),
    "landelijk@voorbeeld.example": ("/landelijk/",),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Lighthouse says of one page: scores from 0 to 100, and what was fetched."""

    scores: dict[str, int]
    kilobytes: float
    requests: int
    faults: list[str]


def fetch(address: str, cookie: str = "") -> str:
    """A page as text, whatever its status."""
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})  # noqa: S310  our own demo
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310  likewise
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        return refused.read().decode()


def addresses_in_sitemap(base: str) -> list[str]:
    """Paths of all pages that search engines are told of. Raises Problem when there are none."""
    found = re.findall(r"<loc>([^<]+)</loc>", fetch(f"{base}/sitemap.xml"))
    if not found:
        message = "The sitemap names no page."
        raise Problem(message)
    return [urlsplit(each).path for each in found]


def first_like(pattern: str, paths: Iterable[str]) -> str:
    """The first path like `/nieuws/*/`; a pattern without a star is itself. Raises Problem."""
    if "*" not in pattern:
        return pattern
    shape = re.compile(re.escape(pattern).replace(r"\*", "[^/]+"))
    for path in paths:
        if shape.fullmatch(path) and not re.fullmatch(r".*/\d{4}/", path):
            return path
    message = f"The sitemap names no page like {pattern}."
    raise Problem(message)


def lighthouse(address: str, chromium: str, environment: dict[str, str]) -> Verdict:
    """Judge one page as on a phone. Raises Problem when Lighthouse cannot, also the second time.

    Now and then Chromium without a screen paints nothing in time, and there is nothing to judge.
    """
    report = reported(address, chromium, environment)
    if unjudged(report):
        report = reported(address, chromium, environment)
    if lacking := unjudged(report):
        why = report.get("runtimeError", {}).get("message", "it does not say why")
        message = f"Lighthouse could not judge {', '.join(lacking)} of {address}: {why}"
        raise Problem(message)
    return verdict_of(report)


def unjudged(report: dict[str, Any]) -> list[str]:
    """What Lighthouse has no score for."""
    return [name for name in CATEGORIES if report["categories"][name]["score"] is None]


def reported(address: str, chromium: str, environment: dict[str, str]) -> dict[str, Any]:
    """What Lighthouse writes of one page. Raises Problem when it writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        done = subprocess.run(
            [
                *("node", str(MEASURING / "node_modules/lighthouse/cli/index.js"), address),
                *("--quiet", "--output=json", f"--output-path={report}"),
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags=--headless=new {' '.join(flags())}",
                "--no-enable-error-reporting",
            ],
            env=environment | ({"CHROME_PATH": chromium} if chromium else {}),
            capture_output=True,
            text=True,
            check=False,
        )
        if not report.exists():
            message = f"Lighthouse said nothing of {address}: {done.stderr[-500:]}"
            raise Problem(message)
        found: dict[str, Any] = json.loads(report.read_text())
        return found


def flags() -> list[str]:
    """Switches of the browser; one with a space in it cannot be given to Lighthouse."""
    return [each for each in launch_arguments() if " " not in each]


def verdict_of(report: dict[str, Any]) -> Verdict:
    """A report in short; faults are audits that cost points."""
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    counted = {
        ref["id"]
        for category in report["categories"].values()
        for ref in category["auditRefs"]
        if ref["weight"] > 0
    }
    return Verdict(
        scores={name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES},
        kilobytes=sum(each.get("transferSize", 0) for each in requests) / 1000,
        requests=len(requests),
        faults=[
            f"{audit['title']} ({audit.get('displayValue') or audit['score']})"
            for key, audit in audits.items()
            if key in counted and audit["score"] is not None and audit["score"] < 0.9
        ],
    )


def judge_pages(base: str, paths: list[str]) -> bool:
    """Print what Lighthouse says. Returns whether all is as good as is asked."""
    node = find_node()
    environment = os.environ | {"PATH": f"{node.folder}{os.pathsep}{os.environ['PATH']}"}
    chromium = ensure_chromium().executable
    good = True
    say(f"{'page':<16}{'perf':>6}{'a11y':>6}{'best':>6}{'seo':>6}{'kB':>8}{'requests':>10}")
    for name, pattern in LIGHTHOUSE.items():
        address = first_like(pattern, paths)
        verdict = lighthouse(base + address, chromium, environment)
        scores = [verdict.scores[each] for each in CATEGORIES]
        good = good and min(scores) >= ASKED
        row = "".join(f"{score:>6}" for score in scores)
        say(f"{name:<16}{row}{verdict.kilobytes:>8.1f}{verdict.requests:>10}  {address}")
        for fault in verdict.faults:
            say(f"    {fault}")
    return good


def pages_to_read(base: str, paths: list[str]) -> list[tuple[str, str]]:
    """Paths with the text of their pages."""
    wanted = [(path, "") for path in paths]
    for email, private in PRIVATE.items():
        cookie = cookies_of(base, email) if email else ""
        wanted += [(path, cookie) for path in private]
    with ThreadPoolExecutor(2) as pool:
        texts = pool.map(lambda each: fetch(base + each[0], each[1]), wanted)
        return [(path, text) for (path, _cookie), text in zip(wanted, texts, strict=True)]


def check_markup(pages: list[tuple[str, str]]) -> int:
    """Print the errors in the HTML of pages. Returns how many there are. Raises Problem."""
    java = shutil.which("java")
    if java is None:
        message = (
            "The HTML checker needs Java, and there is none (apt install default-jre-headless)."
        )
        raise Problem(message)
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (path, text) in enumerate(pages):
            file = Path(folder, f"{number}.html")
            file.write_text(text, encoding="utf-8")
            names[file.name] = path
        done = subprocess.run(
            [
                *(
                    java,
                    "-Xss4m",
                    "-jar",
                    str(MEASURING / "node_modules/vnu-jar/build/dist/vnu.jar"),
                ),
                *("--format", "json", "--exit-zero-always", "--also-check-svg", folder),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    told = json.loads(done.stderr or done.stdout)["messages"]
    errors = [each for each in told if each["type"] == "error"]
    for each in errors:
        path = names.get(Path(urlsplit(each["url"]).path).name, each["url"])
        say(f"  {path}: {each['message']}\n    {each.get('extract', '').strip()[:160]!r}")
    warnings = len(told) - len(errors)
    say(f"{len(pages)} pages read: errors in HTML: {len(errors)}, remarks: {warnings}")
    return len(errors)


def measure(base: str, *, only: str) -> int:
    """All of it, or one half. Returns the exit code."""
    install_packages(MEASURING, called="Lighthouse and the HTML checker")
    paths = addresses_in_sitemap(base)
    good = True
    if only != "html":
        good = judge_pages(base, paths)
    if only != "lighthouse":
        with step("reading the HTML"):
            pages = pages_to_read(base, paths)
        good = not check_markup(pages) and good
    return 0 if good else 1


def main(arguments: list[str]) -> int:
    """Measure. Returns 1 when something is not as good as is asked."""
    parser = argparse.ArgumentParser(prog="make figures")
    parser.add_argument("--base", help="a site of the demo that runs already")
    parser.add_argument("--only", choices=["lighthouse", "html"], default="")
    options = parser.parse_args(arguments)
    try:
        if options.base:
            return measure(options.base, only=options.only)
        with demo_site() as base:
            return measure(base, only=options.only)
    except Problem as problem:
        return complain(problem)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
