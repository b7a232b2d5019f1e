"""Whoever is to know that a run nobody watched did not publish: by webhook, by mail, as the environment says."""
