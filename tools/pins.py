"""Writes the exact versions that are installed: `make pins` (`UPGRADE=1` for newer ones).

Each *.in file names what we use ourselves; pip works out the rest for the running
Python, and the *.txt beside it pins all of it. What was pinned stays as it is unless
an upgrade is asked for. Run it on the oldest Python that is supported.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.paths import ROOT
from tools.say import Problem, step

# Each file, and those whose pins it stands on.
FILES = {
    "requirements": (),
    "requirements-dev": ("requirements",),
    "tools/requirements-node": (),
    "tools/requirements-postgres": (),
    "tools/requirements-scan": (),
}
# Some of what the scanner stands on comes as source alone.
FROM_SOURCE = {"tools/requirements-scan"}


def pins_of(text: str) -> dict[str, str]:
    """Names and versions of a requirements file; other lines are left out."""
    pairs = (line.split("==", 1) for line in text.splitlines() if "==" in line)
    return {name.strip().lower(): version.strip() for name, version in pairs}


def pins_of_report(report: dict[str, Any]) -> dict[str, str]:
    """Names and versions of what pip says that it would install (`pip install --report`)."""
    found = (item["metadata"] for item in report["install"])
    return {item["name"].lower().replace("_", "-"): item["version"] for item in found}


def resolve(names: list[str], constraints: dict[str, str]) -> dict[str, str]:
    """Everything that these files need, under the constraints. Raises Problem."""
    with tempfile.TemporaryDirectory() as folder:
        limits = Path(folder, "constraints.txt")
        limits.write_text("".join(f"{name}=={version}\n" for name, version in constraints.items()))
        report = Path(folder, "report.json")
        wanted = [part for name in names for part in ("-r", str(ROOT / f"{name}.in"))]
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--quiet"),
                *("--ignore-installed", "--report", str(report)),
                *(() if FROM_SOURCE.intersection(names) else ("--only-binary", ":all:")),
                *("--constraint", str(limits), *wanted),
            ],
            check=False,
        )
        if done.returncode:
            message = "pip could not work out the versions: see above."
            raise Problem(message)
        return pins_of_report(json.loads(report.read_text()))


def write_pins() -> None:
    """Write every requirements file anew."""
    upgrade = bool(os.environ.get("UPGRADE"))
    for name, below in FILES.items():
        target = ROOT / f"{name}.txt"
        with step(f"pinning {target.relative_to(ROOT)}"):
            base = {
                key: value
                for other in below
                for key, value in pins_of((ROOT / f"{other}.txt").read_text()).items()
            }
            old = {} if upgrade or not target.exists() else pins_of(target.read_text())
            found = resolve([name, *below], {**old, **base})
            lines = [f"# Made from {Path(name).name}.in by `make pins`."]
            lines += [f"-r {other}.txt" for other in below]
            lines += [f"{key}=={found[key]}" for key in sorted(found) if key not in base]
            target.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    write_pins()
