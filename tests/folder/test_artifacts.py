"""The run folder: atomic writes, checked loads, files of people left alone, a log that only grows."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder, file_sha256
from pipeline.language.models.encoders import Embeddings


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


THEMES = pd.DataFrame({"theme_id": ["t1"], "title": ["Mobilité"], "position": [0], "keywords": [["bus", "vélo"]]})


def test_a_table_comes_back_as_it_was(run: RunFolder) -> None:
    run.save_table("themes", THEMES)
    loaded = run.load_table("themes")
    assert loaded["title"].tolist() == ["Mobilité"]
    assert list(loaded["keywords"][0]) == ["bus", "vélo"]


def test_the_same_table_gives_the_same_bytes(run: RunFolder) -> None:
    assert run.save_table("themes", THEMES) == run.save_table("themes", THEMES.copy())


def test_a_damaged_table_is_told_in_french(run: RunFolder) -> None:
    run.save_table("themes", THEMES)
    (run.path / "themes.parquet").write_bytes(b"PAR1 abime")
    with pytest.raises(ArtifactError, match="Relancez"):
        run.load_table("themes")


def test_a_failed_save_leaves_the_last_good_file_and_nothing_else(run: RunFolder) -> None:
    run.save_table("themes", THEMES)
    with pytest.raises(ValueError, match="themes"):
        run.save_table("themes", THEMES.assign(theme_id=None))
    assert run.load_table("themes")["theme_id"].tolist() == ["t1"]
    assert [path.name for path in run.path.iterdir()] == ["themes.parquet"]


def test_a_file_that_a_person_changed_is_kept(run: RunFolder) -> None:
    name, sha = run.write_for_people("restitution.md", b"version 1", None)
    assert run.write_for_people(name, b"version 2", sha)[0] == "restitution.md"
    (run.path / "restitution.md").write_bytes(b"mon texte")
    name, _ = run.write_for_people("restitution.md", b"version 3", sha)
    assert name == "restitution.nouveau.md"
    assert (run.path / "restitution.md").read_bytes() == b"mon texte"
    assert (run.path / name).read_bytes() == b"version 3"


def made_embeddings(keys: list[int]) -> Embeddings:
    return Embeddings(
        np.array(["i1", "i2"]),
        np.arange(4 * len(keys), dtype=np.float16).reshape(len(keys), 4),
        np.array([1, 0], dtype=np.int32),
        np.array([-1, 2], dtype=np.int32),
        "abc",
        np.array(keys, dtype=np.uint64),
    )


def test_embeddings_come_back_row_by_row(run: RunFolder) -> None:
    names = run.embeddings.save(made_embeddings([3, 5, 8]))
    loaded = run.embeddings.load()
    assert set(names) == {"embeddings.npz", "vectors.npy"}
    assert loaded.encoder_sha256 == "abc"
    assert loaded.texts().tolist() == [[4, 5, 6, 7], [0, 1, 2, 3]]
    assert loaded.contexts(np.array([1, 0])).tolist() == [[8, 9, 10, 11], [0, 0, 0, 0]]
    assert np.load(run.path / "vectors.npy").shape == (3, 4)


def test_vectors_are_never_read_with_the_keys_of_another_run(run: RunFolder) -> None:
    run.embeddings.save(made_embeddings([3, 5, 8]))
    writer = run.embeddings.open(np.array([3, 5, 9], dtype=np.uint64), 4, "abc")
    writer.add(np.zeros((3, 4), dtype=np.float16))
    writer.finish()
    assert not run.embeddings.are_there()


def test_what_an_interrupted_run_had_encoded_is_found_again(run: RunFolder) -> None:
    keys = np.array([3, 5, 8], dtype=np.uint64)
    writer = run.embeddings.open(keys, 4, "abc")
    writer.add(np.ones((2, 4), dtype=np.float16))
    del writer
    assert run.embeddings.interrupted("another encoder") is None
    for _ in range(2):  # a second interruption before anything is written loses nothing
        found = run.embeddings.interrupted("abc")
        assert found is not None
        assert found[0].tolist() == [3, 5]
        assert found[1][:].tolist() == np.ones((2, 4)).tolist()
        writer = run.embeddings.open(keys, 4, "abc")
    writer.add(np.zeros((3, 4), dtype=np.float16))
    writer.finish()
    assert run.embeddings.interrupted("abc") is None
    assert [path.name for path in run.path.iterdir()] == ["vectors.npy"]


def test_a_torn_last_line_does_not_swallow_the_next_decision(run: RunFolder) -> None:
    run.decisions.append(['{"a": 1}'])
    with (run.path / "decisions.jsonl").open("ab") as file:
        file.write(b'{"coup')
    run.decisions.append(['{"b": 2}'])
    assert run.decisions.lines() == ['{"a": 1}', '{"coup', '{"b": 2}']


@settings(deadline=None)  # each line waits for the disk
@given(lines=st.lists(st.from_regex(r"\A[a-zé«» 0-9]{1,20}\Z"), max_size=8))
def test_the_log_keeps_every_line_in_order(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    run = RunFolder.create(tmp_path_factory.mktemp("log"))
    for line in lines:
        run.decisions.append([line])
    assert run.decisions.lines() == lines


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="manifest"):
        RunFolder.open(tmp_path)


def test_freshness_sees_a_changed_artefact(run: RunFolder) -> None:
    sha = run.save_table("themes", THEMES)
    manifest = {"stages": {"cluster": {"fingerprint": "f", "artefacts": {"themes.parquet": sha}, "files": []}}}
    assert run.is_fresh(manifest, "cluster", "f")
    assert not run.is_fresh(manifest, "cluster", "g")
    run.save_table("themes", THEMES.assign(title="Autre"))
    assert not run.is_fresh(manifest, "cluster", "f")
    assert file_sha256(run.path / "themes.parquet") != sha


def test_clean_keeps_decisions_and_edited_files(run: RunFolder) -> None:
    table = run.save_table("themes", THEMES)
    _, kept = run.write_for_people("restitution.md", b"version 1", None)
    _, docx = run.write_for_people("restitution.docx", b"version 1", None)
    (run.path / "restitution.docx").write_bytes(b"mon texte")
    run.decisions.append(["{}"])
    stages = {"cluster": {"fingerprint": "f", "artefacts": {"themes.parquet": table}, "files": []}}
    run.save_manifest({"stages": stages, "files": {"restitution.md": kept, "restitution.docx": docx}})
    assert run.remove_computed() == ["decisions.jsonl", "restitution.docx"]
