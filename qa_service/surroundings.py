"""What a process does without for a while: the network, what libraries tell their developers, garbage collection."""

from __future__ import annotations

import gc
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def offline() -> Iterator[None]:
    """Keep the model libraries, which read this when they are imported, from looking for a network."""
    before = os.environ.get("HF_HUB_OFFLINE")
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        yield
    finally:
        del os.environ["HF_HUB_OFFLINE"]
        if before is not None:
            os.environ["HF_HUB_OFFLINE"] = before


@contextmanager
def quiet() -> Iterator[None]:
    """Keep back what the libraries draw, log and warn about for their developers."""
    from transformers.utils import logging as bars

    level, drawn = logging.root.manager.disable, bars.is_progress_bar_enabled()
    logging.disable(logging.ERROR)
    bars.disable_progress_bar()  # type: ignore[no-untyped-call]  # has no annotations
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
        if drawn:
            bars.enable_progress_bar()  # type: ignore[no-untyped-call]  # has no annotations


@contextmanager
def uncollected() -> Iterator[None]:
    """Do without garbage collection, which would walk the exporter's many small objects again and again.

    Most of them stay until the process ends, so they are frozen: else its last collections alone take two seconds.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
