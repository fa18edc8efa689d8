"""The networks of `precis`: exported in 8 bits they read almost as in floats, and a fine-tuning is the same twice."""

import numpy as np
import pandas as pd
import pytest

from pipeline.classify.reading.encoders import Pieces, axes_part, branches_part, gemma_inputs, one_thread_session
from pipeline.workbench.axes.finetune import Recipe, finetune

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from pipeline.workbench.axes.networks import (  # noqa: E402  (they are torch)
    AxisNetwork,
    E5Network,
    GemmaNetwork,
    IdeaBranch,
    branch_bytes,
    e5_bytes,
    gemma_bytes,
)

N_PIECES, N_IDEAS, WIDTH = 40, 16, 64
BATCH = np.array([[0, 5, 9, 30, 2, 7, 2], [0, 8, 2, 11, 12, 2, 1]], dtype=np.int64)


def made(kind: str) -> AxisNetwork:
    """A small network of random weights, one layer frozen and one that learns."""
    torch.manual_seed(1)
    sizes = {"vocab_size": N_PIECES, "hidden_size": WIDTH, "intermediate_size": 128, "num_hidden_layers": 2}
    if kind == "e5":
        config = transformers.BertConfig(**sizes, num_attention_heads=2)
        return E5Network(transformers.BertModel(config, add_pooling_layer=False), dropout=0.1, n_frozen=1)
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1}
    config = transformers.Gemma3TextConfig(**sizes, **heads, head_dim=32)
    return GemmaNetwork(transformers.Gemma3TextModel(config), dropout=0.1, n_frozen=1)


def near(found: np.ndarray, wanted: torch.Tensor) -> bool:
    expected = wanted.detach().numpy()
    cosines = (found * expected).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(expected, axis=1)
    return bool(cosines.min() > 0.98)


def test_the_first_encoder_in_integers_reads_almost_as_in_floats_with_its_ideas() -> None:
    network = made("e5")
    network.branch = IdeaBranch(network, 1, N_IDEAS)
    session = one_thread_session(e5_bytes(network))
    names = [output.name for output in session.get_outputs()]
    found = dict(zip(names, session.run(names, {"ids": BATCH}), strict=True))
    wanted = dict(zip(["scores", "vectors", "ideas"], network(torch.from_numpy(BATCH)), strict=True))
    assert found.keys() == wanted.keys()
    assert found["ideas"].shape == (2, N_IDEAS)
    for name in names:
        assert near(found[name], wanted[name]), name
    longer = np.pad(BATCH[::-1], ((0, 1), (0, 5)), constant_values=1)
    longer[2] = [0, 3, 2, *[1] * 9]
    again = session.run(["ideas"], {"ids": longer})[0]
    np.testing.assert_allclose(again[1], found["ideas"][0], atol=1e-4)


def test_a_branch_learnt_by_itself_stands_beside_the_others_and_moves_none_of_them() -> None:
    network = made("e5").eval()
    network.branch = IdeaBranch(network, 1, N_IDEAS)
    other = IdeaBranch(network, 1, N_IDEAS)
    content, alone = e5_bytes(network), branch_bytes(network, other)
    axes, branches = map(one_thread_session, (axes_part(content, 1), branches_part(content, 1) + alone))
    scores, states = axes.run(["scores", "trunk"], {"ids": BATCH})
    found = dict(zip(names := ["ideas", "titles"], branches.run(names, {"ids": BATCH, "trunk": states}), strict=True))
    for name, before in zip(
        ["scores", "ideas"], one_thread_session(content).run(["scores", "ideas"], {"ids": BATCH}), strict=True
    ):
        assert np.array_equal((found | {"scores": scores})[name], before)
    ids = torch.from_numpy(BATCH)
    hidden, kept = network.lower(ids)
    in_text = torch.tensor([[1, 1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 0, 0, 0]]).float()
    assert near(found["titles"], other(network.through(hidden, kept, other.layers, is_causal=False), in_text))


def test_what_follows_a_text_does_not_move_what_it_says() -> None:
    network = made("e5")
    branch = IdeaBranch(network, 1, N_IDEAS)
    states, in_text = torch.randn(1, 4, WIDTH), torch.tensor([[1.0, 1.0, 0.0, 0.0]])
    other = states.clone()
    other[:, 2:] += 1
    assert torch.equal(branch(states, in_text), branch(other, in_text))
    assert float(branch(states, in_text).detach().norm()) == pytest.approx(1, abs=1e-5)


def test_the_second_encoder_in_integers_reads_almost_as_in_floats_whatever_stands_beside() -> None:
    network = made("gemma").eval()
    rows = [Pieces([2, 5, 9, 12, 7, 3, 21, 4, 17], 4), Pieces([2, 11, 6, 29], 2), Pieces([2, 8, 8], 1)]
    content = gemma_bytes(network)
    onnx = pytest.importorskip("onnx")
    kinds = {node.op_type for node in onnx.load_from_string(content).graph.node}
    assert "MatMulNBits" in kinds
    wide = [list(one.dims) for one in onnx.load_from_string(content).graph.initializer if one.data_type == 1]
    assert wide
    assert [N_PIECES, WIDTH] not in wide  # words are in 8 bits too
    session = one_thread_session(content)
    together = session.run(["scores"], gemma_inputs(rows))[0]
    assert near(together, network(*(torch.from_numpy(value) for value in gemma_inputs(rows).values())))
    alone = session.run(["scores"], gemma_inputs(rows[1:2]))[0]
    np.testing.assert_allclose(alone[0], together[1], atol=1e-4)


def test_frozen_layers_of_the_second_see_what_was_said_before_alone() -> None:
    network = made("gemma").eval()
    ids = torch.tensor([[2, 5, 9, 12], [2, 5, 9, 30]])
    hidden, kept = network.lower(ids)
    assert torch.allclose(hidden[0, :3], hidden[1, :3], atol=1e-6)
    upper = network.through(hidden, kept, network.layers[1:], is_causal=False)
    assert not torch.allclose(upper[0, :3], upper[1, :3], atol=1e-3)


RECIPE = Recipe(n_epochs=2, batch_size=2)
N_EXAMPLES = 9
EXAMPLES = pd.DataFrame(
    {
        "text": [f"idée {row}" for row in range(N_EXAMPLES)],
        "context": "",
        "axis": ["nord", "est", "sud", "ouest", "hors_axe", "est", "sud", "est", "nord"],
        "secondary": "",
        "confidence": 3,
        "source": "ecrit",
    }
)
IDS = [[0, *range(3, 5 + row % 4), 2] for row in range(N_EXAMPLES)]


@pytest.mark.parametrize("kind", ["e5", "gemma"])
def test_the_same_fine_tuning_gives_the_same_weights_and_tells_its_loss(kind: str) -> None:
    told: list[str] = []
    one, other = made(kind), made(kind)
    for network in (one, other):
        finetune(network, [Pieces(ids, 1) for ids in IDS], EXAMPLES, RECIPE, told.append)
    assert [message.split(" : ")[0] for message in told] == ["pas 10 sur 10"] * 2
    before = made(kind).state_dict()
    assert any(not torch.equal(value, before[name]) for name, value in one.state_dict().items())
    for name, value in one.state_dict().items():
        assert torch.equal(value, other.state_dict()[name]), name
