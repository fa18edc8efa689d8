"""How row stages run: in a loop, on local processes, on a Dask cluster. Same functions, same partitions, same bytes."""

from pipeline.execution.cluster import DaskExecutor
from pipeline.execution.local import Executor, Hands, LocalExecutor, one_thread, partition_bounds

__all__ = ["DaskExecutor", "Executor", "Hands", "LocalExecutor", "one_thread", "partition_bounds"]
