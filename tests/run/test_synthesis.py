"""The main job on the demo workshop: what comes out, that it comes out the same, and that nothing of people is lost."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import file_sha256
from pipeline.run import synthesis
from pipeline.run.stages import STAGES
from tests.conftest import run_synthesis

FILES_FOR_PEOPLE = (
    "index.html restitution.docx restitution.odt restitution.html restitution.md restitution.txt restitution.yeswiki "
    "rose.svg rose.png elements.xlsx"
).split()


@pytest.fixture
def own_run(demo_run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_run, tmp_path / "run"))


def test_every_row_read_is_kept_or_refused_with_a_reason(demo_run: Path) -> None:
    run = RunFolder.open(demo_run)
    ledger, contributions, rejects = (run.load_table(name) for name in ("ledger", "contributions", "rejects"))
    assert (ledger["n_read"] == ledger["n_kept"] + ledger["n_rejected"] + ledger["n_positions"]).all()
    assert ledger["n_kept"].sum() == len(contributions) > 200
    assert ledger["n_rejected"].sum() == len(rejects) > 0


def test_every_item_is_an_exact_span_with_one_tag_and_one_membership_unless_off_axis(demo_run: Path) -> None:
    run = RunFolder.open(demo_run)
    items, tags, memberships = (run.load_table(name) for name in ("items", "tags", "memberships"))
    texts = run.load_table("contributions").set_index("contribution_id")["text"]
    spans = [texts[row.contribution_id][row.start : row.end] for row in items.itertuples()]
    assert spans == items["text"].tolist()
    assert set(tags["item_id"]) == set(items["item_id"])
    placings = run.load_table("placings")
    assert set(placings["item_id"]) == set(items["item_id"])
    assert set(memberships["item_id"]) == set(placings.loc[placings["axis"] != "hors_axe", "item_id"])
    off_axis = tags.loc[tags["axis"] == "hors_axe", "item_id"]
    back = placings[placings["item_id"].isin(off_axis) & (placings["axis"] != "hors_axe")]
    assert back["title_id"].notna().all()  # a title alone brings back what was on no axis


def test_no_suggested_name_is_shown_before_someone_says_so(demo_run: Path) -> None:
    names = {name for name in RunFolder.open(demo_run).load_table("name_suggestions")["text"] if " " in name}
    assert len(names) >= 2
    for suffix in ("md", "txt", "html", "yeswiki"):
        shown = (demo_run / f"restitution.{suffix}").read_text(encoding="utf-8")
        assert [name for name in sorted(names) if name in shown] == []


def test_a_second_run_does_nothing(demo_corpus: Path, own_run: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in own_run.iterdir() if path.name != "manifest.json"}
    summary = run_synthesis(demo_corpus, own_run)
    assert summary.ran == ()
    assert {path.name: path.stat().st_mtime_ns for path in own_run.iterdir() if path.name != "manifest.json"} == before


def test_documents_that_are_made_no_more_go_unless_somebody_changed_them(
    finished: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, run = (Path(shutil.copytree(one, tmp_path / one.name)) for one in finished)
    (run / "affiche.svg").write_text("à moi", encoding="utf-8")
    (corpus / "themes.txt").write_text("Les bus du soir\nLa salle\n", encoding="utf-8")
    assert run_synthesis(corpus, run).ran
    left = {path.name for path in run.glob("*.svg")} | {path.name for path in run.glob("*.pdf")}
    assert left == {"affiche.svg"}


@pytest.mark.parametrize("changed", ["embed", "cluster"])
def test_a_stage_whose_code_changed_runs_and_those_after_it_where_what_it_gives_changed(
    changed: str, finished: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stage,) = (stage for stage in STAGES if stage.name == changed)
    code_sha256 = synthesis.code_sha256

    def another(function: Callable[..., Any], rooms: Sequence[str]) -> str:
        return "another" if function is stage.run else code_sha256(function, rooms)

    monkeypatch.setattr(synthesis, "code_sha256", another)
    corpus, run = finished[0], Path(shutil.copytree(finished[1], tmp_path / "run"))
    summary = run_synthesis(corpus, run)
    assert [name for name in summary.ran if name not in ("review", "restitution")] == [changed]
    assert run_synthesis(corpus, run).ran == ()


@pytest.mark.usefixtures("drawn_anew")
def test_two_folders_give_equal_bytes(demo_corpus: Path, demo_run: Path, tmp_path: Path) -> None:
    run_synthesis(demo_corpus, tmp_path / "again")
    names = sorted(path.name for path in demo_run.iterdir() if path.is_file() and path.name != "manifest.json")
    assert len(names) > 20 and {*FILES_FOR_PEOPLE} <= {*names}
    different = [name for name in names if file_sha256(demo_run / name) != file_sha256(tmp_path / "again" / name)]
    assert different == []


def test_the_order_of_rows_moves_no_group(demo_corpus: Path, demo_run: Path, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(demo_corpus, tmp_path / "corpus"))
    header, *rows = (corpus / "postits.csv").read_bytes().split(b"\r\n")
    whole = [row for row in rows if row.count(b'"') % 2 == 0]
    torn = [row for row in rows if row.count(b'"') % 2 == 1]
    (corpus / "postits.csv").write_bytes(b"\r\n".join([header, *torn, *reversed(whole)]))
    run_synthesis(corpus, tmp_path / "run")
    straight, shuffled = (
        RunFolder.open(path).load_table("memberships").sort_values("item_id", ignore_index=True)
        for path in (demo_run, tmp_path / "run")
    )
    pd.testing.assert_frame_equal(straight, shuffled)
