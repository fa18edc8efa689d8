"""Keywords come without what bertopic alone would load, and leave it to whoever asks for it later."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
import numpy as np
from pipeline.cluster.topics import describe
texts = ["un bus le soir", "bus trop rare le soir", "la salle fermée", "ouvrir la salle"]
print(describe(texts, np.array([0, 0, 1, 1]), np.eye(2, 4, dtype=np.float32)))
print(sorted({"umap", "hdbscan", "numba", "torch", "plotly"} & set(sys.modules)))
import hdbscan, umap
print(umap.UMAP.__name__, hdbscan.HDBSCAN.__name__)
"""


def test_keywords_load_neither_umap_nor_hdbscan_which_can_be_loaded_after() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    keywords, loaded, after = done.stdout.splitlines()
    assert keywords == "[['soir', 'bus', 'rare'], ['salle', 'fermée', 'ouvrir']]"
    assert loaded == "[]"
    assert after == "UMAP HDBSCAN"
