"""One file more, changed or less: the others are not read again, and the tables are those of a run from nothing."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline.cluster.describing import siding
from pipeline.config import load_config
from pipeline.contracts.tables import INGESTED
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import NAMES, PLACES, STANCES, RunFolder
from pipeline.folder.files import file_sha256
from pipeline.ingest import stage
from pipeline.ingest.privacy.names import NameFinder
from pipeline.ingest.withdrawal.erasing import Withdrawal, erase
from pipeline.place.stage import place_batch
from pipeline.run import stages, synthesis
from pipeline.run.jobs import Job
from pipeline.run.stages import STAGES
from tests.ingest.corpus_files import workbook_bytes

BENCHES, BUSES, HALL = (
    "Il faudrait des bancs à l'ombre devant la mairie. Le marché manque de places pour les vélos.",
    "Les bus du soir partent trop tôt pour ceux qui travaillent à l'hôpital.",
    "La salle des fêtes est trop chère pour les associations, et personne ne répond au téléphone.",
)
NOTES = "# Réunion du 12 mars\n\n## La mairie\n\n- {text}\n- Ouvrir la bibliothèque le dimanche matin.\n"
CUES = "WEBVTT\n\n00:01.000 --> 00:09.000\n<v Odile>{text}\n\n00:10.000 --> 00:19.000\n<v Basile>Rien n'est dit.\n"


def read_all(corpus: Path, run: Path) -> None:
    """The reading of a run; what follows takes its tables, whatever they were made of."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthesis, "STAGES", STAGES[:1])
        synthesis.synthesize(Job(corpus, RunFolder.create(run), load_config(profil="rapide"), LocalExecutor()))


def content(kind: str, text: str) -> bytes:
    """A file of each kind: answers to a survey, post-its in a workbook, notes of a day, what was said aloud."""
    if kind == "xlsx":
        return workbook_bytes({"Table 2": [["table", "texte"], [2, text], [2, "Planter des arbres au collège"]]})
    rows = "".join(f'{n};"{text} ({n})";oui\n' for n in range(3))
    told = {"csv": f"réponse;Que faut-il changer ?;Habitez-vous ici ?\n{rows}", "md": NOTES, "vtt": CUES}[kind]
    return told.format(text=text).encode() if kind != "csv" else told.encode()


