"""The errors of a model read one by one: a reading kept as data in its folder, told and counted in its card.

`erreurs.json` names the model that was read (`modele_sha256`, that of its `model.json`), the causes, and every error by
the id of its text, with the axis given by the annotators, their second reading, the axis of the model, whether it was
`sur`, its axis when the context is hidden, its cause, and whether the label itself is debatable. It holds no text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ERRORS_FILE, ERRORS_MARK = "erreurs.json", "<!-- erreurs -->"

HEADER = (
    "ce qui se passe",
    "erreurs",
    "dites `sur`",
    "seconde lecture",
    "étiquette discutable",
    "franches",
    "justes sans le contexte",
    "lesquelles",
    "ce qui aiderait",
)


def read_errors(folder: Path) -> Mapping[str, Any] | None:
    """What was read of the errors of a model; None if nothing was."""
    path = folder / ERRORS_FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def with_errors(notes: str, read: Mapping[str, Any] | None, metrics: Mapping[str, Any]) -> str:
    """The notes of a card with the table of errors at their mark, if they have one."""
    if ERRORS_MARK not in notes:
        return notes
    return notes.replace(ERRORS_MARK, errors_section(read, metrics) if read else "Aucune erreur n'a été lue.")


def errors_section(read: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    """Counts of the errors and a table of their causes, most outright errors first."""
    errors, causes = read["erreurs"], read["causes"]
    found = {name: [error for error in errors if error["cause"] == name] for name in causes}
    order = sorted(causes, key=lambda name: (-_n(found[name], "franche"), -len(found[name])))
    rows = [
        [
            causes[name]["nom"],
            *_counts(found[name]),
            " ".join(f"{error['id']}{'*' if error['discutable'] else ''}" for error in found[name]),
            causes[name]["remede"],
        ]
        for name in order
    ]
    rows.append(["**ensemble**", *(f"**{n}**" for n in _counts(errors)), "", ""])
    table = "\n".join(f"| {' | '.join(row)} |" for row in (HEADER, ["---"] * len(HEADER), *rows))
    same = read["modele_sha256"] == metrics["modele_sha256"]
    return f"{_told(errors, metrics if same else None)}\n\n{table}"


def _told(errors: list[dict[str, Any]], metrics: Mapping[str, Any] | None) -> str:
    of = " d'un modèle précédent"
    if metrics:
        shown = metrics["avec_gemma"] if "avec_gemma" in metrics else metrics["hors_source"]
        n_wrong = round(shown["n"] * (1 - shown["accuracy"]))
        of = f", tirées au sort parmi les {n_wrong} que le modèle fait hors source"
    n_outright = _n(errors, "franche")
    n_sure = sum(bool(error["sur"]) for error in errors if _is(error, "franche"))
    return (
        f"{len(errors)} erreurs{of}, lues une à une, guide d'annotation en main, par un modèle de langue (citées par "
        "identifiant, jamais reprises à l'apprentissage). Dans "
        f"{_n(errors, 'seconde')}, le modèle donne la seconde lecture que les annotateurs jugeaient défendable ; pour "
        f"{_n(errors, 'discutable')}, marquées *, l'étiquette elle-même se discute. Restent {n_outright} erreurs "
        f"franches, ni l'un ni l'autre, dont {n_sure} que le modèle donne pour sûres."
    )


def _counts(errors: list[dict[str, Any]]) -> list[str]:
    kinds = ("sur", "seconde", "discutable", "franche", "sans_contexte")
    return [str(len(errors)), *(str(_n(errors, kind)) for kind in kinds)]


def _n(errors: list[dict[str, Any]], kind: str) -> int:
    return sum(_is(error, kind) for error in errors)


def _is(error: Mapping[str, Any], kind: str) -> bool:
    if kind == "seconde":
        return bool(error["lu"] == error["seconde"])
    if kind == "franche":
        return error["lu"] != error["seconde"] and not error["discutable"]
    if kind == "sans_contexte":
        return bool(error["sans_contexte"] == error["axe"])
    return bool(error[kind])
