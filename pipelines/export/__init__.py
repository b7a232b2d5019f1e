"""A release for programs that read no Parquet: CSV for spreadsheets, a DuckDB file for SQL."""
