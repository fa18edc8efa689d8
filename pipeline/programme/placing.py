"""Place ideas of a workshop under the titles of the others: those that no title of people holds at home, as a run
places its own; and say which titles a person is asked about, for the ideas under one would go under the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.axes import AXIS_CODES, COMPASS_CODES, NORD, SUD
from pipeline.classify.stage import load_axis_model
from pipeline.contracts.titles import PROGRAMME
from pipeline.errors import ModelError
from pipeline.folder.artifacts import IDEAS
from pipeline.language.models.encoders import load_encoder
from pipeline.language.text.typography import counted
from pipeline.language.vocabulary.cues import MIXED, UNKNOWN
from pipeline.place.features import IdeaTexts
from pipeline.place.model import CONDITION_OF, PlaceModel, load_place
from pipeline.place.stage import Corpus, find
from pipeline.place.titles import Title
from pipeline.programme.titles import Decided, Part, Shared, group_of
from pipeline.programme.workshops import RunRead, Workshop
from pipeline.restitution.material.kinship import is_sure
from pipeline.workshop.model import Item

CUT = 0.8
"""Chance from which an idea goes under a title of another workshop, far above that of a run: who worded it never heard
it, and the same words say something else elsewhere."""
N_READ = 8
"""Ideas under a title that are read to ask about another one, the most central first."""
ASKED = 0.3
"""Mean chance of the ideas under a title to go under another, from which a person is asked whether both are one."""
OTHER_MODELS = (
    "{place} a été lu par d'autres modèles : ses idées que nul titre ne prend n'ont pas été rangées sous les titres "
    "des autres ateliers. Pour qu'elles le soient, relancez « rosace synthesize » sur cet atelier : vos décisions sont "
    "gardées."
)
STANCES = {CONDITION_OF: MIXED}
ALIKE = (*({axis} for axis in COMPASS_CODES), {SUD, NORD})
"""Axes of two titles that may be one: what was proposed may be there elsewhere."""
Pair = tuple[str, str]


class Question(NamedTuple):
    """Two titles of different workshops, by their parts, that may be one; when they may not, for their axes, nobody is
    asked, nor does anybody say that one of them is new or gone."""

    one: str
    other: str
    chance: float
    is_asked: bool


Placed = tuple[tuple[Shared, ...], tuple[Question, ...], frozenset[Pair], tuple[str, ...]]


def placed(runs: Sequence[RunRead], order: Sequence[str], titles: Sequence[Shared], decided: Decided) -> Placed:
    """Place the ideas of each workshop under the titles of the others.

    Parameters
    ----------
    order : keys of the workshops that have words.

    Returns
    -------
    The titles with what was placed under them, the widest first; the likeliest questions first; titles, each with a
    workshop of which an idea may go under it, too unsure to be placed; sentences for people.
    """
    new: dict[str, list[Part]] = {}
    chances: dict[Pair, float] = {}
    faint: set[Pair] = set()
    told: list[str] = []
    for run in runs:
        workshops = [one for one in run.workshops if one.key in order]
        if not workshops:
            continue
        try:
            model = _model_of(run)
        except ModelError:
            told.append(OTHER_MODELS.format(place=run.folder.path))
            continue
        for workshop in workshops:
            found = _under_others(run, workshop, titles, model, faint)
            if n := sum(len(part.items) for parts in found.values() for part in parts):
                many = "idées que nul titre n'y prenait sont rangées"
                what = counted(n, "idée que nul titre n'y prenait est rangée", many, feminine=True)
                told.append(f"« {workshop.name} » : {what} sous les titres des autres.")
            for key, parts in found.items():
                new.setdefault(key, []).extend(parts)
            chances |= _near(run, workshop, titles, model)
    rank = {key: place for place, key in enumerate(order)}
    moved = {item.item_id for parts in new.values() for part in parts for item in part.items}
    held = (_with(one, new.get(one.title_id, ()), moved, rank) for one in titles)
    kept = tuple(sorted((one for one in held if one.parts), key=lambda one: one.width))
    questions = sorted(_questions(kept, chances, decided), key=lambda one: (-one.chance, one.one, one.other))
    return kept, tuple(questions), frozenset(faint), tuple(told)


def _model_of(run: RunRead) -> PlaceModel:
    """The model that places the ideas of a run.

    Raises ModelError: there is none, or the vectors of the run are not those that it reads.
    """
    is_precise = run.folder.load_matrix(IDEAS).shape[1] > 0
    models = run.folder.load_manifest()["stages"].get("classify", {}).get("models", {})
    if run.folder.embeddings.load().encoder_sha256 != load_encoder().sha256:
        raise ModelError("les vecteurs sont ceux d'un autre encodeur")
    if is_precise and models.get("axes/precis") != load_axis_model("precis").sha256:
        raise ModelError("les vecteurs sont ceux d'un autre modèle des axes")
    return load_place("precis" if is_precise else "rapide")


def _read(run: RunRead, workshop: Workshop, items: Sequence[Item]) -> tuple[IdeaTexts, npt.NDArray[np.float64]]:
    """Some ideas as the model reads them, and their chances of each axis, shape (n, 5)."""
    ids = [item.item_id.removeprefix(f"{workshop.key}/") for item in items]
    table = run.tables.items
    places = {item_id: row for row, item_id in enumerate(table["item_id"].tolist())}
    rows = np.array([places[one] for one in ids], dtype=np.int64)
    shares = run.tables.reviewed_tags.set_index("item_id")[[f"p_{code}" for code in AXIS_CODES]]
    axes = shares.reindex(ids).to_numpy(dtype=np.float64)
    for row, item in enumerate(items):  # what people, or a title of theirs, said of its axis stands
        number = AXIS_CODES.index(item.axis)
        if axes[row, number] < axes[row].max():
            axes[row] = np.arange(len(AXIS_CODES)) == number
    vectors = run.folder.embeddings.load(), run.folder.load_matrix(IDEAS)
    return Corpus.of(table, run.tables.contributions, *vectors).part(rows), axes


def _under_others(
    run: RunRead, workshop: Workshop, titles: Sequence[Shared], model: PlaceModel, faint: set[Pair]
) -> dict[str, list[Part]]:
    """Title → what a workshop has under it without having that title: of ideas that no title of people holds there,
    each on the axis where its run surely reads it, be that another side of the title, else on that of the title;
    `faint` gets those that may go there."""
    own, others = _at_home(titles, workshop.key), _at_home(titles, workshop.key, is_there=False)
    held = {item.item_id for one in own for part in one.on(workshop.key) if part.is_of_people for item in part.items}
    free = [item for item in workshop.material.items.values() if item.item_id not in held]
    if not free or not others:
        return {}
    asked = [_as_title(one, place) for place, one in enumerate((*others, *own))]  # likelier at home, it stays
    ideas, axes = _read(run, workshop, free)
    found = find(ideas, asked, axes, replace(model, cut=CUT))
    is_there = found.first < len(others)
    likely = np.flatnonzero(is_there & (found.chance >= ASKED)).tolist()
    faint |= {(others[int(found.first[row])].title_id, workshop.key) for row in likely}
    under: dict[tuple[str, str], list[tuple[float, Item]]] = {}
    for row in np.flatnonzero(is_there & found.is_placed).tolist():
        title = others[int(found.first[row])]
        axis = free[row].axis if free[row].axis in COMPASS_CODES and is_sure(free[row]) else title.axis
        item = replace(free[row], axis=axis, stance=STANCES.get(found.side[row], UNKNOWN))
        under.setdefault((title.title_id, axis), []).append((float(found.chance[row]), item))
    parts: dict[str, list[Part]] = {}
    texts = {one.title_id: one.text for one in others}
    for (title_id, axis), items in sorted(under.items()):
        ordered = [item for _, item in sorted(items, key=lambda one: (-one[0], one[1].item_id))]
        group = group_of(f"{workshop.key}/{title_id}-{axis}", axis, texts[title_id], ordered, is_titled=False)
        part = Part(group.group_id, workshop.key, axis, group, group.group_id, is_of_people=False, is_placed=True)
        parts.setdefault(title_id, []).append(part)
    return parts


def _at_home(titles: Sequence[Shared], workshop: str, is_there: bool = True) -> list[Shared]:
    given = (one for one in titles if one.is_of_people)
    return [one for one in given if any(part.is_of_people for part in one.on(workshop)) is is_there]


def _as_title(title: Shared, order: int) -> Title:
    axes = {part.axis for part in title.parts}
    return Title(title.text, axes.pop() if len(axes) == 1 else None, origin=PROGRAMME, order=order)


def _with(title: Shared, new: Sequence[Part], moved: set[str], rank: Mapping[str, int]) -> Shared:
    """A title with what was placed under it; a proposal without what went elsewhere, of which one idea is none."""
    parts = []
    for part in title.parts:
        left = tuple(item for item in part.items if part.is_of_people or item.item_id not in moved)
        if len(left) == len(part.items):
            parts.append(part)
        elif len(left) > 1:
            parts.append(replace(part, group=replace(part.group, members=left)))
    everything = [*parts, *new]
    everything.sort(key=lambda part: (rank[part.workshop], COMPASS_CODES.index(part.axis), part.part_id))
    return replace(title, parts=tuple(everything))


def _near(run: RunRead, workshop: Workshop, titles: Sequence[Shared], model: PlaceModel) -> dict[Pair, float]:
    """(title of people of a workshop, another that it has not) → the mean chance of its ideas there to go under it."""
    own = [(one, part) for one in titles for part in one.on(workshop.key) if part.is_of_people]
    others = [one for one in titles if one.is_of_people and workshop.key not in one.workshops]
    read = [(number, item) for number, (_, part) in enumerate(own) for item in part.items[:N_READ]]
    if not read or not others:
        return {}
    ideas, _ = _read(run, workshop, [item for _, item in read])
    chances = model.chances(ideas, [_as_title(one, place) for place, one in enumerate(others)])
    numbers = np.array([number for number, _ in read])
    found: dict[Pair, float] = {}
    for number, (title, _) in enumerate(own):
        for place, mean in enumerate(chances[numbers == number].mean(axis=0, dtype=np.float64).tolist()):
            pair = title.title_id, others[place].title_id
            found[pair] = max(found.get(pair, 0.0), mean)
    return found


def _questions(titles: Sequence[Shared], chances: Mapping[Pair, float], decided: Decided) -> Iterator[Question]:
    """Titles of which no person said whether they are one, where what is under each would go under the other."""
    by_id = {one.title_id: one for one in titles}
    for (one, other), chance in chances.items():
        mean = round((chance + chances.get((other, one), 0.0)) / 2, 3)
        if mean < ASKED or one not in by_id or other not in by_id or (one > other and (other, one) in chances):
            continue
        pairs = [sorted((a.part_id, b.part_id)) for a in _own(by_id[one]) for b in _own(by_id[other])]
        if not any((a, b) in decided.said for a, b in pairs):
            axes = {part.part_id: part.axis for title in (one, other) for part in _own(by_id[title])}
            kept = [pair for pair in pairs if {axes[key] for key in pair} in ALIKE]
            first, second = (kept or pairs)[0]
            yield Question(first, second, mean, bool(kept))


def _own(title: Shared) -> list[Part]:
    return [part for part in title.parts if part.is_of_people and not part.is_placed]
