"""What a language model puts under titles of people, among the ideas that none takes: its choices, kept as its own.

It chooses among ids, and nothing that it writes is told: an answer that names an idea or a title that it was not shown
is refused whole. It moves nothing that a person or the machine placed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import pandas as pd
from pydantic import Field

from pipeline.assistant.asking import Answer, Assistant, Failure, Question
from pipeline.axes import AXIS_CODES, HORS_AXE, compass
from pipeline.contracts.checks import validate
from pipeline.contracts.titles import MODEL
from pipeline.place.stage import likeliest_axis
from pipeline.place.titles import Title

TASK = "placement"
NONE = "aucun"
IDEAS, TITLES, ASKED_MAX, WORDS_MAX, AROUND_MAX = 10, 60, 600, 50, 160
"""Ideas and titles of a question, ideas that are asked about, words that are shown of each and letters of its headings,
at most."""
Id = Annotated[str, Field(max_length=12)]


class Choice(Answer):
    """An idea and its title, or `NONE`."""

    parole: Id
    titre: Id


class Choices(Answer):
    """Where ideas go."""

    placements: Annotated[list[Choice], Field(max_length=IDEAS)]


def choices(
    placings: pd.DataFrame, shown: Mapping[str, tuple[str, str]], titles: Sequence[Title], assistant: Assistant
) -> dict[str, str]:
    """Item → the title of a person that a model puts it under, of what no title takes.

    Parameters
    ----------
    shown : item → the words that it may see, and the headings that they stand under.
    """
    own = {title.title_id: title for title in titles if title.decides}
    left = placings[placings["title_id"].isna() & placings["item_id"].isin(list(shown))]
    left = left.sort_values(["chance", "item_id"], ascending=[False, True]).head(ASKED_MAX)
    asked: list[tuple[dict[str, str], dict[str, str]]] = []
    for start in range(0, len(left) if own else 0, IDEAS):
        part = left.iloc[start : start + IDEAS]
        near = {*part["likeliest"].dropna(), *part["second_title"].dropna()}
        keys = [key for key in own if len(own) <= TITLES or key in near]
        ideas = {f"m{n}": item for n, item in enumerate(part["item_id"], 1)}
        asked.append((ideas, {f"t{n}": key for n, key in enumerate(keys, 1)}))
    answers = assistant.ask(_question(ideas, offered, shown, own) for ideas, offered in asked)
    found: dict[str, str] = {}
    for (ideas, offered), answer in zip(asked, answers, strict=True):
        if isinstance(answer, Failure) or not _is_of_these(answer, ideas, offered):
            continue
        found |= {ideas[one.parole]: offered[one.titre] for one in answer.placements if one.titre != NONE}
    return found


def _question(
    ideas: Mapping[str, str], offered: Mapping[str, str], shown: Mapping[str, tuple[str, str]], own: Mapping[str, Title]
) -> Question[Choices]:
    about = {
        "titres": [
            {"id": key, "titre": own[one].text, **_axis(own[one].axis)} for key, one in offered.items()
        ],
        "paroles": [{"id": key, **_words(*shown[item])} for key, item in ideas.items()],
    }  # fmt: skip
    return Question(TASK, about, Choices, tuple(ideas.values()))


def _words(text: str, around: str) -> dict[str, str]:
    told = {"sous": around[-AROUND_MAX:]} if around else {}
    return {"texte": " ".join(text.split()[:WORDS_MAX]), **told}


def _axis(axis: str | None) -> dict[str, str]:
    return {} if axis is None else {"axe": f"{compass()[axis].name}, {compass()[axis].motto}"}


def _is_of_these(answer: Choices, ideas: Mapping[str, str], offered: Mapping[str, str]) -> bool:
    named = [one.parole for one in answer.placements]
    is_known = all(one.parole in ideas and one.titre in (NONE, *offered) for one in answer.placements)
    return is_known and len(set(named)) == len(named)


def with_choices(
    placings: pd.DataFrame,
    chosen: Mapping[str, str],
    titles: Sequence[Title],
    tags: pd.DataFrame,
) -> pd.DataFrame:
    """The table `placings` with the choices of a model, said to be its own.

    Parameters
    ----------
    tags : rows as in `placings`.
    """
    own = {title.title_id: title for title in titles}
    rows = placings.index[placings["item_id"].isin(list(chosen))]
    if rows.empty:
        return placings
    found, axes = placings.copy(), tags[[f"p_{code}" for code in AXIS_CODES]].to_numpy(dtype=float)[rows]
    under = [own[chosen[item]] for item in found.loc[rows, "item_id"]]
    nearest = likeliest_axis(axes)
    read = [near if axis == HORS_AXE else axis for axis, near in zip(found.loc[rows, "axis"], nearest, strict=True)]
    found.loc[rows, "title_id"] = [title.title_id for title in under]
    found.loc[rows, "axis"] = [title.axis or axis for title, axis in zip(under, read, strict=True)]
    found.loc[rows, "placed_by"] = MODEL
    return validate("placings", found)
