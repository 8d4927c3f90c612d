"""Who does what a verb says, in one tagged sentence: the noun phrase before it, behind it, or further off.

Clauses are not parsed; what stands between a subject and its verb in news is of few kinds: auxiliaries and adverbs, an
apposition or relative clause between commas, a verb joined by "and".
"""

from __future__ import annotations

from itertools import islice

from qa_service.language.phrases import NOMINAL, Phrase, ending, starting, with_attached
from qa_service.language.tagging import Tagged
from qa_service.language.verbs import SPEECH, VOICED
from qa_service.language.words import word_set

_VERBS = "VvEG"
_OPENS = word_set("with as after before since than until like because while")  # prepositions that open a clause as well
_WRITINGS = word_set(
    "statement letter email tweet post report memo message note release interview speech video ad column "
    "statements letters emails tweets messages ads ballots notices"
)
_ABLE = word_set("able likely unlikely going ready set poised due bound eager willing reluctant quick")
_SPEAKING = (SPEECH | VOICED) - word_set("continue")
_DEPTH = 3  # verbs whose subject hangs on that of another
_TRIED = 3  # verbs before that are asked for their subject


def subject(tagged: Tagged, verb: int, depth: int = 0) -> Phrase | None:
    """The phrase that does what the verb at ``verb`` says, or None where nobody is told."""
    tags = tagged.tags
    first = group_start(tagged, verb)
    if not first or depth > _DEPTH:
        return None
    before = tags[first - 1]
    if tags[verb] in "Gg" and not _is_progressive(tagged, first, verb):
        return _of_participle(tagged, first, depth)
    if before in "wt":
        return _antecedent(tagged, first - 1)
    if before == "o" and tags[verb] == "V":  # "Ada River came to announce": who came
        return joined(tagged, first - 1, depth)
    if before in "cb" or (before == "," and tags[verb] in "v" and _joins(tagged, first)):
        return joined(tagged, first - 1, depth)
    if before in ",-" or (before == "q" and "," in tags[:first]):
        return _across(tagged, first - 1) or joined(tagged, first - 1, depth)
    return _beside(tagged, first, depth)


def group_start(tagged: Tagged, verb: int) -> int:
    """Where the words that go with a verb begin: "has repeatedly refused to say", "on Monday said"."""
    tags, at = tagged.tags, verb
    while at:
        if tags[at - 1] in "xz" or tags[at - 1] == "r":
            at -= 1
            if (
                tags[at] == "r"
                and at
                and tagged.tokens[at - 1].text.casefold() in ("on", "in", "late", "early", "last")
            ):
                at -= 1
        elif tags[at - 1] == "o" and at > 1 and (tags[at - 2] in "VvEGgxz" or tagged.tokens[at - 2].text in _ABLE):
            at -= 2
        elif tags[at - 1] == "o" and at > 2 and tags[at - 2] == "i" and tags[at - 3] in "VvEGg":
            at -= 3
        elif tags[at - 1] == "d" and tagged.tokens[at - 1].text in ("both", "all") and at > 1 and tags[at - 2] in "nNP":
            at -= 1
        else:
            break
    return at


def is_passive(tagged: Tagged, verb: int) -> bool:
    """Whether a past form stands behind "be", is joined to one that does, or stands between a noun and "by"."""
    tags = tagged.tags
    if tags[verb] not in "vE":
        return False
    at = verb
    while at and (tags[at - 1] == "r" or tagged.tokens[at - 1].text in ("both", "all", "each")):
        at -= 1
    if at > 1 and tags[at - 1] == "c" and tags[at - 2] in "vE":
        return is_passive(tagged, at - 2)
    by = verb + 1 < len(tags) and tagged.tokens[verb + 1].text == "by"
    return (at > 0 and tags[at - 1] == "z") or (by and at > 0 and tags[at - 1] in "nN,E")


def _is_progressive(tagged: Tagged, first: int, verb: int) -> bool:
    return any(tag == "z" for tag in tagged.tags[first:verb])


def _antecedent(tagged: Tagged, relative: int) -> Phrase | None:
    """What "who", "which" or "that" stands for: the phrase before it."""
    end = relative
    while end and tagged.tags[end - 1] in ",-":
        end -= 1
    phrase = ending(tagged, end)
    if phrase is None:
        return None
    attached = tagged.tokens[phrase[0] - 1].text if phrase[0] else ""
    named = set(tagged.tags[phrase[0] : end]) == {"N"} and end - phrase[0] > 1  # "the support of Ada River, who"
    near = tagged.tags[end - 1] == "N" and (attached not in ("of", "for", "to") or named)
    return phrase if near else with_attached(tagged, phrase)


def _beside(tagged: Tagged, end: int, depth: int) -> Phrase | None:
    """The phrase right before a verb; where that is an object in a relative clause, what the clause belongs to."""
    phrase = ending(tagged, end)
    if phrase is None:
        return _reduced(tagged, end) or _of_contact(tagged, end) or _of_relative(tagged, end)
    first, _ = phrase = with_attached(tagged, phrase)
    reduced = _reduced(tagged, first)
    if reduced:
        return reduced
    before = tagged.tags[first - 1] if first else ""
    if before and before in "io" and first > 1 and tagged.tags[first - 2] in "cb":
        return joined(tagged, first - 2, depth)
    if before and before in "io" and first > 1 and tagged.tags[first - 2] in "EvVxz":
        return _of_relative(tagged, first) or phrase
    if before and before in "io":
        return phrase if tagged.tokens[first - 1].text.casefold() in _OPENS or tagged.tags[end - 1] in "NP" else None
    if before and before in "EvxzgG":
        return _of_relative(tagged, first) or phrase
    return phrase


