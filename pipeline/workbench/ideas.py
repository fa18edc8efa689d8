"""How well ideas are cut and private data found, measured on the hand-made benchmarks of `corpus/benchmarks/`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import Floors
from pipeline.errors import UsageError
from pipeline.ingest.preparing import freeze
from pipeline.ingest.privacy.marks import bare, find_personal, mask
from pipeline.ingest.privacy.names import NameFinder
from pipeline.ingest.segmentation.joining import FILLERS
from pipeline.ingest.segmentation.segment import segment
from pipeline.workbench.examples import BENCHMARKS, read_jsonl
from pipeline.workbench.scoreboard import Line, number

WHOLE = "tout"
PLACE = "lieu"

_TYPES = {
    "email": "courriel",
    "phone": "telephone",
    "plate": "plaque",
    "handle": "pseudo",
    "home": "adresse",
    "profile": "url",
}
_TOKEN = re.compile(r"\w+")
_FILLER_WORDS = frozenset(filler for filler in FILLERS if _TOKEN.fullmatch(filler))


@dataclass(frozen=True)
class Score:
    """Counts of what was found right, found wrong and missed, and the shares they give (1.0 when nothing was due)."""

    n_right: int
    n_wrong: int
    n_missed: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        found = self.n_right + self.n_wrong
        return self.n_right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was due that was found."""
        due = self.n_right + self.n_missed
        return self.n_right / due if due else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class IdeasEvaluation:
    """Boundaries between ideas and whole ideas, over all and by half and channel.

    A boundary is right when it falls before the same word, fillers aside; an idea is right when it begins and ends
    with the same words, fillers aside.
    """

    n_contributions: int
    boundaries: dict[str, Score]
    ideas: dict[str, Score]


@dataclass(frozen=True)
class PrivacyEvaluation:
    """Marks put, over all and by half and kind of mark. A mark is right when it overlaps one due of the same kind."""

    n_cases: int
    marks: dict[str, Score]


def evaluate_ideas(path: Path = BENCHMARKS / "segmentation.jsonl") -> IdeasEvaluation:
    """Compare `segment` with the boundaries marked by hand."""
    cases = read_jsonl(path)
    boundaries: dict[str, Counter[str]] = {}
    ideas: dict[str, Counter[str]] = {}
    for case in cases:
        text = case["text"]
        ranks = [word.span() for word in _TOKEN.finditer(text) if word.group().lower() not in _FILLER_WORDS]
        due = [_in_words(ranks, start, end) for start, end in case["items"]]
        spans = segment(text, is_speech=case["channel"] == "transcript", is_report=case["channel"] == "minutes")
        found = [_in_words(ranks, start, end) for start, end in spans]
        keys = (WHOLE, case["half"], case["channel"], f"{case['half']} {case['channel']}")
        _tally(boundaries, keys, {start for start, _ in due[1:]}, {start for start, _ in found[1:]})
        if due:
            _tally(ideas, keys, set(due), set(found))
    return IdeasEvaluation(len(cases), _scores(boundaries), _scores(ideas))


def evaluate_privacy(path: Path = BENCHMARKS / "privacy.jsonl") -> PrivacyEvaluation:
    """Compare `find_personal` (public contacts kept) with the spans marked by hand."""
    cases = read_jsonl(path)
    tallies: dict[str, Counter[str]] = {}
    for case in cases:
        due = {(mark["start"], mark["end"], mark["type"]) for mark in case["marks"]}
        found = {(start, end, _TYPES.get(kind, kind)) for start, end, kind in find_personal(case["text"])}
        matched = {d for d in due if any(_same_mark(d, f) for f in found)}
        wrong = {f for f in found if not any(_same_mark(d, f) for d in due)}
        for key in (WHOLE, case["half"]):
            tallies.setdefault(key, Counter()).update(right=len(matched), wrong=len(wrong), missed=len(due - matched))
        for kind in sorted({span[2] for span in due | found}):
            right = sum(1 for span in matched if span[2] == kind)
            n_due = sum(1 for span in due if span[2] == kind)
            n_wrong = sum(1 for span in wrong if span[2] == kind)
            tallies.setdefault(kind, Counter()).update(right=right, wrong=n_wrong, missed=n_due - right)
    return PrivacyEvaluation(len(cases), _scores(tallies))


@dataclass(frozen=True)
class IdentifiersEvaluation:
    """What becomes of identifiers planted in texts, one by spelling.

    Attributes
    ----------
    decided : kind of identifier → counts; right when what is decided of it (masked, suggested, kept) is done, whole.
    failed : (kind, spelling) of the others.
    """

    n_cases: int
    decided: dict[str, Score]
    failed: list[tuple[str, str]]


def evaluate_identifiers(path: Path = BENCHMARKS / "identifiers.jsonl") -> IdentifiersEvaluation:
    """Look for each planted identifier in what its text becomes, whatever its letters and digits wear."""
    cases = read_jsonl(path)
    failed = [(case["what"], case["form"]) for case in cases if not _is_done(case)]
    met, missed = Counter(case["what"] for case in cases), Counter(what for what, _ in failed)
    kinds = {what: Score(n - missed[what], 0, missed[what]) for what, n in met.items()}
    return IdentifiersEvaluation(len(cases), {WHOLE: Score(len(cases) - len(failed), 0, len(failed)), **kinds}, failed)


