"""Titles of a run: what people did on the page says more of them, and an earlier run lends its own."""

from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.place.titles import Title
from pipeline.review.log.decisions import UNDO, After, Before, Decision, ItemAnchor, NewTitle, Target
from pipeline.review.log.on_titles import typed_title_id
from pipeline.run.given_titles import Before as Earlier
from pipeline.run.given_titles import given_titles, placing_acts, with_acts
from pipeline.run.jobs import Job

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
