"""What each run of a schedule is called with."""

import argparse
from pathlib import Path
from typing import Any


def parameters_of(options: argparse.Namespace, judgements: Path, gate: Path, authority: Path) -> dict[str, Any]:
    """The parameters of the flow, as JSON holds them. A run starts in a folder of its own, so paths are whole."""
    paths = {"raw": options.raw, "processed": options.processed, "judgements": judgements, "gate": gate}
    paths["authority"] = authority
    counts = {"workers": options.workers, "keep": options.keep, "wait": options.wait}
    addresses = {"openlineage": options.openlineage or "", "report_address": options.report_address or ""}
    return {**{name: str(path.absolute()) for name, path in paths.items()}, **counts, **addresses}
