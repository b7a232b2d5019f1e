"""What the columns of all tables are made of: types that every reader knows, and the forms of ids and codes."""

from typing import Annotated, Any

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

String = Annotated[pd.ArrowDtype, pa.string()]
Int32 = Annotated[pd.ArrowDtype, pa.int32()]
Int64 = Annotated[pd.ArrowDtype, pa.int64()]
Float64 = Annotated[pd.ArrowDtype, pa.float64()]
Bool = Annotated[pd.ArrowDtype, pa.bool_()]
Date32 = Annotated[pd.ArrowDtype, pa.date32()]
Timestamp = Annotated[pd.ArrowDtype, pa.timestamp("us", "UTC")]

# Longer texts are no title, summary or description but a file read as something that it is not.
LONGEST_TITLE = 2_000
LONGEST_SUMMARY = 50_000
PRECISIONS = ["day", "month", "year"]
SEVERITIES = ["error", "warning", "info"]
TIME_OF_DAY = r"^(?:[01]\d|2[0-3]):[0-5]\d(?:/(?:[01]\d|2[0-3]):[0-5]\d)?$"
EDTF = r"^(?:\d{3}X|\d{4}(?:-\d{2}){0,2}[?~%]?)(?:/\d{4}(?:-\d{2}){0,2})?$"


class Table(pandera.DataFrameModel):
    """What every table shares: exactly the declared columns, in order, of exactly the declared types."""

    class Config:
        """Pandera's settings."""

        strict = True
        ordered = True
        coerce = False


def identifier(letter: str, description: str, **options: Any) -> Any:  # noqa: ANN401 as pandera's Field
    """A column of ids of one scheme: a letter, the scheme's version, 16 hex digits."""
    return pandera.Field(str_matches=rf"^{letter}1-[0-9a-f]{{16}}$", description=description, **options)


def count(description: str, **options: Any) -> Any:  # noqa: ANN401 as pandera's Field
    """A column of counts: none is negative."""
    return pandera.Field(ge=0, description=description, **options)


def text(description: str, **options: Any) -> Any:  # noqa: ANN401 as pandera's Field
    """A column that may be null, of which nothing else is asked."""
    return pandera.Field(nullable=True, description=description, **options)
