"""The journal of withdrawals that are not finished."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.stage import ingest
from pipeline.ingest.withdrawal.pending import PENDING, Pending, Withdrawal, is_pending


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "notes.txt").write_text("- Un four à pain\n- Un marché du soir\n", encoding="utf-8")
    folder = RunFolder.create(tmp_path / "run")
    folder.save_table("contributions", ingest(tmp_path / "corpus", load_config()).contributions)
    return folder


def withdrawal(run: RunFolder) -> Withdrawal:
    one, other = run.load_table("contributions")[["contribution_id", "text"]].itertuples(index=False, name=None)
    return Withdrawal(
        one[0], "notes.txt", "ligne 1", "postit", one[1], ("i2", "i1"), titles=("Un four",), others=(other[1],)
    )


def test_it_is_read_as_it_was_written_with_the_words_of_the_others(run: RunFolder) -> None:
    one = withdrawal(run)
    pending = Pending().with_one(one).with_removed([Path("a.csv")]).with_removed([Path("a.csv")])
    pending.save(run)
    assert is_pending(run.path)
    assert Pending.of(run) == pending
    assert pending.removed == (Path("a.csv"),)
    (run.path / "contributions.parquet").unlink()
    assert Pending.of(run).withdrawals == (replace(one, others=()),)
    assert "Un four à pain" in (run.path / PENDING).read_text(encoding="utf-8")


def test_one_that_is_further_takes_its_own_place_and_is_found_by_its_ideas(run: RunFolder) -> None:
    one = withdrawal(run)
    other = replace(one, contribution_id="c-other", item_ids=("i9",))
    pending = Pending().with_one(other).with_one(one).with_one(replace(one, is_erased=True))
    assert [(each.contribution_id, each.is_erased) for each in pending.withdrawals] == [
        ("c-other", False),
        (one.contribution_id, True),
    ]
    assert pending.find("i9") == pending.find("c-other") == other
    assert pending.find("i5") is None


def test_it_goes_once_all_is_done_and_is_never_taken_for_none(run: RunFolder) -> None:
    assert not Pending.of(run)
    Pending().with_one(withdrawal(run)).save(run)
    assert Pending.of(run)
    Pending.close(run)
    assert not is_pending(run.path)
    (run.path / PENDING).write_text("[]", encoding="utf-8")
    with pytest.raises(ArtifactError, match="rosace clean"):
        Pending.of(run)


TYPED = "jai attendu ici , plus dune heure au guichet , et cest long"
TOLD = "j’ai attendu ici, plus dune heure au guichet, et c’est long"


@pytest.mark.parametrize("said", [TYPED, TOLD])
def test_its_words_are_found_as_they_were_typed_and_as_they_are_told(said: str) -> None:
    one = Withdrawal("c1", "notes.txt", "ligne 1", "postit", TYPED, ("i1",))
    assert one.own(6).are_in(f"Un habitant dit : {said}.")
    assert one.own(4).scrubbed(f"Un habitant dit : {said}.") == "Un habitant dit : [retiré]."
    assert one.own(4).are_in("Car j’ai attendu ici hier")


def test_what_others_say_too_as_it_is_told_stays() -> None:
    one = Withdrawal("c1", "notes.txt", "ligne 1", "postit", "j’ai attendu ici", ("i1",), others=("jai attendu ici",))
    assert not one.own(4).are_in("Car j’ai attendu ici hier")
