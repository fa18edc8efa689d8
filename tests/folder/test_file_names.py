"""A folder whose name is no text (written by an old disk or an old archive) is read and written as any other."""

import os
import sys
from pathlib import Path

import pytest

from pipeline.contracts.checks import empty
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.workshop import find_workshops


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems have no such name")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    place = tmp_path / os.fsdecode(b"atelier_\xe9t\xe9")
    place.mkdir()
    assert find_workshops(place, [])[0].header.titre == "Atelier ?t?"
    run = RunFolder.create(place / "resultats")
    sha256 = run.save_table("themes", empty("themes"))
    run.save_manifest({"corpus": str(place), "stages": {"cluster": {"artefacts": {"themes.parquet": sha256}}}})
    again = RunFolder(run.path)
    assert again.load_manifest()["corpus"] == str(place)
    assert Path(again.load_manifest()["corpus"]).is_dir()
    assert len(again.load_table("themes")) == 0
