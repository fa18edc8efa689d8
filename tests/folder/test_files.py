"""Files take their name when they are whole, and a failed write leaves what was there."""

import hashlib
from pathlib import Path
from typing import BinaryIO

import pytest

from pipeline.errors import ArtifactError
from pipeline.folder.files import append_whole, file_sha256, replace_file, write_inside, write_outside


def _torn(file: BinaryIO) -> None:
    file.write(b"half of ")
    raise OSError(28, "no space left")


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    given = replace_file(tmp_path / "new" / "a.txt", lambda file: file.write(b"whole"))
    assert given == file_sha256(tmp_path / "new" / "a.txt") == hashlib.sha256(b"whole").hexdigest()


def test_a_failed_write_leaves_the_last_good_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"good")
    with pytest.raises(ArtifactError, match="le disque est plein"):
        write_inside(tmp_path / "a.txt", _torn)
    assert (tmp_path / "a.txt").read_bytes() == b"good"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArtifactError, match="Choisissez un autre endroit"):
        write_outside(tmp_path / "file" / "a.txt", b"x")


def test_a_line_after_a_torn_one_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"one\ntw")
    append_whole(tmp_path / "log", b"three\n")
    assert (tmp_path / "log").read_bytes() == b"one\ntw\nthree\n"