def _of_contact(tagged: Tagged, end: int) -> Phrase | None:
    """What a clause without a relative pronoun that ends here belongs to: "the experts I asked said"."""
    clause = end > 2 and tagged.tags[end - 1] in "EvV" and tagged.tags[end - 2] == "P" and tagged.tags[end - 3] in "nN"
    phrase = ending(tagged, end - 2) if clause else None
    return with_attached(tagged, phrase) if phrase else None


def _of_relative(tagged: Tagged, end: int) -> Phrase | None:
    """What a relative clause that ends here belongs to: "the man who saw the event said"."""
    relative = max(tagged.tags.rfind("w", 0, end), tagged.tags.rfind("t", 0, end))
    clause = max(tagged.tags.rfind(mark, 0, end) for mark in ",;:")
    end = relative - (tagged.tags[relative - 1 : relative] == ",")
    free = relative > 0 and relative >= clause and end > 0 and tagged.tags[end - 1] in NOMINAL
    return _antecedent(tagged, relative) if free else None


def _reduced(tagged: Tagged, first: int) -> Phrase | None:
    """The phrase that a participle before ``first`` is told of: "a letter obtained by the paper", "voters leaving"."""
    tags, at = tagged.tags, first
    while at and tags[at - 1] in "ior":
        at -= 1
    participle = "EvgG" if at < first else "Eg"
    phrase = ending(tagged, at - 1) if at > 1 and tags[at - 1] in participle and tags[at - 2] in "nNd" else None
    return with_attached(tagged, phrase) if phrase else None


def _across(tagged: Tagged, comma: int) -> Phrase | None:
    """The subject before an apposition or a relative clause that ends at ``comma``: the leftmost that can be one."""
    tags, found, at = tagged.tags, None, comma
    while at:
        opening = max(tags.rfind(",", 0, at), tags.rfind("-", 0, at))
        if opening <= 0 or any(mark in tags[opening:at] for mark in ":;"):
            break
        phrase = ending(tagged, opening)
        at = opening
        if phrase is None or tags[opening + 1] in "VvExzcbPq" or (found and _is_dateline(tagged, phrase)):
            if found:
                break
            continue
        first, _ = phrase = with_attached(tagged, phrase)
        before = tags[first - 1] if first else ","
        if before in "io" and tagged.tokens[first - 1].text.casefold() not in _OPENS - {"as", "after", "before"}:
            if found:
                break
            continue
        if before == "," and _is_place(tagged, phrase):
            continue
        if before in ",-:;qtscbwVvrx" or first == 0:
            found = phrase
        if before not in ",-":
            break
    return found


def _is_dateline(tagged: Tagged, phrase: Phrase) -> bool:
    """Whether a phrase is the place with which a report opens: "OSLO -- Ada River, …, said"."""
    return phrase[0] == 0 and tagged.words(*phrase).isupper()


def _is_place(tagged: Tagged, phrase: Phrase) -> bool:
    """Whether a name only says where the place before it is: the "Ohio" of "in Springfield, Ohio,"."""
    first, end = phrase
    town = ending(tagged, first - 1) if set(tagged.tags[first:end]) == {"N"} else None
    return (
        town is not None
        and town[0] > 0
        and tagged.tags[town[0] : town[1]].strip("N") == ""
        and tagged.tags[town[0] - 1] == "i"
    )


def _joins(tagged: Tagged, first: int) -> bool:
    """Whether a past form behind a comma goes on with its sentence's subject: "He came, saw, said"."""
    return tagged.tags[first - 2] in _VERBS


def joined(tagged: Tagged, at: int, depth: int) -> Phrase | None:
    """The subject of the nearest verb before ``at``, a cue first: "Trump praised him and called …"."""
    tags = tagged.tags
    for kind in ("vVP", "xzEP"):
        verbs = (i for i in range(at - 1, -1, -1) if tags[i] in kind and _is_finite(tagged, i))
        for verb in islice(verbs, _TRIED):
            found = (verb, verb + 1) if tags[verb] == "P" else subject(tagged, verb, depth + 1)
            if found:
                return found
    return None


def _is_finite(tagged: Tagged, verb: int) -> bool:
    """Whether a verb has a subject of its own; a pronoun counts where a verb is contracted with it: "she's"."""
    if tagged.tags[verb] == "P":
        return not tagged.tokens[verb].text.isalpha()
    return not (verb and tagged.tags[verb - 1] == "o")


def _speaking(tagged: Tagged, at: int, depth: int) -> Phrase | None:
    """The subject of the nearest verb of speech before ``at``."""
    verbs = (i for i in range(at - 1, -1, -1) if tagged.tags[i] in "vV" and tagged.tokens[i].base in _SPEAKING)
    return next(filter(None, (subject(tagged, verb, depth + 1) for verb in islice(verbs, _TRIED))), None)


def _of_participle(tagged: Tagged, first: int, depth: int) -> Phrase | None:
    """Whose participle it is: that of the noun right before it, or of the verb before it, or behind its comma."""
    tags = tagged.tags
    if tags[first - 1] == "P":
        return first - 1, first
    if tags[first - 1] in "nN":
        phrase = ending(tagged, first)
        governed = phrase and phrase[0] and tags[phrase[0] - 1] in "io" and tagged.tokens[phrase[0] - 1].text != "with"
        writing = tagged.tokens[first - 1].text.casefold() in _WRITINGS
        if phrase and not governed and not writing:
            return phrase
    return _speaking(tagged, first, depth) or joined(tagged, first, depth) or _main(tagged, first)


def _main(tagged: Tagged, after: int) -> Phrase | None:
    """The subject of the clause behind the next comma: "Noting the price, River said"."""
    comma = tagged.tags.find(",", after)
    return starting(tagged, comma + 1) if comma > 0 else None