def write(corpus: Path, kind: str, name: str, text: str) -> None:
    (corpus / f"{name}.{kind}").write_bytes(content(kind, text))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus of two files of each kind, and its run."""
    corpus, run = tmp_path_factory.mktemp("known"), tmp_path_factory.mktemp("runs") / "run"
    for kind in KINDS:
        write(corpus, kind, "a", BENCHES)
        write(corpus, kind, "m", BUSES)
    read_all(corpus, run)
    return corpus, run


KINDS = ("csv", "xlsx", "md", "vtt")


@pytest.fixture
def mine(known: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """That corpus and its run, of this test alone."""
    corpus, run = (Path(shutil.copytree(one, tmp_path / name)) for one, name in zip(known, ("c", "r"), strict=True))
    return corpus, run


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    names: list[str] = []

    def noted(path: Path, source: str, *more: object) -> object:
        names.append(source)
        return read_file(path, source, *more)  # type: ignore[arg-type]

    read_file = stage.read_file
    monkeypatch.setattr(stage, "read_file", noted)
    return names


def same_as_from_nothing(corpus: Path, run: Path, tmp_path: Path) -> bool:
    read_all(corpus, tmp_path / "whole")
    shas = [[file_sha256(one / f"{name}.parquet") for name in INGESTED] for one in (run, tmp_path / "whole")]
    return shas[0] == shas[1]


@pytest.mark.parametrize("change", ["more", "first", "changed", "less"])
def test_one_file_more_changed_or_less_of_each_kind_gives_the_tables_of_a_run_from_nothing(
    change: str, mine: tuple[Path, Path], read: list[str], tmp_path: Path
) -> None:
    corpus, run = mine
    name = {"more": "z", "first": "0", "changed": "a", "less": "a"}[change]
    for kind in KINDS:
        if change == "less":
            (corpus / f"a.{kind}").unlink()
        else:
            write(corpus, kind, name, HALL)
    read_all(corpus, run)
    again = {one for one in read if not one.endswith(".vtt")}  # who speaks is told by all files
    again -= {"m.csv", "a.csv"}  # tables that ask the same tell together what their columns are
    assert again <= {f"{name}.{kind}" for kind in KINDS}, read
    assert same_as_from_nothing(corpus, run, tmp_path)


def test_names_are_looked_for_in_new_texts_alone_and_nothing_tells_of_a_text_that_was_withdrawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, run = tmp_path / "c", tmp_path / "r"
    corpus.mkdir()
    write(corpus, "md", "a", "Odile Kerbrad demande des bancs devant le parc Colette Besson.")
    write(corpus, "md", "m", "On a vu Colette Besson et Kerbrad au marché.")
    read_all(corpus, run)
    looked_at: list[str] = []
    found_in = NameFinder._found_in
    monkeypatch.setattr(NameFinder, "_found_in", lambda self, text: looked_at.append(text) or found_in(self, text))  # type: ignore[func-returns-value]
    write(corpus, "md", "z", "Mme Tréhorel ferme la salle.")
    read_all(corpus, run)
    assert [text for text in looked_at if "Tréhorel" in text or "bancs" in text] == ["Mme Tréhorel ferme la salle."]
    assert same_as_from_nothing(corpus, run, tmp_path)
    folder = RunFolder.open(run)
    contributions = folder.load_table("contributions")
    assert file_sha256(run / NAMES) == file_sha256(tmp_path / "whole" / NAMES)
    bancs = contributions["text"].str.contains("bancs")
    erase(folder, Withdrawal.of(folder, contributions.loc[bancs, "contribution_id"].iloc[0]))
    assert len(folder.load_matrix(NAMES)) == 0
    write(corpus, "md", "0", HALL)
    read_all(corpus, run)
    assert len(RunFolder.open(run).load_matrix(NAMES)) == 0


def test_a_file_whose_kept_rows_are_damaged_is_read_again(
    mine: tuple[Path, Path], read: list[str], tmp_path: Path
) -> None:
    corpus, run = mine
    (run / "items.parquet").write_bytes((run / "items.parquet").read_bytes()[:-40])
    write(corpus, "md", "z", HALL)
    read_all(corpus, run)
    assert {"a.md", "m.md", "a.csv", "z.md"} <= set(read)
    assert same_as_from_nothing(corpus, run, tmp_path)


def test_each_file_is_told_from_another_once(mine: tuple[Path, Path]) -> None:
    corpus, run = mine
    write(corpus, "md", "a", HALL)
    names: list[str] = []

    def noted(path: Path) -> str:
        names.append(path.name)
        return file_sha256(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages, "file_sha256", noted)
        read_all(corpus, run)
    assert sorted(names) == sorted(path.name for path in corpus.iterdir())


def test_another_entry_sheet_has_every_file_read_again(
    mine: tuple[Path, Path], read: list[str], tmp_path: Path
) -> None:
    corpus, run = mine
    (corpus / "atelier.toml").write_text('[[fichiers]]\nnom = "a.md"\nignorer = true\n', encoding="utf-8")
    read_all(corpus, run)
    assert {"m.md", "a.csv", "m.xlsx"} <= set(read)
    assert same_as_from_nothing(corpus, run, tmp_path)


def test_a_kept_file_goes_with_what_was_withdrawn_of_another(mine: tuple[Path, Path], read: list[str]) -> None:
    corpus, run = mine
    folder = RunFolder.open(run)
    contributions = folder.load_table("contributions")
    gone = contributions.loc[contributions["source"] == "a.md", "contribution_id"].iloc[0]
    erase(folder, Withdrawal.of(folder, gone))
    write(corpus, "xlsx", "z", HALL)
    read_all(corpus, run)
    kept = RunFolder.open(run).load_table("contributions")
    assert gone not in set(kept["contribution_id"])
    assert len(kept) == len(contributions) + 2 - 1


class Counting:
    """A loop that counts the ideas that it was given to place, and under how many titles."""

    def __init__(self) -> None:
        self.placed: list[tuple[int, int]] = []

    def map(self, function, parts):  # type: ignore[no-untyped-def]
        for part in parts:
            if function is place_batch:
                self.placed.append((len(part.ideas), len(part.titles)))
            yield function(part)


@pytest.mark.parametrize("keeps_groups", [False, True])
def test_ideas_that_were_there_are_not_placed_again_and_their_stances_are_known(
    keeps_groups: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, run, titles = tmp_path / "c", tmp_path / "r", tmp_path / "titres.txt"
    corpus.mkdir()
    titles.write_text("# Sud\nDes bancs et de l'ombre\nDes bus plus tard le soir\n", encoding="utf-8")
    for kind in KINDS:
        write(corpus, kind, "a", BENCHES)
        write(corpus, kind, "m", BUSES)

    def go(out: Path, **cluster: bool) -> Counting:
        counting = Counting()
        config = load_config(profil="rapide", place={"themes": str(titles)}, cluster=cluster)
        synthesis.synthesize(Job(corpus, RunFolder.create(out), config, counting))
        return counting

    before = sum(n for n, _ in go(run).placed)
    write(corpus, "md", "z", HALL)
    other = Path(shutil.copytree(run, tmp_path / "other"))
    folder = RunFolder.open(other)
    manifest = folder.manifest.load()
    for stage_name, name in (("place", PLACES), ("cluster", STANCES)):
        manifest["stages"][stage_name]["artefacts"][name] = folder.save_matrix(name, np.zeros(0))
    folder.manifest.save(manifest)
    n_read: list[int] = []
    read = siding._read
    monkeypatch.setattr(siding, "_read", lambda rows: n_read.append(len(rows)) or read(rows))  # type: ignore[func-returns-value]
    again = go(run, garder_groupes=keeps_groups).placed
    assert sum(n_read) <= 3
    whole, n = go(other, garder_groupes=keeps_groups).placed, before + 3
    assert sum(n_read) > n / 2
    assert sum(n for n, _ in whole) == n
    assert sum(n for n, _ in again) == 3
    for name in ("placings", "memberships"):
        assert file_sha256(run / f"{name}.parquet") == file_sha256(other / f"{name}.parquet")
