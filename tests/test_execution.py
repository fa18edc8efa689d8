import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.execution import map_partitions, partition_bounds


@given(n=st.integers(0, 10_000), size=st.integers(1, 5000))
def test_partitions_cover_every_row_once(n: int, size: int) -> None:
    bounds = partition_bounds(n, size)
    assert [row for start, end in bounds for row in range(start, end)] == list(range(n))
    assert all(end - start == size for start, end in bounds[:-1])


@pytest.mark.parametrize("n_workers", [1, 2])
def test_results_keep_their_order(n_workers: int) -> None:
    assert list(map_partitions(len, ["a", "bbb", "cc", ""], n_workers)) == [1, 3, 2, 0]
