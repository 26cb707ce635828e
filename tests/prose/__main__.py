"""Find prose that readers stumble over: `python -m tests.prose`, a part of `make lint`."""

import sys

from tests.prose.comments import comment_findings
from tests.prose.rules import findings
from tests.prose.sources import sentences

problems = list(comment_findings())
for sentence in sentences():
    problems += findings(sentence)
print(*problems, sep="\n", end="\n" if problems else "")
sys.exit(bool(problems))
