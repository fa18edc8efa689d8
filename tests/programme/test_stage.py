"""A programme whose answers are known: what comes back once a person said so, what moves, and what is never said."""

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from territories import answers, write_run

from pipeline.api.programme import compare as write_programme
from pipeline.config import Config
from pipeline.contracts.draft_files import load_draft
from pipeline.errors import ArtifactError, RosaceError, UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.erasing import Withdrawal, erase
from pipeline.ingest.withdrawal.quotations import clear_files
from pipeline.programme.document import TABLE, Words, write_draft
from pipeline.programme.reading import AGAINST, IF, Reading, side_of
from pipeline.programme.stage import compare
from pipeline.programme.workshops import PROGRAMME_FILE, About, add_runs

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
def reading(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Titles that were written to be one are said to be."""
    folder = programme(sorted(written.iterdir()), tmp_path_factory.mktemp("lu"))
    assert say_all(folder) >= 5
    return compare(folder).reading


@pytest.fixture(scope="module")
def page(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ecrit")
    own = shutil.copytree(written, place.with_name(f"{place.name}-ateliers"))  # a run that notes it would erase it
    write_programme(sorted(own.iterdir()), place)
    say_all(RunFolder(place))
    write_programme([place])
    return place


def told_of(reading: Reading, config: Config) -> dict[str, str]:
    """The text of each section."""
    draft = write_draft(reading, About(), config)[0]
    assert not draft.left_out
    return {one.key: " ".join(sentence.text for sentence in one.sentences) for one in draft.sections}


def test_nothing_comes_back_without_a_person_but_titles_of_the_same_words(written: Path, tmp_path: Path) -> None:
    reading = compare(programme(sorted(written.iterdir()), tmp_path / "p")).reading
    assert {one.text for one in reading.common} == {"L'entraide entre voisins"}


def test_what_comes_back_is_what_was_written_to(reading: Reading) -> None:
    found = [{(part.workshop, part.group.title) for part in one.parts} for one in reading.common]
    wanted: dict[str, set[tuple[str, str]]] = {}
    for key, name in WRITTEN.items():
        if name:
            wanted.setdefault(name, set()).add(key)
    assert len(found) >= len(wanted) - 1
    assert all(one in wanted.values() for one in found)


def test_a_title_is_counted_where_people_checked_what_is_under_it(reading: Reading, page: Path) -> None:
    texts = {row["texte"]: row for row in answers()}
    for title in reading.common:
        for part in title.parts:
            rows = [
                row for row in texts.values() if (row["atelier"], row["groupe"]) == (part.workshop, part.group.title)
            ]
            units = [reading.units.get(side_of(part, side)) for side in ("", AGAINST, IF)]
            assert sum(unit.spread.contributions for unit in units if unit is not None) == len(rows)
            assert reading.facts[f"{part.part_id}.tables"].n == len({row["table"] for row in rows})
    told = " ".join((page / "programme.md").read_text(encoding="utf-8").split())
    assert "**Montbel** (4 octobre 2025) : les deux tables" in told
    assert not re.search(r"grâce à|parce que|a permis|à cause", told)


def test_titles_that_a_machine_proposes_are_their_workshops_own(tmp_path: Path, config: Config) -> None:
    places = [write_run(tmp_path / name, name, is_read=False).path for name in ("vaux-2025", "vaux-2026")]
    compared = compare(programme(places, tmp_path / "p"))
    assert compared.reading.common == ()
    assert sum("aucun titre n'y vient de personnes" in warning for warning in compared.warnings) == 2
    told = told_of(compared.reading, config)
    assert "Aucun titre ne revient" in told["essentiel"]
    assert "temps" not in told


def test_who_is_against_is_apart_and_never_added(runs: list[Path], tmp_path: Path, config: Config) -> None:
    words = "Un médecin salarié"
    rows = [row for row in answers("vaux-2025") if row["groupe"] == words]
    write_run(runs[0], "vaux-2025", against=rows[0]["texte"])
    reading = compare(programme(runs, tmp_path / "p")).reading
    part = next(part for part in reading.parts.values() if part.group.title == words)
    said, against = (reading.units[side_of(part, side)].spread.contributions for side in ("", AGAINST))
    assert (said, against) == (len(rows) - 1, 1)
    title = reading.homes[part.part_id]
    hand = Words(reading, config.restitution.espaces)
    told = [sentence.text for sentence in hand.part(title, part)]
    assert len(told) == 2
    assert "s’y oppose" in told[1]
    assert any(
        "contre 1" in cell for row in write_draft(reading, About(), config)[0].figures[TABLE].rows for cell in row
    )


def test_only_a_territory_that_met_twice_moves(reading: Reading) -> None:
    (move,) = reading.moves()
    assert (move.first.key, move.last.key) == ("vaux-2025", "vaux-2026")
    assert "L'entraide entre voisins" in {part.group.title for one in move.stays for part in one.parts}
    assert "La poussière de la carrière" in {one.text for one in move.comes}
    assert {one.text for one in move.goes} >= {"Le téléphone ne passe pas", "L'école perd une classe"}
    both = {one.title_id for one in (*move.comes, *move.goes)}
    assert not both & {one.title_id for one in move.stays}


def test_one_title_on_two_sides_is_an_obstacle_here_and_an_answer_elsewhere(
    written: Path, tmp_path: Path, config: Config
) -> None:
    folder = programme(sorted(written.iterdir()), tmp_path / "p")
    say(folder, ("Pas de car le soir", "Le covoiturage du soir"))
    reading = compare(folder).reading
    found = {(one.obstacle.workshop, one.answer.workshop) for one in reading.elsewhere if one.answer.axis == "sud"}
    assert ("vaux-2025", "montbel-2025") in found
    assert "Vaux, premier atelier bute sur" in told_of(reading, config)["ailleurs"]
    part = next(one for one in reading.parts.values() if one.group.title == "Le covoiturage du soir")
    texts = {one.text for one in part.items}
    unsure = {key: replace(one, status="a_relire") for key, one in reading.material.items.items() if one.text in texts}
    unread = replace(part, group=replace(part.group, is_accepted=False))
    assert reading.is_sure_of(unread)
    reading.material.items.update(unsure)
    assert [reading.is_sure_of(one) for one in (part, unread)] == [True, False]


def test_every_quotation_is_what_someone_wrote(page: Path) -> None:
    draft = load_draft(json.loads((page / "draft.json").read_text(encoding="utf-8")))
    texts = [row["texte"] for row in answers()]
    words = [node for section in draft.sections for sentence in section.sentences for node in sentence.words]
    assert len(words) > 15
    assert not draft.left_out
    assert all(any(node.text in text for text in texts) for node in words)


def test_runs_in_any_order_give_the_same_draft(written: Path, tmp_path: Path, config: Config) -> None:
    orders = sorted(written.iterdir()), sorted(written.iterdir(), reverse=True)
    folders = [programme(runs, tmp_path / str(n)) for n, runs in enumerate(orders)]
    one, other = (write_draft(compare(folder).reading, About(), config)[0] for folder in folders)
    assert one == other


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


def test_a_workshop_without_date_or_words_is_told(runs: list[Path], tmp_path: Path, config: Config) -> None:
    write_run(runs[2], "vaux-2026", date=None)
    empty = write_run(tmp_path / "vide", "montbel-2025", kept=lambda _: False)
    compared = compare(programme([*runs, empty.path], tmp_path / "p"))
    told = "\n".join(compared.warnings)
    assert "« Vaux, second atelier » n'a pas de date" in told
    assert "vide : rien n'y a été lu" in told
    draft = write_draft(compared.reading, About(), config)[0]
    assert "temps" not in {section.key for section in draft.sections}
    assert "Trois ateliers sont lus ensemble, sous les titres de chacun." in {
        s.text for section in draft.sections for s in section.sentences
    }


def test_a_withdrawn_contribution_is_in_no_output(runs: list[Path], tmp_path: Path) -> None:
    words = "Toujours aucun généraliste pour prendre de nouveaux patients"
    place = tmp_path / "p"
    write_programme(runs, place)
    folder = RunFolder(place)
    parts = compare(folder).reading.parts.values()
    about = {"groups": sorted(part.part_id for part in parts if part.workshop == "vaux-2026")[:1]}
    line = {"decision_id": "d1", "ts": "", "author": "Anne", "op": "rename", "target": about, "after": {"title": words}}
    folder.decisions.append([json.dumps(line, ensure_ascii=False)])
    write_programme([place])
    assert words in (place / "programme.md").read_text(encoding="utf-8")
    run = RunFolder.open(runs[2])
    (contribution,) = run.load_table("contributions").query("text.str.startswith(@words)")["contribution_id"]
    left = erase(run, Withdrawal.of(run, contribution))
    write_run(runs[2], "vaux-2026", kept=lambda row: not row["texte"].startswith(words))
    gone = {path.name for path in left.removed}
    assert {"programme.md", "programme.docx", "programme.odt", "programme.html", "programme.xlsx"} <= gone
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
    (place / "programme.docx").write_bytes(b"")
    (place / "programme.md").unlink()
    (line,) = (line for line in write_programme(runs[:2], place).warnings if "que Rosace" in line)
    assert line.endswith("refaits\u00a0: programme.docx, programme.md.")
    assert {name: (place / name).read_bytes() for name in whole} == whole
    assert not any("que Rosace" in line for line in write_programme(runs[:2], place).warnings)
