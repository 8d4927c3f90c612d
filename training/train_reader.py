"""Fine-tune the reader: question + passage → answer span, and how likely the passage answers at all.

    python training/train_reader.py DATA_DIR OUT_DIR [--examples 32000] [--seed 1]

Starts from the bundled MiniLM with its word embeddings frozen, so that only encoder and head need shipping. Spans come
from ``squadshifts`` and ``squad2/train-first-10-articles``; passages that do not answer are made in two ways: the most
similar other passage without the answer (BM25), and near misses in which a name or number of the question is exchanged
for another of its kind. bfloat16 autocast, eager attention, batches sorted by length. Resumes from OUT_DIR/state.pt.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from qa_service.encoder_export import bundled
from qa_service.sentences import split
from qa_service.store.keywords import KeywordIndex

SETS = ("squadshifts/new_wiki", "squadshifts/reddit", "squadshifts/amazon_reviews", "squad2/train-first-10-articles")
WINDOW = 400  # characters of passage around an answer, on average
LONGEST = 256  # tokens of question and passage together
BATCH = 32
RATE = 1.2e-4
_NAME = re.compile(r"(?<=\w )(?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a window of a passage and the answer's span in it; (-1, -1) where it does not answer."""

    question: str
    window: str
    start: int
    end: int


