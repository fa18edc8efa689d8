"""What `rosace evaluate` measures, as lines of a scoreboard: axes, groups, ideas, and the text of a restitution."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.config import Config, GroupsFloors, IdeasFloors
    from pipeline.workbench.both_ways import Told
    from pipeline.workbench.drafts import Measure
    from pipeline.workbench.ideas import IdeasEvaluation, IdentifiersEvaluation, PrivacyEvaluation, Score

LABEL_COLUMNS = ("label", "groupe", "group", "étiquette")
WHOLE = "tout"
PROBLEMS_SHOWN = 5
Tell = Callable[[str], None]
OURS = "rosace"
_WALL_SCORES = {
    "precision": "paires justes", "recall": "retrouvées", "f": "F", "pure": "purs", "mixed": "mêlés", "wrong": "faux",
}  # fmt: skip


class Line(NamedTuple):
    """One measure for people; `bound` is None when nothing is asked of it."""

    label: str
    value: float
    bound: float | None = None
    is_ceiling: bool = False
    detail: str = ""
    problems: Sequence[str] = ()

    @property
    def holds(self) -> bool:
        """Whether the bound is kept, to nine decimals."""
        if self.bound is None:
            return True
        gap = round(self.value - self.bound, 9)
        return gap <= 0 if self.is_ceiling else gap >= 0


def number(value: float) -> str:
    """Three decimals as French writes them: `0,500`."""
    return f"{value:.3f}".replace(".", ",").replace("-", "−")


def table(lines: Sequence[Line]) -> list[str]:
    """Rows of aligned columns: measure, value, bound, whether it is kept, detail."""
    rows = [("Mesure", "Valeur", "Borne", "Tenue", "Détail"), *(_row(line) for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _row(line: Line) -> tuple[str, str, str, str, str]:
    if line.bound is None:
        return line.label, number(line.value), "", "", line.detail
    bound = f"{'≤' if line.is_ceiling else '≥'} {number(line.bound)}"
    return line.label, number(line.value), bound, "oui" if line.holds else "non", line.detail


def problems(missed: Sequence[Line]) -> list[str]:
    """What was found under each bound that is not kept, five at most."""
    told = []
    for line in missed:
        if line.problems:
            told += [f"\n{line.label} :", *(f"  · {problem}" for problem in line.problems[:PROBLEMS_SHOWN])]
            if len(line.problems) > PROBLEMS_SHOWN:
                told.append(f"  · et {len(line.problems) - PROBLEMS_SHOWN} de plus")
    return told


def axes_lines(gold: Path | None, settings: Config) -> list[Line]:
    """Measure the shipped model of the profile against people's axes, or against the held-out themes of the corpus."""
    from pipeline.api.reading import read_axes
    from pipeline.axes import AXIS_CODES
    from pipeline.execution import LocalExecutor
    from pipeline.workbench.axes.evaluate import baselines, measure

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
    from pipeline.workbench.axes.examples import load_corpus, split_themes

    _, held_out = split_themes(load_corpus())
    return held_out["text"].tolist(), held_out["context"].tolist(), held_out["axis"].tolist()


