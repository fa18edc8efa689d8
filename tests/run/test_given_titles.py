"""Titles of a run: what people did on the page says more of them, and an earlier run lends its own."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline.app.titles import deciding
from pipeline.axes import COMPASS_CODES, compass
from pipeline.config import load_config
from pipeline.contracts.titles import PARTICIPANTS
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.place.titles import Title, titles_of
from pipeline.review.log.decisions import UNDO, After, Before, Decision, ItemAnchor, NewTitle, Target
from pipeline.review.log.on_titles import SET_AXIS, groups_under, typed_title_id
from pipeline.review.session import Wish, open_session
from pipeline.run.given_titles import Before as Earlier
from pipeline.run.given_titles import given_titles, placing_acts, wall_columns, with_acts, with_typed
from pipeline.run.jobs import Job, Progress
from pipeline.run.synthesis import synthesize
from pipeline.workshop.load import read_material
from pipeline.workshop.tables import RestitutionTables
from tests.conftest import run_synthesis

CARS, NIGHT = Title("Des cars trop rares", "est", title_id="g-cars"), Title("La nuit", title_id="g-nuit")


def act(n: int, op: str, text: str, before: str | None = None, **fields: object) -> Decision:
    anchor = ItemAnchor(contribution_id=f"c{n}", start=0, end=len(text), text=text)
    groups = fields.pop("groups", ())
    return Decision(
        decision_id=f"d{n}", ts="2026-03-12", author="Anne", op=op, target=Target(items=(anchor,), groups=groups),  # type: ignore[arg-type]
        before=Before(value=before), after=After(**fields),  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


def test_words_put_under_a_title_or_taken_away_are_its_examples(run: RunFolder) -> None:
    acts = [
        act(1, "move", "Plus de car", group_id="g-cars"),
        act(2, "move", "Le car est cher", before="Des cars trop rares"),
        act(3, "split", "Les chauffeurs", groups=("g-cars",), group_id="g-neuf", title="Les chauffeurs"),
        act(4, "move", "La nuit tombe", group_id="g-nuit-est", before="Des cars trop rares"),
        act(5, "move", "Annulé", group_id="g-cars"),
        Decision(decision_id="d6", ts="2026-03-12", author="Anne", op=UNDO, target=Target(decision_id="d5")),
    ]
    run.decisions.append([one.to_line() for one in acts])
    cars, night = with_acts((CARS, NIGHT), run)
    assert cars.examples == ("Plus de car",)
    assert cars.refused == ("Le car est cher", "Les chauffeurs", "La nuit tombe")
    assert (night.examples, night.refused) == (("La nuit tombe",), ())
    assert len(placing_acts(run)) == 4


def test_without_acts_titles_are_as_they_were(run: RunFolder) -> None:
    assert with_acts((CARS, NIGHT), run) == (CARS, NIGHT)
    assert placing_acts(run) == []


def test_a_proposal_that_a_person_takes_up_keeps_its_id_and_the_others_follow() -> None:
    kept = Title("Des prix trop hauts", "est", origin="machine", title_id="g-prix")
    other = Title("Les soirs d’été", "nord", origin="machine", title_id="g-soirs")
    before = Earlier(titles=(kept, other), proposals=(kept, other))
    found = before.identified((Title("La nuit"), Title("Des prix trop hauts", "est")))
    assert [title.title_id for title in found][1:] == ["g-prix", "g-soirs"]
    assert [title.order for title in found] == [0, 1, 2]
    assert [title.origin for title in found] == ["personne", "personne", "machine"]


def test_titles_typed_on_the_page_are_titles_of_the_next_run_under_the_same_ids(tmp_path: Path, run: RunFolder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "themes.txt").write_text("# Est\nDes cars trop rares\n", encoding="utf-8")
    new = (NewTitle(title="des cars trop rares", axis="est"), NewTitle(title="La nuit"), NewTitle(title="Un four"))
    typed = Decision(decision_id="d1", ts="", author="Anne", op="titres", target=Target(), after=After(titles=new))
    named = Decision(
        decision_id="d2", ts="", author="Anne", op="rename",
        target=Target(groups=(typed_title_id("d1", 1),)), after=After(title="Sortir le soir"),
    )  # fmt: skip
    run.decisions.append([typed.to_line(), named.to_line()])
    job = Job(tmp_path / "corpus", run, load_config(), LocalExecutor())
    given = given_titles(job).titles
    assert [(title.text, title.title_id) for title in given[1:]] == [
        ("La nuit", typed_title_id("d1", 1)),
        ("Un four", typed_title_id("d1", 2)),
    ]
    assert [title.text for title in with_acts(Earlier().identified(given), run)][1] == "Sortir le soir"


WALL = """Post-it;Regroupement
Plus aucun car le soir pour rentrer;Rentrer le soir
Le dernier car part à dix-huit heures;Rentrer le soir
Sans car le soir, les jeunes restent chez eux;Rentrer le soir
On ne peut pas rentrer en car après le travail;Rentrer le soir
Plus un médecin ne prend de nouveaux patients;Se soigner
Il faut trois mois pour voir un médecin;Se soigner
Le cabinet médical est fermé depuis un an;Se soigner
Les médecins partent à la retraite sans être remplacés;Se soigner
Le lavoir fuit depuis l'hiver;
"""
WITHOUT_COLUMNS = "Post-it\n" + "".join(f"{line.split(';')[0]}\n" for line in WALL.splitlines()[1:])
LATE = "Post-it\nLe soir, plus de car pour rentrer\nAucun médecin ne prend de nouveaux patients\nLe clocher penche\n"


class Heard(Progress):
    """Keeps which stages start and end."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def start(self, stage: str, _: int | None) -> None:
        self.told.append(f"{stage} starts")

    def finish(self, stage: str, *_: float) -> None:
        self.told.append(f"{stage} ends")


