"""An analyst's coding of some rows beside where the machine placed them: `rosace evaluate themes TABLE`.

The table is what `rosace place` gives (columns `title` and `also`), with a column `code` where a person wrote the
titles that she gives to a row, separated by `;` or `|`; rows where she wrote nothing were not coded, `aucun` says that
no title takes one. A column `code2` holds a second person's. A row may have several titles on each side: agreement is
counted on each title of each row, given to it or not. Shares come with the interval that holds the true one nineteen
times out of twenty (Wilson's), κ with that of a bootstrap on rows.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import UsageError
from pipeline.language.text.folding import fold
from pipeline.review.agreement import drawn, wilson_interval
from pipeline.tables.columns import header_key
from pipeline.tables.frames import read_table
from pipeline.workbench.learning import Tally
from pipeline.workbench.reports import Line, number

PLACED, ALSO, CODED, AGAIN = "title", "also", "code", "code2"
NO_TITLE = frozenset(("aucun", "aucune", "sans titre", "hors grille"))
N_CHECKED = 20
"""Rows to begin with, drawn at random: some three minutes of a person."""
N_BOOTSTRAPS = 1_000
SEED = 20
LEAST_CODED = 4
"""Rows of a title below which nothing is said of its wording."""
GOOD = 0.6
"""Precision or recall below which a title is worth rewording."""


def told_share(right: int, n: int) -> str:
    """A share of some cases in French, with the interval of the true one (Wilson's): 0 to 1 when there is no case."""
    low, high = wilson_interval(right / n, n) if n else (0.0, 1.0)
    return f"{right} sur {n}, de {number(low)} à {number(high)}"


Codes = Sequence[Sequence[str]]
"""The titles of each row, none, one or several."""


def kappa(one: Codes, other: Codes) -> tuple[float, float, float]:
    """The agreement beyond chance of two codings of the same rows on each title of each, given to it or not (Cohen's,
    pooled over titles as De Vries and others 2008), and its interval; 1 where both gave the same throughout.

    Raises ValueError: no row, or not as many on both sides.
    """
    if not one or len(one) != len(other):
        raise ValueError(f"{len(one)} rows and {len(other)}")
    titles = sorted({title for codes in (*one, *other) for title in codes})
    given = np.array([[[title in row for title in titles] for row in codes] for codes in (one, other)], dtype=bool)

    def value(rows: Any) -> float:
        a, b = given[:, rows]
        shares = a.mean(axis=0), b.mean(axis=0)
        expected = float(np.mean(shares[0] * shares[1] + (1 - shares[0]) * (1 - shares[1]))) if titles else 1.0
        return 1.0 if expected == 1 else float(((a == b).mean() - expected) / (1 - expected))

    random = np.random.default_rng(SEED)
    draws = [value(random.integers(0, len(one), len(one))) for _ in range(N_BOOTSTRAPS)]
    low, high = np.percentile(draws, [2.5, 97.5])
    return value(slice(None)), float(low), float(high)


@dataclass(frozen=True)
class TitleAgreement:
    """How a title is placed beside how a person codes it.

    Attributes
    ----------
    rows : placed under it as she coded; placed otherwise; coded so and placed elsewhere, or nowhere.
    taken_by, takes_from : the title with which it is confused most, and how often: rows that she gave to this one and
        the machine to the other, and the reverse; ("", 0) for none.
    """

    title: str
    rows: Tally
    taken_by: tuple[str, int]
    takes_from: tuple[str, int]

    def lines(self) -> Iterator[Line]:
        """Precision and recall, where there are rows, the last with what it is confused with, and whether enough rows
        say that its words do not tell what is meant."""
        right = self.rows.right
        shares = [("Précision", right + self.rows.wrong), ("Rappel", self.rows.n)]
        told = ["à reformuler"] * any(n >= LEAST_CODED and right / n < GOOD for _, n in shares)
        for verb, (title, n) in (("prend à", self.takes_from), ("laisse à", self.taken_by)):
            told += [f"{verb} « {title} » ({n})"] * bool(n)
        kept = [(name, n) for name, n in shares if n]
        for name, n in kept:
            detail = " ; ".join([told_share(right, n), *(told if name == kept[-1][0] else [])])
            yield Line(f"{name}, « {self.title} »", right / n, detail=detail)


def by_title(coded: Codes, placed: Codes) -> list[TitleAgreement]:
    """Each title that a person used or the machine placed under, in the order of its first row.

    Parameters
    ----------
    coded : the titles that she gave to each row. placed : those of the machine.
    """
    rows = [(set(codes), set(names)) for codes, names in zip(coded, placed, strict=True)]
    found = []
    for title in dict.fromkeys(title for pair in zip(coded, placed, strict=True) for row in pair for title in row):
        takes = Counter(code for codes, names in rows if title in names - codes for code in codes - names)
        taken = Counter(name for codes, names in rows if title in codes - names for name in names - codes)
        most = [min(one.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0)) for one in (taken, takes)]
        tally = Tally()
        tally.compare(
            {row for row, (codes, _) in enumerate(rows) if title in codes},
            {row for row, (_, names) in enumerate(rows) if title in names},
        )
        found.append(TitleAgreement(title, tally, *most))
    return found


