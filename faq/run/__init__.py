"""A run of the claims with pytest."""
