"""A run, as whoever watches it sees it: what each stage took, how it ended, and where that is written down."""
