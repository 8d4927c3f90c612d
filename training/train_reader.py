"""Fine-tune the reader: question + passage → answer span, and how likely the passage answers at all.

    python training/train_reader.py DATA_DIR OUT_DIR [--mix broad] [--examples 57000] [--seed 1]
                                    [--start STATE] [--rate 1.2e-4]

Starts from the bundled MiniLM with its word embeddings frozen, so that only encoder and head need shipping. Spans come
from ``squadshifts`` and ``squad2/train-first-10-articles``, and, in the mix "near", from ``training/questions``: asked
for this project about Wikinews articles and passages of ``squadshifts``, many of them near misses that are not
answered. Further pairs that do not answer are made of those that do: with the most similar passage that lacks the
answer (BM25), with the passage less its answer, and near misses in which a name, number or word of the question is
exchanged for another of its kind, or the question denied. bfloat16 autocast, eager attention, batches sorted by
length. Resumes from OUT_DIR/state.pt.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from qa_service.encoder_export import bundled
from qa_service.sentences import split
from qa_service.store.keywords import KeywordIndex

WIKI, REDDIT, REVIEWS = "squadshifts/new_wiki", "squadshifts/reddit", "squadshifts/amazon_reviews"
SQUAD = "squad2/train-first-10-articles"
NEWS, NEAR = "news", "encyclopaedia"  # questions of our own
# How often a pair of each set is drawn: the more carefully asked, the more often.
MIXES: dict[str, dict[str, float]] = {
    "broad": {WIKI: 3, REDDIT: 1, REVIEWS: 1, SQUAD: 3},
    "near": {WIKI: 1, REDDIT: 0.2, REVIEWS: 0.2, SQUAD: 1.5, NEWS: 2, NEAR: 2},
}
# Share of answerable pairs that are turned into pairs that do not answer; our own questions have such pairs already.
NEGATIVE = {WIKI: 0.45, REDDIT: 0.45, REVIEWS: 0.45, SQUAD: 0.45, NEWS: 0.25, NEAR: 0.25}
WEIGHTS = {"similar": 12, "removed": 6, "foreign": 9, "swapped": 8, "opposite": 6, "neighbour": 4}
WINDOW = 400  # characters of passage around an answer, on average
LONGEST = 256  # tokens of question and passage together
BATCH = 32
_NAME = re.compile(r"(?<=\w )(?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_WORD = re.compile(r"[A-Za-z]+")
_AUXILIARY = re.compile(r"\b(?:did|does|do|was|were|is|are|can|could|would|will|has|have)\b")
_OPPOSED = """
    first last; before after; more less; most least; largest smallest; highest lowest; north south; east west;
    northern southern; eastern western; increase decrease; increased decreased; always never; male female; men
    women; win lose; won lost; begin end; began ended; old young; oldest youngest; best worst; longest shortest;
    early late; earlier later; earliest latest; high low; higher lower; large small; larger smaller; many few;
    inside outside; above below; over under; gain loss; rich poor; support oppose; supported opposed; allow
    forbid; allowed forbidden; include exclude; included excluded; public private; good bad; positive negative;
    left right; same different; strong weak; buy sell; bought sold; accept reject; accepted rejected; easy
    difficult; hot cold; rise fall; rose fell; major minor; likes dislikes; love hate; success failure;
    advantage disadvantage; common rare; fast slow; legal illegal; internal external; ancient modern; import
    export; friend enemy; birth death; born buried; open closed
