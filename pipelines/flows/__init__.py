"""Prefect's coat over the same functions. Nothing outside this folder and the command line knows of Prefect."""
