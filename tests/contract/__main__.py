"""``python -m contract URL PROFILE.json [--as HEADER] [--other HEADER]`` runs the suite by hand."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from contract.session import Credentials
from contract.suite import failures, run


def main() -> int:
    """Print one line a check; the exit code says whether one failed."""
    parser = argparse.ArgumentParser(prog="contract")
    parser.add_argument("url")
    parser.add_argument("profile", type=Path)
    parser.add_argument("--as", dest="first", action="append", default=[], metavar="NAME: VALUE")
    parser.add_argument("--other", dest="second", action="append", metavar="NAME: VALUE")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--references", type=json.loads, default={}, metavar="JSON")
    given = parser.parse_args()
    credentials = Credentials(
        _headers(given.first), _headers(given.second) if given.second else None
    )
    profile = json.loads(given.profile.read_text())
    results = run(given.url, profile, credentials, references=given.references, only=given.only)
    print(*results, sep="\n")
    return 1 if failures(results) else 0


def _headers(lines: list[str]) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines)
    return {name.strip(): value.strip() for name, _, value in pairs}


if __name__ == "__main__":
    sys.exit(main())
