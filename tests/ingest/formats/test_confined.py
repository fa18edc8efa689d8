"""A process that reads files reaches no network, writes in no file and ends by itself."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounded on Linux")
START = "import sys; from pipeline.ingest.formats.confined import bound, close_network; "


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", START + code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_no_network_is_left_not_even_that_of_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here:
        port = here.getsockname()[1]
        reached = "import socket; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)"
        assert run(reached, port).returncode == 0
        done = run(f"sys.exit(3) if not close_network() else None; {reached}", port)
        if done.returncode == 3:
            pytest.skip("this system lets nobody leave its network")
        assert "Network is unreachable" in done.stderr


def test_nothing_can_be_written(tmp_path: Path) -> None:
    done = run(
        "bound(1 << 30, 60.0); file = open(sys.argv[1], 'w'); file.write('a' * 10); file.close()", tmp_path / "a"
    )
    assert "File too large" in done.stderr
    assert (tmp_path / "a").read_text(encoding="utf-8") == ""


def test_a_process_that_nobody_waits_for_ends() -> None:
    done = run("bound(1 << 30, 0.1)\nwhile True: pass")
    assert done.returncode == -signal.SIGXCPU


def test_memory_is_bounded() -> None:
    assert "MemoryError" in run("bound(64 << 20, 60.0); bytearray(200 << 20)").stderr
