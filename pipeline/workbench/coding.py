"""An analyst's coding of some rows beside where the machine placed them: `rosace evaluate themes TABLE`.

The table is what `rosace place` gives (column `title`), with a column `code` where a person wrote the titles that she
gives to a row, separated by `;` or `|`; rows where she wrote nothing were not coded, `aucun` says that no title takes
one. A column `code2` holds a second person's. Shares come with the interval that holds the true one nineteen times out
of twenty (Wilson's), κ with that of a bootstrap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from operator import eq
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipeline.errors import UsageError
from pipeline.language.text.folding import fold
from pipeline.review.agreement import cohen_kappa, drawn, wilson_interval
from pipeline.tables import header_key, read_table
from pipeline.workbench.scoreboard import Line, number

PLACED, CODED, AGAIN = "title", "code", "code2"
NO_TITLE = frozenset(("aucun", "aucune", "sans titre", "hors grille"))
N_CHECKED = 20
"""Rows to begin with, drawn at random: some three minutes of a person."""
N_BOOTSTRAPS = 1_000
SEED = 20
LEAST_CODED = 4
"""Rows of a title below which nothing is said of its wording."""
GOOD = 0.6
"""Precision or recall below which a title is worth rewording."""


@dataclass(frozen=True)
class Share:
    """A share of some cases, with the interval of the true one: 0 to 1 when there is no case."""

    right: int
    n: int

    @property
    def value(self) -> float | None:
        """None of no case."""
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval."""
        return wilson_interval(self.right / self.n, self.n) if self.n else (0.0, 1.0)


class Kappa(NamedTuple):
    """Cohen's κ, its interval, and the share of rows on which both agree."""

    value: float
    low: float
    high: float
    agreement: Share


def kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> Kappa:
    """The agreement of two codings of the same rows, beyond chance; None is a code too (no title).

    Raises
    ------
    ValueError : no row, or not as many on both sides.
    """
    if not one or len(one) != len(other):
        raise ValueError(f"{len(one)} rows and {len(other)}")
    random = np.random.default_rng(SEED)
    again = [random.integers(0, len(one), len(one)).tolist() for _ in range(N_BOOTSTRAPS)]
    low, high = np.percentile(
        [_kappa([one[at] for at in rows], [other[at] for at in rows]) for rows in again], [2.5, 97.5]
    )
    same = sum(map(eq, one, other))
    return Kappa(_kappa(one, other), float(low), float(high), Share(same, len(one)))


def _kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    found = cohen_kappa(one, other)
    return 1.0 if found is None else found


@dataclass(frozen=True)
class TitleAgreement:
    """How a title is placed beside how a person codes it.

    Attributes
    ----------
    precision : of the rows placed under it, those that she coded so. recall : of those that she coded so, those placed.
    taken_by, takes_from : the title with which it is confused most, and how often: rows that she gave to this one and
        the machine to the other, and the reverse; ("", 0) for none.
    """

    title: str
    precision: Share
    recall: Share
    taken_by: tuple[str, int]
    takes_from: tuple[str, int]

    @property
    def is_to_reword(self) -> bool:
        """Whether enough rows say that its words do not tell what is meant."""
        told = [share for share in (self.precision, self.recall) if share.n >= LEAST_CODED]
        return any(share.value is not None and share.value < GOOD for share in told)


def by_title(coded: Sequence[Sequence[str]], placed: Sequence[str]) -> list[TitleAgreement]:
    """Each title that a person used or the machine placed under, in the order of its first row.

    Parameters
    ----------
    coded : the titles that she gave to each row, none, one or several. placed : that of the machine, "" for none.
    """
    rows = list(zip(coded, placed, strict=True))
    titles = dict.fromkeys(title for codes, name in rows for title in (*codes, name) if title)
    found = []
    for title in titles:
        under = [codes for codes, name in rows if name == title]
        hers = [name for codes, name in rows if title in codes]
        takes = Counter(code for codes in under if title not in codes for code in codes)
        taken = Counter(name for codes, name in rows if title in codes and name and name not in codes)
        found.append(
            TitleAgreement(
                title,
                Share(sum(title in codes for codes in under), len(under)),
                Share(sum(name == title for name in hers), len(hers)),
                _most(taken),
                _most(takes),
            )
        )
    return found


def _most(counts: Counter[str]) -> tuple[str, int]:
    return min(counts.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))


