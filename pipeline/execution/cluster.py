"""The same partitions on the user's own Dask scheduler (extra `rosace[dask]`)."""

import hashlib
import logging
import platform
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import islice
from typing import Any, TypeVar

from pipeline.errors import UsageError
from pipeline.execution.local import WorkerLostError, in_one_thread
from pipeline.extras import need
from pipeline.resources import PACKAGE, SHIPPED, configs, room_sha256

Part = TypeVar("Part")
Result = TypeVar("Result")

N_RETRIES = 3
"""A partition whose worker is lost is sent to another one this many times: one that kills each worker must end."""
CONNECT_TIMEOUT_S = 10
"""A scheduler that is there answers at once; this is for a slow network, and short enough to wait for."""
PART_MOST = "1GiB"
"""A partition above which Dask warns: an axis of 60,000 ideas is a few tens of MiB, sent once, and kept by whoever must
send it again when a worker is lost."""
N_AHEAD = 2
"""Partitions per thread of the cluster that are sent and not yet taken back: one worked on, one on its way."""


@dataclass(frozen=True)
class DaskExecutor:
    """Partitions sent to the workers of the scheduler at `address` (`tcp://host:8786`).

    Rosace must be installed on the workers, in the same version, which is checked before work and with each partition:
    code is named, not sent, and so are models, by profile and sha256.
    """

    address: str

    def map(self, function: Callable[[Part], Result], parts: Iterable[Part]) -> Iterator[Result]:
        """See `pipeline.execution.local.Executor.map`.

        Raises
        ------
        MissingExtraError : Dask is not installed.
        UsageError : nobody answers at this address, or a worker computes with another Rosace.
        WorkerLostError : the scheduler or too many workers died; what was answered before stands.
        """
        need("dask", "--scheduler")
        import dask
        from distributed import Client, KilledWorker

        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is told below, in words
        try:
            client = Client(self.address, timeout=CONNECT_TIMEOUT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"Aucun ordonnanceur Dask ne répond à {self.address} ({type(error).__name__}). Attendu : une adresse "
                "comme tcp://hote:8786, et « dask scheduler » en marche sur cette machine."
            ) from error
        with client, dask.config.set({"distributed.admin.large-graph-warning-threshold": PART_MOST}):
            try:
                _check_workers(client)
                n_threads = max(1, sum(client.nthreads().values()))
                same = partial(_if_same, function, digest())
                yield from _in_window(
                    lambda part: client.submit(same, part, retries=N_RETRIES, pure=False), parts, N_AHEAD * n_threads
                )  # in order, so that tables do not depend on who finished first
            except KilledWorker as error:
                raise WorkerLostError(
                    "Une partition a fait tomber plusieurs « dask worker », le plus souvent faute de mémoire. "
                    "Donnez-leur plus de mémoire, puis relancez la même commande : elle reprendra."
                ) from error
            except _LostError as error:
                raise WorkerLostError(
                    f"L'ordonnanceur Dask de {self.address} ne répond plus. Relancez « dask scheduler » et ses "
                    "« dask worker », puis la même commande : elle reprendra à l'étape interrompue."
                ) from error


class _LostError(Exception):
    """The scheduler does not answer any more."""


def _check_workers(client: Any) -> None:
    """Nothing, when every worker computes with the Rosace of this machine; `UsageError` otherwise."""
    try:
        answers = client.run(identity, on_error="return")
    except OSError as error:
        raise _LostError from error
    for worker, answer in sorted(answers.items()):
        others = differences(answer) if isinstance(answer, dict) else []
        if others or not isinstance(answer, dict):
            raise _other_code(worker, others)


def _other_code(worker: str, others: list[str]) -> UsageError:
    shown = ", ".join(others[:3]) + (f" et {len(others) - 3} autres" if len(others) > 3 else "")
    what = f"n'a pas le même Rosace que cette machine ({shown})" if shown else "n'a pas Rosace, ou pas cette version"
    return UsageError(
        f"Le « dask worker » {worker} {what}\u00a0: ses résultats seraient autres. Installez partout la même version "
        "(requirements.lock, puis le même paquet), relancez les « dask worker », puis la même commande."
    )


def _if_same(function: Callable[[Part], Result], wanted: str, part: Part) -> Result:
    """`function` of a part, on a worker that may have come since the others were checked."""
    if digest() != wanted:
        from distributed import get_worker

        raise _other_code(get_worker().address, [])
    return in_one_thread(function, part)


def _in_window(send: Callable[[Part], Any], parts: Iterable[Part], size: int) -> Iterator[Any]:
    """The results of the futures that `send` gives, in order, with at most `size` of them under way."""
    from asyncio import CancelledError as Stopped  # a fiftieth of a second that other runs do without

    remaining = iter(parts)
    under_way = deque(send(part) for part in islice(remaining, size))
    while under_way:
        future = under_way.popleft()
        try:
            result = future.result()
        except (OSError, CancelledError, Stopped) as error:
            if future.status == "error":  # what the partition itself raised
                raise
            raise _LostError from error
        yield result
        under_way.extend(send(part) for part in islice(remaining, 1))


_NAME = re.compile(r"[\w.-]+")


@cache
def identity() -> dict[str, str]:
    """What decides in what is computed here: each room of ours → its sha256, each library → its version.

    As it was when first asked for: a process goes on with the code that it has loaded.
    """
    rooms = [path for path in PACKAGE.iterdir() if path.name not in (SHIPPED, "__pycache__")]
    found = {f"pipeline/{path.name}": room_sha256(path) for path in rooms} | {"configs": room_sha256(configs())}
    found["Python"] = ".".join(platform.python_version_tuple()[:2])
    for need_of in requires("rosace") or ():
        library = _NAME.match(need_of)
        if library is not None and "extra ==" not in need_of:
            try:
                found[library[0]] = version(library[0])
            except PackageNotFoundError:
                found[library[0]] = ""
    return found


def digest() -> str:
    """All of it in a word."""
    return hashlib.sha256(repr(sorted(identity().items())).encode()).hexdigest()


def differences(other: dict[str, str]) -> list[str]:
    """Names of what another machine has otherwise, in order."""
    here = identity()
    return sorted(name for name in here.keys() | other.keys() if here.get(name) != other.get(name))
