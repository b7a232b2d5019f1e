"""What a build remembers of the one before, beside the releases: enough to see that nothing changed, and not to read a file twice.

All of it can be deleted at any time. Nothing of it is believed without its hash, and nothing of it is code.
"""
