"""The machine tables of a small workshop written by hand: groups, links, weak signals, a suspected name."""

import hashlib
import json
from itertools import pairwise
from typing import Any

import pandas as pd
from workshop_words import HOSTILE, LINKS, NEAR, OFF_AXIS, SPEECH, THEME_OF, THEMES, TOGETHER, WEAK

from pipeline.axes import AXIS_CODES
from pipeline.cluster.describing.describe import counts_of
from pipeline.contracts.checks import conform, empty
from pipeline.workshop.records import MachineTables


def _hash(kind: str, *parts: object) -> str:
    return f"{kind}-" + hashlib.sha256("\t".join(map(str, parts)).encode()).hexdigest()[:12]


def make_workshop(n_copies: int = 1) -> tuple[MachineTables, pd.DataFrame]:
    """The machine tables and the suspected names; `n_copies` repeats every group's words to make a large run."""
    rows: list[dict[str, Any]] = []
    for copy in range(n_copies):
        for key, (_, texts) in SPEECH.items():
            for rank, text in enumerate(texts):
                rows.append({"axis": key.split(":")[0], "key": f"{key}{copy or ''}", "text": text, "rank": rank})
    rows += [{"axis": axis, "key": None, "text": text, "rank": 0} for axis, text in WEAK]
    rows += [{"axis": "est", "key": "est:bus", "text": HOSTILE[0], "rank": 8}]
    rows += [{"axis": "est", "key": "est:papiers", "text": HOSTILE[1], "rank": 8}]
    rows += [{"axis": "hors_axe", "key": None, "text": text, "rank": 0} for text in OFF_AXIS]
    rows += [{"axis": "nord", "key": "nord:cafe", "text": "Merci à Jeanne Morel pour le café", "rank": 7}]
    for position, row in enumerate(rows):
        _place(row, position)
    first = {row["key"]: row["item_id"] for row in reversed(rows)}
    for row in rows:
        row["stack_id"] = _stack(row, first)
    return _tables(rows), _names(rows)


def _place(row: dict[str, Any], position: int) -> None:
    is_spoken = position % 4 == 3
    row["source"] = "table2.vtt" if is_spoken else ("enquete.csv" if position % 4 == 2 else "postits.csv")
    row["channel"] = {"table2.vtt": "transcript", "enquete.csv": "enquete"}.get(row["source"], "postit")
    row["provenance"] = "transcription" if is_spoken else "ecrit"
    row["voice"] = f"P{position % 7}" if row["channel"] != "postit" else None
    row["table"] = None if row["channel"] == "enquete" else str(1 + position % 3)
    row["position"] = position
    row["locator"] = f"00:0{position % 10}:12" if is_spoken else f"ligne {position + 2}, colonne « Idée »"
    row["contribution_id"] = _hash("c", row["source"], row["text"], position)
    row["item_id"] = _hash("i", row["contribution_id"], 0)
    row["status"] = "a_relire" if position % 6 == 5 else "sur"
    row["group_id"] = None if row["key"] is None else _hash("g", row["key"])


def _stack(row: dict[str, Any], first: dict[str, str]) -> str | None:
    """The first two words of a group say the same thing."""
    return None if row["key"] is None else first[row["key"]] if row["rank"] <= 1 else row["item_id"]


