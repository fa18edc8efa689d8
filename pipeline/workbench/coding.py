"""An analyst's coding of some rows beside where the machine placed them: `rosace evaluate themes TABLE`.

The table is what `rosace place` gives (column `title`), with a column `code` where a person wrote the titles that she
gives to a row, separated by `;` or `|`; rows where she wrote nothing were not coded, `aucun` says that no title takes
one. A column `code2` holds a second person's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from pipeline.errors import UsageError
from pipeline.language.text.folding import fold
from pipeline.place.agreement import (
    N_CHECKED,
    Kappa,
    Share,
    TitleAgreement,
    by_title,
    checked,
    drawn_placings,
    kappa,
    with_one_code,
)
from pipeline.tables import header_key, read_table
from pipeline.workbench.scoreboard import Line, number

PLACED, CODED, AGAIN = "title", "code", "code2"
NO_TITLE = frozenset(("aucun", "aucune", "sans titre", "hors grille"))


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
    right = checked(with_one_code(coded, placed), [title or None for title in placed])
    lines = [
        Line("Titres placés qui sont les siens", right.value or 0.0, detail=_interval(right)),
        _kappa_line("Accord avec la personne (κ)", kappa(with_one_code(coded, placed), placed), len(rows), len(table)),
    ]
    if AGAIN in names:
        both = rows[rows[names[AGAIN]].str.strip().ne("")]
        one, other = ([_codes(value, titles) for value in both[names[name]]] for name in (CODED, AGAIN))
        if len(both):
            hers = [codes[0] if codes else "" for codes in one]
            found = kappa(hers, with_one_code(other, hers))
            lines.append(_kappa_line("Accord de deux personnes (κ)", found, len(both), len(table)))
    for title in by_title(coded, placed):
        lines += _title_lines(title)
    return lines


def _drawn(table: pd.DataFrame, column: str) -> str:
    """Rows of the file to code, among those that were placed, as a spreadsheet numbers them."""
    rows = {str(row + 2): row for row, title in enumerate(table[column]) if title.strip()}
    return ", ".join(sorted(drawn_placings(rows), key=int))


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
