"""Words of the room on the disk: acknowledged means there, after a full disk, a kill, a cut of power."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.app.room import words as room_words
from pipeline.app.room.words import NotWrittenError, Words
from pipeline.errors import UsageError
from pipeline.ingest.formats.typed import FILE, HEAD, Typed, Word


def record(act: str, key: str, **more: str) -> dict[str, str]:
    told = {"acte": act, "cle": key * 16, "de": "t-1", "a": "2026-03-12T19:00:00Z"}
    return told | ({"texte": f"parole {key}", "table": "1", "rubrique": ""} if act == "dire" else {}) | more


def on_disk(folder: Path) -> Typed:
    return Typed.of((folder / FILE).read_bytes())


def test_what_is_sent_twice_is_written_once(tmp_path: Path) -> None:
    words = Words(tmp_path)
    for _ in range(3):
        words.write([record("dire", "a")])
    assert (tmp_path / FILE).read_bytes().count(b"\n") == 2
    assert Words(tmp_path).typed.words == words.typed.words


def test_a_withdrawal_leaves_nothing_of_the_words_and_stops_them_from_coming_back(tmp_path: Path) -> None:
    words = Words(tmp_path)
    words.write([record("dire", "a"), record("dire", "b"), record("corriger", "a", texte="secret")])
    words.write([record("retirer", "a")])
    words.write([record("dire", "a")])
    content = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "parole a" not in content
    assert "secret" not in content
    assert [word.is_withdrawn for word in Words(tmp_path).typed.words.values()] == [True, False]


def test_a_torn_last_line_is_forgotten_and_the_next_word_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    Words(tmp_path).write([record("dire", "a")])
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"acte": "dire", "cle": "bbbb')
    words = Words(tmp_path)
    words.write([record("dire", "c")])
    assert list(on_disk(tmp_path).words) == ["a" * 16, "c" * 16]
    assert not on_disk(tmp_path).broken


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Words(tmp_path)
    words.write([record("dire", "a")])
    before = (tmp_path / FILE).read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(room_words, "append_whole", full)
        with pytest.raises(NotWrittenError, match="le disque est plein"):
            words.write([record("dire", "b")])
    assert (tmp_path / FILE).read_bytes() == before
    assert list(words.typed.words) == ["a" * 16]
    with monkeypatch.context() as patched:  # the withdrawal fits, the file written again does not
        patched.setattr(room_words, "replace_file", full)
        words.write([record("retirer", "a")])
    assert words.typed.words["a" * 16].is_withdrawn
    words.write([record("dire", "b")])
    assert b"parole a" not in (tmp_path / FILE).read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_disk_that_is_truly_full(tmp_path: Path) -> None:
    words = Words(tmp_path)
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).symlink_to("/dev/full")
    with pytest.raises(NotWrittenError):
        words.write([record("dire", "a")])
    assert not words.typed.words


def test_a_file_taken_away_is_made_again_from_memory(tmp_path: Path) -> None:
    words = Words(tmp_path)
    words.write([record("dire", "a")])
    (tmp_path / FILE).unlink()
    words.write([record("dire", "b")])
    assert list(on_disk(tmp_path).words) == ["a" * 16, "b" * 16]


def test_another_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"texte": "à moi"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="Renommez-le"):
        Words(tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == '{"texte": "à moi"}\n'


WRITER = """
import sys
from pathlib import Path
from pipeline.app.room.words import Words
words, start = Words(Path(sys.argv[1])), int(sys.argv[2])
for n in range(start, start + 500):
    key = "".join(chr(97 + int(sign, 16)) for sign in f"{n:016x}")
    words.write([{"acte": "dire", "cle": key, "de": "t", "a": "x", "texte": f"n {n}", "table": "", "rubrique": ""}])
    if n % 7 == 3:
        words.write([{"acte": "retirer", "cle": key, "de": "t", "a": "x"}])
    print(n, flush=True)
"""


@pytest.mark.slow
def test_killed_five_times_all_that_was_acknowledged_is_there(tmp_path: Path) -> None:
    told: list[int] = []
    draw = random.Random(3)
    for turn in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(turn * 500)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        told += [int(writer.stdout.readline()) for _ in range(draw.randint(5, 60))]
        os.kill(writer.pid, signal.SIGKILL)
        told += [int(line) for line in writer.stdout if line.strip()]
        writer.wait()
        writer.stdout.close()
        found = Words(tmp_path).typed
        kept = {int(word.text[2:]) for word in found.words.values() if not word.is_withdrawn}
        assert {n for n in told if n % 7 != 3} <= kept
        assert not {n for n in told if n % 7 == 3} & kept
        assert (tmp_path / FILE).read_bytes().startswith(HEAD)
        assert not found.broken


def test_a_cut_of_power_leaves_all_that_was_acknowledged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: dict[int, bytes] = {}  # what each file held when it was last waited for
    names: dict[str, int] = {}  # which file bore which name when the folder was
    real = os.fsync

    def noted(descriptor: int) -> None:
        real(descriptor)
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            names.update({path.name: path.stat().st_ino for path in tmp_path.iterdir()})
        else:
            synced[status.st_ino] = os.pread(descriptor, status.st_size, 0) if status.st_size else b""

    def after_the_cut() -> dict[str, Word]:
        return Typed.of(synced[names[FILE]]).words

    monkeypatch.setattr(os, "fsync", noted)
    words = Words(tmp_path)
    draw = random.Random(5)
    for n in range(60):
        letter = "abcdefghijklmnop"[n % 16]
        words.write([record(draw.choice(("dire", "dire", "corriger", "montrer", "retirer")), letter, texte=f"mot {n}")])
        assert {key: (word.text, word.is_withdrawn) for key, word in after_the_cut().items()} == {
            key: (word.text, word.is_withdrawn) for key, word in words.typed.words.items()
        }
