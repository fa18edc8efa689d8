"""What an earlier run left, taken up again as long as it meets the contracts of today."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder

NOT_COMPARED = (
    "Ce qui a changé depuis les résultats précédents n'a pas pu être dit\u00a0: une autre version de Rosace les a "
    "écrits, ou ils sont abîmés. Vos décisions sont gardées."
)


def earlier_tables(run: RunFolder, names: Iterable[str], previous: bool = False) -> dict[str, pd.DataFrame] | None:
    """Tables that an earlier run wrote; None when one of them is missing, or is no longer what its contract asks for.

    Parameters
    ----------
    previous : those that were put aside before the groups were made again, to be compared with.
    """
    try:
        return {name: run.load_table(name, previous) for name in names}
    except ArtifactError:
        return None
