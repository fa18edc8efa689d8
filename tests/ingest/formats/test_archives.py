"""A zip of a folder: its members under names of ours, nothing written elsewhere."""

import zipfile
from pathlib import Path

import pytest
from labelled import each

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats import archives
from pipeline.ingest.formats.archives import display_name, unpack


def never(name: str, kind: str, reason: str) -> None:
    pytest.fail(f"{name} was refused: {kind}, {reason}")


def zipped(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "tout.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_members_come_in_order_without_what_systems_leave(tmp_path: Path) -> None:
    names = ["b.csv", "a/z.md", "__MACOSX/._b.csv", "a/.DS_Store", "~$b.docx", "a/Thumbs.db"]
    members = unpack(zipped(tmp_path, {name: name.encode() for name in names}), "tout.zip", tmp_path, never)
    assert [(source, place.read_bytes()) for source, place in members] == [
        ("tout.zip/a/z.md", b"a/z.md"),
        ("tout.zip/b.csv", b"b.csv"),
    ]
    assert [place.suffix for _, place in members] == [".md", ".csv"]


@pytest.mark.parametrize("name", ["../dehors.csv", "/etc/dehors.csv", "a/../../dehors.csv", "..\\dehors.csv"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "dedans"
    inside.mkdir()
    ((source, place),) = unpack(zipped(tmp_path, {name: b"x"}), "tout.zip", inside, never)
    assert place.parent == inside
    assert ".." not in source
    assert source.endswith("dehors.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dedans", "tout.zip"]


def test_a_member_that_is_a_link_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "tout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Plus de bus")
        link = zipfile.ZipInfo("lien.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "../../../etc/passwd")
    told: list[tuple[str, ...]] = []
    members = unpack(path, "tout.zip", tmp_path, lambda *given: told.append(given))
    assert [source for source, _ in members] == ["tout.zip/a.txt"]
    assert told == [("tout.zip/lien.txt", "lien", archives.LINK_MEMBER)]


def test_sizes_are_enforced_while_members_are_inflated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "INFLATED_MAX", 1_500)
    path = zipped(tmp_path, {"a.csv": b"a" * 1_000, "b.csv": b"b" * 1_000})
    with pytest.raises(RefusedFileError, match="démesurément"):
        unpack(path, "tout.zip", tmp_path, never)


def test_a_torn_archive_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": b"a" * 1_000})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(RefusedFileError, match="incomplète ou abîmée"):
        unpack(path, "tout.zip", tmp_path, never)


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": b"a"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag of the directory that says « encrypted »
    path.write_bytes(content)
    with pytest.raises(RefusedFileError, match="mot de passe"):
        unpack(path, "tout.zip", tmp_path, never)


test_names_that_fool_nobody = each(
    display_name,
    ("été.csv", "été.csv"),
    ("a\nb.csv", "a·b.csv"),
    ("a\u202efdp.csv", "a·fdp.csv"),
    ("a\udcff.csv", "a?.csv"),
    names=["plain", "a line break", "right to left", "a lone surrogate"],
)
