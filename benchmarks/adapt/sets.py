"""All sets by name, which is the name of the set's folder too."""

from __future__ import annotations

from . import canard, clapnq, multihop, realtimeqa, squad2, wikinews

SETS = {
    "squad2": squad2.adapt,
    "realtimeqa": realtimeqa.adapt,
    "multihop_rag": multihop.adapt,
    "clapnq": clapnq.adapt,
    "canard": canard.adapt,
    "wikinews": wikinews.adapt,
}
