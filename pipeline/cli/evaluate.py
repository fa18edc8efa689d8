"""`rosace evaluate`: how good axes, groups, ideas or a restitution are, against the bounds of the configuration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.terminal.drafts import both_lines, draft_lines
from pipeline.cli.terminal.figures import number
from pipeline.cli.terminal.link_scores import side_lines
from pipeline.cli.terminal.scoreboard import PROBLEMS_SHOWN, Line, print_problems, print_table
from pipeline.cli.terminal.walls import OURS, wall_lines

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.config import Config, IdeasFloors
    from pipeline.ingest.evaluate import IdeasEvaluation, IdentifiersEvaluation, PrivacyEvaluation, Score

LABEL_COLUMNS = ("label", "groupe", "group", "étiquette")
WHOLE = "tout"


class Kind(StrEnum):
    """What can be measured."""

    AXES = "axes"
    GROUPS = "groups"
    IDEAS = "ideas"
    DRAFTS = "drafts"


def evaluate(
    kind: Annotated[Kind, typer.Argument(metavar="QUOI", help="axes, groups, ideas ou drafts.")],
    target: Annotated[
        Path | None,
        typer.Argument(metavar="DOSSIER", help="Pour drafts : un dossier de résultats de « rosace synthesize »."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option("--gold", help="Tableau annoté par des personnes (axes, groups) ou banc d'essai jsonl (ideas)."),
    ] = None,
    walls: Annotated[
        Path | None,
        typer.Option("--murs", help="Pour groups : dossier de murs triés (wall_*.csv), chacun mis de côté à son tour."),
    ] = None,
    profile: Annotated[str | None, typer.Option("--profile", help="Pour axes : precis ou rapide.")] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--modele", help="Pour drafts : adresse d'un modèle de langue ; mesure le texte avec lui et sans."
        ),
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
) -> None:
    """Mesure les axes, les groupes, les idées ou une restitution, contre les bornes de la section [evaluation].

    Le code de sortie est 0 quand toutes les bornes sont tenues, 2 sinon.
    """
    from pipeline.config import load_config
    from pipeline.errors import RosaceError, UsageError

    if (target is not None) != (kind is Kind.DRAFTS):
        raise UsageError(
            "« rosace evaluate drafts » attend un dossier de résultats : rosace evaluate drafts runs/mon-atelier"
            if kind is Kind.DRAFTS
            else f"« rosace evaluate {kind.value} » n'attend pas de dossier. Pour comparer à un tableau : --gold TABLE"
        )
    if walls is not None and kind is not Kind.GROUPS:
        raise UsageError(f"--murs ne sert qu'aux groupes : rosace evaluate groups --murs {walls}")
    if model is not None and kind is not Kind.DRAFTS:
        raise UsageError(f"--modele ne sert qu'aux restitutions : rosace evaluate drafts RESULTATS --modele {model}")
    settings = load_config(config, profil=profile)
    if model is not None and target is not None:
        lines = both_lines(target, model, settings)
    else:
        lines = _MEASURES[kind](target, gold, settings) if walls is None else _groups(target, gold, settings, walls)
    print_table(lines)
    missed = [line for line in lines if not line.holds]
    if missed:
        print_problems(missed)
        names = " ; ".join(line.label for line in missed)
        raise RosaceError(
            f"borne non tenue : {names}. Les bornes sont dans la section [evaluation] de la configuration."
        )


# what is measured, by kind -------------------------------------------------------------------------------------


def _axes(_: Path | None, gold: Path | None, settings: Config) -> list[Line]:
    """The shipped model of the profile against people's axes, or against the held-out themes of the corpus."""
    from pipeline.api.reading import read_axes
    from pipeline.axes import AXIS_CODES
    from pipeline.classify.evaluate import baselines, measure
    from pipeline.execution import LocalExecutor

    texts, contexts, truth = _gold_axes(gold) if gold is not None else _held_out_axes()
    tags = read_axes(texts, contexts, settings, LocalExecutor(1))
    found = measure(truth, tags, settings.graine)
    metrics = {"profil": settings.profil, **found, "reperes": baselines(truth, texts)}
    _save_metrics(metrics, "gold" if gold is not None else "themes", settings.profil)
    floors = settings.evaluation.axes
    floor = floors.macro_f1_precis if settings.profil == "precis" else floors.macro_f1_rapide
    interval = f"{found['macro_f1_low']:.2f} à {found['macro_f1_high']:.2f}".replace(".", ",")
    return [
        Line(f"Macro-F1 ({settings.profil})", found["macro_f1"], floor, detail=f"{found['n']} textes, {interval}"),
        *(Line(f"F1 ({axis})", found["f1"][axis]) for axis in AXIS_CODES if axis in truth),
        *(Line(f"Repère : {name}", score) for name, score in metrics["reperes"].items()),
        Line("Justes parmi toutes", found["accuracy"]),
        Line("Justes parmi les 60 % les plus nettes", found["accuracy_surest_60"]),
        Line("Justes parmi les sûres", found["accuracy_sure"] or 0.0),
        Line("À relire", found["share_to_reread"]),
        Line("Écart de calibration (ECE)", found["ece"]),
    ]


