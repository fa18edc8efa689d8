"""What is told after the axes: signals that stand alone."""

from __future__ import annotations

from atelier import with_words, workshop

from pipeline.config import load_config
from pipeline.restitution.stage import write_restitution


def test_a_signal_is_shown_whole_or_not_at_all() -> None:
    made = with_words(workshop(), 27, "Planter une haie fruitière avec l'école. Elle a déjà les plants")
    said = write_restitution(made, load_config()).files["restitution.txt"].decode()
    assert "« Planter une haie fruitière avec l'école. Elle a déjà les plants »" in said.replace("\u00a0", " ")
    vague = with_words(workshop(), 27, "Elle attend toujours une réponse de leur part")
    assert "Elle attend toujours" not in write_restitution(vague, load_config()).files["restitution.txt"].decode()
