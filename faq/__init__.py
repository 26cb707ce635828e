"""A container FAQ whose every claim is run on real engines before it is published."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The repository."""
