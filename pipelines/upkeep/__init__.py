"""Looking after releases: listing and tagging them, going back to one, removing old ones."""
