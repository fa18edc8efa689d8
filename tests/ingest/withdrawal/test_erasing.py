"""A contribution withdrawn from a run leaves no trace in tables, decisions, contexts, and does not come back."""

import json
from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import file_sha256
from pipeline.folder.kept import Export, delivered, keep_delivered
from pipeline.ingest.stage import ingest
from pipeline.ingest.withdrawal.erasing import Withdrawal, erase, without
from pipeline.ingest.withdrawal.fingerprints import Withdrawals
from pipeline.review.log.replay import read_log
from pipeline.run.stages import INGESTED
from tests.ingest import tool_exports as made

SECRET = "Mon voisin du troisième prête son garage"
NOTE = f"## Pistes\n- {SECRET}\n  - sur demande\n- Un marché du soir\n"


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return run_of(tmp_path, {"note.md": NOTE})


def run_of(tmp_path: Path, files: dict[str, str]) -> RunFolder:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, content in files.items():
        (corpus / name).write_text(content, encoding="utf-8")
    folder = RunFolder.create(tmp_path / "run")
    result = ingest(corpus, load_config())
    artefacts = {f"{name}.parquet": folder.save_table(name, getattr(result, name)) for name in INGESTED}
    folder.previous().save_table("items", result.items)
    folder.manifest.save({"stages": {"ingest": {"artefacts": artefacts}}, "files": {}, "corpus": str(corpus)})
    return folder


def everything(folder: RunFolder) -> str:
    """All that the tables and the log of a run say."""
    tables = [
        RunFolder(folder.path / Path(name).parent).load_table(Path(name).stem).to_csv()
        for name in folder.files()
        if name.endswith(".parquet")
    ]
    assert tables
    return "\n".join([*tables, *folder.decisions.lines()])


def test_erased_everywhere_and_for_good(run: RunFolder, tmp_path: Path) -> None:
    contributions, items = run.load_table("contributions"), run.load_table("items")
    target = contributions[contributions["text"] == SECRET].iloc[0]["contribution_id"]
    item = items[items["contribution_id"] == target].iloc[0]["item_id"]
    decisions = [
        {"op": "ne_pas_citer", "target": {"contribution_id": target, "start": 0, "end": 5, "text": SECRET[:5]}},
        {"op": "meme", "target": {"items": [{"contribution_id": target}, {"contribution_id": "c0"}]}},
        {"op": "renommer", "target": "g1", "before": [item, "i0"], "after": f"Titre : {SECRET}"},
        {"op": "commenter", "target": "g1", "after": "« VOISIN du troisieme, prête… » me plaît"},
        {
            "op": "repondre",
            "target": {"items": [{"text": "mon voisin du troisième prête"}]},
            "after": "Un marché du soir",
        },
    ]
    run.decisions.append(json.dumps(decision, ensure_ascii=False) for decision in decisions)

    withdrawal = Withdrawal.of(run, item)
    assert withdrawal.contribution_id == target
    erase(run, withdrawal)

    ledger = run.load_table("ledger").iloc[0]
    assert ledger["n_read"] == ledger["n_kept"] == len(run.load_table("contributions")) == 2
    assert ledger["n_items"] == len(run.load_table("items"))
    told = everything(run)
    assert SECRET not in told
    assert target not in told
    assert item not in told
    title, comment, answer = map(json.loads, run.decisions.lines())
    assert (title["before"], title["after"]) == (["i0"], "Titre : [retiré]")
    assert comment["after"] == "« [retiré]… » me plaît"
    assert answer == {"op": "repondre", "target": {"items": [{"text": "[retiré]"}]}, "after": "Un marché du soir"}

    read = ingest(tmp_path / "corpus", load_config())
    again = without(read, Withdrawals.of(run))
    assert SECRET not in again.contributions.to_csv()
    ledger = again.ledger.iloc[0]
    assert ledger["n_read"] == ledger["n_kept"] == len(again.contributions) == 2
    assert ledger["n_items"] == len(again.items)
    known = run.manifest.load()["stages"]["ingest"]["artefacts"]
    assert set(known) == {f"{name}.parquet" for name in INGESTED}
    assert not run.manifest.damaged(known)


def test_no_draft_that_was_delivered_stays_even_if_the_run_is_not_made_again(run: RunFolder) -> None:
    for words in (SECRET, "Un marché"):
        run.save_json("draft", {"text": words})
        keep_delivered(run)
    run.save_json("draft", {"text": SECRET})
    contributions = run.load_table("contributions")

    erase(run, Withdrawal.of(run, contributions.loc[contributions["text"] == SECRET, "contribution_id"].iloc[0]))
    keep_delivered(run)  # as the stage of the draft does

    assert not list(delivered(run))


def test_an_export_goes_that_says_no_more_of_it_than_a_title_in_its_words(run: RunFolder, tmp_path: Path) -> None:
    title = "Le voisin du troisième prête"
    run.decisions.append([json.dumps({"op": "rename", "after": {"titles": {"g1": title}}})])
    graph, other = tmp_path / "noeuds.csv", tmp_path / "liens.csv"
    graph.write_text(f"Id,Label\ng1,{title}\n", encoding="utf-8")
    other.write_text("Id,Label\ng2,Le voisin du troisième\n", encoding="utf-8")
    run.exports.note(*(Export(str(one), file_sha256(one), "01/02/2026") for one in (graph, other)))
    contributions = run.load_table("contributions")

    gone = Withdrawal.of(run, contributions.loc[contributions["text"] == SECRET, "contribution_id"].iloc[0])

    assert erase(run, gone).removed == (graph,)
    assert other.exists()


