"""What the page on privacy says to be masked is, wherever it stands in a sentence and however it is cut."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.preparing import freeze
from pipeline.ingest.privacy.marks import bare, mask
from tests.fuzz.strategies import KINDS, count, drawn, planted

WINDOW = 6
"""So many letters and digits of an identifier in a row are a leak."""


def left_of(text: str, secret: str) -> bool:
    """Whether a masked text still shows a part of a secret."""
    told, hidden = bare(mask(freeze(text), True, Counter())), bare(secret)
    return any(hidden[at : at + WINDOW] in told for at in range(max(1, len(hidden) - WINDOW + 1)))


@pytest.mark.parametrize("kind", KINDS)
@drawn(30, 500)
@given(data=st.data())
def test_identifiers_in_sentences(kind: str, data: st.DataObject) -> None:
    text, secret = data.draw(planted(kind))
    count("identifiers")
    assert not left_of(text, secret), text