def _tables(rows: list[dict[str, Any]]) -> MachineTables:
    frame = pd.DataFrame(rows)
    contributions = frame.assign(
        context="Qu'est-ce qui freine, qu'est-ce qui aide ?", workshop="atelier", votes=pd.NA,
        attributes=[_attributes(row) for row in rows],
        date=pd.NA, start_s=float("nan"), headings=[[] for _ in range(len(frame))], list_id=pd.NA, rank=pd.NA,
        given_group=pd.NA, votes_contre=pd.NA, frame="parole",
    )  # fmt: skip
    items = frame.assign(start=0, end=frame["text"].str.len(), lead=None, own_provenance=None)
    tags = pd.DataFrame([_tag(row) for row in rows])
    return MachineTables(
        contributions=conform("contributions", contributions),
        items=conform("items", items),
        positions=empty("positions"),
        tags=conform("tags", tags),
        groups=_groups(rows),
        memberships=conform(
            "memberships",
            frame[frame["axis"] != "hors_axe"].assign(
                strength=[_strength(row) for row in rows if row["axis"] != "hors_axe"],
                stance="inconnu", stance_on=pd.NA, tied_to=pd.NA,
            ),
        ),
        themes=conform(
            "themes",
            pd.DataFrame(THEMES, columns=["theme_id", "title"]).assign(
                position=range(len(THEMES))
            ),
        ),
        links=_links(rows),
        near_pairs=_near(rows),
        name_suggestions=empty("name_suggestions"),
    )  # fmt: skip


def _attributes(row: dict[str, Any]) -> str:
    """What a survey asks of people beside the question."""
    if row["channel"] != "enquete":
        return "{}"
    return json.dumps({"commune": ("Aubin", "Le Plan", "Sorgues")[row["position"] % 3], "profil": "habitant·e"})


def _near(rows: list[dict[str, Any]]) -> pd.DataFrame:
    first = {row["text"]: row["item_id"] for row in reversed(rows)}
    pairs = [(first[one], first[other], chance) for one, other, chance in NEAR]
    pairs += [
        (one["item_id"], other["item_id"], TOGETHER)
        for one, other in pairwise(rows)
        if one["key"] and one["key"] == other["key"]
    ]
    told = [(*sorted((one, other)), chance) for one, other, chance in pairs]
    return conform("near_pairs", pd.DataFrame(told, columns=["one_item", "other_item", "chance"]))


def _strength(row: dict[str, Any]) -> float:
    return round(1 - row["rank"] / 20, 2) if row["key"] else 0.0


def _tag(row: dict[str, Any]) -> dict[str, Any]:
    sure = 0.92 if row["status"] == "sur" else 0.44
    rest = (1 - sure) / 4
    second = "sud" if row["axis"] == "est" else "est"
    return {
        "item_id": row["item_id"],
        **{f"p_{code}": sure if code == row["axis"] else rest for code in AXIS_CODES},
        "axis": row["axis"],
        "confidence": sure,
        "second_axis": second,
        "facet": pd.NA,
        "worth": 0.5,
        "status": row["status"],
        "doubt": pd.NA if row["status"] == "sur" else "proches",
    }


def _groups(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows).dropna(subset=["key"]).assign(workshop="atelier", tied_to=None, stance="inconnu")
    found = []
    for key, part in frame.groupby("key", sort=False):
        base = "".join(letter for letter in str(key) if not letter.isdigit())
        found.append(
            {
                "group_id": _hash("g", key),
                "axis": part["axis"].iloc[0],
                "theme_id": THEMES[THEME_OF.get(base.split(":")[1], 2)][0],
                "title": SPEECH[base][0],
                "title_coverage": 1.0,
                "question": pd.NA,
                "origin": "machine",
                **counts_of({str(name): part[name].tolist() for name in part}),
            }
        )
    return conform("groups", pd.DataFrame(found))


def _links(rows: list[dict[str, Any]]) -> pd.DataFrame:
    first = {row["key"]: row["item_id"] for row in reversed(rows) if row["key"]}
    pairs = [
        {"from_item": first[answer], "to_item": first[obstacle], "kind": "objects", "score": 0.8}
        for obstacle, answer in LINKS
    ]
    return conform("links", pd.DataFrame(pairs))


def _names(rows: list[dict[str, Any]]) -> pd.DataFrame:
    (row,) = [row for row in rows if "Jeanne Morel" in row["text"]]
    start = row["text"].index("Jeanne Morel")
    found = {"contribution_id": row["contribution_id"], "start": start, "end": start + 12, "text": "Jeanne Morel"}
    return conform("name_suggestions", pd.DataFrame([{**found, "reason": "prénom"}]))
