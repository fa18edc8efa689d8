"""Say which titles of several workshops a person is asked about, for the ideas under one would go under the other; and
which a workshop may have without saying so, for an idea that none of its titles holds would go there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.axes import AXIS_CODES, COMPASS_CODES, NORD, SUD
from pipeline.classify.stage import load_axis_model
from pipeline.contracts.titles import PROGRAMME
from pipeline.errors import ModelError
from pipeline.folder.artifacts import IDEAS
from pipeline.language.models.encoders import load_encoder
from pipeline.place.features import IdeaTexts
from pipeline.place.model import PlaceModel, load_place
from pipeline.place.stage import Corpus, find
from pipeline.place.titles import Title
from pipeline.programme.titles import Decided, Part, Shared
from pipeline.programme.workshops import RunRead, Workshop
from pipeline.workshop.model import Item

N_READ = 8
"""Ideas under a title that are read to ask about another one, the most central first."""
ASKED = 0.3
"""Mean chance of the ideas under a title to go under another, from which a person is asked whether both are one; chance
of one idea, from which nobody says that its workshop has not that title."""
OTHER_MODELS = (
    "{place} a été lu par d'autres modèles : ses titres n'ont pas été comparés à ceux des autres ateliers. Pour qu'ils "
    "le soient, relancez « rosace synthesize » sur cet atelier : vos décisions sont gardées."
)
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


Asked = tuple[tuple[Question, ...], frozenset[Pair], tuple[str, ...]]


def asked(runs: Sequence[RunRead], order: Sequence[str], titles: Sequence[Shared], decided: Decided) -> Asked:
    """Compare what is under the titles of workshops.

    Parameters
    ----------
    order : keys of the workshops that have words.

    Returns
    -------
    The likeliest questions first; titles, each with a workshop of which an idea may go under it; sentences for people.
    """
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
            faint |= _faint(run, workshop, titles, model)
            chances |= _near(run, workshop, titles, model)
    questions = sorted(_questions(titles, chances, decided), key=lambda one: (-one.chance, one.one, one.other))
    return tuple(questions), frozenset(faint), tuple(told)


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


def _faint(run: RunRead, workshop: Workshop, titles: Sequence[Shared], model: PlaceModel) -> set[Pair]:
    """Titles of others, each with this workshop, where ideas that no title of people holds there may go."""
    given = [one for one in titles if one.is_of_people]
    own = [one for one in given if any(part.is_of_people for part in one.on(workshop.key))]
    others = [one for one in given if one not in own]
    held = {item.item_id for one in own for part in one.on(workshop.key) if part.is_of_people for item in part.items}
    free = [item for item in workshop.material.items.values() if item.item_id not in held]
    if not free or not others:
        return set()
    ideas, axes = _read(run, workshop, free)
    found = find(ideas, [_as_title(one, place) for place, one in enumerate((*others, *own))], axes, model)
    rows = np.flatnonzero((found.first < len(others)) & (found.chance >= ASKED)).tolist()
    return {(others[int(found.first[row])].title_id, workshop.key) for row in rows}


def _as_title(title: Shared, order: int) -> Title:
    axes = {part.axis for part in title.parts}
    return Title(title.text, axes.pop() if len(axes) == 1 else None, origin=PROGRAMME, order=order)


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
    return [part for part in title.parts if part.is_of_people]
