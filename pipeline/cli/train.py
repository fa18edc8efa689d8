"""`rosace train`: learn the axis models again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from pipeline.cluster.grouping.meaning import Meaning
    from pipeline.config import Config


GROUPS, LINKS = "groupes", "liens"
NATURES, WORTH = "natures", "valeur"


def train(
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            help="rapide (dix minutes), precis (demande [train]), groupes, liens (deux minutes), natures ou valeur.",
        ),
    ] = ("rapide"),
    extra: Annotated[
        list[Path] | None,
        typer.Option("--extra", help="Textes réels en plus (csv), chacun présent dans les références de corpus/."),
    ] = None,
    with_decisions: Annotated[
        list[Path] | None,
        typer.Option(
            "--with-decisions",
            help="Dossier de résultats dont les corrections d'axe servent d'exemples ; groupes : dont les fusions, les "
            "séparations, les déplacements et les réponses apprennent quelles idées vont ensemble (avec --murs).",
        ),
    ] = None,
    measured: Annotated[
        Path | None,
        typer.Option("--mesure", help="Textes réels qui servent seulement à mesurer (csv), jamais appris."),
    ] = None,
    keep_encoders: Annotated[
        bool,
        typer.Option(
            "--garder-encodeurs",
            help="precis : reprend les encodeurs en place ; n'apprend que la façon de mettre leurs lectures en commun.",
        ),
    ] = False,
    keep_ideas: Annotated[
        bool,
        typer.Option(
            "--garder-idees",
            help="precis : reprend telle quelle la branche des idées du modèle en place, qui sert aux groupes.",
        ),
    ] = False,
    without_second: Annotated[
        bool,
        typer.Option(
            "--sans-gemma",
            help="precis : sans la seconde lecture (Gemma 3 270M, sous ses propres conditions), qui est alors retirée.",
        ),
    ] = False,
    walls: Annotated[
        Path | None,
        typer.Option(
            "--murs",
            help="groupes : dossier de murs triés (wall_*.csv), dont sont apprises aussi les paires d'idées.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Où écrire le modèle (sinon models/axes/<profil>).")] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
) -> None:
    """Réapprend un modèle des axes sur corpus/annotated, et le garde s'il n'est pas moins bon que celui en place.

    La comparaison se fait hors source, sur les textes que ni l'ancien ni le nouveau n'ont appris, si les deux ont été
    mesurés sur les mêmes ; sinon sur les thèmes mis de côté. À côté du modèle sont écrits metrics.json, ses figures et
    sa fiche card.md. « groupes » apprend de corpus/ideas ce qui rapproche deux idées ; il suit aussi tout
    réapprentissage de precis, dont il lit les vecteurs. Avec --murs, il apprend aussi quelles idées vont ensemble, de
    murs que des personnes ont triés (models/pairs), et de quelles idées un titre est vrai (models/titles) ; sans
    --murs, ces modèles restent en place. « natures » apprend de quelle nature est un obstacle ou une proposition, et
    quel est son objet (models/natures) ; « valeur », si une idée se cite telle quelle (models/worth). « liens »
    apprend des bancs d'essai ce qui répond à un obstacle, s'oppose à une proposition ou l'appuie ; il suit aussi
    precis.
    """
    from pipeline.api.axes import AxisTexts, Ways, learn_axes
    from pipeline.api.links import learn_links
    from pipeline.classify.reading.store import model_folder
    from pipeline.config import load_config
    from pipeline.errors import UsageError

    if profile == GROUPS:
        if with_decisions and walls is None:
            raise UsageError(f"Les décisions s'ajoutent à des murs : rosace train --profile {GROUPS} --murs DOSSIER …")
        print(_learn_groups(out, load_config(config), walls, with_decisions or []))
        return
    if profile == LINKS:
        print(learn_links(load_config(config), out))
        return
    if profile in (NATURES, WORTH):
        learn = _learn_natures if profile == NATURES else _learn_worth
        print(learn(out, load_config(config), extra or []))
        return
    if profile not in ("rapide", "precis"):
        raise UsageError(
            f"Profil inconnu : {profile}. Attendu : rapide, precis, {GROUPS}, {LINKS}, {NATURES} ou {WORTH}."
        )
    if walls is not None:
        raise UsageError(f"--murs ne sert qu'aux groupes : rosace train --profile {GROUPS} --murs {walls}")
    settings = load_config(config, profil=profile)
    corpus, examples = _examples(extra or [], with_decisions or [])
    ways = Ways(keep_encoders, keep_ideas, with_second=not without_second)
    folder = out if out is not None else model_folder(profile)
    learn_axes(AxisTexts(corpus, examples, measured), settings, ways, folder, _tell)
    if profile == "precis" and out is None and not keep_encoders:  # they read vectors of the encoder
        _learn_groups(None, settings, None, [])
        learn_links(settings)
    print(folder)


def _learn_groups(out: Path | None, settings: Config, walls: Path | None, runs: list[Path]) -> Path:
    """Fit what makes two texts say the same thing above the encoders in place, then pairs; returns the folder."""
    from pipeline.api.grouping import idea_reader
    from pipeline.classify.stage import load_axis_model
    from pipeline.cluster.grouping.likeness import FOLDER, save_likeness
    from pipeline.cluster.grouping.meaning import Meaning
    from pipeline.cluster.learning.likeness import learn_likeness, write_report
    from pipeline.cluster.learning.walls import load_walls
    from pipeline.language.idea_corpus import IDEAS_FOLDER, PROJECTION_FOLDER
    from pipeline.language.models.encoders import load_encoder

    sorted_walls = None if walls is None else load_walls(walls)
    folder = out if out is not None else FOLDER
    read = idea_reader(load_axis_model("precis"))
    topics = load_encoder(settings.embed.encodeur)
    found, metrics = learn_likeness(
        topics, lambda texts: read(texts, [""] * len(texts)), (IDEAS_FOLDER, PROJECTION_FOLDER)
    )
    if sorted_walls is not None:
        _learn_pairs(out, sorted_walls, runs, [Meaning(topics, found, read), Meaning(topics, found)])
        _learn_titles(out, sorted_walls, Meaning(topics, found))
    save_likeness(folder, found)
    write_report(folder, metrics)
    return folder


def _learn_natures(out: Path | None, settings: Config, extra: list[Path]) -> Path:
    """Learn what kind of obstacle or action an idea tells, and of what; returns the folder."""
    import pandas as pd

    from pipeline.classify.reading.beside.natures import FOLDER
    from pipeline.classify.reports.natures_card import write_model
    from pipeline.classify.training.beside.natures import learn_natures, load_real, load_written
    from pipeline.errors import UsageError
    from pipeline.language.models.encoders import load_encoder

    if not extra:
        raise UsageError(
            "Les natures s'apprennent aussi de textes réels : rosace train --profile natures --extra TEXTES.csv "
            "(colonnes repo, text, axis, nature, second, object ; chacun dans corpus/references_natures.csv)."
        )
    folder, topics = out if out is not None else FOLDER, load_encoder(settings.embed.encodeur)
    examples = pd.concat([load_written(), *map(load_real, extra)], ignore_index=True)
    _tell(f"{len(examples)} idées lues")
    write_model(folder, learn_natures(examples, topics), topics.sha256)
    return folder


def _learn_worth(out: Path | None, settings: Config, extra: list[Path]) -> Path:
    """Learn whether an idea is worth quoting as it is; returns the folder."""
    import pandas as pd

    from pipeline.classify.reading.beside.worth import FOLDER
    from pipeline.classify.reports.worth_card import write_model
    from pipeline.classify.training.beside.worth import learn_worth, load_read
    from pipeline.errors import UsageError
    from pipeline.language.models.encoders import load_encoder

    if not extra:
        raise UsageError(
            "La valeur s'apprend de textes réels : rosace train --profile valeur --extra TEXTES.csv "
            "(colonnes repo, context, text, axis, first, second ; chacun dans corpus/references_valeur.csv)."
        )
    folder, topics = out if out is not None else FOLDER, load_encoder(settings.embed.encodeur)
    examples = pd.concat(map(load_read, extra), ignore_index=True)
    _tell(f"{len(examples)} idées lues")
    write_model(folder, learn_worth(examples, topics), topics.sha256)
    return folder


def _learn_pairs(
    out: Path | None, walls: dict[str, pd.DataFrame], runs: list[Path], meanings: Sequence[Meaning]
) -> None:
    """Learn which ideas go together, as each profile reads them."""
    from pipeline.cluster.learning.decided import read_decided
    from pipeline.cluster.learning.measure_pairs import measure
    from pipeline.cluster.learning.pairs import learn
    from pipeline.cluster.learning.pairs_card import write_model
    from pipeline.cluster.learning.walls import read_walls, sources_of
    from pipeline.cluster.pairs.model import FOLDER
    from pipeline.folder.artifacts import RunFolder
    from pipeline.review.app.opening import open_session
    from pipeline.review.decided import decided_pairs

    folder = out / "pairs" if out is not None else FOLDER
    examples = read_walls(walls, meanings)
    _tell(f"{len(walls)} murs lus")
    for run in runs:
        decided = read_decided(str(run), *decided_pairs(open_session(RunFolder.open(run)).state), meanings)
        n_pairs = sum(int(one.told.sum()) for one in decided if one.told is not None and one.way == decided[0].way)
        _tell(f"{run} : {n_pairs} paires d'idées sur lesquelles des personnes ont décidé")
        examples += decided
    write_model(folder, learn(examples), measure(examples, sources_of(walls)))
    print(folder)


def _learn_titles(out: Path | None, walls: dict[str, pd.DataFrame], meaning: Meaning) -> None:
    """Learn whether a title is true of an idea, from the titles of columns, when walls have some."""
    from pipeline.cluster.learning.titles import learn, measure, read_titles, write_model
    from pipeline.cluster.naming.coverage import FOLDER

    titled = {name: wall for name, wall in walls.items() if "issue_title" in wall}
    if not titled:
        return
    pairs = read_titles(titled, meaning.vectors)
    folder = out / "titles" if out is not None else FOLDER
    write_model(folder, learn(pairs), measure(pairs))
    print(folder)


def _examples(extra: list[Path], runs: list[Path]) -> tuple[pd.DataFrame, pd.DataFrame]:
    import pandas as pd

    from pipeline.classify.training.corrections import corrected_examples
    from pipeline.classify.training.examples import load_corpus, load_extra, split_themes

    corpus = load_corpus()
    learnt, _ = split_themes(corpus)
    parts = [learnt]
    print(f"corpus/annotated : {len(learnt)} idées apprises", file=sys.stderr)
    for path in extra:
        parts.append(load_extra(path))
        print(f"{path} : {len(parts[-1])} textes réels, tous référencés", file=sys.stderr)
    for run in runs:
        parts.append(corrected_examples(*_run_tables(run)))
        print(f"{run} : {len(parts[-1])} corrections", file=sys.stderr)
    return corpus, pd.concat(parts, ignore_index=True)


def _run_tables(run: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    from pipeline.folder.artifacts import RunFolder

    folder = RunFolder.open(run)
    return folder.load_table("reviewed_tags"), folder.load_table("items"), folder.load_table("contributions")


def _tell(message: str) -> None:
    print(f"  {message}", file=sys.stderr)
