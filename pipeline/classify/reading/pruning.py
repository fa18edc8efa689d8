"""An ONNX graph without the nodes that only unwanted outputs need: onnxruntime computes every node of a graph.

The model is read as protobuf fields, by hand: the package onnx is there for training alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

_MODEL_GRAPH, _GRAPH_NODE, _GRAPH_OUTPUT, _NODE_INPUT, _NODE_OUTPUT, _VALUE_NAME = 7, 1, 12, 1, 2, 1
_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5


def pruned(model: bytes, outputs: Collection[str]) -> bytes:
    """The model with these outputs only, and the nodes that they need. Unused constants are dropped when it is loaded.

    Raises
    ------
    ValueError : not a serialised ONNX model.
    """
    return b"".join(
        _field(number, _pruned_graph(content, outputs)) if number == _MODEL_GRAPH else whole
        for number, content, whole in _fields(model)
    )


def _pruned_graph(graph: bytes, outputs: Collection[str]) -> bytes:
    fields = list(_fields(graph))
    needed = set(outputs)
    kept: set[int] = set()
    for place in range(len(fields) - 1, -1, -1):  # nodes stand in the order in which they are computed
        number, content, _ = fields[place]
        if number == _GRAPH_NODE and needed & _names(content, _NODE_OUTPUT):
            needed |= _names(content, _NODE_INPUT)
            kept.add(place)
        elif number == _GRAPH_OUTPUT:
            kept |= {place} if _names(content, _VALUE_NAME) & set(outputs) else set()
        elif number != _GRAPH_NODE:
            kept.add(place)
    return b"".join(fields[place][2] for place in sorted(kept))


def _names(message: bytes, number: int) -> set[str]:
    return {content.decode() for found, content, _ in _fields(message) if found == number and content}


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, content (of those that have a length, else nothing) and whole bytes of each field."""
    place = 0
    while place < len(message):
        start = place
        tag, place = _read_varint(message, place)
        number, kind, content = tag >> 3, tag & 7, b""
        if kind == _VARINT:
            _, place = _read_varint(message, place)
        elif kind == _BYTES:
            length, place = _read_varint(message, place)
            content = message[place : place + length]
            place += length
        elif kind in (_FIXED_64, _FIXED_32):
            place += 8 if kind == _FIXED_64 else 4
        else:
            raise ValueError(f"unexpected wire type {kind}")
        if place > len(message):
            raise ValueError("message cut short")
        yield number, content, message[start:place]


def _read_varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if place >= len(message):
            raise ValueError("message cut short")
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7


def _varint(value: int) -> bytes:
    coded = bytearray()
    while value > 0x7F:
        coded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*coded, value])
