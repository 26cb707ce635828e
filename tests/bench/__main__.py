"""Measure the project side by side with what it is compared to: `make bench ARGS="site search"`.

Parts: `lab`, what the lab costs; `peers`, the same claims with other tools; `site`, building and
reading the pages; `search`, finding them. All of them, where none is named.
"""

import argparse
from contextlib import ExitStack

from tests.bench import lab_costs, peers, search, site

PARTS = {"lab": lab_costs, "peers": peers, "site": site, "search": search}
ON_ENGINES = {"lab", "peers"}


def main() -> None:
    """Measure and print; a lab stays as it was."""
    parser = argparse.ArgumentParser("make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--claims", nargs="+", metavar="path", help="those of lab's full run")
    options = parser.parse_args()
    parts = options.parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if options.claims:
        lab_costs.CLAIMS[:] = options.claims
    with ExitStack() as stack:
        if ON_ENGINES & set(parts):
            stack.enter_context(lab_costs.running())
        for part in parts:
            print(f"\n== {part}", flush=True)
            PARTS[part].measure()


if __name__ == "__main__":
    main()
