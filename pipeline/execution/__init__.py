"""How row stages run: in a loop, on local processes, on a Dask cluster. Same functions, same partitions, same bytes."""

from pipeline.execution.local import map_partitions, partition_bounds

__all__ = ["map_partitions", "partition_bounds"]
