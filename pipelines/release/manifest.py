"""What a release says of itself: its manifest and its id. Each follows from the tables and the files' bytes."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pyarrow as pa

from schemas import TABLE_VERSION

Files = Mapping[str, Mapping[str, Any]]


def make_manifest(files: Files, pages: pa.Table, code_version: str) -> dict[str, Any]:
    """The manifest of a release with these files, made of these pages.

    Everything in it can be found out again: the files' facts from the files, the inputs from the pages, the version of the code
    from `datapackage.json`, which is one of the files. So a manifest that was changed by one bit is told from the true one.
    """
    return {
        "release_id": release_id_of({name: facts["sha256"] for name, facts in files.items()}),
        "code_version": code_version,
        "table_version": TABLE_VERSION,
        "inputs": inputs_of(pages),
        "files": files,
    }


def release_id_of(digests: Mapping[str, str]) -> str:
    """From the content of every file but the manifest, so that equal content is one release."""
    listing = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    return f"r1-{sha256(listing.encode()).hexdigest()[:16]}"


def inputs_of(pages: pa.Table) -> dict[str, Any]:
    """What was read: `sha256` is that of the listing `sha256sum` would print for all pages, sorted by path."""
    rows = sorted(zip(pages.column("source_path").to_pylist(), pages.column("source_sha256").to_pylist(), strict=True))
    listing = "".join(f"{digest}  {path}\n" for path, digest in rows)
    return {
        "pages": pages.num_rows,
        "bytes": sum(pages.column("source_bytes").to_pylist()),
        "sha256": sha256(listing.encode()).hexdigest(),
    }
