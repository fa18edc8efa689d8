"""A user's table in and out: encodings, delimiters, csv, tsv, xlsx, xls, ods, jsonl and parquet.

Cells are text, exactly as they were written. Written files hold no formula: in xlsx, `=…` is stored as text. In csv
and tsv every cell is kept exact, a leading `=`, `+`, `-` or `@` included ("- faire ceci" is how people write a list,
and a table that comes back altered is worse): a spreadsheet user asks for xlsx, which is safe.
"""

from pipeline.tables.columns import find_context_column, find_text_column, header_key, matches_alias
from pipeline.tables.frames import READ_SUFFIXES, WRITE_SUFFIXES, read_table, with_added, write_table
from pipeline.tables.grids import Dialect, dialect_of

__all__ = [
    "READ_SUFFIXES",
    "WRITE_SUFFIXES",
    "Dialect",
    "dialect_of",
    "find_context_column",
    "find_text_column",
    "header_key",
    "matches_alias",
    "read_table",
    "with_added",
    "write_table",
]
