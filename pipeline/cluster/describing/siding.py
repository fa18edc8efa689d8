"""The stance of each idea about the object of its group, from the strongest evidence: what files say of it, the heading
that it stands under, the thread that it answers, its own words; then what the group as a whole makes of them. And which
idea, said in answer to a proposal, opposes or backs it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pipeline.axes import EST, NORD, SUD
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import CON, MIXED, PRO, UNKNOWN
from pipeline.stances.evidence import Known, side_of_headings
from pipeline.stances.objects import side_under
from pipeline.stances.reading import (
    OPPOSITE,
    asks_for,
    backs_removal,
    load_stances,
    opens_on_removal,
    thing_of,
    title_of_removal,
)

_LENIENCY = {SUD: 0.15, EST: -0.1}
"""How much less likely a stance may be: who denies among proposals refuses one, who denies among obstacles lacks."""

STANCED = ("text", "axis", "known", "context", "headings", "read")
"""What is read of items, where it is known."""


def stances_of(sources: pd.DataFrame) -> list[str]:
    """The stance of each item by itself.

    `sources` : `STANCED`: text, axis; `known` where files tell a stance, `context` and `headings` above the item, where
    they are known; `read`, what was found before of the same.
    """
    found = sources["read"].to_numpy(dtype=object) if "read" in sources else np.full(len(sources), "", dtype=object)
    found[found == ""] = _read(sources[found == ""])
    return list(map(str, found))


def _read(sources: pd.DataFrame) -> list[str]:
    texts, axes = sources["text"].tolist(), sources["axis"].tolist()
    known = [one.stance for one in given_sides(sources)]
    model = load_stances()
    rows = [row for row, side in enumerate(known) if not side]
    asked = [(texts[row], _LENIENCY.get(axes[row], 0.0)) for row in rows]
    once = dict.fromkeys(asked)  # what many say in the same words is read once
    read = dict(zip(once, model.read([text for text, _ in once], leniency=[one for _, one in once]), strict=True))
    for row, reading in zip(rows, map(read.__getitem__, asked), strict=True):
        # who proposes to take something away proposes; it is against what its group asks for, see `settled_sides`
        is_proposal = reading.stance == CON and axes[row] == SUD and opens_on_removal(texts[row])
        known[row] = UNKNOWN if is_proposal else reading.stance
    return known


def given_sides(sources: pd.DataFrame) -> list[Known]:
    """The stance that files or headings give each item and what it is on, "" for none; what is listed as refused and is
    said as a refusal is left to its words.

    `sources` : text; `known`, `asked`, `context`, `headings` where they are known.
    """
    n = len(sources)
    sides = sources["known"].tolist() if "known" in sources else [None] * n
    asked = sources["asked"].tolist() if "asked" in sources else [""] * n
    contexts = sources["context"].tolist() if "context" in sources else [""] * n
    headings = sources["headings"].tolist() if "headings" in sources else [()] * n
    texts = sources["text"].tolist()
    found: list[Known] = []
    for side, about, context, above, text in zip(sides, asked, contexts, headings, texts, strict=True):
        if isinstance(side, str):
            found.append(Known(side, about if isinstance(about, str) else ""))
            continue
        listed = side_of_headings(above, context if isinstance(context, str) else "")
        is_refusal = listed.stance == CON and not listed.about and opens_on_removal(text)
        found.append(Known("", "") if is_refusal else listed)
    return found


def with_answers(sources: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """The columns `stance` and `stance_on` of items (contribution_id, group_id, text, stance, stance_on), where who
    answers somebody takes a side about what was said: on the object of the group where both are, by the side that what
    is answered takes there; elsewhere on its words. Of several ideas of a turn, those in the words that are answered.

    `answers` : see `pipeline.stances.evidence.answered_sides`.
    """
    groups, texts, read = (sources[name].tolist() for name in ("group_id", "text", "stance"))
    known, rows = sources["contribution_id"], dict[str, list[int]]()
    is_told = known.isin({*answers["contribution_id"], *answers["target"]}).to_numpy(dtype=bool)
    for row in np.flatnonzero(is_told).tolist():
        rows.setdefault(str(known.iat[row]), []).append(row)
    stances, objects = (sources[name].to_numpy(dtype=object).copy() for name in ("stance", "stance_on"))
    columns = ["contribution_id", "target", "about", "stance"]
    for contribution, target, about, stance in answers[columns].itertuples(index=False):
        said = rows.get(target, ())
        answered = {groups[row]: read[row] for row in said if len(said) == 1 or texts[row].strip(" .") in about}
        for row in rows.get(contribution, ()):
            is_there = groups[row] in answered and not pd.isna(groups[row])
            is_turned = is_there and answered[groups[row]] == CON
            stances[row] = OPPOSITE.get(stance, stance) if is_turned else stance
            objects[row] = pd.NA if is_there or stance == UNKNOWN else about
    return sources[["stance", "stance_on"]].assign(stance=stances, stance_on=objects).astype("string[pyarrow]")


_KINDS = {CON: "objects", PRO: "supports"}
_OPENING = 60
"""Characters of an answer in which what it says of the proposal begins: what comes later may be of something else."""
_SURE = 0.9
"""How often a side read in answers is the right one (`models/stances/card.md`); files leave less doubt."""


def link_sides(items: pd.DataFrame, answered: pd.DataFrame) -> pd.DataFrame:
    """Rows of `links`: the idea on which an answer to a proposal opens, and the proposal that it opposes or backs.

    `items` : item_id, contribution_id, start, text and axis of each item, on the rose or not. `answered` : see
    `pipeline.stances.evidence.answered_sides`.

    The proposal is the last idea in the words that the answer is about, unless it tells what is there or lacks; where
    these words are a title, the first idea of sud.
    """
    sided = answered[answered["stance"].isin(_KINDS)]
    heard = items[items["contribution_id"].isin({*sided["contribution_id"], *sided["target"]})]
    ideas: dict[str, list[tuple[str, int, str, str]]] = {}
    columns = ["contribution_id", "item_id", "start", "text", "axis"]
    for of, *idea in heard.sort_values(["contribution_id", "start"])[columns].itertuples(index=False):
        ideas.setdefault(of, []).append(tuple(idea))
    found: dict[tuple[str, str], tuple[str, float]] = {}
    sides = sided[["contribution_id", "target", "about", "stance"]]
    for answer, target, about, stance in sides.itertuples(index=False):
        said, proposal = ideas.get(answer, ()), _proposal(ideas.get(target, ()), about)
        if proposal and said and said[0][1] <= _OPENING and answer != target:
            found[said[0][0], proposal] = _KINDS[stance], _SURE
    return pd.DataFrame(
        [(*ends, *told) for ends, told in found.items()], columns=["from_item", "to_item", "kind", "score"]
    )


def _proposal(ideas: Sequence[tuple[str, int, str, str]], about: str) -> str:
    words = " ".join(fold(about).split())
    within = [(item, axis) for item, _, text, axis in ideas if " ".join(fold(text).split()) in words]
    if within:
        return "" if within[-1][1] in (NORD, EST) else within[-1][0]
    return next((item for item, *_, axis in ideas if axis == SUD), "")


def objects_of(sources: pd.DataFrame) -> pd.Series:
    """What the side that a file or a heading gives each item is on, in words; missing where it gives none, or one on
    what the item says itself. `sources` : see `given_sides`."""
    return pd.Series([one.about or None for one in given_sides(sources)], sources.index, dtype="string[pyarrow]")


def settled_sides(sources: pd.DataFrame, titles: Mapping[str, str] | None = None, of_titles: bool = False) -> pd.Series:
    """The stances of items (group_id, axis, text, stance; stance_on where it is known), those of a group being about
    one object, but those that are on something else, which stand.

    `titles` : of the groups that people titled. `of_titles` : whether a side that is on something else than its title
    is told `inconnu`, rather than as it is.

    Where a group holds proposals to take something away, and others to have it, the fewer are against the more, or
    those are who would take away what a title names; and in a group of sud where somebody takes a side, who asks,
    denying nothing, for the thing that is spoken of is for it.
    """
    stances = sources["stance"].to_numpy(dtype=object).copy()
    is_free = sources["stance_on"].isna() if "stance_on" in sources else pd.Series(True, index=sources.index)
    is_asked = (sources["axis"].eq(SUD) & sources["group_id"].notna() & is_free).to_numpy(dtype=bool)
    texts = sources["text"].to_numpy(dtype=object)
    groups = sources["group_id"].to_numpy(dtype=object)
    by_group: dict[str, list[int]] = {}
    for row in np.flatnonzero(is_asked).tolist():
        by_group.setdefault(groups[row], []).append(row)
    for group, rows in by_group.items():
        for row, stance in _turned(rows, texts, stances, (titles or {}).get(group, "")).items():
            stances[row] = stance
        sided = {row for row in rows if stances[row] in (CON, MIXED)}
        spoken = {one for row in sided for one in content_stems(texts[row])}
        for row in set(rows) - sided:
            stances[row] = PRO if asks_for(texts[row], spoken) else stances[row]
    if of_titles:
        under = [(titles or {}).get(group, "") for group in groups]
        stances[:] = list(map(side_under, under, stances, sources["stance_on"].fillna("")))
    return pd.Series(stances, index=sources.index).astype(sources["stance"].dtype)


def _turned(rows: Sequence[int], texts: np.ndarray, stances: np.ndarray, title: str) -> Mapping[int, str]:
    """The stances of a group that holds proposals to take away what others of it ask for; where its title is one, who
    refuses the thing is for the title, and who defends it against."""
    is_about_removal = title_of_removal(title)
    if is_about_removal is None:  # it names an act, or a thing: nothing says which
        return {row: UNKNOWN for row in rows if stances[row] in OPPOSITE}
    takes_away = {row for row in rows if _would_take_away(texts[row], stances[row])}
    if is_about_removal:
        named = set(content_stems(title))
        found = {row: OPPOSITE[stances[row]] for row in rows if stances[row] in OPPOSITE and row not in takes_away}
        found |= {row: PRO for row in takes_away if found or stances[row] == PRO}
        return {row: one if named & set(content_stems(texts[row])) else UNKNOWN for row, one in found.items()}
    return _about_a_thing(rows, texts, stances, takes_away, title)


def _about_a_thing(
    rows: Sequence[int], texts: np.ndarray, stances: np.ndarray, takes_away: set[int], title: str
) -> Mapping[int, str]:
    """The stances of a group on the thing that some would take away, and others have."""
    away = [row for row in rows if row in takes_away]
    others = [row for row in rows if row not in takes_away and _has(texts[row], stances[row])]
    things = {row: thing_of(texts[row]) for row in (*away, *others)}
    shared = {things[row] for row in away} & {things[row] for row in others} - {""}
    away, others = ([row for row in side if things[row] in shared] for side in (away, others))
    lost = {row: UNKNOWN for row in takes_away if stances[row] == PRO and row not in away}
    if not away:
        return lost
    is_named = thing_of(texts[away[0]]) in content_stems(title)
    if is_named or len(away) <= len(others):
        return {**lost, **dict.fromkeys(away, CON), **dict.fromkeys(others, PRO)}
    refused = {row: PRO for row in rows if stances[row] == CON}  # who wants none of it is for its going away
    return {**lost, **dict.fromkeys(away, PRO), **dict.fromkeys(others, CON), **refused}


def _would_take_away(text: str, stance: str) -> bool:
    return (stance in (UNKNOWN, PRO) and opens_on_removal(text)) or (stance == PRO and backs_removal(text))


def _has(text: str, stance: str) -> bool:
    return stance == PRO or (stance == UNKNOWN and asks_for(text, {thing_of(text)}))
