"""What was learnt and is kept in files: told in French when it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.errors import ModelError, os_reason
from pipeline.folder.files import file_sha256


@contextmanager
def reading_of(path: Path, failure: str, remedy: str) -> Iterator[None]:
    """Read what was learnt from a file or a folder.

    Parameters
    ----------
    failure : what could not be read, as the message begins. remedy : what to do.

    Raises
    ------
    ModelError : a file is missing, or holds something else.
    """
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{error}"
        if isinstance(error, OSError):
            reason = os_reason(error) if str(error.filename) == str(path) else f"{error.filename} : {os_reason(error)}"
        raise ModelError(f"{failure} dans {path} ({reason}). {remedy}") from error


def checked_array(path: Path, wanted: str) -> npt.NDArray[np.float32]:
    """A matrix of a file, once its sha256 is the one `wanted`; `ValueError` when it is not."""
    found = file_sha256(path)
    if found != wanted:
        raise ValueError(f"{path.name} a changé : empreinte {found[:12]}…, attendue {wanted[:12]}…")
    return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)
