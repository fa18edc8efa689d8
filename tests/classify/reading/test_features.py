"""Features of `rapide`: cues of the act."""

import re

import numpy as np
import pytest
from labelled import each

from pipeline.classify.reading.features import CONTEXT_CUES, N_CUES, TEXT_CUES, cue_matrix, fold
from pipeline.classify.reading.store import AXES_FILE, HIDDEN, OUTPUT, open_model

test_a_cue_is_in_a_sentence_or_not = each(
    lambda name, text: re.search(dict(TEXT_CUES)[name], fold(text)) is not None,
    ("question_mark", "On commence quand ?", True),
    ("question_mark", "Quand ? On ne sait pas.", False),
    ("starts_infinitive", "Ne pas fermer la poste", True),
    ("starts_infinitive", "La poste va fermer", False),
    ("lack", "Il n’y a pas assez de places", True),
    ("lack", "Assez parlé", False),
    ("thanks", "Merci aux voisins", True),
    ("agree", "d'accord avec ça", True),
    ("agree", "je ne suis pas d'accord", False),
    ("conditional", "Une halte serait mieux", True),
    ("figure", "Trois fois", False),
)


@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_the_shipped_models_have_learnt_as_many(profile: str) -> None:
    layers = open_model(profile).open_heads(AXES_FILE)
    assert layers[HIDDEN if profile == "rapide" else OUTPUT].weights.shape[1] == 2 * 512 + N_CUES


def test_a_heading_is_read_by_its_last_part_and_apart_from_the_text() -> None:
    names = [name for name, _ in CONTEXT_CUES]
    found = cue_matrix(["x", "x", "x"], ["Freins > Divers", "Divers > Freins", ""])
    assert found.shape == (3, N_CUES)
    of_contexts = found[:, -len(names) - 1 :]
    assert of_contexts[:, names.index("obstacle")].tolist() == [0.0, 1.0, 0.0]
    assert of_contexts[:, -1].tolist() == [0.0, 0.0, 1.0]
    assert np.array_equal(found[0, : -len(names) - 1], found[1, : -len(names) - 1])
