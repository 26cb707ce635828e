"""What Lighthouse says of pages, on its own slowed phone."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browsing import chromium

RUNS = 3
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
SCORES = {"performance": 95, "accessibility": 100, "best-practices": 100}


def lighthouse(urls: list[str]) -> None:
    """Print the scores of pages."""
    print("Lighthouse, its own settings: a slowed phone; the median of", RUNS)
    if not shutil.which("npx"):
        print("    not measured: it needs npx, which comes with npm")
        return
    for url in urls:
        print(f"… Lighthouse on {url}", file=sys.stderr, flush=True)
        reports = [audit(url) for _ in range(RUNS)]
        if ranked := sorted(filter(None, reports), key=speed):
            print_scores(url, ranked[len(ranked) // 2])


def audit(url: str) -> dict | None:
    """Lighthouse's report of a page; None, and why, where there is none."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = ["npx", "--yes", "lighthouse", url, "--quiet", "--output=json"]
        command += [f"--output-path={report.name}", f"--chrome-flags={FLAGS}"]
        command += [f"--only-categories={','.join(SCORES)}"]
        env = os.environ | {"CHROME_PATH": chromium()}
        ended = subprocess.run(command, env=env, capture_output=True, text=True)
        if ended.returncode:
            print(f"    {url}: not measured: {ended.stderr.strip()[-300:]}")
            return None
        return json.loads(Path(report.name).read_text())


def speed(report: dict) -> float:
    """The score for performance, from 0 to 1."""
    return report["categories"]["performance"]["score"] or 0


def print_scores(url: str, report: dict) -> None:
    """Print the scores of a page, and the audits that cost some."""
    page = url.partition("//")[2].partition("/")[2]
    power = report["environment"]["benchmarkIndex"]
    print(f"    {page}, Lighthouse {report['lighthouseVersion']}, this machine's power {power:.0f}")
    for name, least in SCORES.items():
        category = report["categories"][name]
        score = round(100 * (category["score"] or 0))
        verdict = "met" if score >= least else "MISSED"
        print(f"        {name}: {score} (aim: {least} or more) {verdict}", flush=True)
        if score < least and (lost := lost_audits(category, report["audits"])):
            print(f"            because of {', '.join(lost)}")


def lost_audits(category: dict, audits: dict) -> list[str]:
    """The audits that cost a category a part of its score."""
    weighed = [audit["id"] for audit in category["auditRefs"] if audit["weight"]]
    return [name for name in weighed if (audits[name]["score"] or 0) < 0.9]
