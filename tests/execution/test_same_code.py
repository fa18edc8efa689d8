"""What tells one Rosace from another."""

import re
from importlib.metadata import version

from pipeline.execution.cluster import differences, digest, identity


def test_rooms_settings_and_libraries_tell_who_computes() -> None:
    here = identity()
    assert re.fullmatch(r"[0-9a-f]{64}", here["pipeline/classify"])
    assert "configs" in here
    assert here["numpy"] == version("numpy")
    assert not [name for name in here if "__pycache__" in name]
    assert differences(dict(here)) == []


def test_what_differs_is_named_whichever_side_has_it() -> None:
    there = {**identity(), "numpy": "0.1", "pipeline/de_plus.py": "0"}
    del there["pipeline/axes.py"]
    assert differences(there) == ["numpy", "pipeline/axes.py", "pipeline/de_plus.py"]
    assert len(digest()) == 64
