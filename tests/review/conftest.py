"""The hand-made workshop, shared by the tests of review."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from review_fixtures import *  # noqa: F403
