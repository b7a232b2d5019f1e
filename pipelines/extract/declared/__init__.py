"""Layouts of other archives, declared in TOML: read from a folder, and pages read by them."""

from pipelines.extract.declared.declaration import DeclaredLayout
from pipelines.extract.declared.folder import read_declarations
from pipelines.extract.declared.outline import Refusal, filled_lines
from pipelines.extract.declared.page import Claim, claim, claim_any_way, claims_of, read_claimed

__all__ = [
    "Claim",
    "DeclaredLayout",
    "Refusal",
    "claim",
    "claim_any_way",
    "claims_of",
    "filled_lines",
    "read_claimed",
    "read_declarations",
]
