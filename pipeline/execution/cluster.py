"""The same partitions on the user's own Dask scheduler (extra `rosace[dask]`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.errors import UsageError

Part = TypeVar("Part")
Result = TypeVar("Result")

N_RETRIES = 3
"""A partition whose worker is lost is sent to another one this many times."""
CONNECT_TIMEOUT_S = 10


@dataclass(frozen=True)
class DaskExecutor:
    """Partitions sent to the workers of the scheduler at `address` (`tcp://host:8786`).

    Rosace must be installed on the workers, in the same version: models are named by profile and sha256, not sent.
    """

    address: str

    def map(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[Result]:
        """See `pipeline.execution.local.Executor.map`."""
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "--scheduler demande Dask, qui n'est pas installé : .venv/bin/pip install 'rosace[dask]'."
            ) from error
        try:
            client = Client(self.address, timeout=CONNECT_TIMEOUT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"Aucun ordonnanceur Dask ne répond à {self.address} ({type(error).__name__}). Attendu : une adresse "
                "comme tcp://hote:8786, et « dask scheduler » en marche sur cette machine."
            ) from error
        with client:
            futures = client.map(function, parts, retries=N_RETRIES, pure=False)
            for future in futures:  # in order, so that tables do not depend on who finished first
                yield future.result()
                future.release()
