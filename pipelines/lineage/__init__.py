"""Events for a lineage service (OpenLineage): what a run read and what it published; only where one is named."""
