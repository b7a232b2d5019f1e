"""The command `explain`: one document, for a person or for a program."""

import json
import sys
from pathlib import Path

from pipelines.explain.display import ExplanationSheet, as_json
from pipelines.explain.explanation import explain_document
from pipelines.judgements import read_judgements
from pipelines.published import open_release
from pipelines.wording import Sheet


def explain(asked_id: str, processed: Path, judgements: Path, *, is_json: bool) -> None:
    """Write the explanation of the document that an id leads to.

    Raises:
        UnknownIdError: the id leads to none.
        ReleaseError, JudgementsError: the release or the file of judgements cannot be read.
    """
    told = explain_document(open_release(processed), asked_id, read_judgements(judgements))
    if is_json:
        sys.stdout.write(json.dumps(as_json(told), indent=2) + "\n")
    else:
        ExplanationSheet(Sheet(), told).write()