def _save_metrics(metrics: dict[str, Any], what: str, profile: str) -> None:
    folder = Path("runs") / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"axes-{profile}-{what}.json"
    path.write_text(json.dumps(metrics, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _gold_axes(path: Path) -> tuple[list[str], list[str], list[str]]:
    from pipeline.axes import AXIS_CODES
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


def groups_lines(gold: Path | None, settings: Config, walls: Path | None = None) -> list[Line]:
    from pipeline.api.grouping import axis_reader, meaning_of
    from pipeline.classify.stage import load_axis_model
    from pipeline.workbench.groups import evaluate_groups

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


def ideas_lines(gold: Path | None, settings: Config) -> list[Line]:
    from pipeline.workbench.ideas import evaluate_ideas, evaluate_identifiers, evaluate_privacy

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


def wall_lines(settings: Config, folder: Path | None) -> list[Line]:
    """What the pair model is measured at on walls that it did not see, beside the field's methods: when it was learnt,
    or here, from the walls of a folder."""
    from pipeline.api.grouping import meaning_of
    from pipeline.cluster.pairs import PAIRS
    from pipeline.workbench.pairs import is_chosen, level_told, measure, way_told
    from pipeline.workbench.walls import PROFILES, load_walls, read_walls, sources_of

    found = PAIRS.metrics() if folder is None else {}
    if folder is not None:
        readers = [meaning_of(settings.model_copy(update={"profil": profile})) for profile in PROFILES]
        walls = load_walls(folder)
        found = measure(read_walls(walls, readers), sources_of(walls))
    lines = []
    for row in found["means"]:
        if row["cut"] is None or (row["profile"] == settings.profil and is_chosen(row, found["cuts"])):
            method = OURS if row["cut"] is not None else row["method"]
            shares = [f"{told} {number(row[name])}" for name, told in _WALL_SCORES.items()]
            label = f"Murs {way_told(row)}, {level_told(row)}, {method} : AMI"
            lines.append(Line(label, row["ami"], detail=", ".join(shares)))
    return lines


def side_lines(sides: dict[str, dict[str, float]], floors: GroupsFloors) -> list[Line]:
    """Objections and supports that are proposed to people, then those told without their word."""
    return [
        Line(
            f"{name}, {what}, précision",
            found[f"precision_{bound}"],
            floor,
            detail=f"rappel {number(found[f'recall_{bound}'])}, {found[f'n_{bound}']:.0f} liens",
        )
        for kind, name in (("objects", "Objections"), ("supports", "Soutiens"))
        for found in (sides[kind],)
        for bound, what, floor in (
            ("kept", "proposées" if kind == "objects" else "proposés", floors.positions_proposees),
            ("told", "racontées" if kind == "objects" else "racontés", floors.positions_racontees),
        )
    ]


def draft_lines(target: Path, settings: Config, tell: Tell) -> list[Line]:
    """The measures of the restitution of a run, and what readers judged of its sentences."""
    from pipeline.contracts.draft_files import load_draft, load_facts, load_plan
    from pipeline.folder.artifacts import RunFolder
    from pipeline.restitution.tables import RestitutionTables
    from pipeline.workbench.drafts import evaluate_drafts, judged

    run = RunFolder.open(target)
    tables = RestitutionTables(**{name: run.load_table(name) for name in RestitutionTables.__dataclass_fields__})
    draft, facts = load_draft(run.load_json("draft")), load_facts(run.load_json("facts"))
    plan = load_plan(run.load_json("plan"))
    found = evaluate_drafts(draft, facts, plan, tables, settings.evaluation.drafts, settings.restitution.espaces)
    judgements = run.read_file("judgements.csv")
    read = tuple(judged(draft, judgements)) if judgements is not None else ()
    tell(f"{found.n_sentences} phrases, {found.n_words} mots")
    if not found.is_spelling_checked:
        tell("Orthographe non vérifiée : hunspell ou son dictionnaire fr_FR n'est pas installé.")
    return [
        Line(m.label, m.share, m.bound, m.is_ceiling, f"{m.n_good} sur {m.n}", m.problems)
        for m in (*found.measures, *read)
        if m.name != "mots_inconnus" or found.is_spelling_checked
    ]


def both_lines(target: Path, url: str, settings: Config, tell: Tell) -> list[Line]:
    """Each measure of the draft without the model, then with it, then what became of its answers."""
    from pipeline.config import with_options
    from pipeline.execution import LocalExecutor
    from pipeline.folder.artifacts import RunFolder
    from pipeline.run.jobs import Job
    from pipeline.workbench.both_ways import both_ways

    run = RunFolder.open(target)
    config = with_options(settings, modele={"url": url})
    found = both_ways(Job(run.path, run, config, LocalExecutor()))
    for line in found.cost:
        tell(line)
    pairs = zip(_measures(found.without, settings), _measures(found.with_model, settings), strict=True)
    lines = [
        Line(f"{m.label} ({how})", m.share, m.bound, m.is_ceiling, f"{m.n_good} sur {m.n}", m.problems)
        for pair in pairs
        for how, m in zip(("sans", "avec"), pair, strict=True)
    ]
    return [*lines, *_answers(found.with_model)]


def _measures(told: Told, settings: Config) -> list[Measure]:
    from pipeline.workbench.drafts import evaluate_drafts

    floors, spaces = settings.evaluation.drafts, settings.restitution.espaces
    found = evaluate_drafts(told.draft, told.facts, told.plan, told.tables, floors, spaces)
    return [m for m in found.measures if m.name != "mots_inconnus" or found.is_spelling_checked]


def _answers(told: Told) -> list[Line]:
    """The share of the answers of each task that was taken, and the reasons of the others."""
    lines = []
    for task in dict.fromkeys(one.task for one in told.outcomes):
        found = [one for one in told.outcomes if one.task == task]
        taken = sum(not one.reason for one in found)
        reasons = Counter(one.reason for one in found if one.reason)
        detail = ", ".join(f"{reason} {n}" for reason, n in sorted(reasons.items(), key=lambda r: (-r[1], r[0])))
        lines.append(
            Line(f"Réponses retenues ({task})", taken / len(found), detail=f"{taken} sur {len(found)} ; {detail}")
        )
    return lines
