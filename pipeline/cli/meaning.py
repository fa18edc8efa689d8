"""What loose texts are grouped by: the vectors of topics and, with the profile `precis`, those of what is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from pipeline.config import Config
    from pipeline.language.encoders import Encoder


class MeaningEncoder:
    """The encoder of topics with the idea branch of an axis model beside it, as in a run."""

    def __init__(self, topics: Encoder, model: Any) -> None:
        self.name = f"{topics.name}+idees"
        self.sha256 = f"{topics.sha256}+{model.sha256}"
        self.n_dimensions = topics.n_dimensions + model.encoder.n_idea_dimensions
        self._topics, self._branch = topics, model.encoder

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """See `pipeline.language.encoders.Encoder`."""
        import numpy as np

        from pipeline.cluster.representation import with_ideas

        ideas = self._branch.encode(texts, [""] * len(texts)).ideas
        topics = self._topics.encode(texts).astype(np.float16)
        return with_ideas(topics, ideas.astype(np.float16)).astype(np.float32)


def meaning_encoder(settings: Config) -> Encoder:
    """What the profile of the configuration groups by."""
    from pipeline.classify.stage import load_axis_model
    from pipeline.language.encoders import load_encoder

    topics = load_encoder(settings.embed.encodeur)
    if settings.profil != "precis":
        return topics
    model: Any = load_axis_model(settings.profil)
    return MeaningEncoder(topics, model) if model.encoder.n_idea_dimensions else topics
