"""Packages that another one imports where it finds them, and that we do not use: made to seem missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


class _Missing:
    """An import hook that makes some modules seem missing, unless they are loaded."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002  (the hook's signature)
        """Fail for those modules; leave the others to the next finder."""
        if name in self._names:
            raise ModuleNotFoundError(name, name=name)


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Let these modules seem missing inside the `with`; those that are loaded already stay in sight."""
    hook: Any = _Missing(names)
    sys.meta_path.insert(0, hook)
    try:
        yield
    finally:
        sys.meta_path.remove(hook)