def test_unknown_contribution(run: RunFolder) -> None:
    with pytest.raises(UsageError, match="Retrouver ma parole"):
        Withdrawal.of(run, "c0000")


def test_nothing_stays_of_the_state_before(run: RunFolder) -> None:
    assert run.previous().has_table("items")
    items = run.load_table("items")
    item = items.loc[items["text"] == SECRET, "item_id"].iloc[0]
    run.decisions.append([json.dumps({"op": "renommer", "target": "g1", "after": f"Titre : {SECRET}"})])

    erase(run, Withdrawal.of(run, item))

    assert SECRET not in everything(run)
    assert not run.previous().has_table("items")


BODY = "Le dernier car part à 18 h, il faudrait une navette qui attende le train de vingt heures."


@pytest.mark.parametrize("title", ["Une navette le soir", ""])
def test_the_title_and_the_opening_of_a_proposal_go_from_its_comments(tmp_path: Path, title: str) -> None:
    proposals = [
        made.PROPOSAL_COLUMNS,
        made.proposal(41, title__fr=title, body__fr=BODY),
        made.proposal(42, title__fr="Un marché du soir", body__fr="Ouvrir la halle le vendredi."),
    ]
    folder = run_of(tmp_path, {"p.csv": made.table(proposals, ";"), "c.csv": made.DECIDIM_COMMENTS})
    contributions = folder.load_table("contributions")
    words = title or "Le dernier car part"
    is_under = contributions["headings"].map(lambda told: any(words in one for one in told))
    assert (is_under & contributions["source"].eq("c.csv")).sum() == 2

    erase(folder, Withdrawal.of(folder, contributions.loc[contributions["text"] == BODY, "contribution_id"].iloc[0]))

    again = without(ingest(tmp_path / "corpus", load_config()), Withdrawals.of(folder)).contributions
    for table in (folder.load_table("contributions"), again):
        assert words not in table.to_csv()
        assert table.loc[table["text"].str.startswith("Ouvrir"), "context"].tolist() == ["Un marché du soir"]
    assert words not in everything(folder)


def test_a_copy_under_another_name_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    folder = run_of(tmp_path, {"note.md": NOTE})
    contributions = folder.load_table("contributions")
    erase(folder, Withdrawal.of(folder, contributions.loc[contributions["text"] == SECRET, "contribution_id"].iloc[0]))
    (tmp_path / "corpus" / "copie.md").write_text(NOTE, encoding="utf-8")

    read = ingest(tmp_path / "corpus", load_config())
    again = without(read, Withdrawals.of(folder))

    assert SECRET not in again.contributions.to_csv()
    assert SECRET not in again.items.to_csv()
    (reject,) = again.rejects.to_dict("records")
    assert (reject["source"], reject["reason"]) == ("copie.md", "retiree")
    assert "revenue dans un autre fichier" in reject["detail"]
    counts = again.ledger.set_index("source")[["n_read", "n_kept", "n_rejected"]]
    assert counts.loc["note.md"].tolist() == [2, 2, 0]
    assert counts.loc["copie.md"].tolist() == [3, 2, 1]
    assert any("copie.md" in warning for warning in again.warnings)


def test_no_act_is_left_that_says_nothing(run: RunFolder) -> None:
    """Acts as the page of review writes them, on one idea or several, on links, on a group that was its words alone."""
    contributions, items = run.load_table("contributions"), run.load_table("items")
    mine, other, third = (
        {"contribution_id": one, "start": 0, "end": 4, "text": text}
        for one, text in zip(contributions["contribution_id"], contributions["text"], strict=True)
    )
    if SECRET not in mine["text"]:
        mine, other = other, mine
    item = items.loc[items["contribution_id"] == mine["contribution_id"], "item_id"].iloc[0]

    def act(decision_id: str, op: str, target: dict[str, object], **rest: object) -> dict[str, object]:
        return {"decision_id": decision_id, "ts": "t", "author": "Anne", "op": op, "target": target, **rest}

    acts = [
        act("d1", "set_axis", {"items": [mine]}, after={"axis": "est"}),
        act("d2", "set_axis", {"items": [mine, other]}, after={"axis": "est"}),
        act("d3", "meme", {"items": [mine, other]}, after={"value": True}),
        act("d4", "link", {"links": [{"from_item": mine, "to_item": other}]}, after={"state": "juste"}),
        act("d5", "link", {"links": [{"from_item": other, "to_item": third}]}, after={"state": "juste"}),
        act("d6", "split", {"items": [mine], "groups": ["g1"]}, after={"title": "À part", "group_id": "g-6"}),
        act("d7", "undo", {"decision_id": "d1"}),
        act("d8", "undo", {"decision_id": "d5"}),
        act("d9", "rename", {"groups": ["g2"]}, before={"members": {"g2": [item]}}, after={"title": "Seul"}),
        act("d10", "rename", {"groups": ["g1"]}, before={"members": {"g1": [item, "i0"]}}, after={"title": "Deux"}),
    ]
    run.decisions.append(json.dumps(one, ensure_ascii=False) for one in acts)
    assert [one.number for one in read_log(run.decisions.lines()).bad_lines] == []

    erase(run, Withdrawal.of(run, mine["contribution_id"]))

    log = read_log(run.decisions.lines())
    assert log.bad_lines == ()
    assert [one.decision_id for one in log.decisions] == ["d2", "d5", "d8", "d10"]
    assert mine["contribution_id"] not in "".join(run.decisions.lines())
