"""What differs between two releases: which documents are new, gone, changed, merged or split, and which ids lead elsewhere."""
