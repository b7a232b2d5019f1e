"""`python -m pipelines` is `archive-listings`."""

from pipelines.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
