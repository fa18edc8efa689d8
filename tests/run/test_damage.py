"""A damaged artefact is told and made again, byte for byte; what people wrote is left to them.

`ROSACE_LONG=1` damages every artefact in every way; without it, one of each stage, in a way drawn by lot.
"""

import itertools
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rosace as api
from pipeline.api.runs import withdraw
from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.integrity import MANIFEST, Manifest
from pipeline.folder.kept import DELIVERED, delivered
from pipeline.run.stages import STAGES
from tests.conftest import run_synthesis
from tests.run.conftest import write_postits

Damage = Callable[[Path, random.Random], None]
IS_LONG = bool(os.environ.get("ROSACE_LONG"))


def _flip(path: Path, lot: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[lot.randrange(len(content))] ^= 1 << lot.randrange(8)
    path.write_bytes(content)


def _truncate(path: Path, lot: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: lot.randrange(1, path.stat().st_size)])


def _empty(path: Path, _: random.Random) -> None:
    path.write_bytes(b"")


def _remove(path: Path, _: random.Random) -> None:
    path.unlink()


DAMAGES: dict[str, Damage] = {"flip": _flip, "truncate": _truncate, "empty": _empty, "remove": _remove}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpus")


@pytest.fixture(scope="module")
def first(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first run, of half the corpus."""
    run = tmp_path_factory.mktemp("runs") / "run"
    write_postits(corpus)
    run_synthesis(corpus, run)
    return run


@pytest.fixture(scope="module")
def whole(corpus: Path, first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run that follows it, of the whole corpus, and compared with it."""
    run = Path(shutil.copytree(first, tmp_path_factory.mktemp("runs") / "run"))
    write_postits(corpus, "autres.csv", 40)
    run_synthesis(corpus, run)
    assert len(RunFolder.open(run).load_table("changes")) > 0
    return run


@pytest.fixture
def run(whole: Path, tmp_path: Path) -> Path:
    """That run, of this test alone."""
    return Path(shutil.copytree(whole, tmp_path / "run"))


def artefacts_of(run: Path) -> dict[str, list[str]]:
    """Stage → the names of its artefacts."""
    stages = RunFolder.open(run).manifest.load()["stages"]
    return {stage.name: sorted(stages[stage.name]["artefacts"]) for stage in STAGES}


def content_of(run: Path) -> dict[str, bytes]:
    """Every file of a run but its manifest, which holds seconds, and the drafts that others took the place of."""
    names = (name for name in RunFolder(run).files() if name != MANIFEST and not name.startswith(f"{DELIVERED}/"))
    return {name: (run / name).read_bytes() for name in names}


def told_after(corpus: Path, run: Path) -> list[str]:
    """What a run says of what is damaged."""
    return [line for line in run_synthesis(corpus, run).warnings if "abîmé" in line]


Damaged = tuple[str, int, str]
"""A stage, the rank of one of its artefacts, and what is done to it."""
EACH: list[Damaged] = [(stage.name, rank, kind) for stage in STAGES for rank in range(20) for kind in DAMAGES]
DRAWN: list[Damaged] = [
    (stage.name, random.Random(rank).randrange(20), kind)
    for rank, (stage, kind) in enumerate(zip(STAGES, itertools.cycle(DAMAGES)))
]


@pytest.mark.slow
@pytest.mark.parametrize("damages", [[one] for one in EACH] if IS_LONG else [DRAWN[::2], DRAWN[1::2]])
def test_damaged_artefacts_are_told_in_one_line_and_made_again(
    damages: list[Damaged], corpus: Path, whole: Path, tmp_path: Path
) -> None:
    run, spoilt = Path(shutil.copytree(whole, tmp_path / "run")), list[str]()
    for stage, rank, kind in damages:
        names = artefacts_of(whole)[stage]
        if IS_LONG and rank >= len(names):
            pytest.skip("no such artefact")
        spoilt.append(names[rank % len(names)])
        DAMAGES[kind](run / spoilt[-1], random.Random(f"{stage} {rank} {kind}"))
    (line,) = told_after(corpus, run)
    assert line.endswith(f"refaits\u00a0: {', '.join(sorted(spoilt))}.")
    assert content_of(run) == content_of(whole)
    assert told_after(corpus, run) == []


@pytest.mark.parametrize("name", ["vectors.npy", "embeddings.npz"] if IS_LONG else ["vectors.npy"])
def test_damaged_vectors_never_serve_a_run_that_has_more_to_read(
    name: str, corpus: Path, first: Path, whole: Path, tmp_path: Path
) -> None:
    run = Path(shutil.copytree(first, tmp_path / "run"))
    content = bytearray((run / name).read_bytes())
    content[len(content) // 2] ^= 64
    (run / name).write_bytes(content)
    run_synthesis(corpus, run)
    assert content_of(run) == content_of(whole)


def test_those_of_another_run_are_told_apart(corpus: Path, first: Path, whole: Path, run: Path) -> None:
    names = ("vectors.npy", "embeddings.npz", "tags.parquet", "reviewed_groups.parquet", "draft.json")
    for name in names:
        shutil.copyfile(first / name, run / name)
    (line,) = told_after(corpus, run)
    assert line.endswith(f"refaits\u00a0: {', '.join(sorted(names))}.")
    assert content_of(run) == content_of(whole)


@pytest.mark.parametrize(
    "content", ["[]", "{}", "null", '"a"', '{"name": "autre"}', '{"stages": {"ingest": 3}, "files": {}}']
)
def test_another_json_is_no_manifest(content: str, tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path / "run")
    (run.path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ArtifactError, match="abîmé"):
        run.manifest.load()
    assert [line.split()[-1] for line in run.manifest.mend()] == [f"{MANIFEST}."]
    assert run.manifest.load()["stages"] == {}


@settings(max_examples=300)
@given(st.integers(0), st.integers(0, 7))
def test_any_flipped_bit_of_a_manifest_is_noticed(at: int, bit: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        manifest = Manifest(Path(place))
        manifest.save({"stages": {"ingest": {"artefacts": {"items.parquet": "ab"}}}, "files": {}, "corpus": "là"})
        content = bytearray((Path(place) / MANIFEST).read_bytes())
        content[at % len(content)] ^= 1 << bit
        (Path(place) / MANIFEST).write_bytes(content)
        with suppress(ArtifactError):
            assert manifest.load()["stages"]["ingest"] == {"artefacts": {"items.parquet": "ab"}}  # a blank changed


@pytest.mark.parametrize("kind", DAMAGES if IS_LONG else ["flip"])
def test_a_run_of_a_damaged_manifest_is_made_again_by_the_command_that_is_advised(
    kind: str, corpus: Path, whole: Path, run: Path
) -> None:
    DAMAGES[kind](run / MANIFEST, random.Random(5))
    for refused in (lambda: api.draft(run), lambda: withdraw(run, "c0"), lambda: api.export(run, to="refi-qda")):
        if kind != "remove":
            with pytest.raises(ArtifactError, match="Relancez « rosace synthesize »"):
                refused()
    done = api.synthesize(corpus, run, profile="rapide")
    assert kind == "remove" or any(line.endswith(f"refaits\u00a0: {MANIFEST}.") for line in done.warnings)
    assert content_of(run) == content_of(whole)
    assert told_after(corpus, run) == []


def documents_of(run: Path) -> list[str]:
    return RunFolder.open(run).manifest.load()["stages"]["restitution"]["files"]


@pytest.mark.parametrize(("ways", "told"), [(("flip", "truncate"), "gardés"), (("empty", "remove"), "refaits")])
def test_no_damage_of_a_document_goes_unnoticed(
    ways: tuple[str, str], told: str, corpus: Path, whole: Path, run: Path
) -> None:
    """Made again when it is gone or empty; left and told when it may be somebody's."""
    names, lot = documents_of(run), random.Random(3)
    assert len(names) > 15
    for name, way in zip(names, itertools.cycle(ways)):
        DAMAGES[way](run / name, lot)
    (line,) = (line for line in run_synthesis(corpus, run).warnings if told in line)
    assert all(name in line for name in names)
    same = [name for name in names if (run / name).read_bytes() == (whole / name).read_bytes()]
    assert same == names * (told == "refaits")


def test_a_kept_draft_that_was_damaged_is_passed_over(whole: Path, tmp_path: Path) -> None:
    run = RunFolder.open(Path(shutil.copytree(whole, tmp_path / "run")))
    kept = sorted((run.path / DELIVERED).glob("*.json"))
    assert len(list(delivered(run))) == len(kept) > 0
    kept[0].write_bytes(kept[0].read_bytes() + b" ")  # still json
    assert len(list(delivered(run))) == len(kept) - 1


def test_a_damaged_draft_is_not_kept_among_those_that_came_before(corpus: Path, run: Path) -> None:
    content = (run / "draft.json").read_bytes()
    (run / "draft.json").write_bytes(content.replace(b"bus", b"bxs", 1))  # still json
    run_synthesis(corpus, run)
    assert not [path for path in (run / DELIVERED).glob("*") if b"bxs" in path.read_bytes()]
    assert (run / "draft.json").read_bytes() == content


def test_a_file_that_a_person_changed_is_told_and_kept(corpus: Path, whole: Path, run: Path) -> None:
    (run / "restitution.md").write_text("À moi.\n", encoding="utf-8")
    shutil.copyfile(run / "restitution.odt", run / "restitution.docx")  # another whole document
    (run / "restitution.odt").write_bytes(b"\xd0\xcf\x11\xe0 sous un mot de passe")
    for _ in range(2):
        warnings = run_synthesis(corpus, run).warnings
        assert (run / "restitution.md").read_text(encoding="utf-8") == "À moi.\n"
        assert (run / "restitution.docx").read_bytes() == (whole / "restitution.odt").read_bytes()
        assert (run / "restitution.odt").read_bytes() == b"\xd0\xcf\x11\xe0 sous un mot de passe"
        assert not any("refaits\u00a0: restitution" in line for line in warnings)
        for name in ("restitution.md", "restitution.docx", "restitution.odt"):
            assert any(name in line and "gardé" in line for line in warnings)
    (run / "restitution.nouveau.odt").write_bytes(b"\xd0\xcf\x11\xe0 mien aussi")
    _flip(run / "draft.json", random.Random(1))
    run_synthesis(corpus, run)
    assert (run / "restitution.nouveau.odt").read_bytes() == b"\xd0\xcf\x11\xe0 mien aussi"
    assert (run / "restitution.nouveau-2.odt").read_bytes() == (whole / "restitution.odt").read_bytes()


def test_a_reader_refuses_a_damaged_table_with_what_to_do(run: Path) -> None:
    other = RunFolder.open(run).load_table("reviewed_groups")
    other.assign(title="Autre titre").to_parquet(run / "reviewed_groups.parquet", index=False)
    with pytest.raises(ArtifactError, match=r"abîmée\. Relancez « rosace synthesize »"):
        RunFolder.open(run).load_table("reviewed_groups")
    (run / "draft.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ArtifactError, match="relancez"):
        RunFolder.open(run).load_json("draft")
