"""What the engines said: its types, its file, and what is computed from it."""
