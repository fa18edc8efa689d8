"""What callers hand over: texts with or without an index, one context or many, a configuration by path or by value."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from pipeline.config import Config, load_config, with_options
from pipeline.errors import UsageError

Texts: TypeAlias = Iterable[str | None]
"""Texts, in order: a list, a Series (its index is kept), an array, a generator. None, NaN and NA are empty texts."""
Settings: TypeAlias = Config | str | os.PathLike[str] | None
"""A configuration, the path of a TOML file laid over the default one, or None for the default one."""

SHOWN = 5


def as_texts(given: Texts, name: str = "texts") -> pd.Series:
    """Texts as a Series of strings, with the index of a Series or 0, 1, 2…; a missing text is "".

    Raises
    ------
    UsageError : one text alone, a table, or something that is not a text.
    """
    if isinstance(given, str | bytes | Mapping | pd.DataFrame) or not isinstance(given, Iterable):
        raise UsageError(
            f"{name} : trouvé {_told(given)} ; attendu : plusieurs textes (liste, Series, générateur). "
            "Pour un seul texte, donnez une liste d'un élément ; pour un tableau, une de ses colonnes."
        )
    cells = given.astype(object) if isinstance(given, pd.Series) else pd.Series(list(given), dtype=object)
    texts = cells.where(~cells.isna(), "")
    wrong = [(row, cell) for row, cell in enumerate(texts) if not isinstance(cell, str)]
    if wrong:
        found = ", ".join(f"{cell!r} (rang {row})" for row, cell in wrong[:SHOWN])
        raise UsageError(
            f"{name} : {len(wrong)} valeur(s) ne sont pas des textes : {found}. "
            "Convertissez-les en chaînes de caractères, ou ôtez-les."
        )
    return texts.map(_whole)


def beside(given: str | Texts | None, texts: pd.Series, name: str, owner: Texts) -> list[str]:
    """What goes with each text: one value for all, one per text, or "" everywhere.

    Parameters
    ----------
    owner : the texts as they were handed over: the index of a Series must be that of what stands beside it.

    Raises
    ------
    UsageError : another number of values than of texts, or a Series whose index is not that of the texts.
    """
    if given is None or isinstance(given, str):
        return [given or ""] * len(texts)
    values = as_texts(given, name)
    if len(values) != len(texts):
        raise UsageError(
            f"{name} : {len(values)} valeur(s) pour {len(texts)} texte(s). Donnez-en une par texte, ou une pour tous."
        )
    if isinstance(given, pd.Series) and isinstance(owner, pd.Series) and not texts.index.equals(values.index):
        raise UsageError(
            f"{name} : l'index n'est pas celui des textes. Remettez-les dans le même ordre "
            f"({name}.reindex(texts.index)), ou donnez {name}.tolist()."
        )
    return [str(value) for value in values]


def as_config(given: Settings, **overrides: Any) -> Config:
    """The configuration asked for, and `overrides` over it: see `pipeline.config.with_options`.

    Raises
    ------
    UsageError : a file that is missing or refused, a value of the wrong kind.
    """
    if isinstance(given, Config):
        return with_options(given, **overrides)
    return load_config(None if given is None else Path(given), **overrides)


def _told(given: object) -> str:
    if isinstance(given, str):
        return "un texte seul"
    return "un tableau" if isinstance(given, pd.DataFrame) else f"un objet de type {type(given).__name__}"


def _whole(text: str) -> str:
    """A text whose half characters (what a wrong decoding leaves) are replaced: nothing can write them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
