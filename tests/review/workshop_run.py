"""The small workshop as a run folder on disk, with a draft of one sentence a group, and the desk of its page."""

import json

import pandas as pd
from workshop import make_workshop
from workshop_words import REJECTS

from pipeline.app.desk import Desk
from pipeline.axes import COMPASS_CODES, compass
from pipeline.config import load_config
from pipeline.contracts.checks import conform, empty
from pipeline.contracts.draft import (
    Block,
    Draft,
    FactNode,
    FactRef,
    NamedNode,
    NamedRef,
    Section,
    Sentence,
    TextNode,
    WordsNode,
    WordsRef,
)
from pipeline.contracts.draft_files import dump_draft
from pipeline.contracts.tables import TABLES
from pipeline.folder.artifacts import RunFolder
from pipeline.workshop.records import MachineTables

ROSE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><circle cx="100" cy="100" r="80" fill="#eee"/></svg>'
)


def write_run(run: RunFolder, n_copies: int = 1) -> MachineTables:
    """A whole run folder on disk, with a draft of one page and a rose."""
    machine, names = make_workshop(n_copies)
    for name in MachineTables.__dataclass_fields__:
        run.save_table(name, getattr(machine, name))
    run.save_table("name_suggestions", names)
    workshop = {column.name: pd.NA for column in TABLES["workshops"].columns}
    run.save_table(
        "workshops", pd.DataFrame([workshop | {"workshop": "atelier", "titre": "Coopérer ici", "participants": 24}])
    )
    run.save_table("workshop_tables", empty("workshop_tables"))
    run.save_table("rejects", conform("rejects", pd.DataFrame(REJECTS)))
    run.manifest.save({"stages": {}, "files": {}, "corpus": "corpus/demo", "config": {"profil": "rapide"}})
    (run.path / "rose.svg").write_text(ROSE, encoding="utf-8")
    (run.path / "draft.json").write_text(
        json.dumps(dump_draft(draft_of(machine)), ensure_ascii=False), encoding="utf-8"
    )
    return machine


def draft_of(machine: MachineTables) -> Draft:
    """A draft of one sentence and one quote per group, as the restitution writes it."""
    items = machine.items.set_index("item_id")
    held = machine.memberships.sort_values(["strength", "item_id"], ascending=[False, True]).set_index("group_id")
    sections = []
    for axis in COMPASS_CODES:
        blocks = []
        for row in machine.groups[machine.groups["axis"] == axis].itertuples():
            members = held.loc[[row.group_id], "item_id"].tolist()[:5]
            first = items.loc[members[0]]
            span = (int(first["start"]), int(first["end"]))
            nodes = (
                NamedNode("title", row.title, NamedRef(group_id=row.group_id)),
                TextNode(" revient à "),
                FactNode("trois tables", FactRef(f"{row.group_id}.tables", "tables")),
                TextNode(" : "),
                WordsNode("quote", first["text"], WordsRef(members[0], first["contribution_id"], span, (span,))),
                TextNode("."),
            )
            sentence = Sentence(nodes, tuple(members))
            blocks.append(Block("paragraph", (sentence,), groups=(row.group_id,)))
        sections.append(Section(axis, f"Axe {compass()[axis].name}", tuple(blocks), axis))
    return Draft("Coopérer ici", "fr-FR", (), tuple(sections), (), (), {})


def desk_of(run: RunFolder) -> Desk:
    """The page's desk on a run."""
    return Desk(run, load_config(), lambda *_: ("Axe Est : un avertissement.",))
