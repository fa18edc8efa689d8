"""The formats that other tools open, by the name that people ask for them by."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.restitution.exports import Contents, carte, iramuteq, refi_qda, tables

FORMATS: dict[str, Callable[[Contents], dict[str, bytes]]] = {
    "carte": carte.write,
    "refi-qda": refi_qda.write,
    "iramuteq": iramuteq.write,
    "tables": tables.write,
}
"""Name → what writes it: names of files → their contents."""
