"""What people say of the titles of a programme: which are one, which are not, and what an earlier log said."""

import json
from pathlib import Path

import pytest
from territories import WORKSHOPS, answers, write_run

from pipeline.api.texts import themes
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.programme.stage import Compared, compare
from pipeline.programme.workshops import PROGRAMME_FILE, add_runs
from pipeline.run.given_titles import titles_of_place


@pytest.fixture
def programme(written: Path, tmp_path: Path) -> RunFolder:
    """A programme of the three runs, whose log and file are its own."""
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, sorted(written.iterdir()))
    return folder


def told(folder: RunFolder, lines: str) -> Compared:
    """The programme once a person has written these lines in its file."""
    path = folder.path / PROGRAMME_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("[programme]", f"[programme]\n{lines}"), encoding="utf-8")
    return compare(folder)


def titles_of(compared: Compared) -> dict[str, set[str]]:
    """Titles of several workshops: what each workshop calls them."""
    return {one.text: {part.group.title for part in one.parts} for one in compared.common}


def test_titles_that_a_person_says_are_one_are_under_the_first_words(programme: RunFolder) -> None:
    lines = 'memes_titres = [["L’eau", "La rivière inonde le bourg", "Les fuites du réseau d\'eau"]]'
    found = titles_of(told(programme, lines))
    assert found["L’eau"] == {"La rivière inonde le bourg", "Les fuites du réseau d'eau"}


def test_a_title_of_no_workshop_is_told_and_one_alone_is_refused(programme: RunFolder) -> None:
    found = told(programme, 'memes_titres = [["Se soigner", "Le médecin qui manque", "Les médecin"]]')
    assert sum("« Les médecin »" in line for line in found.warnings) == 1
    assert not any("« Se soigner »" in line for line in found.warnings)
    with pytest.raises(UsageError, match="memes_titres"):
        told(programme, 'memes_titres = [["Se soigner"]]\n#')


def test_a_log_of_the_last_version_is_replayed_with_a_word_for_what_means_nothing_any_more(
    programme: RunFolder,
) -> None:
    parts = {part.group.title: part for part in compare(programme).parts.values()}
    one, two, far = (parts[name] for name in ("Le dernier commerce ferme", "Plus aucun commerce", "Un jardin partagé"))
    lone = far.items[0].item_id
    members = {part.part_id: [item.item_id for item in part.items] for part in (one, two)}
    acts = [
        ("meme", [one.part_id, two.part_id], members, {"value": True}),
        ("rename", [one.part_id, two.part_id], members, {"title": "Les commerces"}),
        ("meme", [one.part_id, lone], {lone: [lone]}, {"value": True}),
        ("link", [one.part_id, far.part_id], {}, {"state": "juste"}),
        ("rename", [one.part_id], members, {"title": "Défait"}),
    ]
    lines = [
        {
            "decision_id": f"d{number}",
            "ts": "2026-05-04T09:00:00+00:00",
            "author": "Luc",
            "op": op,
            "target": {"groups": groups},
            "before": {"members": held},
            "after": after,
        }
        for number, (op, groups, held, after) in enumerate(acts)
    ]
    undo = {"decision_id": "d9", "ts": "", "author": "Luc", "op": "undo", "target": {"decision_id": "d4"}}
    programme.decisions.append(json.dumps(line) for line in (*lines, undo))
    again = compare(programme)
    assert titles_of(again)["Les commerces"] == {"Le dernier commerce ferme", "Plus aucun commerce"}
    assert sum("Deux actes d'une version d'avant" in line for line in again.warnings) == 1


def test_what_a_log_says_is_found_again_by_what_groups_hold(runs: list[Path], tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, runs)
    parts = [one for one in compare(folder).parts.values() if one.group.title == "L'entraide entre voisins"]
    line = {
        "decision_id": "d1",
        "ts": "2026-05-04T09:00:00+00:00",
        "author": "Anne",
        "op": "rename",
        "target": {"groups": [part.part_id for part in parts]},
        "before": {"members": {part.part_id: [item.item_id for item in part.items] for part in parts}},
        "after": {"title": "S’entraider"},
    }
    folder.decisions.append([json.dumps(line, ensure_ascii=False)])
    write_run(runs[0], WORKSHOPS[0], kept=lambda row: "services sans compter" not in row["texte"])
    assert "S’entraider" in titles_of(compare(folder))
    for place, name in zip(runs, WORKSHOPS, strict=True):
        write_run(place, name, kept=lambda row: row["revient"] != "voisins")
    again = compare(folder)
    assert "S’entraider" not in titles_of(again)
    assert any("ne décide plus rien" in line for line in again.warnings)


def test_the_titles_of_a_programme_serve_as_one_set_in_its_words_without_those_that_machines_propose(
    runs: list[Path], tmp_path: Path
) -> None:
    write_run(runs[2], WORKSHOPS[2], is_read=False)
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, runs)
    told(folder, 'memes_titres = [["L’eau", "La rivière inonde le bourg", "Les fuites du réseau d\'eau"]]')
    given = titles_of_place(folder.path).titles
    assert {one.origin for one in given} == {"programme"}
    named = [(one.text, one.axis) for one in given]
    assert len(set(named)) == len(named)
    own = {(row["groupe"], row["axe"]) for one in WORKSHOPS[:2] for row in answers(one) if row["groupe"]}
    water = {("La rivière inonde le bourg", "est"), ("Les fuites du réseau d'eau", "est")} & own
    assert water
    assert set(named) == own - water | {("L’eau", "est")}
    assert set(themes(folder.path)["titre"]) == {text for text, _ in named}


def test_what_a_person_put_under_a_title_in_several_workshops_is_an_example_of_it(
    runs: list[Path], tmp_path: Path
) -> None:
    put = []
    for place in runs:
        run = RunFolder.open(place)
        groups = run.load_table("reviewed_groups").set_index("group_id")["title"]
        members = run.load_table("reviewed_memberships")
        rows = members.index[members["group_id"].map(groups) == "L'entraide entre voisins"]
        if rows.empty:
            continue
        row = rows[0]
        members.loc[row, "decided_by"] = "Anne"
        sha = run.save_table("reviewed_memberships", members)
        manifest = run.manifest.load()
        manifest["stages"]["review"]["artefacts"]["reviewed_memberships.parquet"] = sha
        run.manifest.save(manifest)
        put.append(run.load_table("items").set_index("item_id").loc[members.loc[row, "item_id"], "text"])
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, runs)
    found = [one for one in titles_of_place(folder.path).titles if one.text == "L'entraide entre voisins"]
    assert [text for one in found for text in one.examples] == put
    assert len(put) == 2