def with_one_code(coded: Sequence[Sequence[str]], placed: Sequence[str]) -> list[str]:
    """One code a row, to compare with the machine's: its own when it is among hers, else her first one, "" for none."""
    return [name if name in codes else next(iter(codes), "") for codes, name in zip(coded, placed, strict=True)]


def coding_lines(path: Path) -> list[Line]:
    """κ of a person and the machine, and of two persons when there are two; precision and recall by title, with the
    intervals of each.

    Raises
    ------
    UsageError : a column is missing, or no row is coded.
    """
    table = read_table(path)
    names = {header_key(str(name)): str(name) for name in table.columns}
    for wanted in (PLACED, CODED):
        if wanted not in names:
            raise UsageError(
                f"{path} : aucune colonne « {wanted} ». Attendu : un tableau rendu par « rosace place » (colonne "
                f"{PLACED}), et une colonne {CODED} avec les titres qu'une personne donne à quelques lignes "
                f"(séparés par « ; », « aucun » pour rien) ; trouvé : {', '.join(map(str, table.columns))}."
            )
    titles = _as_written(table[names[PLACED]])
    rows = table[table[names[CODED]].str.strip().ne("")]
    if rows.empty:
        raise UsageError(
            f"{path} : la colonne « {names[CODED]} » est vide. Codez-y une centaine de lignes sans regarder la colonne "
            f"{names[PLACED]}, pour commencer ces {N_CHECKED}, tirées au hasard : {_drawn(table, names[PLACED])}."
        )
    placed = rows[names[PLACED]].str.strip().tolist()
    coded = [_codes(value, titles) for value in rows[names[CODED]]]
    hers = with_one_code(coded, placed)
    right = Share(sum(one == title for one, title in zip(hers, placed, strict=True) if title), sum(map(bool, placed)))
    lines = [
        Line("Titres placés qui sont les siens", right.value or 0.0, detail=_interval(right)),
        _kappa_line("Accord avec la personne (κ)", kappa(hers, placed), len(rows), len(table)),
    ]
    if AGAIN in names:
        both = rows[rows[names[AGAIN]].str.strip().ne("")]
        one, other = ([_codes(value, titles) for value in both[names[name]]] for name in (CODED, AGAIN))
        if len(both):
            first = [codes[0] if codes else "" for codes in one]
            found = kappa(first, with_one_code(other, first))
            lines.append(_kappa_line("Accord de deux personnes (κ)", found, len(both), len(table)))
    for title in by_title(coded, placed):
        lines += _title_lines(title)
    return lines


def _drawn(table: pd.DataFrame, column: str) -> str:
    """Rows of the file to code, among those that were placed, as a spreadsheet numbers them."""
    rows = {str(row + 2): row for row, title in enumerate(table[column]) if title.strip()}
    return ", ".join(sorted(drawn(rows, SEED, N_CHECKED), key=int))


def _as_written(column: pd.Series) -> dict[str, str]:
    """Titles by what two writings of one share."""
    return {_key(title): title.strip() for title in column if title.strip()}


def _key(title: str) -> str:
    return " ".join(fold(title).split()).strip(" .!?:")


def _codes(value: str, titles: dict[str, str]) -> Sequence[str]:
    """The titles of a cell, as the machine writes those that it knows."""
    found = [part.strip() for part in re.split(r"[;|]", value) if part.strip()]
    return [titles.get(_key(part), part) for part in found if _key(part) not in NO_TITLE]


def _kappa_line(label: str, found: Kappa, n: int, n_rows: int) -> Line:
    detail = (
        f"de {number(found.low)} à {number(found.high)} ; {found.agreement.right} lignes pareilles sur "
        f"{found.agreement.n} ; {n} codées sur {n_rows}"
    )
    return Line(label, found.value, detail=detail)


def _title_lines(one: TitleAgreement) -> list[Line]:
    told = []
    if one.is_to_reword:
        told.append("à reformuler")
    if one.takes_from[1]:
        told.append(f"prend à « {one.takes_from[0]} » ({one.takes_from[1]})")
    if one.taken_by[1]:
        told.append(f"laisse à « {one.taken_by[0]} » ({one.taken_by[1]})")
    lines = [
        Line(f"{name}, « {one.title} »", share.value or 0.0, detail=_interval(share))
        for name, share in (("Précision", one.precision), ("Rappel", one.recall))
        if share.n
    ]
    return [*lines[:-1], lines[-1]._replace(detail=" ; ".join([lines[-1].detail, *told]))]


def _interval(share: Share) -> str:
    low, high = share.interval
    return f"{share.right} sur {share.n}, de {number(low)} à {number(high)}"
