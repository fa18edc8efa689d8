"""The figures of a restitution counted again from the tables of the run, apart from the code that wrote them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.plan import Plan
from pipeline.restitution.tables import RestitutionTables

SURVEY = "enquete"
Count = tuple[int, int | None]


def read_rows(tables: RestitutionTables) -> pd.DataFrame:
    """One row per idea that may be shown, with where it comes from and what was decided about it.

    Columns: item_id, contribution_id, start, end, text, source, channel, provenance, source_text, and with "" for none
    voice, table, workshop, axis, status, group_id (only groups that are shown, on the axis of the idea), tied_to,
    shown_text; is_quotable; votes and votes_contre, 0 for none.
    """
    shown = tables.reviewed_groups
    shown = shown[~shown["is_hidden"].fillna(False).astype(bool) & (shown["state"] != "rejete")]
    rows = (
        tables.items.merge(tables.contributions.rename(columns={"text": "source_text"}), on="contribution_id")
        .merge(tables.reviewed_tags[["item_id", "axis", "status"]], on="item_id")
        .merge(tables.reviewed_memberships[["item_id", "group_id", "tied_to"]], on="item_id", how="left")
        .merge(
            tables.reviewed_items[["item_id", "is_hidden", "is_quotable", "quote_choice", "shown_text"]],
            on="item_id",
            how="left",
        )
        .merge(shown[["group_id", "axis"]].rename(columns={"axis": "group_axis"}), on="group_id", how="left")
    )
    rows = rows.sort_values(["contribution_id", "start"], kind="stable").reset_index(drop=True)
    opens = ~rows["contribution_id"].duplicated()  # people vote for what a card opens on
    for name in ("votes", "votes_contre"):
        rows[name] = rows[name].fillna(0).astype(int).where(opens, 0)
    rows = rows[~rows["is_hidden"].astype("boolean").fillna(False).astype(bool)].reset_index(drop=True)
    may = rows["is_quotable"].astype("boolean").fillna(True).astype(bool)
    rows["is_quotable"] = may & (rows["quote_choice"].fillna("") != "bannie")
    rows["group_id"] = rows["group_id"].where((rows["group_axis"] == rows["axis"]).fillna(False).astype(bool))
    rows["provenance"] = rows["own_provenance"].fillna(rows["provenance"])
    for name in ("voice", "table", "group_id", "tied_to", "shown_text"):
        rows[name] = rows[name].fillna("")
    return rows


def pairs_in(rows: pd.DataFrame, column: str) -> set[tuple[str, str]]:
    """The values of a column (tables, voices), each with its workshop."""
    return set(zip(rows["workshop"], rows[column], strict=True))


def recount(tables: RestitutionTables, rows: pd.DataFrame, plan: Plan) -> dict[str, Count]:
    """Fact name → (numerator, denominator) for every figure that the tables hold or that was declared.

    What the plan counts is counted over the ideas that it names; a group counts none that it does not hold.
    """
    compass = rows[rows["axis"].isin(COMPASS_CODES)]
    n_ideas = _n_ideas(compass)
    n_contributions = int(rows["contribution_id"].nunique())
    seen = pairs_in(rows[rows["table"] != ""], "table")
    n_tables = len(seen | set(zip(tables.workshop_tables["workshop"], tables.workshop_tables["table"], strict=True)))
    n_workshops = len(tables.workshops)
    groups = set(rows["group_id"])
    people = pairs_in(rows[(rows["channel"] == SURVEY) & (rows["voice"] != "")], "voice")
    counts: dict[str, Count] = {
        "idees": (n_ideas, None),
        "ateliers": (n_workshops, None),
        "tables": (n_tables, None),
        "contributions": (n_contributions, None),
        "a_relire": (int((rows["status"] == "a_relire").sum()), len(rows)),
        "enquete": (len(people), None),
        "noms": (_n_masked(tables, rows), None),
    }
    counts |= {f"axe.{axis}": (_n_ideas(compass[compass["axis"] == axis]), n_ideas) for axis in COMPASS_CODES}
    by_channel = rows.groupby("channel")["contribution_id"].nunique()
    counts |= {f"contributions.{channel}": (int(n), n_contributions) for channel, n in by_channel.items()}
    for participants in (tables.workshops["participants"], tables.workshop_tables["participants"]):
        if len(participants) and bool(participants.notna().all()):
            counts["participants"] = (int(participants.sum()), None)
            break
    place = pd.Series(range(len(rows)), index=rows["item_id"])
    for key, unit in plan.units.items():
        members = rows.iloc[place[list(unit.members)]]
        if key in groups:
            members = members[members["group_id"] == key]
        counts |= _spread(key, members, n_tables, len(people), n_workshops)
    return counts


def _n_masked(tables: RestitutionTables, rows: pd.DataFrame) -> int:
    """Names hidden in the ideas that may be shown, each once: a person masked them, or nobody allowed them."""
    texts = dict(zip(tables.contributions["contribution_id"], tables.contributions["text"], strict=True))
    decided = {str(row["item_id"]): row for row in tables.reviewed_items.to_dict("records")}
    suggested: dict[str, list[tuple[int, int]]] = {}
    for row in tables.name_suggestions.to_dict("records"):
        suggested.setdefault(str(row["contribution_id"]), []).append((int(row["start"]), int(row["end"])))
    found: set[str] = set()
    for row in rows[rows["shown_text"] == ""].to_dict("records"):
        here = decided.get(str(row["item_id"]), {})
        key, start, end = str(row["contribution_id"]), int(row["start"]), int(row["end"])
        allowed = set(_listed(here.get("named")))
        hidden = [*_listed(here.get("masks")), *(span for span in suggested.get(key, ()) if span not in allowed)]
        found |= {str(texts[key])[a:b] for a, b in hidden if a < end and b > start}
    return len(found)


def _listed(value: Any) -> list[tuple[int, int]]:
    return [] if value is None or value is pd.NA or isinstance(value, float) else [(int(a), int(b)) for a, b in value]


def _spread(name: str, members: pd.DataFrame, n_tables: int, n_people: int, n_workshops: int) -> dict[str, Count]:
    spoken = members[members["voice"] != ""]
    each = members.drop_duplicates("contribution_id")
    return {
        f"{name}.tables": (len(pairs_in(members[members["table"] != ""], "table")), n_tables),
        f"{name}.enquete": (len(pairs_in(spoken[spoken["channel"] == SURVEY], "voice")), n_people),
        f"{name}.voix": (len(pairs_in(spoken[spoken["channel"] == "transcript"], "voice")), None),
        f"{name}.ateliers": (int(members["workshop"].nunique()), n_workshops),
        f"{name}.contributions": (len(each), None),
        f"{name}.votes": (int(members["votes"].sum()), None),
        f"{name}.votes_contre": (int(members["votes_contre"].sum()), None),
    }


def _n_ideas(rows: pd.DataFrame) -> int:
    return int((~((rows["tied_to"] != "") & rows["tied_to"].isin(rows["item_id"]))).sum())