"""
OPPOSITES = {a: b for pair in _OPPOSED.split(";") for a, b in (pair.split(), pair.split()[::-1])}


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


@dataclass(frozen=True, slots=True)
class Row:
    """A question as its set has it; ``start`` and ``end`` of the answer are -1 where its passage does not answer."""

    set: str
    article: str
    question: str
    context: str
    answer: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.answer) if self.start >= 0 else -1


def read_sets(data: Path, names: Iterable[str]) -> list[Row]:
    """Every question of the sets."""
    readers = {NEWS: _read_news, NEAR: _read_near}
    return [row for name in names for row in readers.get(name, partial(_read_squad, name))(data)]


def _read_squad(name: str, data: Path) -> Iterator[Row]:
    for article in json.loads((data / f"{name}.json").read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                answer = qa["answers"][0] if qa.get("answers") and not qa.get("is_impossible") else None
                start, text = (answer["answer_start"], answer["text"]) if answer else (-1, "")
                yield Row(name, str(article.get("title")), qa["question"].strip(), paragraph["context"], text, start)


def _read_news(data: Path) -> Iterator[Row]:
    lines = (data / "wikinews/articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {article["id"]: article["text"] for article in map(json.loads, lines)}
    return _read_own(NEWS, {key: (key, text) for key, text in texts.items()})


def _read_near(data: Path) -> Iterator[Row]:
    rows = list(_read_squad(WIKI, data))
    return _read_own(NEAR, {named(row.context): (row.article, row.context) for row in rows})


def _read_own(name: str, texts: dict[str, tuple[str, str]]) -> Iterator[Row]:
    """Questions of our own: text, question, and where the answer starts and ends, -1 where there is none."""
    with (Path(__file__).parent / "questions" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        for key, question, start, end in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            article, text = texts[key]
            yield Row(name, article, question, text, text[int(start) : int(end)], int(start))


def named(context: str) -> str:
    """What a passage is called in the questions of our own."""
    return hashlib.sha1(context.encode()).hexdigest()[:10]


def window_around(context: str, start: int, end: int, rng: random.Random) -> tuple[str, int]:
    """About WINDOW characters of whole sentences with a span at a random place in them, and their offset."""
    spans = split(context)
    size = rng.uniform(0.5, 2.1) * WINDOW
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


def unanswered(question: str, context: str, rng: random.Random) -> Example:
    """A question with the stretch of a text that is likest to it; that it does not answer is for the caller to know."""
    asked = set(_WORD.findall(question.casefold()))
    spans = split(context)
    alike = [len(asked & set(_WORD.findall(context[s.start : s.end].casefold()))) for s in spans]
    at = spans[int(np.argmax(alike))].start if spans else 0
    return Example(question, window_around(context, at, at + 1, rng)[0], -1, -1)


class Negatives:
    """Makes pairs that do not answer out of pairs that do."""

    def __init__(self, rows: list[Row], words: WordNeighbours, rng: random.Random) -> None:
        self._contexts = list(dict.fromkeys(row.context for row in rows))
        self._keywords = KeywordIndex.build(self._contexts)
        self._names: dict[str, dict[str, list[str]]] = {"name": defaultdict(list), "number": defaultdict(list)}
        for row in rows:
            self._names["name"][row.article] += _NAME.findall(row.question)
            self._names["number"][row.article] += _NUMBER.findall(row.question)
        self._words = words
        self._rng = rng

    def make(self, row: Row) -> Example | None:
        """One of the kinds, drawn by WEIGHTS; None where the pair does not lend itself to it."""
        kind = self._rng.choices(list(WEIGHTS), WEIGHTS.values())[0]
        if kind == "similar":
            return self._similar(row)
        if kind == "removed":
            return self._removed(row)
        question = getattr(self, f"_{kind}")(row)
        if question is None or question == row.question:
            return None
        return Example(question, window_around(row.context, row.start, row.end, self._rng)[0], -1, -1)

    def _similar(self, row: Row) -> Example:
        """The question with the most similar passage that lacks the answer."""
        order = np.argsort(-self._keywords.scores(row.question))[:8]
        answer = row.answer.casefold()
        found = [self._contexts[i] for i in order]
        others = [text for text in found if text != row.context and answer not in text.casefold()]
        return unanswered(row.question, others[0] if others else self._rng.choice(self._contexts), self._rng)

    def _removed(self, row: Row) -> Example | None:
        """The question with its passage, less the sentences that hold the answer."""
        kept = [row.context[s.start : s.end] for s in split(row.context)]
        kept = [text for text in kept if row.answer.casefold() not in text.casefold()]
        text = " ".join(kept)
        if not kept or row.answer.casefold() in text.casefold():
            return None
        at = self._rng.randrange(len(text))
        return Example(row.question, window_around(text, at, at + 1, self._rng)[0], -1, -1)

    def _foreign(self, row: Row) -> str | None:
        """A name or number exchanged for one of the same article's questions that the passage does not hold."""
        for _ in range(4):
            if (place := self._place(row)) is None:
                return None
            kind, match = place
            pool = self._names[kind][row.article if self._rng.random() < 0.7 else self._any()]
            other = self._alike(match.group(), pool)
            if other and other.casefold() not in row.context.casefold():
                return row.question[: match.start()] + other + row.question[match.end() :]
        return None

    def _swapped(self, row: Row) -> str | None:
        """A name or number exchanged for another one of the same passage that stands in another sentence."""
        sentences = [row.context[s.start : s.end] for s in split(row.context) if not s.start <= row.start < s.end]
        if (place := self._place(row)) is None or not sentences:
            return None
        kind, match = place
        pool = (_NAME if kind == "name" else _NUMBER).findall(" ".join(sentences))
        pool = [other for other in pool if other not in row.question and other not in row.answer]
        other = self._alike(match.group(), pool)
        return row.question[: match.start()] + other + row.question[match.end() :] if other else None

    def _opposite(self, row: Row) -> str | None:
        """A word exchanged for its opposite, or the question denied."""
        places = [m for m in _WORD.finditer(row.question) if m.group().casefold() in OPPOSITES]
        if places:
            match = self._rng.choice(places)
            return row.question[: match.start()] + OPPOSITES[match.group().casefold()] + row.question[match.end() :]
        verb = _AUXILIARY.search(row.question)
        if verb is None:
            return None
        denied = {"can": "cannot", "will": "won't"}.get(verb.group(), verb.group() + "n't")
        return row.question[: verb.start()] + denied + row.question[verb.end() :]

    def _neighbour(self, row: Row) -> str | None:
        """A word exchanged for one of like use that the passage does not hold: another activity, another property."""
        places = [m for m in _WORD.finditer(row.question) if m.group().islower() and len(m.group()) > 4]
        self._rng.shuffle(places)
        for match in places[:3]:
            others = [w for w in self._words.near(match.group()) if w not in row.context.casefold()]
            if others:
                return row.question[: match.start()] + self._rng.choice(others) + row.question[match.end() :]
        return None

    def _place(self, row: Row) -> tuple[str, re.Match[str]] | None:
        places = [("name", m) for m in _NAME.finditer(row.question)]
        places += [("number", m) for m in _NUMBER.finditer(row.question)]
        return self._rng.choice(places) if places else None

    def _alike(self, name: str, pool: list[str]) -> str:
        """One of the pool with as many words, if there is any; an empty string where the pool is empty."""
        alike = [other for other in pool if other.count(" ") == name.count(" ")]
        return self._rng.choice(alike or pool) if pool else ""

    def _any(self) -> str:
        return self._rng.choice(list(self._names["name"]))


