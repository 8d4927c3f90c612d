"""Every set of questions: the documents indexed, the questions asked, every figure printed.

    python benchmarks/all.py DATA_DIR [--out build/benchmarks] [--every 10] [--only squad2 --only seeds] [--report]

The sample articles come first, then the sets under DATA_DIR that are there. Indices stay in the folder OUT, so that a
second run only asks. Which figures there are, and what they mean, stands in docs/evaluation.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from adapt.files import write
from adapt.sets import SETS

from qa_service.assemble import open_answerer, open_library
from qa_service.evaluation.items import load_questions
from qa_service.evaluation.outcomes import ask_all
from qa_service.evaluation.report import write_report
from qa_service.evaluation.show import show
from qa_service.settings import Settings

CHECKOUT = Path(__file__).parent.parent
OWN = ("seeds", "seeds-unseen")


def prepared(name: str, data: Path, out: Path) -> tuple[Path, Path] | None:
    """The documents and the question file of a set; None where there are none."""
    if name in OWN:
        return CHECKOUT / "seeds", CHECKOUT / "tests" / "questions" / f"{name}.jsonl"
    if not (data / name).is_dir():
        return None
    adapted = SETS[name](data)
    write(adapted, out / name)
    return (out / name / "documents.jsonl", out / name / "questions.jsonl") if adapted.questions else None


def indexed(home: Path, documents: Path, models: Path) -> Settings:
    """Settings of a home that holds the documents; the compiled model is shared with the others."""
    home.mkdir(parents=True, exist_ok=True)
    if models.exists() and not (home / "models").exists():
        shutil.copytree(models, home / "models", copy_function=os.link)
    settings = Settings.load(home=home)
    open_library(settings, lambda *_: None).sync([documents], lambda *_: None)
    if not models.exists():
        shutil.copytree(home / "models", models, copy_function=os.link)
    return settings


def chosen(options: argparse.Namespace) -> Iterator[tuple[str, Path, Path]]:
    for name in options.only or (*OWN, *SETS):
        files = prepared(name, options.data, options.out)
        if files:
            yield name, *files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=CHECKOUT / "build" / "benchmarks")
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question of a set")
    parser.add_argument("--only", action="append", choices=(*OWN, *SETS), help="a set; may be given several times")
    parser.add_argument("--report", action="store_true", help="write OUT/SET.html too")
    options = parser.parse_args()
    for name, documents, questions in chosen(options):
        home = options.out / f"home-{'seeds' if name in OWN else name}"
        settings = indexed(home, documents, options.out / "models")
        print(f"\n{name}", flush=True)
        outcomes = ask_all(load_questions(questions)[:: options.every], open_answerer(settings))
        show(outcomes, errors=False)
        if options.report:
            write_report(outcomes, name, options.out / f"{name}.html")


if __name__ == "__main__":
    main()