def _held_out_axes() -> tuple[list[str], list[str], list[str]]:
    from pipeline.classify.training.examples import load_corpus, split_themes

    _, held_out = split_themes(load_corpus())
    return held_out["text"].tolist(), held_out["context"].tolist(), held_out["axis"].tolist()


def _save_metrics(metrics: dict[str, Any], what: str, profile: str) -> None:
    import json

    folder = Path("runs") / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"axes-{profile}-{what}.json"
    path.write_text(json.dumps(metrics, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _gold_axes(path: Path) -> tuple[list[str], list[str], list[str]]:
    from pipeline.axes import AXIS_CODES
    from pipeline.errors import UsageError
    from pipeline.tables import find_context_column, find_text_column, read_table

    table = read_table(path)
    if "axis" not in table.columns:
        raise UsageError(
            f"{path} : aucune colonne « axis ». Attendu : l'axe que des personnes ont donné à chaque texte ; "
            f"trouvé : {', '.join(map(str, table.columns))}."
        )
    unknown = sorted(set(table["axis"]) - set(AXIS_CODES))
    if unknown or table.empty:
        raise UsageError(
            f"{path} : la colonne « axis » doit porter {', '.join(AXIS_CODES)} ; "
            f"trouvé aussi : {', '.join(map(repr, unknown[:PROBLEMS_SHOWN])) or 'aucune ligne'}."
        )
    context = find_context_column(table)
    contexts = table[context].tolist() if context is not None else [""] * len(table)
    return table[find_text_column(table)].tolist(), contexts, table["axis"].tolist()


def _groups(_: Path | None, gold: Path | None, settings: Config, walls: Path | None = None) -> list[Line]:
    from pipeline.api.grouping import axis_reader, meaning_of
    from pipeline.classify.stage import load_axis_model
    from pipeline.cluster.evaluate import evaluate_groups

    floors = settings.evaluation.groups
    meaning = meaning_of(settings)
    read_axes = axis_reader(load_axis_model(settings.profil), meaning.topics)
    labelled = None if gold is None else _gold_groups(gold)
    report = evaluate_groups(labelled, settings.cluster, settings.graine, meaning, read_axes)
    scores: list[dict[str, Any]] = report["groups"]
    ours = [score for score in scores if score["method"] == OURS]
    lines = [_group_line(score) for score in scores]
    if gold is not None:
        lines.append(Line("Accord avec les personnes (AMI), moyenne", _mean(ours, "ami"), floors.ami))
    lines += [
        Line("Stabilité, moyenne", _mean(ours, "stability"), floors.stabilite),
        Line("Part des signaux faibles, moyenne", _mean(ours, "weak_share"), floors.signaux_max, True),
        Line("Mots différents des titres", report["titles"]["diversity"]),
        *wall_lines(settings, walls),
    ]
    stance, links = report["stance"], report["links"]
    recall = f"rappel {number(stance['recall'])}"
    found = f"précision moyenne {number(links['average_precision'])}"
    return [
        *lines,
        Line("Oppositions, précision", stance["precision"], floors.oppositions_precision, detail=recall),
        Line("Liens, première réponse juste", links["precision_at_1"], floors.liens_premier, detail=found),
        *side_lines(report["sides"], floors),
    ]


def _group_line(score: dict[str, Any]) -> Line:
    told = f"{score['n_found']} groupes" + (f" pour {score['n_true']}" if score["n_true"] is not None else "")
    detail = f"{told}, {number(score['weak_share'])} hors groupe, stabilité {number(score['stability'])}"
    if score["ami"] is None:
        return Line(f"{score['corpus']}, {score['method']} : cohérence", score["coherence"], detail=detail)
    return Line(f"{score['corpus']}, {score['method']} : AMI", score["ami"], detail=detail)


def _mean(scores: Sequence[dict[str, Any]], name: str) -> float:
    return round(float(sum(score[name] for score in scores)) / max(1, len(scores)), 3)


def _gold_groups(path: Path) -> pd.DataFrame:
    from pipeline.errors import UsageError
    from pipeline.tables import find_text_column, header_key, read_table

    table = read_table(path)
    wanted = {header_key(name) for name in LABEL_COLUMNS}
    label = next((str(column) for column in table.columns if header_key(str(column)) in wanted), None)
    if label is None:
        raise UsageError(
            f"{path} : aucune colonne de groupes. Attendu : une colonne « label » ou « groupe » qui dit, pour chaque "
            f"texte, le groupe que des personnes lui ont donné ; trouvé : {', '.join(map(str, table.columns))}."
        )
    return table.rename(columns={find_text_column(table): "text", label: "label"})


def _ideas(_: Path | None, gold: Path | None, settings: Config) -> list[Line]:
    from pipeline.errors import UsageError
    from pipeline.ingest.evaluate import evaluate_ideas, evaluate_identifiers, evaluate_privacy

    floors = settings.evaluation.ideas
    if gold is None:
        return [
            *_idea_lines(evaluate_ideas(), floors),
            *_mark_lines(evaluate_privacy(), floors),
            *_identifier_lines(evaluate_identifiers(), floors),
        ]
    try:
        return _idea_lines(evaluate_ideas(gold), floors)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{gold} : banc d'essai illisible ({error}). Attendu : un jsonl dont chaque ligne porte text, channel, "
            "half et items (les bornes de chaque idée), comme corpus/benchmarks/segmentation.jsonl."
        ) from error


def _idea_lines(found: IdeasEvaluation, floors: IdeasFloors) -> list[Line]:
    lines = [
        _score_line(f"Limites entre idées, F1 ({name})", score, floors.limites_f1 if name == WHOLE else None)
        for name, score in _whole_first(found.boundaries)
    ]
    return lines + [_score_line(f"Idées entières, F1 ({name})", score) for name, score in _whole_first(found.ideas)]


def _mark_lines(found: PrivacyEvaluation, floors: IdeasFloors) -> list[Line]:
    lines = []
    for name, score in _whole_first(found.marks):
        bounds = (floors.marques_precision, floors.marques_rappel) if name == WHOLE else (None, None)
        lines.append(Line(f"Marques, précision ({name})", score.precision, bounds[0]))
        lines.append(Line(f"Marques, rappel ({name})", score.recall, bounds[1]))
    return lines


def _identifier_lines(found: IdentifiersEvaluation, floors: IdeasFloors) -> list[Line]:
    lines = []
    for name, score in _whole_first(found.decided):
        missed = ", ".join(form for what, form in found.failed if what == name)
        detail = f"{score.n_right} sur {score.n_right + score.n_missed}" + (f", échappe : {missed}" if missed else "")
        bound = floors.marques_rappel if name == WHOLE else None
        lines.append(Line(f"Graphies traitées comme dit ({name})", score.recall, bound, detail=detail))
    return lines


def _whole_first(scores: dict[str, Score]) -> list[tuple[str, Score]]:
    return sorted(scores.items(), key=lambda pair: (pair[0] != WHOLE, pair[0]))


def _score_line(label: str, score: Score, bound: float | None = None) -> Line:
    detail = f"précision {number(score.precision)}, rappel {number(score.recall)}"
    return Line(label, score.f1, bound, detail=detail)


def _drafts(target: Path | None, gold: Path | None, settings: Config) -> list[Line]:
    from pipeline.errors import UsageError

    if gold is not None or target is None:
        raise UsageError(
            "« rosace evaluate drafts » se mesure contre les tables du dossier : --gold n'a pas de sens ici."
        )
    return draft_lines(target, settings)


_MEASURES: dict[Kind, Callable[[Path | None, Path | None, Config], list[Line]]] = {
    Kind.AXES: _axes,
    Kind.GROUPS: _groups,
    Kind.IDEAS: _ideas,
    Kind.DRAFTS: _drafts,
}
