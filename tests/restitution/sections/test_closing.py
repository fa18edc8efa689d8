"""What is told after the axes: signals that stand alone."""

from atelier import with_words, workshop

from pipeline.config import load_config
from pipeline.restitution.stage import write_restitution


def test_words_whose_subject_is_lost_are_not_shown() -> None:
    vague = with_words(workshop(), 27, "Elle attend toujours une réponse de leur part")
    assert "Elle attend toujours" not in write_restitution(vague, load_config()).files["restitution.txt"].decode()
