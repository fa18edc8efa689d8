"""A programme whose answers are known: what comes back, what only sounds alike, what moves, and what is never said."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from territories import answers, write_run

from pipeline.api.programme import compare as write_programme
from pipeline.config import Config
from pipeline.contracts.draft_files import load_draft
from pipeline.errors import ArtifactError, RosaceError, UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.erasing import close, erase
from pipeline.ingest.withdrawal.quotations import IN_A_FILE, clear_files
from pipeline.programme.document import write_draft
from pipeline.programme.reading import Reading
from pipeline.programme.sections import moves
from pipeline.programme.stage import compare
from pipeline.programme.workshops import About, add_runs

Said = set[tuple[str, str]]


def read(runs: list[Path], place: Path, config: Config) -> Reading:
    folder = RunFolder.create(place)
    add_runs(folder.path, runs)
    return compare(folder, config).reading


def groups_of(reading: Reading, columns: tuple[str, ...]) -> Said:
    found = [reading.columns[key] for key in columns]
    return {(column.workshop, column.group.title if column.group else column.items[0].text) for column in found}


@pytest.fixture(scope="module")
def reading(written: Path, tmp_path_factory: pytest.TempPathFactory, config: Config) -> Reading:
    return read(sorted(written.iterdir()), tmp_path_factory.mktemp("lu"), config)


@pytest.fixture(scope="module")
def page(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ecrit")
    write_programme(sorted(written.iterdir()), place)
    return place


def test_what_comes_back_is_what_was_written_to(reading: Reading) -> None:
    """All that is told was written; of what was written, what is not told is asked about."""
    wanted: dict[str, Said] = {}
    for row in answers():
        if row["revient"]:
            wanted.setdefault(row["revient"], set()).add((row["atelier"], row["groupe"]))
    found = [groups_of(reading, thread.columns) for thread in reading.woven.threads]
    asked = [groups_of(reading, (near.one, near.other)) for near in reading.woven.questions]
    assert len(wanted) == len(found) == 6
    for written in wanted.values():
        told = next(one for one in found if one & written)
        assert told <= written
        assert all(any(one <= written and group in one for one in asked) for group in written - told)
    assert sum(map(len, found)) >= sum(map(len, wanted.values())) - 1


def test_same_words_with_another_meaning_are_asked_about_at_most(reading: Reading) -> None:
    said = {title for thread in reading.woven.threads for _, title in groups_of(reading, thread.columns)}
    friends = ("réseau", "permanence", "classe", "marché")
    alike = {row["groupe"] for row in answers() if any(word in row["texte"].lower() for word in friends)}
    assert len(alike - {""}) >= 8
    assert not alike & said - {"Toujours pas de médecin"}


def test_groups_that_no_person_read_are_asked_about(tmp_path: Path, config: Config) -> None:
    places = [write_run(tmp_path / name, name, is_read=False).path for name in ("vaux-2025", "montbel-2025")]
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, places)
    compared = compare(folder, config)
    assert (compared.reading.woven.threads, len(compared.reading.woven.questions) > 3) == ((), True)
    assert sum("demandé, pas affirmé" in warning for warning in compared.warnings) == 2
    draft = write_draft(compared.reading, About(), config)[0]
    told = " ".join(sentence.text for section in draft.sections for sentence in section.sentences)
    assert "Aucun sujet n’y revient assez nettement" in told
    assert "Pas de car le soir (Vaux, premier atelier) et le dernier car part trop tôt (Montbel)" in told


def test_only_a_territory_that_met_twice_moves(reading: Reading) -> None:
    (move,) = moves(reading)
    assert (move.first.key, move.last.key) == ("vaux-2025", "vaux-2026")
    became = {reading.columns[near.one].group.title for near in move.became}  # type: ignore[union-attr]
    assert "Une navette le soir" in became
    assert {thread.title for thread in move.stays} >= {"L'entraide entre voisins"}
    comes = {column.group.title for column in move.comes if column.group}
    assert "La poussière de la carrière" in comes
    assert "La navette du soir" not in comes


def test_every_quotation_is_what_someone_wrote(page: Path) -> None:
    draft = load_draft(json.loads((page / "draft.json").read_text(encoding="utf-8")))
    texts = [row["texte"] for row in answers()]
    words = [node for section in draft.sections for sentence in section.sentences for node in sentence.words]
    assert len(words) > 30
    assert not draft.left_out
    assert all(any(node.text in text for text in texts) for node in words)


def test_each_workshop_is_counted_in_its_own_tables(page: Path) -> None:
    told = " ".join((page / "programme.md").read_text(encoding="utf-8").split())
    assert "**Montbel** (4 octobre 2025), aux deux tables : « On ne trouve plus de généraliste" in told
    assert re.search(r"Pas de car le soir Dit dans deux ateliers sur trois\.", told)
    assert not re.search(r"grâce à|parce que|a permis|à cause", told)


def test_runs_in_any_order_give_the_same_draft(written: Path, reading: Reading, tmp_path: Path, config: Config) -> None:
    other = read(sorted(written.iterdir(), reverse=True), tmp_path / "autre", config)
    drafts = [write_draft(one, About(), config)[0] for one in (reading, other)]
    assert drafts[0] == drafts[1]


def refused(runs: list[Path], place: Path) -> str:
    with pytest.raises(RosaceError) as caught:
        write_programme(runs, place)
    assert isinstance(caught.value, UsageError | ArtifactError)
    return str(caught.value)


def test_bad_input_is_told(runs: list[Path], tmp_path: Path) -> None:
    place = tmp_path / "p"
    assert "deux fois" in refused([runs[0], runs[0]], place)
    assert "au moins deux" in refused(runs[:1], place)
    assert "n'est pas un dossier de résultats" in refused([runs[0], tmp_path / "absent"], place)
    copy = Path(shutil.copytree(runs[0], tmp_path / "copie"))
    assert "deux fois le même atelier" in refused([runs[0], copy], tmp_path / "p2")


def test_runs_of_other_models_are_not_compared(runs: list[Path], tmp_path: Path) -> None:
    run = RunFolder.open(runs[1])
    manifest = run.load_manifest()
    manifest["stages"]["classify"]["models"] = {"axes/rapide": "autre"}
    run.save_manifest(manifest)
    assert "même version du modèle" in refused(runs, tmp_path / "p")


def test_a_workshop_without_date_or_words_is_told(runs: list[Path], tmp_path: Path, config: Config) -> None:
    write_run(runs[2], "vaux-2026", date=None)
    empty = write_run(tmp_path / "vide", "montbel-2025", kept=lambda _: False)
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, [*runs, empty.path])
    compared = compare(folder, config)
    told = "\n".join(compared.warnings)
    assert "« Vaux, second atelier » n'a pas de date" in told
    assert "vide : rien n'y a été lu" in told
    draft = write_draft(compared.reading, About(), config)[0]
    assert "temps" not in {section.key for section in draft.sections}
    assert "Trois ateliers sont lus ensemble." in {s.text for section in draft.sections for s in section.sentences}


def test_a_withdrawn_contribution_is_in_no_output(runs: list[Path], tmp_path: Path) -> None:
    words = "Toujours aucun généraliste pour prendre de nouveaux patients"
    place = tmp_path / "p"
    write_programme(runs, place)
    folder = RunFolder(place)
    thread = json.loads((place / "programme.json").read_text(encoding="utf-8"))["runs"]["vaux-2026"]["groups"]
    about = {"groups": thread[:1]}
    line = {"decision_id": "d1", "ts": "", "author": "Anne", "op": "rename", "target": about, "after": {"title": words}}
    folder.decisions.append([json.dumps(line, ensure_ascii=False)])
    write_programme([place])
    assert words in (place / "programme.md").read_text(encoding="utf-8")
    run = RunFolder.open(runs[2])
    (contribution,) = run.load_table("contributions").query("text.str.startswith(@words)")["contribution_id"]
    erase(run, contribution)
    write_run(runs[2], "vaux-2026", kept=lambda row: not row["texte"].startswith(words))
    left = close(run)
    gone = {path.name for path in left.removed}
    assert {"programme.md", "programme.docx", "programme.odt", "programme.html", "programme.xlsx"} <= gone
    assert left.edited == ()
    again = write_programme([place])
    assert any("a changé depuis la dernière fois" in warning for warning in again.warnings)
    for path in place.iterdir():
        if path.suffix in (".md", ".html", ".json", ".jsonl"):
            assert words not in path.read_text(encoding="utf-8"), path


def test_a_log_that_began_after_the_last_comparison_is_cleaned_too(runs: list[Path], tmp_path: Path) -> None:
    place = tmp_path / "p"
    write_programme(runs, place)
    run = RunFolder.open(runs[2])
    item = run.load_table("items").iloc[0]
    mine, other, kept = f"vaux-2026/{item['item_id']}", "montbel-2025/i9", "vaux-2026/g1"
    members = {mine: [mine], kept: [kept, mine]}
    acts = [
        {"op": "meme", "target": {"groups": [mine, other]}, "after": {"value": True}},
        {"op": "link", "target": {"groups": [other, mine]}, "after": {"state": "juste"}},
        {"op": "rename", "target": {"groups": [mine]}, "after": {"title": "Seule"}},
        {
            "op": "rename",
            "target": {"groups": [kept, mine]},
            "before": {"members": members},
            "after": {"title": "À deux"},
        },
    ]
    log = RunFolder(place).decisions
    log.append(json.dumps(act, ensure_ascii=False) for act in acts)

    withdrawal = erase(run, item["contribution_id"])

    (left,) = map(json.loads, log.lines())
    assert left == {**acts[3], "target": {"groups": [kept]}, "before": {"members": {kept: [kept]}}}
    (place / "decisions.jsonl").unlink()
    assert not any("decisions.jsonl" in told for told in clear_files(run, withdrawal.own(IN_A_FILE)).untraced)


def test_a_document_that_a_person_wrote_is_kept(runs: list[Path], tmp_path: Path) -> None:
    mine = tmp_path / "p" / "programme.md"
    mine.parent.mkdir()
    mine.write_text("Mon texte.", encoding="utf-8")
    made = write_programme(runs[:2], tmp_path / "p")
    assert mine.read_text(encoding="utf-8") == "Mon texte."
    assert any("programme.nouveau.md" in warning for warning in made.warnings)


def test_a_document_that_was_damaged_is_made_again_and_told(runs: list[Path], tmp_path: Path) -> None:
    place = tmp_path / "p"
    assert not any("que Rosace" in line for line in write_programme(runs[:2], place).warnings)
    whole = {name: (place / name).read_bytes() for name in ("programme.docx", "programme.md", "programme.xlsx")}
    (place / "programme.docx").write_bytes(whole["programme.docx"][:-200])
    (place / "programme.md").unlink()
    (line,) = (line for line in write_programme(runs[:2], place).warnings if "que Rosace" in line)
    assert line.endswith("refaits\u00a0: programme.docx, programme.md.")
    assert {name: (place / name).read_bytes() for name in whole} == whole
    assert not any("que Rosace" in line for line in write_programme(runs[:2], place).warnings)
