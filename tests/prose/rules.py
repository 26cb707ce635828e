"""The rules: the phrases of phrases.yml, how long a sentence is, and one sentence a line."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tests.prose.sources import Sentence

WORDS = 30
WORD = re.compile(r"[\w`“]\S*")


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of phrases.yml, which says what its fields are."""

    avoid: str
    write: str
    seen: str
    not_in_claims: str = ""

    def in_sentence(self, sentence: Sentence) -> re.Match[str] | None:
        """The phrase in a sentence, or nothing."""
        if sentence.is_claim and self.not_in_claims:
            return None
        return re.search(rf"(?<!\w)(?:{self.avoid})(?!\w)", sentence.text, re.IGNORECASE)


PHRASES = msgspec.yaml.decode(
    Path(__file__).with_name("phrases.yml").read_text(), type=list[Phrase]
)


def findings(sentence: Sentence) -> Iterator[str]:
    """What a reader would stumble over in a sentence, a line each."""
    for phrase in PHRASES:
        if match := phrase.in_sentence(sentence):
            yield f"{sentence.where}: “{match[0]}”: {phrase.write}"
    if sentence.is_second:
        yield f"{sentence.where}: a second sentence on its line: “{sentence.text}”"
    count = len(WORD.findall(sentence.text))
    if count > WORDS:
        yield f"{sentence.where}: {count} words, at most {WORDS}: “{sentence.text}”"
