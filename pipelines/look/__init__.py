"""What every page of the project looks like: one file of colours and type, for the report and for the explorer."""
