"""Whether a release is still what was published: its bytes, its tables, and all that it says of itself."""