class WordNeighbours:
    """Words of like use, by the word embeddings of the encoder, without a word's own forms and closest synonyms."""

    def __init__(self, tokenizer: Tokenizer, table: torch.Tensor) -> None:
        numbers = {w: n for w, n in tokenizer.get_vocab().items() if w.isalpha() and w.isascii() and len(w) > 3}
        self._words = list(numbers)
        self._rows = {word: row for row, word in enumerate(self._words)}
        self._table = nn.functional.normalize(table[list(numbers.values())].float(), dim=1)

    def near(self, word: str) -> list[str]:
        row = self._rows.get(word)
        if row is None:
            return []
        found = (self._table @ self._table[row]).topk(25).indices.tolist()[4:]
        return [self._words[i] for i in found if self._words[i][:4] != word[:4]]


def make_examples(drawn: list[Row], negatives: Negatives, rng: random.Random) -> list[Example]:
    """An example of each row; a share of NEGATIVE of the answerable pairs is turned into pairs that do not answer."""
    examples = []
    for row in drawn:
        if row.start < 0:
            examples.append(unanswered(row.question, row.context, rng))
            continue
        made = negatives.make(row) if rng.random() < NEGATIVE[row.set] else None
        if made is None:
            window, offset = window_around(row.context, row.start, row.end, rng)
            made = Example(row.question, window, row.start - offset, row.end - offset)
        examples.append(made)
    return examples


def drawn(rows: list[Row], count: int, mix: dict[str, float], rng: random.Random) -> list[Row]:
    """Rows in random order, each as often as the mix says, over and over."""
    pool = [row for row in rows for _ in range(int(mix[row.set] + rng.random()))]
    order: list[Row] = []
    while len(order) < count:
        order += rng.sample(pool, len(pool))
    return order[:count]


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
    width = -(-max(len(e.ids) for e in batch) // 16) * 16  # few shapes: each costs memory that is not given back
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
    if options.start:
        model.load_state_dict(torch.load(options.start, weights_only=True)["model"])
    mix = MIXES[options.mix]
    rows = read_sets(options.data, mix)
    words = WordNeighbours(tokenizer, model.encoder.embeddings.word_embeddings.weight.detach())
    examples = make_examples(drawn(rows, options.examples, mix, rng), Negatives(rows, words, rng), rng)
    encoded = [e for e in (encode(example, tokenizer) for example in examples) if e is not None]
    groups = list(batches(encoded, rng))
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=options.rate, weight_decay=0.01)
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
    parser.add_argument("--mix", choices=MIXES, default="broad")
    parser.add_argument("--examples", type=int, default=57000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.2e-4, help="highest learning rate")
    parser.add_argument("--start", type=Path, help="a state.pt of an earlier run whose weights to go on from")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
