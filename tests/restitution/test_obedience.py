"""One decision of each kind on the demonstration: what differs is what it is about, and the counts that hang on it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_draft import Blocks, blocks_of
from workshop_told import draft_of

from pipeline.contracts.checks import empty
from pipeline.contracts.tables import REVIEWED
from pipeline.folder.artifacts import RunFolder
from pipeline.review.log.state import MachineTables
from pipeline.review.reviewed_tables import to_tables
from pipeline.review.session import Session, Wish
from pipeline.workshop.load import read_material
from pipeline.workshop.tables import RestitutionTables

TITLE = "Rien à louer à l'année"
Act = Callable[[str, list[str]], tuple[Wish, dict[str, Any]]]
ACTS: dict[str, tuple[Act, frozenset[str]]] = {
    "rename": (lambda group, _: (Wish("rename", groups=(group,)), {"title": "Se loger toute l'année"}), frozenset()),
    "rewrite": (lambda group, _: (Wish("texte", groups=(group,)), {"text": "De ma main."}), frozenset()),
    "ask": (
        lambda group, _: (Wish("problematique", groups=(group,)), {"question": "Comment loger à l'année ?"}),
        frozenset(),
    ),
    "choose": (lambda _, items: (Wish("quote", items=tuple(items)), {"state": "choisie"}), frozenset()),
    "ban": (lambda _, items: (Wish("quote", items=tuple(items)), {"state": "bannie"}), frozenset({"votes"})),
    "hide": (lambda _, items: (Wish("hide", items=tuple(items[:3])), {"value": True}), frozenset({"rose", "votes"})),
    "oppose": (lambda _, items: (Wish("set_stance", items=tuple(items[:3])), {"stance": "contre"}), frozenset()),
    "take out": (lambda _, items: (Wish("move", items=tuple(items[:3])), {}), frozenset({"votes", "recueil"})),
    "write a part": (
        lambda _, __: (Wish("ecrire", part="fil_rouge"), {"text": "Un fil."}),
        frozenset({"fil_rouge"}),
    ),
}
"""Kind → the act on a group and its items, the surest first; what it may change beside the group and the essential."""


@pytest.fixture(scope="module")
def session(demo_run: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, MachineTables]:
    """The review of the demonstration, all that stands under given titles accepted."""
    path = tmp_path_factory.mktemp("obeissance") / "run"
    shutil.copytree(demo_run, path)
    run = RunFolder.open(path)
    names = MachineTables.__dataclass_fields__
    machine = MachineTables(**{name: run.load_table(name) if run.has_table(name) else empty(name) for name in names})
    made = Session(run, machine)
    given = [key for key, group in made.state.groups.items() if key in made.state.titled]
    made.record(made.propose("Anne", Wish("accept", groups=(key,))) for key in given)
    return made, machine


def told(session: Session, machine: MachineTables) -> Blocks:
    """What the document says as it stands."""
    reviewed = to_tables(session.state, machine)
    kept = {name: getattr(reviewed, name) for name in REVIEWED if hasattr(reviewed, name)}
    names = RestitutionTables.__dataclass_fields__
    tables = {name: kept[name] if name in kept else session.run.load_table(name) for name in names}
    return blocks_of(draft_of(read_material(RestitutionTables(**tables))))


@pytest.fixture(scope="module")
def before(session: tuple[Session, MachineTables]) -> Blocks:
    """What it says before any act; each test comes back to it."""
    return told(*session)


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_changes_its_own_paragraph(session: tuple[Session, MachineTables], before: Blocks, kind: str) -> None:
    review, machine = session
    group = next(key for key, one in review.state.groups.items() if one.title == TITLE)
    written = [i for i in review.state.items_of(group) if review.state.sources[i.contribution_id].provenance == "ecrit"]
    items = [item.item_id for item in written]
    act, beside = ACTS[kind]
    wish, after = act(group, items)
    decision, outcome = review.act("Anne", wish, **after)
    assert outcome.message == ""
    now = told(review, machine)
    changed = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    aside = {name for name in changed if name.split(" ")[0] in ("essentiel", *beside)}
    assert changed
    assert changed - aside <= {f"est {group}"}
    review.set_undone("Anne", decision.decision_id, True)
    assert told(review, machine) == before


def test_an_order_moves_paragraphs_and_changes_none(session: tuple[Session, MachineTables], before: Blocks) -> None:
    review, machine = session
    group = next(key for key, one in review.state.groups.items() if one.title == TITLE)
    decision, _ = review.act("Anne", Wish("order", groups=(group,)), position=0)
    now = told(review, machine)
    axis = [name for name in now if name.startswith("est ")]
    assert axis[0] == f"est {group}"
    assert now == before  # the same words under each name
    review.set_undone("Anne", decision.decision_id, True)
