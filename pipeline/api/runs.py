"""Whole runs, from the files of a workshop to its restitution: made, written again, relieved of a contribution."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pipeline.config import Config, Settings, load_config, recorded_config, with_options
from pipeline.errors import ArtifactError, UsageError
from pipeline.execution import DaskExecutor, LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.integrity import MANIFEST
from pipeline.folder.locks import alone, working
from pipeline.ingest.formats.typed import closed_room, erase_typed
from pipeline.run.given_titles import titles_of_place
from pipeline.run.jobs import Job, Progress
from pipeline.run.stages import changed_files
from pipeline.run.synthesis import Refused as Refused
from pipeline.run.synthesis import Synthesis as Synthesis
from pipeline.run.synthesis import control_of as control_of
from pipeline.run.synthesis import synthesize as run_stages

if TYPE_CHECKING:
    from pipeline.ingest.withdrawal.erasing import Withdrawal
    from pipeline.ingest.withdrawal.quotations import Left

Place: TypeAlias = str | os.PathLike[str]


class Withdrawn(NamedTuple):
    """What was erased of a run, the corpus whose files still hold its words, other files that did, the run since."""

    withdrawal: Withdrawal
    corpus: str
    left: Left
    synthesis: Synthesis


def synthesize(
    folder: Place,
    out: Place | None = None,
    *,
    profile: str | None = None,
    config: Settings = None,
    workers: int = 1,
    scheduler: str | None = None,
    themes: Place | None = None,
    keep_groups: bool = False,
    keep_personal_data: bool = False,
    length: str | None = None,
    model: str | None = None,
    progress: Progress | None = None,
) -> Synthesis:
    """Read the files of a workshop, and write its restitution.

    Parameters
    ----------
    folder : path
        The files of the workshop, and its `atelier.toml` if it has one.
    out : path, optional
        Where results go, `runs/<name of the folder>` by default. What is there and still true is not made again, the
        decisions of people are replayed, and a file that a person has changed is kept.
    profile : {"precis", "rapide"}, optional
        `precis` by default.
    config : Config, path or None
        A TOML file laid over the default configuration.
    workers : int
        Processes, 0 for as many as cores; beyond 1, a script needs `if __name__ == "__main__":`. No figure depends on
        it.
    scheduler : str, optional
        The address of a Dask scheduler, instead of `workers`.
    themes : path, optional
        A file of titles, or the folder of an earlier run whose titles serve again; by default `themes.*` and `[themes]`
        of the folder.
    keep_groups : bool
        The titles of the last run, proposals included, serve this one: new ideas are placed under them.
    keep_personal_data : bool
        Leave e-mail addresses, telephone numbers and names of speakers as they are.
    length : str, optional
        How the document is laid out: see `[restitution]` in the configuration.
    model : str, optional
        The address of a language model that writes under lock (`[modele]` in the configuration); none by default.
    progress : Progress, optional
        Told when a stage starts, goes on and ends; silent by default.

    Returns
    -------
    Synthesis
        Where the run is, its tables as frames on demand, warnings, and the files that were refused.

    Raises
    ------
    UsageError
        `folder` is no folder, `out` is inside it or by default that of another folder of the same name, or an option
        cannot be honoured.
    RefusedFileError
        Nothing in the folder can be read. A refused file among others is in `refused`.
    BusyError
        Another one writes in `out`.

    Examples
    --------
    >>> import rosace, tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = pathlib.Path(place) / "atelier"
    ...     folder.mkdir()
    ...     _ = (folder / "post-its.txt").write_text("- Le marché revit\\n- Aucun car le soir\\n", encoding="utf-8")
    ...     run = rosace.synthesize(folder, pathlib.Path(place) / "run", profile="rapide")
    ...     (run.page.name, len(run.table("items")), run.refused)
    ('index.html', 2, ())
    """
    settings = load_config(
        config,
        profil=profile,
        ingest={"pseudonymiser": False if keep_personal_data else None},
        place={"themes": None if themes is None else str(Path(themes).resolve())},
        cluster={"garder_groupes": keep_groups or None},
        **_document(length, model),
    )
    if settings.place.themes:
        titles_of_place(Path(settings.place.themes))  # a refusal comes before anything is read
    executor = DaskExecutor(scheduler) if scheduler else LocalExecutor.of(workers)
    named = os.fspath(folder)
    run_path = Path(out) if out is not None else Path("runs") / Path(named).resolve().name
    check_places(named, run_path)
    told = told_of_another(named, run_path, is_asked=out is not None)
    run = RunFolder.create(run_path)
    with working(run_path, "« rosace synthesize »"):
        done = run_stages(Job(Path(named), run, settings, executor, progress or Progress()))
        return replace(done, warnings=(*told, *done.warnings))


def draft(
    run: Place,
    *,
    config: Settings = None,
    length: str | None = None,
    marks: bool | None = None,
    model: str | None = None,
    progress: Progress | None = None,
) -> Synthesis:
    """Replay the decisions of people on a run, and write its restitution again; the files of the workshop are read
    again where its entry sheet alone changed.

    Parameters
    ----------
    run : path
        The folder of a run.
    config : Config, path or None
        As in `synthesize`; None for the configuration of the last run.
    marks : bool, optional
        Whether words have their marks, and sources their annex; None as in the configuration.
    length, model, progress
        As in `synthesize`.

    Returns
    -------
    Synthesis

    Raises
    ------
    ArtifactError
        `run` is not the folder of a run.
    UsageError
        An option cannot be honoured.
    """
    folder = RunFolder.open(Path(run))
    with working(folder.path, "« rosace draft »"):
        corpus = corpus_of(folder)
        settings = with_options(settings_of(folder, config), **_document(length, model, marks))
        job = Job(Path(corpus), folder, settings, LocalExecutor(), progress or Progress())
        sheets, others = changed_files(folder, job.corpus, settings.ingest)
        return run_stages(job, None if sheets and not others else "review")


def withdraw(run: Place, contribution: str, *, config: Settings = None, progress: Progress | None = None) -> Withdrawn:
    """Erase a contribution (its id, or that of one of its ideas) from all that a run holds, and make the run again.

    One that was interrupted is asked again.

    Raises
    ------
    ArtifactError : `run` is not the folder of a run.
    UsageError : no such contribution.
    AlreadyDoneError : it has been withdrawn.
    BusyError : another one works on it, or a page of review or the room is open.
    """
    from pipeline.ingest.withdrawal.erasing import Withdrawal, erase

    folder = RunFolder.open(Path(run))
    corpus = corpus_of(folder)
    with alone(folder.path, "« rosace retirer »"), closed_room(Path(corpus)):
        settings = settings_of(folder, config)
        withdrawal = Withdrawal.of(folder, contribution)
        erase_typed(Path(corpus) / withdrawal.source, withdrawal.locator)
        left = erase(folder, withdrawal)
        job = Job(Path(corpus), folder, settings, LocalExecutor.of(0), progress or Progress())
        return Withdrawn(withdrawal, corpus, left, run_stages(job, from_stage="embed"))


def corpus_of(folder: RunFolder) -> str:
    """The corpus of a run. Raises ArtifactError: it was interrupted before it had read one."""
    corpus: str = _whole_manifest(folder)["corpus"]
    return corpus


def _whole_manifest(folder: RunFolder) -> dict[str, Any]:
    manifest = folder.manifest.load()
    if "corpus" not in manifest:
        raise ArtifactError(
            f"{folder.path} n'est pas fini\u00a0: la dernière exécution a été interrompue. Relancez « rosace "
            "synthesize »\u00a0: vos décisions sont gardées."
        )
    return manifest


def settings_of(folder: RunFolder, config: Settings) -> Config:
    """The configuration asked for, under the profile of the last run; or that of the last run."""
    last = _whole_manifest(folder)["config"]
    if config is None:
        return recorded_config(last, folder.path / MANIFEST)
    return load_config(config, profil=last["profil"])


def _document(length: str | None, model: str | None, marks: bool | None = None) -> dict[str, Any]:
    return {"restitution": {"longueur": length, "reperes": marks}, "modele": {"url": model}}


def check_places(corpus: str, run_path: Path) -> None:
    """Nothing, when a folder can be read and its results go elsewhere.

    Raises UsageError: it is no folder, or holds the place of its results.
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

    Raises UsageError: they are, and nobody asked for this place by its name.
    """
    try:
        before = RunFolder(run_path).manifest.load().get("corpus")
    except ArtifactError:  # it is about to be made again
        return ()
    if before is None or not Path(before).is_dir() or Path(before).resolve() == Path(corpus).resolve():
        return ()
    if is_asked:
        return (f"{run_path} tenait les résultats de {before} : ce sont maintenant ceux de {corpus}.",)
    free = next(path for n in count(2) if not (path := run_path.with_name(f"{run_path.name}-{n}")).exists())
    raise UsageError(
        f"{run_path} tient les résultats d'un autre dossier de même nom, {before}. Donnez-en un à ceux de {corpus} : "
        f"--out {free} (ou --out {run_path} pour les remplacer)."
    )
