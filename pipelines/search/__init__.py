"""Documents of a release found by words, and by what is known of them; without an index, in the columns as they are."""
