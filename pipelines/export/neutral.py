"""Texts as a CSV file may hold them: no formula for a spreadsheet, and nothing that steers a terminal. Parquet files keep every text as it is.

The rule for formulas is OWASP's (https://owasp.org/www-community/attacks/CSV_Injection), for the full-width signs as well, which
spreadsheets read alike. An apostrophe is put before; before one that stands there already too, so that it can be taken away again.
"""

import pyarrow as pa
import pyarrow.compute as pc

# Arrow's regular expressions, which are linear. White space before a sign does not save from it.
FORMULA = r"^('*(?:[\s\x00-\x1f\x{a0}\x{feff}]*[=+\-@＝＋－＠]|[\t\r\n]))"
_STEERS = r"[\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
# Control characters but tabulator and line feed, and those that turn the direction of writing, as `pipelines.text.one_line` shows them.
_STEERING = [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_SPELLED = {code: chr(code).encode("unicode_escape").decode("ascii") for code in _STEERING}


def neutralised(table: pa.Table) -> pa.Table:
    """The table with every text so; nulls, numbers, days and truth stay as they are."""
    for at, field in enumerate(table.schema):
        if field.type == pa.string():
            table = table.set_column(at, field, _neutralised(table.column(at)))
    return table


def _neutralised(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    inert = pc.replace_substring_regex(texts, FORMULA, r"'\1")
    steers = pc.fill_null(pc.match_substring_regex(inert, _STEERS), fill_value=False)
    if not pc.any(steers, min_count=0).as_py():
        return inert
    spelled = [text.translate(_SPELLED) for text in inert.filter(steers).to_pylist()]
    return pc.replace_with_mask(inert.combine_chunks(), steers.combine_chunks(), pa.array(spelled, pa.string()))