def coding_lines(path: Path) -> list[Line]:
    """κ of a person and the machine, and of two persons when there are two; precision and recall by title, with the
    intervals of each.

    Raises UsageError: a column is missing, or no row is coded.
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
    given = table[names[PLACED]].str.strip()
    rows = table[table[names[CODED]].str.strip().ne("")]
    if rows.empty:
        placed_rows = {str(row + 2): row for row, title in enumerate(given) if title}  # as a spreadsheet numbers them
        first = ", ".join(sorted(drawn(placed_rows, SEED, N_CHECKED), key=int))
        raise UsageError(
            f"{path} : la colonne « {names[CODED]} » est vide. Codez-y une centaine de lignes sans regarder la colonne "
            f"{names[PLACED]}, pour commencer ces {N_CHECKED}, tirées au hasard : {first}."
        )
    titles = {_key(title): title for title in given if title}
    others = rows[names[ALSO]] if ALSO in names else [""] * len(rows)
    firsts = given[rows.index].tolist()
    # of a row to place, `also` holds the likeliest title, under which it is not
    placed = [[first, *_codes(also, titles)] if first else [] for first, also in zip(firsts, others, strict=True)]
    coded = [_codes(value, titles) for value in rows[names[CODED]]]
    right, n = sum(one in codes for one, codes in zip(firsts, coded, strict=True)), sum(map(bool, firsts))
    lines = [
        Line("Titres placés qui sont les siens", right / max(1, n), detail=told_share(right, n)),
        _kappa_line("Accord avec la personne (κ)", coded, placed, len(table)),
    ]
    if AGAIN in names:
        both = rows[rows[names[AGAIN]].str.strip().ne("")]
        one, other = ([_codes(value, titles) for value in both[names[name]]] for name in (CODED, AGAIN))
        if one:
            lines.append(_kappa_line("Accord de deux personnes (κ)", one, other, len(table)))
    return [*lines, *(line for title in by_title(coded, placed) for line in title.lines())]


def _key(title: str) -> str:
    return " ".join(fold(title).split()).strip(" .!?:")


def _codes(value: str, titles: dict[str, str]) -> Sequence[str]:
    found = [part.strip() for part in re.split(r"[;|]", value) if part.strip()]
    return [titles.get(_key(part), part) for part in found if _key(part) not in NO_TITLE]


def _kappa_line(label: str, one: Codes, other: Codes, n_rows: int) -> Line:
    value, low, high = kappa(one, other)
    n_same = sum(set(a) == set(b) for a, b in zip(one, other, strict=True))
    detail = f"de {number(low)} à {number(high)} ; {n_same} lignes pareilles sur {len(one)}"
    return Line(label, value, detail=f"{detail} ; {len(one)} codées sur {n_rows}")
