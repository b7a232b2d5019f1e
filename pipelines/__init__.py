"""From saved listing pages of document archives to tables that can be trusted."""

__version__ = "0.1.0"