def told_of_placing(corpus: Path, place: Path) -> list[str]:
    """What a run tells of placing, from its start to its end."""
    heard = Heard()
    synthesize(Job(corpus, RunFolder.create(place), load_config(profil="rapide"), LocalExecutor(), heard))
    return [one for one in heard.told if one.startswith("place")]


def test_nothing_is_told_of_placing_where_there_is_no_title(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mur.csv").write_text(WITHOUT_COLUMNS, encoding="utf-8")
    assert told_of_placing(tmp_path / "corpus", tmp_path / "run") == []


def test_a_late_post_it_is_placed_under_the_columns_of_the_wall_and_nothing_else_moves(tmp_path: Path) -> None:
    corpus, place = tmp_path / "corpus", tmp_path / "run"
    corpus.mkdir()
    (corpus / "mur.csv").write_text(WALL, encoding="utf-8")
    assert told_of_placing(corpus, place) == ["place starts", "place ends"]
    run = RunFolder.open(place)
    before = run.load_table("memberships").set_index("item_id")["group_id"]
    texts = run.load_table("items").set_index("item_id")["text"]
    columns = titles_of(run.load_table("titles"))
    assert {(one.text, one.origin) for one in columns} == {
        (name, PARTICIPANTS) for name in ("Rentrer le soir", "Se soigner")
    }
    groups = {group.title: group for group in read_material(run.load(RestitutionTables)).groups.values()}
    assert groups["Rentrer le soir"].is_counted

    (corpus / "retard.csv").write_text(LATE, encoding="utf-8")
    run_synthesis(corpus, place)
    placings = run.load_table("placings").set_index("item_id")
    after = run.load_table("memberships").set_index("item_id")["group_id"]
    assert after[before.index].fillna("").tolist() == before.fillna("").tolist()
    names = {one.title_id: one.text for one in columns}
    under = {
        text: (names.get(placings["title_id"][item]), placings["placed_by"][item])
        for item, text in run.load_table("items").set_index("item_id")["text"].items()
    }
    assert under["Le soir, plus de car pour rentrer"] == ("Rentrer le soir", "machine")
    assert under["Aucun médecin ne prend de nouveaux patients"] == ("Se soigner", "machine")
    assert under["Le clocher penche"] == under["Le lavoir fuit depuis l'hiver"] == (None, "machine")
    assert {who for text, (name, who) in under.items() if name and text in set(texts)} == {PARTICIPANTS}
    groups = {group.title: group for group in read_material(run.load(RestitutionTables)).groups.values()}
    assert not groups["Rentrer le soir"].is_counted  # a machine put one of its ideas there: a person accepts it first


@pytest.mark.parametrize(
    "titles",
    [
        pytest.param(["Tout"] * 6, id="everything in one"),
        pytest.param(["1", "2"] * 3, id="numbers"),
        pytest.param(["Seul", None, None, None, None, None], id="one idea"),
        pytest.param(["Le pain", *["Les cars"] * 4, "Le pain"], id="a theme, and one idea on the rose"),
    ],
)
def test_a_column_that_tells_nothing_apart_is_no_title(
    titles: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.given_titles.MOST_OF_COLUMN", 3)
    ids = [f"c{n}" for n in range(6)]
    contributions = pd.DataFrame({"contribution_id": ids, "given_group": pd.array(titles, dtype="string[pyarrow]")})
    items = pd.DataFrame({"item_id": ids, "contribution_id": ids, "text": ids})
    tags = pd.DataFrame({"axis": ["hors_axe", *["est"] * 5], "status": "sur"})
    tags = tags.assign(p_nord=0.1, p_est=0.7, p_sud=0.1, p_ouest=0.1)
    assert not wall_columns(items, contributions, tags)


def test_a_card_that_is_not_surely_on_no_axis_counts_in_its_column_and_not_alone() -> None:
    ids = [f"c{n}" for n in range(5)]
    made = ["Le pain", "Le pain", "Le pain", "Le four", "Le four"]
    contributions = pd.DataFrame({"contribution_id": ids, "given_group": pd.array(made, dtype="string[pyarrow]")})
    items = pd.DataFrame({"item_id": ids, "contribution_id": ids, "text": ids})
    tags = pd.DataFrame({"axis": ["sud", *["hors_axe"] * 4], "status": ["sur", "a_relire", "sur", *["a_relire"] * 2]})
    tags = tags.assign(p_nord=0.1, p_est=0.1, p_sud=0.3, p_ouest=0.1)
    assert {title.text: held for title, held in wall_columns(items, contributions, tags).items()} == {
        "Le pain": ["c0", "c1"]
    }


def sorted_under(tmp_path: Path, wall: str, titles: str) -> tuple[Path, Path]:
    """The folder of a wall read under some titles, and what came of it."""
    corpus, place = tmp_path / "corpus", tmp_path / "run"
    corpus.mkdir()
    (corpus / "mur.csv").write_text(wall, encoding="utf-8")
    (corpus / "themes.txt").write_text(titles, encoding="utf-8")
    run_synthesis(corpus, place)
    return corpus, place


def test_a_column_that_a_title_names_is_that_title(tmp_path: Path) -> None:
    _, place = sorted_under(tmp_path, WALL, "Se soigner\n")
    run = RunFolder.open(place)
    titles = {one.text: one for one in titles_of(run.load_table("titles"))}
    assert titles["Se soigner"].origin == "personne"
    placings = run.load_table("placings").merge(run.load_table("items"), on="item_id").set_index("text")
    for line in WALL.splitlines()[1:-1]:
        text, name = line.split(";")
        assert placings["title_id"][text] == titles[name].title_id


@pytest.mark.slow
def test_a_title_that_is_given_another_axis_keeps_what_people_did_of_it(tmp_path: Path) -> None:
    corpus, place = sorted_under(tmp_path, WITHOUT_COLUMNS, "Rentrer le soir\nSe soigner\n")
    run = RunFolder.open(place)
    session = open_session(run)
    care = next(one.title_id for one in titles_of(run.load_table("titles")) if one.text == "Se soigner")
    odd = next(one for one in session.state.items.values() if "lavoir" in one.text)
    session.act("Anne", Wish("prendre", items=(odd.item_id,)), group_id=care)
    session.act("Anne", Wish("rename", groups=(care,)), title="La santé de tous")
    held = str(session.state.items[odd.item_id].group_id)
    session.act("Anne", Wish("accept", groups=(held,)))

    def after(listed: str) -> tuple[set[str], str, str, set[str]]:
        (corpus / "themes.txt").write_text(listed, encoding="utf-8")
        run_synthesis(corpus, place)
        now = open_session(RunFolder.open(place))
        assert {one.title_id for one in now.state.titled.values() if one.text == "La santé de tous"} == {care}
        states = {outcome.state for outcome in now.outcomes.values()}
        groups = {group for group in now.state.groups if group.startswith(care)}
        return states, str(now.state.items[odd.item_id].group_id), now.state.items[odd.item_id].axis, groups

    other, third, *_ = (code for code in COMPASS_CODES if not held.endswith(code))
    assert held.startswith(f"{care}-")
    for _ in range(2):  # the list says the former words of the title still
        moved = after(f"Rentrer le soir\n# {compass()[other].name}\nSe soigner\n")
        assert moved == ({"rejouee"}, care, other, {care})
    states, back, _, _ = after("Rentrer le soir\nSe soigner\n")
    assert states == {"rejouee"} and back.startswith(f"{care}-")
    now = open_session(RunFolder.open(place))
    now.act("Anne", Wish(SET_AXIS, groups=(back,)), axis=other)  # on the page, the list says none
    told = with_typed(RunFolder.open(place).load(RestitutionTables), RunFolder.open(place)).titles
    assert dict(zip(told["title_id"], told["axis"].fillna(""), strict=True))[care] == other
    for _ in range(2):
        assert after("Rentrer le soir\nSe soigner\n") == ({"rejouee"}, care, other, {care})
    states, back, _, _ = after(f"Rentrer le soir\n# {compass()[third].name}\nSe soigner\n")  # the list says a third
    assert (states, back, now.state.titled[care].axis) == ({"rejouee"}, care, other)
    assert open_session(RunFolder.open(place)).state.titled[care].axis == third


def test_a_title_that_is_emptied_of_its_cards_stays_on_the_wall_after_another_run(tmp_path: Path) -> None:
    corpus, place = sorted_under(tmp_path, WITHOUT_COLUMNS, "Rentrer le soir\nSe soigner\n")
    session = open_session(RunFolder.open(place))
    care, evening = (
        next(key for key, one in deciding(session.state).items() if one.text == text)
        for text in ("Se soigner", "Rentrer le soir")
    )
    session.act("Anne", Wish("prendre", items=(next(iter(session.state.items)),)), group_id=care)
    held = [item for group in groups_under(session.state, care) for item in session.state.items_of(group.group_id)]
    session.act("Anne", Wish("move", items=tuple(item.item_id for item in held)), group_id=evening)
    assert not groups_under(session.state, care) and care in deciding(session.state)
    run_synthesis(corpus, place)
    assert list(deciding(open_session(RunFolder.open(place)).state)) == [evening, care]
