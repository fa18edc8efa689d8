"""The meter sees what this process and its children hold, and the time they spend."""

import gc
import subprocess
import sys

import pandas as pd
import pyarrow
import pytest

from pipeline.metering import Meter, rare_gc, release_memory

HOLD = "import time; held = b'x' * (200 << 20); time.sleep(1)"


@pytest.mark.skipif(sys.platform != "linux", reason="children are watched on Linux alone")
def test_the_memory_of_children_is_counted() -> None:
    with Meter() as alone:
        pass
    with Meter() as both:
        subprocess.run([sys.executable, "-c", HOLD], check=True)
    assert alone.peak_mib is not None
    assert both.peak_mib is not None
    assert both.peak_mib > alone.peak_mib + 190


def test_the_time_of_children_that_ended_is_counted() -> None:
    with Meter() as meter:
        subprocess.run([sys.executable, "-c", "sum(range(20_000_000))"], check=True)
    assert meter.cpu_seconds > 0.1


def test_memory_that_is_free_again_can_be_given_back() -> None:
    held = pd.DataFrame({"text": ["Pas de bus le soir"] * 400_000}, dtype="string[pyarrow]")
    assert len(held) == 400_000
    del held
    release_memory()
    assert pyarrow.total_allocated_bytes() < 5_000_000


def test_cycles_are_looked_for_less_often_inside_alone() -> None:
    before, usual = gc.get_threshold(), (700, 10, 10)  # a command that ran in this process has made it rare for good
    gc.set_threshold(*usual)
    with rare_gc():
        assert gc.get_threshold()[0] > 10 * usual[0]
    assert gc.get_threshold() == usual
    gc.set_threshold(*before)
