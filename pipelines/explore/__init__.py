"""The archive's own listing, rebuilt from a release: a page to search, filter and read, with its data in it or beside it."""
