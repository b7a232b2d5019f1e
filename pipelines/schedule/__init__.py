"""Runs at set times on this machine: what the command `serve` is asked, and what it hands to the flow."""
