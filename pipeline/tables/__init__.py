"""A user's table in and out: encodings, delimiters, csv, tsv, xlsx, xls, ods, jsonl and parquet.

Cells are text, exactly as they were written. Written files hold no formula: in xlsx, `=…` is stored as text. In csv
and tsv every cell is kept exact, a leading `=`, `+`, `-` or `@` included ("- faire ceci" is how people write a list,
and a table that comes back altered is worse): a spreadsheet user asks for xlsx, which is safe.
"""
