"""Which column is which, by its heading: the aliases of `configs/sources.toml`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.resources import configs
from pipeline.toml_files import read_toml

if TYPE_CHECKING:
    import pandas as pd

_SIGNS = re.compile(r"[\s_*:?!.;#\"«»\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u200d\u20e3]+")


@cache
def sources() -> dict[str, Any]:
    """The content of `configs/sources.toml`."""
    return read_toml(configs() / "sources.toml")


def header_key(heading: str) -> str:
    """What two headings share when they are the same: no accents, case, quotes, stars, emoji or final punctuation.

    A rank given to a duplicate (`x (2)`) is dropped.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(c)).lower()
    bare = re.sub(r"\s\(\d+\)$", "", bare.replace("’", "'").replace("\ufeff", ""))
    return " ".join(_SIGNS.sub(" ", bare).split())


@cache
def _aliases(role: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """The names of a role, each with its rank, and what others begin with."""
    names = [(name.endswith("*"), header_key(name)) for name in sources()["colonnes"][role]]
    exact = [name for is_prefix, name in names if not is_prefix]
    ranks = {name: rank for rank, name in reversed(list(enumerate(exact)))}
    return ranks, tuple(name for is_prefix, name in names if is_prefix)


def matches_alias(heading: str, role: str) -> bool:
    """Whether a heading is a known name of `role`, a key of `[colonnes]` in `configs/sources.toml`."""
    ranks, prefixes = _aliases(role)
    key = header_key(heading)
    return key in ranks or key.startswith(prefixes)


def alias_rank(heading: str, role: str) -> int:
    """The place of a heading among the names of `role`: the first named is the surest."""
    return _aliases(role)[0].get(header_key(heading), 10_000)


@cache
def mark_of(heading: str) -> str:
    """What a column of votes counts where these are none: `mention j’aime`, `étoile`; "" for votes."""
    return _told_by(heading, "marques")


@cache
def row_of(heading: str) -> str:
    """What each row is by the heading of its words, or of its number: `avis`, `contribution`; "" for none."""
    return _told_by(heading, "lignes")


def _told_by(heading: str, section: str) -> str:
    key = header_key(heading)
    return next((told for told, names in sources()[section].items() if key in map(header_key, names)), "")


@cache
def is_usual_title(heading: str) -> bool:
    """Whether a heading is one that everybody gives to parts of notes: `Freins`, `Pistes`."""
    return header_key(heading) in map(header_key, sources()["notes"]["titres"])


def find_text_column(frame: pd.DataFrame, asked: str | None = None) -> str:
    """The column that holds the texts: `asked`, else the best known name, else the only column.

    Raises UsageError: there is no such column, with the columns that exist.
    """
    if asked is not None:
        return _asked(frame, asked, "--text-column")
    if known := _surest(frame, "texte"):
        return known
    if len(frame.columns) == 1:
        return str(frame.columns[0])
    raise UsageError(
        f"Aucune colonne de texte reconnue parmi : {_listed(frame)}. "
        "Indiquez la bonne avec --text-column, par exemple --text-column "
        f'"{frame.columns[0] if len(frame.columns) else "texte"}".'
    )


def find_context_column(frame: pd.DataFrame, asked: str | None = None) -> str | None:
    """The column that holds the contexts: `asked`, else the best known name, else None."""
    if asked is not None:
        return _asked(frame, asked, "--context-column")
    return _surest(frame, "contexte")


def _surest(frame: pd.DataFrame, role: str) -> str | None:
    known = [str(name) for name in frame.columns if matches_alias(name, role)]
    return min(known, key=lambda name: alias_rank(name, role), default=None)


def _asked(frame: pd.DataFrame, asked: str, option: str) -> str:
    same = [name for name in frame.columns if name == asked] or [
        name for name in frame.columns if header_key(str(name)) == header_key(asked)
    ]
    if not same:
        raise UsageError(f"{option} : il n'y a pas de colonne « {asked} ». Colonnes du fichier : {_listed(frame)}.")
    return str(same[0])


def _listed(frame: pd.DataFrame) -> str:
    names = [str(name) for name in frame.columns]
    return ", ".join(names[:20]) + (f"… ({len(names)} colonnes)" if len(names) > 20 else "")


TITLES_STEM = "themes"
TEXTS_OF_TITLES = (".txt", ".md")
TABLES_OF_TITLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".jsonl", ".parquet")


def is_titles_file(source: str) -> bool:
    """Whether a file of a workshop holds titles, by its name: `themes.txt`, `Thèmes.xlsx`."""
    name = Path(source.rsplit("/", 1)[-1])
    return header_key(name.stem) == TITLES_STEM and name.suffix.lower() in (*TEXTS_OF_TITLES, *TABLES_OF_TITLES)