@dataclass(frozen=True)
class NamesEvaluation:
    """Names of people suggested: over all, and in the sentences that name places or people. One is right when it
    overlaps somebody's name."""

    n_places: int
    n_places_touched: int
    people: Score


def evaluate_names(path: Path = BENCHMARKS / "noms.jsonl") -> NamesEvaluation:
    """Compare the names suggested with those of people; streets, squares, feasts, shops and schools are nobody."""
    right, wrong, missed, touched, cases = 0, 0, 0, 0, read_jsonl(path)
    for case in cases:
        found = [(start, end) for start, end, _, _ in NameFinder(set()).find(case["text"])]
        due = [tuple(span) for span in case["people"]]
        met = [any(a < end and start < b for a, b in found) for start, end in due]
        right, missed = right + sum(met), missed + len(due) - sum(met)
        wrong += sum(not any(a < end and start < b for start, end in due) for a, b in found)
        touched += case["kind"] == PLACE and bool(found)
    n_places = sum(case["kind"] == PLACE for case in cases)
    return NamesEvaluation(n_places, touched, Score(right, wrong, missed))


def _is_done(case: dict[str, Any]) -> bool:
    told = mask(freeze(case["text"]), True, Counter())
    if case["decision"] == "suggested":
        return any(found[2] == case["secret"] for found in NameFinder(set()).find(told))
    is_there = bare(case["secret"]) in bare(told)
    return is_there if case["decision"] == "kept" else not is_there


def _same_mark(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]


def _in_words(words: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """A span of characters as (words before it, words before its end)."""
    return sum(1 for _, stop in words if stop <= start), sum(1 for begin, _ in words if begin < end)


def _tally(tallies: dict[str, Counter[str]], keys: Iterable[str], due: set[Any], found: set[Any]) -> None:
    for key in keys:
        tally = tallies.setdefault(key, Counter())
        tally.update(right=len(due & found), wrong=len(found - due), missed=len(due - found))


def _scores(tallies: dict[str, Counter[str]]) -> dict[str, Score]:
    return {key: Score(t["right"], t["wrong"], t["missed"]) for key, t in sorted(tallies.items())}


def ideas_lines(gold: Path | None, floors: Floors) -> list[Line]:
    """All that `rosace evaluate ideas` tells: of the benchmarks of the project, or of cuts that people marked.

    Raises
    ------
    UsageError : the benchmark cannot be read.
    """
    if gold is None:
        return [
            *_idea_lines(evaluate_ideas(), floors),
            *_mark_lines(evaluate_privacy(), floors),
            *_identifier_lines(evaluate_identifiers(), floors),
            *_name_lines(evaluate_names(), floors),
        ]
    try:
        return _idea_lines(evaluate_ideas(gold), floors)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{gold} : banc d'essai illisible ({error}). Attendu : un jsonl dont chaque ligne porte text, channel, "
            "half et items (les bornes de chaque idée), comme corpus/benchmarks/segmentation.jsonl."
        ) from error


def _idea_lines(found: IdeasEvaluation, floors: Floors) -> list[Line]:
    lines = [
        _score_line(f"Limites entre idées, F1 ({name})", score, floors["limites_f1"] if name == WHOLE else None)
        for name, score in _whole_first(found.boundaries)
    ]
    return lines + [_score_line(f"Idées entières, F1 ({name})", score) for name, score in _whole_first(found.ideas)]


def _mark_lines(found: PrivacyEvaluation, floors: Floors) -> list[Line]:
    lines = []
    for name, score in _whole_first(found.marks):
        bounds = (floors["marques_precision"], floors["marques_rappel"]) if name == WHOLE else (None, None)
        lines.append(Line(f"Marques, précision ({name})", score.precision, bounds[0]))
        lines.append(Line(f"Marques, rappel ({name})", score.recall, bounds[1]))
    return lines


def _identifier_lines(found: IdentifiersEvaluation, floors: Floors) -> list[Line]:
    lines = []
    for name, score in _whole_first(found.decided):
        missed = ", ".join(form for what, form in found.failed if what == name)
        detail = f"{score.n_right} sur {score.n_right + score.n_missed}" + (f", échappe : {missed}" if missed else "")
        bound = floors["marques_rappel"] if name == WHOLE else None
        lines.append(Line(f"Graphies traitées comme dit ({name})", score.recall, bound, detail=detail))
    return lines


def _name_lines(found: NamesEvaluation, floors: Floors) -> list[Line]:
    spared = found.n_places - found.n_places_touched
    detail = f"{spared} sur {found.n_places}"
    precision = floors["noms_precision"]
    return [
        Line("Noms de personnes proposés, précision", found.people.precision, precision),
        Line("Noms de personnes proposés, rappel", found.people.recall, floors["noms_rappel"]),
        Line(
            "Phrases de lieux sans personne", spared / max(1, found.n_places), floors["noms_precision"], detail=detail
        ),
    ]


def _whole_first(scores: dict[str, Score]) -> list[tuple[str, Score]]:
    return sorted(scores.items(), key=lambda pair: (pair[0] != WHOLE, pair[0]))


def _score_line(label: str, score: Score, bound: float | None = None) -> Line:
    detail = f"précision {number(score.precision)}, rappel {number(score.recall)}"
    return Line(label, score.f1, bound, detail=detail)
