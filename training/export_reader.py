"""Turn a trained reader into what the package ships: an int8 ONNX graph that takes word embeddings.

    python training/export_reader.py OUT_DIR [--to qa_service/data/reader]

OUT_DIR is what ``train_reader.py`` wrote. The graph leaves the word embeddings out: they are those of the bundled
model, and whoever runs the graph looks them up there.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from train_reader import ReaderModel, open_tokenizer

from qa_service.encoder_export import bundled

LAYER = 6  # matrix products with weights in a layer: query, key, value, output, and the two of the feed-forward part
SAMPLE = ("Who spoke on Monday?", "The minister spoke on Monday, his office said. Nobody answered.")


class Served(torch.nn.Module):
    """The reader as it is served: word embeddings and token types in, spans and answerability out."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.model = model

    # What torch calls; the names of the arguments are those of the graph's inputs.
    def forward(self, words: torch.Tensor, types: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mask = torch.ones_like(types)
        hidden = self.model.encoder(inputs_embeds=words, attention_mask=mask, token_type_ids=types).last_hidden_state
        return self.model.span(hidden), self.model.answerable(hidden[:, 0]).squeeze(-1)


def kept_exact(graph: Path) -> list[str]:
    """The matrix products of the first layer, and of the span head.

    In eight bits the first layer cost 2 points of F1 on SQuAD 2.0 dev, all others together nothing; kept as it is, it
    adds 5 MB and a tenth of the time.
    """
    model = onnx.load(graph).graph
    weights = {tensor.name for tensor in model.initializer}
    products = [node.name for node in model.node if node.op_type == "MatMul" and node.input[1] in weights]
    return products[:LAYER] + products[-1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--to", type=Path, default=Path("qa_service/data/reader"))
    options = parser.parse_args()
    model = ReaderModel(bundled())
    model.load_state_dict(torch.load(options.out / "state.pt", weights_only=True)["model"])
    model = model.float().eval()
    encoded = open_tokenizer(bundled()).encode(*SAMPLE)
    words = model.encoder.embeddings.word_embeddings(torch.tensor([encoded.ids])).detach()
    inputs = (words, torch.tensor([encoded.type_ids]))
    options.to.mkdir(parents=True, exist_ok=True)
    plain = options.out / "reader.onnx"
    length = torch.export.Dim("length", min=2, max=512)
    torch.onnx.export(
        Served(model).eval(), inputs, str(plain), input_names=["words", "types"], output_names=["spans", "answerable"],
        dynamo=True, dynamic_shapes=({1: length}, {1: length}), external_data=False, verbose=False,
    )  # fmt: skip
    small = options.to / "reader.onnx"
    quantize_dynamic(
        plain, small, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"],
        nodes_to_exclude=kept_exact(plain), extra_options={"DefaultTensorType": 1},
    )  # fmt: skip
    expected = [tensor.detach().numpy() for tensor in Served(model)(*inputs)]
    for graph in (plain, small):
        session = ort.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
        found = session.run(None, {"words": inputs[0].numpy(), "types": inputs[1].numpy()})
        differences = [float(np.abs(a - b).max()) for a, b in zip(expected, found, strict=True)]
        print(f"{graph.name}: {graph.stat().st_size / 1e6:.1f} MB, differs from torch by {max(differences):.4f}")


if __name__ == "__main__":
    main()
