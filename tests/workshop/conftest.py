"""The hand-made workshop of the tests of restitution, which these read too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "restitution"))