class ReaderModel(nn.Module):
    """The encoder with a span head (start, end for every token) and an answerability head on the first token."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # Dropout of attention costs a tenth of the time on a processor, and nothing was gained by it.
        self.encoder = AutoModel.from_pretrained(
            folder, attn_implementation="eager", add_pooling_layer=False, attention_probs_dropout_prob=0.0
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.span = nn.Linear(width, 2)
        self.answerable = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        return self.span(hidden), self.answerable(hidden[:, 0]).squeeze(-1)


def read_sets(data: Path) -> list[tuple[str, str, str, int]]:
    """(question, context, answer text, answer start or -1) of every question."""
    rows = []
    for name in SETS:
        for article in json.loads((data / f"{name}.json").read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                for qa in paragraph["qas"]:
                    answer = qa["answers"][0] if qa.get("answers") and not qa.get("is_impossible") else None
                    start = answer["answer_start"] if answer else -1
                    rows.append((qa["question"].strip(), paragraph["context"], answer["text"] if answer else "", start))
    return rows


def window_around(context: str, start: int, end: int, rng: random.Random) -> tuple[str, int]:
    """About WINDOW characters of whole sentences with a span at a random place in them, and their offset."""
    spans = split(context)
    size = rng.uniform(0.6, 1.7) * WINDOW
    first = max((i for i, s in enumerate(spans) if s.start <= start), default=0)
    last = min((i for i, s in enumerate(spans) if s.end >= end), default=len(spans) - 1)
    first, last = min(first, last), max(first, last)
    while spans and spans[last].end - spans[first].start < size and (first > 0 or last < len(spans) - 1):
        if first > 0 and (last == len(spans) - 1 or rng.random() < 0.5):
            first -= 1
        else:
            last += 1
    if not spans:
        return context, 0
    return context[spans[first].start : spans[last].end], spans[first].start


def make_examples(rows: list[tuple[str, str, str, int]], count: int, rng: random.Random) -> list[Example]:
    contexts = list(dict.fromkeys(row[1] for row in rows))
    keywords = KeywordIndex.build(contexts)
    kinds = _kinds(rows)
    chosen = [rows[i % len(rows)] for i in _shuffled(len(rows), count, rng)]
    examples = []
    for question, context, answer, start in chosen:
        if start < 0:
            at = rng.randrange(len(context))
            window, _ = window_around(context, at, at, rng)
            examples.append(Example(question, window, -1, -1))
            continue
        draw = rng.random()
        if draw < 0.18:
            examples.append(_similar(question, answer, context, (contexts, keywords), rng))
        elif draw < 0.36 and (swapped := _near_miss(question, context, kinds, rng)):
            window, _ = window_around(context, start, start + len(answer), rng)
            examples.append(Example(swapped, window, -1, -1))
        else:
            window, offset = window_around(context, start, start + len(answer), rng)
            examples.append(Example(question, window, start - offset, start - offset + len(answer)))
    return examples


def _shuffled(size: int, count: int, rng: random.Random) -> list[int]:
    order: list[int] = []
    while len(order) < count:
        order += rng.sample(range(size), size)
    return order[:count]


def _similar(
    question: str, answer: str, context: str, index: tuple[list[str], KeywordIndex], rng: random.Random
) -> Example:
    contexts, keywords = index
    order = np.argsort(-keywords.scores(question))[:8]
    others = [contexts[i] for i in order if contexts[i] != context and answer.casefold() not in contexts[i].casefold()]
    other = others[0] if others else contexts[rng.randrange(len(contexts))]
    shared = set(question.casefold().split())
    best = max(split(other), key=lambda s: len(shared & set(other[s.start : s.end].casefold().split())), default=None)
    at = best.start if best else 0
    return Example(question, window_around(other, at, at + 1, rng)[0], -1, -1)


def _kinds(rows: list[tuple[str, str, str, int]]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for question, *_ in rows:
        found["name"].update(_NAME.findall(question))
        found["number"].update(_NUMBER.findall(question))
    return {kind: sorted(values) for kind, values in found.items()}


def _near_miss(question: str, context: str, kinds: dict[str, list[str]], rng: random.Random) -> str | None:
    """The question with one of its names or numbers exchanged for one that the passage does not hold."""
    places = [("name", m) for m in _NAME.finditer(question)] + [("number", m) for m in _NUMBER.finditer(question)]
    if not places:
        return None
    kind, match = rng.choice(places)
    for _ in range(5):
        other = rng.choice(kinds[kind])
        if other != match.group() and other.casefold() not in context.casefold():
            return question[: match.start()] + other + question[match.end() :]
    return None


@dataclass(slots=True)
class Encoded:
    ids: list[int]
    types: list[int]
    start: int
    end: int


def encode(example: Example, tokenizer: Tokenizer) -> Encoded | None:
    """Token ids and the token span of the answer; (0, 0), the first token, where there is none."""
    encoded = tokenizer.encode(example.question, example.window)
    start = end = 0
    if example.start >= 0:
        spans = [(i, o) for i, (o, s) in enumerate(zip(encoded.offsets, encoded.sequence_ids, strict=True)) if s == 1]
        inside = [i for i, (a, b) in spans if a < example.end and b > example.start]
        if not inside:
            return None
        start, end = inside[0], inside[-1]
    return Encoded(encoded.ids, encoded.type_ids, start, end)


def batches(encoded: list[Encoded], rng: random.Random) -> Iterator[list[Encoded]]:
    """Batches of alike length, in random order."""
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids) + rng.uniform(0, 12))
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    for group in groups:
        yield [encoded[i] for i in group]


def tensors(batch: list[Encoded]) -> tuple[torch.Tensor, ...]:
    width = max(len(e.ids) for e in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, e in enumerate(batch):
        ids[row, : len(e.ids)] = torch.tensor(e.ids)
        mask[row, : len(e.ids)] = 1
        types[row, : len(e.ids)] = torch.tensor(e.types)
    starts, ends = torch.tensor([e.start for e in batch]), torch.tensor([e.end for e in batch])
    return ids, mask, types, starts, ends


def loss_of(model: ReaderModel, batch: list[Encoded]) -> torch.Tensor:
    ids, mask, types, starts, ends = tensors(batch)
    with torch.autocast("cpu", torch.bfloat16):
        span, answerable = model(ids, mask, types)
    span = span.float().masked_fill((mask == 0).unsqueeze(-1), -1e4)
    cross = nn.functional.cross_entropy
    wanted = (starts > 0).float()
    spans = (cross(span[..., 0], starts) + cross(span[..., 1], ends)) / 2
    return spans + 0.5 * nn.functional.binary_cross_entropy_with_logits(answerable.float(), wanted)


def open_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    return tokenizer


def train(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    folder = bundled()
    tokenizer, model = open_tokenizer(folder), ReaderModel(folder)
    examples = make_examples(read_sets(options.data), options.examples, rng)
    encoded = [e for e in (encode(example, tokenizer) for example in examples) if e is not None]
    groups = list(batches(encoded, rng))
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    warm = max(1, len(groups) // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (len(groups) - step) / (len(groups) - warm)))
    )
    first = _resume(options.out, model, optimizer, schedule)
    print(f"{len(encoded)} examples, {len(groups)} batches, from batch {first}", flush=True)
    began, running = time.time(), 0.0
    model.train()
    for step in range(first, len(groups)):
        loss = loss_of(model, groups[step])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        value = float(loss.detach())
        running = 0.98 * running + 0.02 * value if step > first else value
        if (step + 1) % 50 == 0:
            speed = (step + 1 - first) * BATCH / (time.time() - began)
            print(f"{step + 1}/{len(groups)} loss {running:.3f} {speed:.1f} examples/s", flush=True)
        if (step + 1) % 200 == 0 or step + 1 == len(groups):
            _save(options.out, model, optimizer, schedule, step + 1)


def _save(out: Path, model: ReaderModel, optimizer: torch.optim.Optimizer, schedule: object, step: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }  # type: ignore[attr-defined]
    torch.save(state, out / "state.tmp")
    (out / "state.tmp").replace(out / "state.pt")


def _resume(out: Path, model: ReaderModel, optimizer: torch.optim.Optimizer, schedule: object) -> int:
    if not (out / "state.pt").exists():
        return 0
    state = torch.load(out / "state.pt", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])  # type: ignore[attr-defined]
    return int(state["step"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--examples", type=int, default=32000)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
