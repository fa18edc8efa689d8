"""Where a run may go: never into what it reads, nor over the results of another folder unless that is asked for."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.remote import is_url


def check_places(corpus: str, run_path: Path) -> None:
    """Nothing, when a folder can be read and its results go elsewhere.

    Raises
    ------
    UsageError : it is no folder, or holds the place of its results.
    """
    folder = Path(corpus)
    if not folder.is_dir():
        raise UsageError(
            f"{corpus} n'est pas un dossier. Donnez le dossier qui contient les fichiers de l'atelier "
            "(« rosace nouveau mon-atelier » en crée un)."
        )
    if folder.resolve() in (run_path.resolve(), *run_path.resolve().parents):
        raise UsageError(
            f"Les résultats ({run_path}) ne peuvent pas aller dans le dossier lu ({corpus}). Choisissez un autre --out."
        )


def told_of_another(corpus: str, run_path: Path, is_asked: bool) -> tuple[str, ...]:
    """A warning when the results of another folder, which is still there, are about to be replaced.

    Raises
    ------
    UsageError : they are, and nobody asked for this place by its name.
    """
    before = RunFolder(run_path).load_manifest().get("corpus")
    if before is None or _is_same(before, corpus):
        return ()
    if is_asked:
        return (f"{run_path} tenait les résultats de {before} : ce sont maintenant ceux de {corpus}.",)
    free = next(path for n in count(2) if not (path := run_path.with_name(f"{run_path.name}-{n}")).exists())
    raise UsageError(
        f"{run_path} tient les résultats d'un autre dossier de même nom, {before}. Donnez-en un à ceux de {corpus} : "
        f"--out {free} (ou --out {run_path} pour les remplacer)."
    )


def _is_same(before: str, now: str) -> bool:
    if is_url(before) or is_url(now):
        return before == now
    return not Path(before).is_dir() or Path(before).resolve() == Path(now).resolve()
