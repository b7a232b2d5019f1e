"""The command `layout`: how a page is read, line by line, and why no other layout reads it."""
