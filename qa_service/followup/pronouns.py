"""Which pronouns a question leaves open, and whom or what of the conversation each one means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa_service.followup.entities import Entity
from qa_service.followup.memory import Gender, Memory
from qa_service.followup.novelty import novelty
from qa_service.followup.own import Own
from qa_service.language.grammar import HE, IMPERSONAL, IT, SHE, THEY, either, genitive, in_place_of, whole

_HE, _SHE = whole(HE), whole(SHE)
_THEY = whole(THEY, "both of them", "the two (?:men|women|sides|leaders|of them)", "(?<=did )both(?= )")
# Narrower than the "it" of events: a meeting takes an hour, but what "it takes" to win is nothing that has a name.
_IT = re.compile(
    rf"\b{IT}\b(?!['’]s\b)(?!\s+{either(IMPERSONAL, 'that|about|say|take|rain|snow|mean')}\b)"
    r"(?!\s+(?:\w+\s+)?(?:\w+\s+)(?:that|to)\b)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:besides|after|when|before|while|during|with|in|aside|apart|other than|despite|as|since)\b[^,]*,",
    re.IGNORECASE,
)
_THAT_HE = whole("that (?:he|she)")
_TOGETHER = re.compile(
    r"\b(?:marr\w+|wed\w*|husband|wife|met|meet\w*|talk\w*|together|divorce\w*|relationship|date[ds]?|dating|couple|"
    r"partners?|work(?:ed|ing)? with|collaborat\w+)\b",
    re.IGNORECASE,
)
_SPOUSE = re.compile(r"\b(?:husband|wife|girlfriend|boyfriend|fianc[eé]e?|spouse)\b", re.IGNORECASE)
_OWN_TOPIC = 9.0  # novelty of the words before a pronoun from which it means what they brought up
_SAID = 1.5  # weight of a person who was called so before, beside one who was not
_ABLE = 0.5  # weight of a name that may be a person's, beside one that is


def resolve(question: str, memory: Memory, own: Own) -> str:
    """The question with a name in the place of the first open pronoun of each kind."""
    kinds: tuple[tuple[re.Pattern[str], Callable[[], str], Sequence[str]], ...] = (
        (_HE, lambda: _person(memory, "he"), own.people),
        (_SHE, lambda: _person(memory, "she"), own.people),
        (_THEY, lambda: _several(memory), own.groups),
        (_IT, lambda: _thing(memory), own.things),
    )
    for pronoun, meant, rivals in kinds:
        found = pronoun.search(question)
        if found and not _means_own(question, found, rivals, memory):
            question = _put(question, found, meant())
    return question


def _means_own(question: str, pronoun: re.Match[str], rivals: Sequence[str], memory: Memory) -> bool:
    """Whether a pronoun means something that the question names itself."""
    before = question[: pronoun.start()]
    if _THAT_HE.search(question) or any(name in before for name in rivals):
        return True
    opening = _OPENING.match(question)
    if opening and pronoun.end() < opening.end() and any(name in question[opening.end() :] for name in rivals):
        return True
    return novelty(before, memory) >= _OWN_TOPIC


def _put(question: str, found: re.Match[str], name: str) -> str:
    if not name or name in question:
        return question
    return question[: found.start()] + in_place_of(found, name) + question[found.end() :]


def _person(memory: Memory, gender: Gender) -> str:
    """The weightiest person of that gender, or whose gender nothing tells; then whom the last answer names."""
    fits = [e for e in memory.ranked() if _may_be_person(e, memory) and memory.genders.get(e, gender) == gender]
    told = [e for e in memory.brought if e.kind == "person" and memory.genders.get(e, gender) == gender]
    chosen = max(fits, key=lambda e: _weight(e, memory), default=None) or next(iter(told), None)
    if chosen is None:
        return ""
    memory.genders[chosen] = gender
    return chosen.name


def _may_be_person(entity: Entity, memory: Memory) -> bool:
    return entity.kind in ("person", "other") or (entity == memory.topic and entity.kind != "work")


def _weight(entity: Entity, memory: Memory) -> float:
    """How likely a person is meant: more if "he" or "she" was said before, less if the name may be a thing's."""
    if entity in memory.genders:
        return memory.weight(entity) * _SAID
    return memory.weight(entity) * (1.0 if entity.kind == "person" or entity == memory.topic else _ABLE)


def _several(memory: Memory) -> str:
    """Two people that were spoken of together, else the weightiest group, else whoever weighs most."""
    together = _couple(memory)
    if together:
        return together
    fits = [e for e in memory.ranked() if e not in memory.genders and e.kind not in ("work", "place")]
    chosen = max(fits, key=lambda e: memory.weight(e) * (1.0 if e.plural or e == memory.topic else _ABLE), default=None)
    chosen = chosen or memory.focus()
    return chosen.name if chosen else ""


def _couple(memory: Memory) -> str:
    """Two people of the last question, or one of it and one of the answer, or with the spouse that it speaks of."""
    people = list(dict.fromkeys(e for e in memory.asked if e.kind == "person"))
    told = [e for e in memory.brought if e.kind == "person" and e not in people]
    if len(people) > 1:
        return " and ".join(e.name for e in people[:2])
    if people and told and _TOGETHER.search(f"{memory.text} {memory.answer}"):
        return f"{people[0].name} and {told[0].name}"
    spouse = _SPOUSE.search(memory.text)
    return f"{people[0].name} and {genitive(people[0].name)} {spouse.group()}" if people and spouse else ""


def _thing(memory: Memory) -> str:
    """A work that was named last, else the weightiest thing that is nobody."""
    works = [e for e in (*memory.asked, *memory.brought) if e.kind == "work" and e != memory.topic]
    if works:
        return works[-1].name
    fits = [e for e in memory.ranked() if e not in memory.genders and e.kind not in ("person", "place")]
    named = [e for e in fits if e in memory.asked or e == memory.topic]
    return named[0].name if named else ""
