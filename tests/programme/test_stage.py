"""A programme whose answers are known: what comes back once a person said so, and what is never said."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from territories import answers, write_run

from pipeline.api.programme import compare as write_programme
from pipeline.config import Config
from pipeline.errors import ArtifactError, RosaceError, UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.erasing import Withdrawal, erase
from pipeline.ingest.withdrawal.quotations import clear_files
from pipeline.programme.stage import Compared, compare
from pipeline.programme.workshops import PROGRAMME_FILE, add_runs
from pipeline.restitution.stage import write_restitution
from pipeline.workshop.labels import label_id
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Material

NAMES = {"Une navette le soir": "navette", "La navette du soir": "navette"}
"""What was proposed once, and is there later."""
WRITTEN = {
    (row["atelier"], row["groupe"]): row["revient"] or NAMES.get(row["groupe"], "")
    for row in answers()
    if row["groupe"]
}


def programme(runs: Iterable[Path], place: Path) -> RunFolder:
    folder = RunFolder.create(place)
    add_runs(folder.path, list(runs))
    return folder


def say(folder: RunFolder, *titles: Iterable[str]) -> None:
    """Write in `programme.toml` which titles are one."""
    path = folder.path / PROGRAMME_FILE
    line = f"memes_titres = {json.dumps([list(one) for one in titles], ensure_ascii=False)}"
    path.write_text(path.read_text(encoding="utf-8").replace("[programme]", f"[programme]\n{line}"), encoding="utf-8")


def say_all(folder: RunFolder) -> int:
    """Say which titles are one as whoever wrote the workshops would; how many are."""
    named: dict[str, list[str]] = {}
    for (_, title), name in WRITTEN.items():
        if name:
            named.setdefault(name, []).append(title)
    said = [titles for titles in named.values() if len(set(titles)) > 1]
    say(folder, *said)
    return len(said)


@pytest.fixture(scope="module")
def compared(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    """Titles that were written to be one are said to be."""
    folder = programme(sorted(written.iterdir()), tmp_path_factory.mktemp("lu"))
    assert say_all(folder) >= 5
    return compare(folder)


@pytest.fixture(scope="module")
def material(compared: Compared) -> Material:
    return read_material(compared.tables)


def text_of(compared: Compared, config: Config) -> str:
    """The restitution of a programme in Markdown, on one line."""
    made = write_restitution(compared.tables, config, title="Programme")
    assert not made.draft.left_out
    return " ".join(made.files["restitution.md"].decode().split())


def test_nothing_comes_back_without_a_person_but_titles_of_the_same_words(written: Path, tmp_path: Path) -> None:
    found = compare(programme(sorted(written.iterdir()), tmp_path / "p"))
    assert {one.text for one in found.common} == {"L'entraide entre voisins"}


def test_what_comes_back_is_what_was_written_to(compared: Compared) -> None:
    found = [{(part.workshop, part.group.title) for part in one.parts} for one in compared.common]
    wanted: dict[str, set[tuple[str, str]]] = {}
    for key, name in WRITTEN.items():
        if name:
            wanted.setdefault(name, set()).add(key)
    assert len(found) >= len(wanted) - 1
    assert all(one in wanted.values() for one in found)


def test_what_workshops_say_under_a_title_is_one_group_on_each_axis(compared: Compared, material: Material) -> None:
    texts = [row["texte"] for row in answers() if row["groupe"]]
    assert sorted(item.source_text for group in material.groups.values() for item in group.members) == sorted(texts)
    for title in compared.common:
        held = [group for group in material.groups.values() if group.title == title.text]
        assert {group.axis for group in held} == {part.axis for part in title.parts}
        assert {item.workshop for group in held for item in group.members} == set(title.workshops)


def test_a_title_is_counted_where_people_checked_what_every_workshop_has_under_it(
    runs: list[Path], tmp_path: Path, config: Config
) -> None:
    def told(place: str) -> str:
        folder = programme(runs, tmp_path / place)
        say(folder, ("Se soigner", "Le médecin qui manque", "Toujours pas de médecin"))
        return text_of(compare(folder), config)

    assert "#### Se soigner Deux ateliers sur trois en parlent" in told("relu")
    run = RunFolder.open(runs[2])
    save(run, "reviewed_groups", run.load_table("reviewed_groups").assign(state="machine"))  # titled, not read
    unread = told("non-relu")
    assert "À relire : voici ce qui s’approche le plus de ce titre" in unread
    assert "#### Se soigner" not in unread


def test_titles_that_a_machine_proposes_are_their_workshops_own(tmp_path: Path) -> None:
    places = [write_run(tmp_path / name, name, is_read=False).path for name in ("vaux-2025", "vaux-2026")]
    found = compare(programme(places, tmp_path / "p"))
    assert found.common == ()
    assert sum("aucun titre n'y vient de personnes" in warning for warning in found.warnings) == 2
    assert all(group.is_proposed for group in read_material(found.tables).groups.values())


def test_who_is_against_is_apart_and_never_added(runs: list[Path], tmp_path: Path) -> None:
    words = "Un médecin salarié"
    rows = [row for row in answers("vaux-2025") if row["groupe"] == words]
    write_run(runs[0], "vaux-2025", against=rows[0]["texte"])
    found = read_material(compare(programme(runs, tmp_path / "p")).tables)
    group = next(group for group in found.groups.values() if group.title == words)
    assert (group.sides.n_against, len(group.members)) == (1, len(rows))


def test_what_an_author_wrote_of_a_group_and_what_it_cites_are_taken(runs: list[Path], tmp_path: Path) -> None:
    run = RunFolder.open(runs[0])
    groups, members = run.load_table("reviewed_groups"), run.load_table("reviewed_memberships")
    group = groups.loc[groups["title"] == "L'entraide entre voisins", "group_id"].iloc[0]
    item = members.loc[members["group_id"] == group, "item_id"].iloc[0]
    row = groups.index[groups["group_id"] == group][0]
    groups.loc[row, ["author_text", "author_cites"]] = ["On s’aide.", json.dumps({"On s’aide.": [item]})]
    save(run, "reviewed_groups", groups)
    found = read_material(compare(programme(runs, tmp_path / "p")).tables)
    (told,) = (one for one in found.groups.values() if one.author_text)
    assert (told.title, told.author_text) == ("L'entraide entre voisins", "On s’aide.")
    assert told.author_cites["On s’aide."][0] in {one.item_id for one in told.members}


def test_a_name_that_was_masked_around_ideas_is_masked_in_a_programme_too(runs: list[Path], tmp_path: Path) -> None:
    run = RunFolder.open(runs[0])
    source, masks = "notes de Jeanne.csv", [[9, 15]]
    save(run, "contributions", run.load_table("contributions").assign(source=source))
    shown = {"is_hidden": False, "is_quotable": True, "quote_choice": None, "shown_text": None, "decided_by": "Anne"}
    items = run.load_table("reviewed_items")
    items.loc[len(items)] = {"item_id": label_id(source), "masks": masks, "named": [], **shown}
    save(run, "reviewed_items", items)
    found = read_material(compare(programme(runs, tmp_path / "p")).tables)
    assert {item.source for item in found.items.values() if item.workshop == "vaux-2025"} == {
        "vaux-2025/notes de […].csv"
    }


def save(run: RunFolder, name: str, table: object) -> None:
    sha, manifest = run.save_table(name, table), run.manifest.load()  # type: ignore[arg-type]
    stage = "review" if name.startswith("reviewed") else "ingest"
    manifest["stages"][stage]["artefacts"][f"{name}.parquet"] = sha
    run.manifest.save(manifest)


def test_runs_in_any_order_are_told_alike(written: Path, tmp_path: Path, config: Config) -> None:
    orders = sorted(written.iterdir()), sorted(written.iterdir(), reverse=True)
    one, other = (compare(programme(runs, tmp_path / str(n))) for n, runs in enumerate(orders))
    assert text_of(one, config) == text_of(other, config)


def test_every_quotation_is_what_someone_wrote_and_says_where(compared: Compared, config: Config) -> None:
    draft = write_restitution(compared.tables, config, title="Programme").draft
    texts = [row["texte"] for row in answers()]
    words = [node for section in draft.sections for sentence in section.sentences for node in sentence.words]
    assert len(words) > 15
    assert all(any(node.text in text for text in texts) for node in words)
    assert "- Table 1, Vaux, premier atelier : «" in text_of(compared, config)


def refused(runs: list[Path], place: Path) -> str:
    with pytest.raises(RosaceError) as caught:
        write_programme(runs, place)
    assert isinstance(caught.value, UsageError | ArtifactError)
    return str(caught.value)


def test_bad_input_is_told(runs: list[Path], tmp_path: Path) -> None:
    place = tmp_path / "p"
    assert "au moins deux" in refused([runs[0], runs[0]], place)
    assert "au moins deux" in refused(runs[:1], place)
    assert "n'est pas un dossier de résultats" in refused([runs[0], tmp_path / "absent"], place)
    copy = Path(shutil.copytree(runs[0], tmp_path / "copie"))
    assert "deux fois le même atelier" in refused([runs[0], copy], tmp_path / "p2")


def test_a_workshop_without_words_is_told(runs: list[Path], tmp_path: Path, config: Config) -> None:
    empty = write_run(tmp_path / "vide", "montbel-2025", kept=lambda _: False)
    found = compare(programme([*runs, empty.path], tmp_path / "p"))
    assert any("vide : rien n'y a été lu" in line for line in found.warnings)
    assert "Trois ateliers" in text_of(found, config)


def test_a_withdrawn_contribution_is_in_no_output(runs: list[Path], tmp_path: Path) -> None:
    words = "Toujours aucun généraliste pour prendre de nouveaux patients"
    place = tmp_path / "p"
    write_programme(runs, place)
    folder = RunFolder(place)
    parts = compare(folder).parts.values()
    about = {"groups": sorted(part.part_id for part in parts if part.workshop == "vaux-2026")[:1]}
    line = {"decision_id": "d1", "ts": "", "author": "Anne", "op": "rename", "target": about, "after": {"title": words}}
    folder.decisions.append([json.dumps(line, ensure_ascii=False)])
    write_programme([place])
    assert words in (place / "restitution.md").read_text(encoding="utf-8")
    run = RunFolder.open(runs[2])
    (contribution,) = run.load_table("contributions").query("text.str.startswith(@words)")["contribution_id"]
    left = erase(run, Withdrawal.of(run, contribution))
    write_run(runs[2], "vaux-2026", kept=lambda row: not row["texte"].startswith(words))
    gone = {path.name for path in left.removed}
    assert {"restitution.md", "restitution.docx", "restitution.odt", "paroles.html", "elements.xlsx"} <= gone
    assert left.edited == ()
    write_programme([place])
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

    withdrawal = Withdrawal.of(run, item["contribution_id"])
    erase(run, withdrawal)

    (left,) = map(json.loads, log.lines())
    assert left == {**acts[3], "target": {"groups": [kept]}, "before": {"members": {kept: [kept]}}}
    (place / "decisions.jsonl").unlink()
    assert not any("decisions.jsonl" in told for told in clear_files(run, withdrawal.own).untraced)


def test_nothing_is_asked_that_is_done_in_the_runs(runs: list[Path], tmp_path: Path) -> None:
    made = write_programme(runs, tmp_path / "p")
    assert made.warnings == ()
    door, page = ((tmp_path / "p" / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "restitution"))
    assert "rosace review" not in door
    assert "Faire écrire la page" not in page
    assert not (tmp_path / "p" / "ateliers").exists()


def test_a_document_that_a_person_wrote_is_kept(runs: list[Path], tmp_path: Path) -> None:
    mine = tmp_path / "p" / "restitution.md"
    mine.parent.mkdir()
    mine.write_text("Mon texte.", encoding="utf-8")
    made = write_programme(runs[:2], tmp_path / "p")
    assert mine.read_text(encoding="utf-8") == "Mon texte."
    assert any("restitution.nouveau.md" in warning for warning in made.warnings)


def test_a_document_that_was_damaged_is_made_again_and_told(runs: list[Path], tmp_path: Path) -> None:
    place = tmp_path / "p"
    assert not any("que Rosace" in line for line in write_programme(runs[:2], place).warnings)
    whole = {name: (place / name).read_bytes() for name in ("restitution.docx", "restitution.md", "elements.xlsx")}
    (place / "restitution.docx").write_bytes(b"")
    (place / "restitution.md").unlink()
    (line,) = (line for line in write_programme(runs[:2], place).warnings if "que Rosace" in line)
    assert line.endswith("refaits\u00a0: restitution.docx, restitution.md.")
    assert {name: (place / name).read_bytes() for name in whole} == whole
    assert not any("que Rosace" in line for line in write_programme(runs[:2], place).warnings)


def test_documents_of_an_earlier_version_go_unless_a_person_changed_them(runs: list[Path], tmp_path: Path) -> None:
    place = tmp_path / "p"
    write_programme(runs[:2], place)
    folder = RunFolder(place)
    state = folder.load_json("programme")["files"]
    kept = {name: folder.write_bytes(name, b"avant") for name in ("programme.md", "programme.docx")}
    folder.save_json("programme", {"files": state | kept})
    (place / "programme.md").write_text("Mon texte.", encoding="utf-8")
    write_programme([place])
    assert (place / "programme.md").read_text(encoding="utf-8") == "Mon texte."
    assert not (place / "programme.docx").exists()
