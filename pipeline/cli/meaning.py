"""What the profile of a configuration groups loose texts by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from pipeline.cluster.grouping.meaning import Meaning
    from pipeline.config import Config


def meaning_of(settings: Config) -> Meaning:
    """The encoders of the profile, and the projection learnt above them."""
    from pipeline.classify.stage import load_axis_model
    from pipeline.cluster.grouping.likeness import load_likeness
    from pipeline.cluster.grouping.meaning import Meaning
    from pipeline.language.models.encoders import load_encoder

    topics, likeness = load_encoder(settings.embed.encodeur), load_likeness()
    if settings.profil != "precis":
        return Meaning(topics, likeness)
    model: Any = load_axis_model(settings.profil)
    return Meaning(topics, likeness, idea_reader(model) if model.encoder.n_idea_dimensions else None)


def idea_reader(model: Any) -> Any:
    """The idea branch of an axis model, read without context."""

    def read(texts: Sequence[str]) -> npt.NDArray[np.float16]:
        import numpy as np

        return np.asarray(model.encoder.encode(texts, [""] * len(texts)).ideas, dtype=np.float16)

    return read
