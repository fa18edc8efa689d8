"""Learning which side a text takes, and measuring it: `rosace train --profile positions`, `rosace evaluate positions`.

    rosace train --profile positions --extra TEXTES.csv

Learned from the written cases of `corpus/stances`, several a form of words, from what is said of proposals in the half
of `objections.jsonl` that teaches, and from ideas of workshops, annotated ones
and the real ones of the csv, of which hardly any takes a side: they say how rare a side is, and no word is known from
them alone. What is measured leaves whole forms out; the benchmark was written apart, on other subjects.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import EST
from pipeline.config import Floors
from pipeline.language.syntax.function_words import every_word
from pipeline.language.vocabulary.cues import CON, MIXED, PRO, UNKNOWN
from pipeline.learned import Linear
from pipeline.resources import corpus
from pipeline.stances.reading import HEAD, IN_ANSWER, STANCES, StanceModel, features_of, load_stances, tokens_of
from pipeline.workbench.benchmarks import column_lines
from pipeline.workbench.examples import BENCHMARKS, load_corpus, read_jsonl
from pipeline.workbench.learning import fit_logistic, left_out, precision_recall, share, unseen
from pipeline.workbench.reports import Card, Line, number

WRITTEN, REPLIES = corpus() / "stances" / "ecrites.jsonl", corpus() / "stances" / "repliques.jsonl"
BENCHMARK = BENCHMARKS / "positions.jsonl"
OBJECTIONS, LEFT_OUT = BENCHMARKS / "objections.jsonl", "test"
COLUMNS = ("repo", "text")
EITHER = "autre"
"""The kind of the cases that prefer one thing to another: without their object, they take both sides."""
TAKEN = (CON, MIXED, PRO)
"""Stances that are told."""
ANSWERED_STEP = 6
"""One short idea of workshops in so many says that what comes after a proposal hardly ever answers it."""
N_FOLDS = 5
ANSWER_WORDS_MAX = 12
"""Words of the written cases that might answer somebody as they are."""
N_FORMS_MIN, N_FORMS_OF_WORDS = 2, 12
"""Forms of words that hold a feature, or a word, for it to be known: what one says is chance, and subjects come back;
those that answer say little but what they think, and each word counts."""
N_ANNOTATED, N_REAL = 2_000, 6_000
BACKGROUND_WEIGHT, FILLED_WEIGHT = 0.15, 0.33
"""What an idea of the background weighs, and a form of words filled with one of several subjects."""
STRENGTH = 0.5
MAX_ITERATIONS = 3_000
DECIMALS = 3
PRECISION_WANTED, PRECISION_IN_ANSWER = dict.fromkeys(TAKEN, 0.82), dict.fromkeys(TAKEN, 0.9)
LEAST_CHANCES = np.round(np.arange(0.5, 0.96, 0.01), 2)
"""Share of right ones among the told, on forms left out, and the chances tried to have it."""
ASIDE_MAX = 0.0041
"""Share of real ideas, of which hardly any takes a side, that may be told on one."""
NAMES = dict(zip(TAKEN, ("contre", "à condition", "pour"), strict=True))
STANCES_CARD = Card("stances.md.j2", {"n_folds": N_FOLDS, "taken": NAMES})


@dataclass(frozen=True)
class _Case:
    """A text about an object, "" for none, its stance, the form of words it is made from, and what it weighs."""

    text: str
    about: str
    stance: str
    form: str
    weight: float


Shares = npt.NDArray[np.float64]
Names = npt.NDArray[np.object_]
Stances = tuple[dict[str, StanceModel], dict[str, Any]]
"""The model of each head, and what was measured of them."""


def learn(real: pd.DataFrame) -> Stances:
    """Fit and measure.

    `real` : real ideas, columns `COLUMNS`.
    """
    written = read_jsonl(WRITTEN)
    texts = sorted(set(real["text"]), key=lambda text: (len(text) % 7, text))
    learnt, aside = texts[:N_REAL], texts[N_REAL:]
    annotated = load_corpus()
    plain = sorted(set(annotated.loc[annotated["origin"] != "positions", "text"]))
    step = max(1, len(plain) // N_ANNOTATED)
    background = [*plain[::step][:N_ANNOTATED], *learnt]
    cases = [*_cases(written), *_said_in_answer()]
    shares, true = _left_out(cases, background)
    head = _fitted(cases, background)
    answers, of_answers = learn_answers(
        _short(annotated.loc[annotated["axis"] != EST, "text"])[::ANSWERED_STEP], _short(aside)
    )
    least = _rarer(_bounds(shares, true, PRECISION_WANTED), StanceModel(head, {}).shares(aside))
    model = StanceModel(head, least)
    told = [one.stance for one in model.read(aside)]
    counts = {
        "n_written": len(written),
        "n_in_answer": len(_said_in_answer()),
        "n_forms": len({case.form for case in cases}),
        "n_annotated": len(background) - len(learnt),
        "n_real": len(learnt),
        "n_sources": int(real.loc[real["text"].isin(set(learnt)), "repo"].nunique()),
        "n_aside": len(aside),
    }
    metrics = {
        **counts,
        "answers": of_answers,
        "told_aside": {stance: share(np.array(told) == stance) for stance in TAKEN},
        "least": least,
        "left_out": _measured(_told(shares, least), true),
        "benchmark": measure_benchmark(model),
    }
    return {HEAD: model, **answers}, metrics


def learn_answers(background: Sequence[str], aside: Sequence[str]) -> Stances:
    """Fit and measure what is read in words that answer a proposal: replies, and the shortest of the written cases.

    Short ideas of workshops that are no obstacle, which hardly ever answer one, say how rare a side is there too.
    """
    short = [row for row in read_jsonl(WRITTEN) if len(row["text"].split()) <= ANSWER_WORDS_MAX]
    replies = [_Case(row["text"], "", row["stance"], row["text"], 1.0) for row in read_jsonl(REPLIES)]
    cases = [*replies, *_said_in_answer(), *_cases(short)]
    shares, true = _left_out(cases, background, N_FORMS_MIN)
    replied = slice(0, len(replies))
    least = _bounds(shares[replied], true[replied], PRECISION_IN_ANSWER)
    model = StanceModel(_fitted(cases, background, N_FORMS_MIN), least, is_of_answers=True)
    told = [one.stance for one in model.read(aside)]
    measured = {
        "n": len(replies),
        "least": least,
        "told_aside": share(np.array(told) != UNKNOWN),
        **_measured(_told(shares[replied], least), true[replied]),
    }
    return {IN_ANSWER: model}, measured


def _short(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if len(text.split()) <= ANSWER_WORDS_MAX})


def _cases(written: Sequence[dict[str, Any]]) -> list[_Case]:
    found: list[_Case] = []
    for row in written:
        weight = 1.0 if row["form"] == row["text"] else FILLED_WEIGHT
        if row["kind"] != EITHER:
            found.append(_Case(row["text"], "", row["stance"], row["form"], weight))
        if row["object"]:
            found.append(_Case(row["text"], row["object"], row["stance"], row["form"], FILLED_WEIGHT))
    return found


def _said_in_answer() -> list[_Case]:
    """Objections, supports and proposals of the imaginary workshops of `objections.jsonl` that may be learned from."""
    rows = [row for row in read_jsonl(OBJECTIONS) if row["half"] != LEFT_OUT]
    return [_Case(row["text"], "", _STANCE_OF.get(row["role"], UNKNOWN), row["text"], 1.0) for row in rows]


_STANCE_OF = {"objects": CON, "supports": PRO}


def _held(told: Iterable[tuple[Iterable[str], str]], least: int) -> set[str]:
    """The names told of so many forms of words at least."""
    forms: dict[str, set[str]] = defaultdict(set)
    for names, form in told:
        for name in names:
            forms[name].add(form)
    return {name for name, held in forms.items() if len(held) >= least}


def _fitted(cases: Sequence[_Case], background: Sequence[str], least: int = N_FORMS_OF_WORDS) -> Linear:
    from sklearn.preprocessing import MultiLabelBinarizer

    known = frozenset(_held(((tokens_of(case.form), case.form) for case in cases), least))
    read = [features_of(case.text, known, case.about) for case in cases]
    kept = _held(zip(read, (case.form for case in cases), strict=True), N_FORMS_MIN)
    # a known word is told by its own name, even where it adds nothing to what stands around it
    names = kept | {word for word in known if word not in every_word()}
    read += [features_of(text, known) for text in background]
    columns = MultiLabelBinarizer(classes=sorted(names), sparse_output=True)
    matrix = columns.fit_transform([found & names for found in read]).astype(np.float64)
    matrix.sort_indices()
    answers = np.array([*(case.stance for case in cases), *[UNKNOWN] * len(background)])
    weights = np.array([*(case.weight for case in cases), *[BACKGROUND_WEIGHT] * len(background)])
    head = fit_logistic(
        matrix,
        answers,
        STRENGTH,
        tuple(columns.classes_.tolist()),
        weights=weights,
        max_iterations=MAX_ITERATIONS,
        decimals=DECIMALS,
    )
    order = [head.outputs.index(stance) for stance in STANCES]
    return Linear(head.weights[order].astype(np.float32), head.bias[order], head.inputs, STANCES)


def _left_out(cases: Sequence[_Case], background: Sequence[str], least: int = N_FORMS_OF_WORDS) -> tuple[Shares, Names]:
    shares = unseen(
        left_out(np.array([case.form for case in cases], dtype=object), N_FOLDS),
        lambda kept: StanceModel(_fitted([cases[row] for row in kept], background, least), {}),
        lambda model, out: model.shares([cases[row].text for row in out], [cases[row].about for row in out]),
    )
    return shares, np.array([case.stance for case in cases], dtype=object)


def _bounds(shares: Shares, true: Names, wanted: Mapping[str, float]) -> dict[str, float]:
    best = np.array(STANCES, dtype=object)[shares.argmax(axis=1)]
    found: dict[str, float] = {}
    for stance in TAKEN:
        rows = best == stance
        chances, right = shares[rows].max(axis=1), true[rows] == stance
        least = next((t for t in LEAST_CHANCES if right[chances >= t].mean() >= wanted[stance]), LEAST_CHANCES[-1])
        found[stance] = float(least)
    return found


def _rarer(least: Mapping[str, float], aside: Shares) -> dict[str, float]:
    """The chances from which no stance is told of more real ideas than may be."""
    best, chances = aside.argmax(axis=1), aside.max(axis=1)

    def share_told(stance: str, chance: float) -> float:
        return float(((best == STANCES.index(stance)) & (chances >= chance)).mean())

    return {
        stance: next((t for t in LEAST_CHANCES.tolist() if t >= first and share_told(stance, t) <= ASIDE_MAX), first)
        for stance, first in least.items()
    }


def _told(shares: Shares, least: dict[str, float]) -> Names:
    best = [STANCES[place] for place in shares.argmax(axis=1).tolist()]
    chances = shares.max(axis=1)
    told = [one if chance >= least.get(one, 0.0) else UNKNOWN for one, chance in zip(best, chances, strict=True)]
    return np.array(told, dtype=object)


def _measured(told: Names, true: Names) -> dict[str, Any]:
    found = {stance: precision_recall(told == stance, true == stance) for stance in TAKEN}
    return {"n": len(true), "accuracy": share(told == true), **found}


def measure_benchmark(model: StanceModel) -> dict[str, Any]:
    """Measures on the benchmark."""
    rows = read_jsonl(BENCHMARK)
    told = [one.stance for one in model.read([row["text"] for row in rows], [row["object"] for row in rows])]
    return _measured(np.array(told, dtype=object), np.array([row["stance"] for row in rows], dtype=object))


def positions_lines(floors: Floors) -> list[Line]:
    """All that `rosace evaluate positions` tells."""
    found = measure_benchmark(load_stances())
    lines = []
    for stance, name in NAMES.items():
        measured, floor = found[stance], floors[name.removeprefix("à ")]
        recall = f"rappel {number(measured['recall'])}"
        lines.append(Line(f"Mots, {name}, précision", measured["precision"], floor, detail=recall))
    lines.append(Line("Mots, contre, rappel", found[CON]["recall"], floors["contre_rappel"]))
    lines.append(Line("Mots, positions justes", found["accuracy"], detail=f"{found['n']} cas écrits"))
    return [*lines, *column_lines(floors["tableaux"])]
