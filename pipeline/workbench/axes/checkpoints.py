"""What a fine-tuning has reached, set down while it learns: killed and started again, it comes to the same weights."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.folder.files import write_inside

STEPS_BETWEEN = 200
"""Some minutes of learning on two cores: what a kill may lose."""


@dataclass
class Reached:
    """Where a fine-tuning stands.

    Attributes
    ----------
    step : steps that were made.
    total : loss of the examples read in this epoch.
    random : state of what draws the batches, at the start of the epoch.
    """

    step: int
    total: float
    random: dict[str, Any]


@dataclass(frozen=True)
class Checkpoints:
    """The file of one fine-tuning, `owner` being all that decides of it: a file of another owner is of no use."""

    path: Path
    owner: str

    def keep(self, torch: Any, learnt: Sequence[Any], optimiser: Any, reached: Reached) -> None:
        """Set down weights, optimiser and draws, all at once or not at all."""
        state = {
            "owner": self.owner,
            **asdict(reached),
            "torch": torch.get_rng_state(),
            "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
            "weights": [value.detach() for value in learnt],
            "optimiser": optimiser.state_dict(),
        }
        write_inside(self.path, lambda file: torch.save(state, file))

    def resume(self, torch: Any, learnt: Sequence[Any], optimiser: Any) -> Reached | None:
        """Put back what was set down; None when nothing was."""
        try:
            state: dict[str, Any] = torch.load(self.path, map_location="cpu", weights_only=True)
        except (OSError, RuntimeError, EOFError, pickle.UnpicklingError):  # none, or torn
            return None
        if state.get("owner") != self.owner:
            return None
        with torch.no_grad():
            for value, kept in zip(learnt, state["weights"], strict=True):
                value.copy_(kept)
        optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["torch"])
        if state["cuda"]:
            torch.cuda.set_rng_state_all(state["cuda"])
        return Reached(state["step"], state["total"], state["random"])


def owner_of(recipe: Any, examples: pd.DataFrame, learnt: Sequence[Any]) -> str:
    """All that decides of a fine-tuning: its recipe, what it learns from, the weights that it starts from."""
    found = sha256(repr(sorted(asdict(recipe).items())).encode())
    columns = ["text", "context", "axis", "secondary", "confidence", "source"]
    found.update(examples[columns].to_csv(index=False).encode())
    for value in learnt:
        found.update(value.detach().cpu().numpy().tobytes())
    return found.hexdigest()
