"""The JSON Schemas of what the site and the repository publish, made of the types."""

from typing import Annotated

import msgspec
from msgspec import Meta

from faq.evidence.model import Evidence
from faq.site.exports import ExportedClaims

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PUBLISHED = {
    "claims.schema.json": Annotated[ExportedClaims, Meta(title="All claims of the container FAQ")],
    "evidence.schema.json": Annotated[Evidence, Meta(title="Evidence of one entry")],
}


def schema_files() -> dict[str, str]:
    """The schemas as JSON, by the name of their file."""
    files = {}
    for name, kind in PUBLISHED.items():
        schema = {"$schema": DIALECT, **msgspec.json.schema(kind)}
        files[name] = msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
    return files
