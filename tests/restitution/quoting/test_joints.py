"""How words of others join ours."""

from __future__ import annotations

import pytest

from pipeline.restitution.quoting.joints import joint_de, joint_que, plain_quotes


@pytest.mark.parametrize(
    ("text", "que", "de"),
    [("la salle", "que ", "de "), ("un four", "qu’", "d’"), ("habiter", "qu’", "d’"), ("haies", "que ", "de ")],
)
def test_elision(text: str, que: str, de: str) -> None:
    assert (joint_que(text), joint_de(text)) == (que, de)


def test_quotation_marks_of_others_are_not_ours() -> None:
    assert plain_quotes("on dit «\u00a0jamais\u00a0» ici") == "on dit “jamais” ici"
