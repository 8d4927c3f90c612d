"""Turn a public set into documents to index and a question file.

python -m benchmarks.adapt SET DATA_DIR OUT_DIR [--every N]
qa-service index OUT_DIR/documents.jsonl --home HOME
qa-service evaluate OUT_DIR/questions.jsonl --home HOME --report report.html
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .files import Adapted, write
from .sets import SETS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=SETS)
    parser.add_argument("data", type=Path, help="folder that holds the folder of the set")
    parser.add_argument("out", type=Path)
    parser.add_argument("--every", type=int, default=1, help="keep every n-th question; all documents stay")
    options = parser.parse_args()
    adapted = SETS[options.set](options.data)
    write(Adapted(adapted.documents, adapted.questions[:: options.every]), options.out)
    print(f"{len(adapted.documents)} documents, {len(adapted.questions[:: options.every])} questions")


if __name__ == "__main__":
    main()
