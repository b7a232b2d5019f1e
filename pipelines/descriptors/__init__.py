"""What a release says of its tables in words that other programs know: a Data Package, and a Croissant.

Both follow from the declarations of the tables and the files' bytes alone, so a release can be checked against them.
"""

from collections.abc import Mapping
from typing import Any

from pipelines.descriptors.croissant import make_croissant
from pipelines.descriptors.data_package import make_data_package

DATA_PACKAGE, CROISSANT = "datapackage.json", "croissant.json"
DESCRIPTORS = (DATA_PACKAGE, CROISSANT)


def make_descriptors(files: Mapping[str, Mapping[str, Any]], code_version: str) -> dict[str, dict[str, Any]]:
    """Each descriptor by the name of its file. `files` are the facts of files of the release; what is no table is passed over."""
    return {DATA_PACKAGE: make_data_package(files, code_version), CROISSANT: make_croissant(files)}
