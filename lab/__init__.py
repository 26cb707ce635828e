"""The lab: real Docker Engines, what claims find on them, and how the site shows it."""
