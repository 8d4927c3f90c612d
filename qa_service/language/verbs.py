"""Verbs and nouns that tell of somebody's words, thoughts, wishes and judgements, in all their forms.

Classes follow common verb classifications (Levin, English Verb Classes and Alternations, 1993: verbs of communication,
judgement, desire, conjecture). Where one stands and who its subject is, is left to ``letters`` and ``subjects``.
"""

from __future__ import annotations

from functools import cache

from qa_service.language.words import irregular, word_set

SPEECH = word_set(
    "say tell add write ask note report announce suggest tweet retweet describe argue continue explain acknowledge "
    "declare recall conclude claim respond state warn promise insist reveal reply predict question point admit deny "
    "indicate express confirm assure reiterate assert estimate concede mention stress complain lament remark joke "
    "emphasize emphasise highlight repeat remind echo imply shout chant allege testify vow pledge swear comment "
    "observe quip contend maintain counter caution advise recommend urge demand propose request underscore underline "
    "affirm reaffirm answer inform disclose boast brag speculate theorize forecast quote cite refer reference post "
    "email e-mail proclaim pronounce profess protest plead mutter whisper scream yell exclaim interject retort opine "
    "muse characterize characterise summarize recount narrate relay signal tout threaten blast denounce enthuse gush "
    "hint allude elaborate clarify apologize dispute rebut refute contradict vouch attest certify concur object voice "
    "articulate outline detail tease crack implore beg beseech appeal intone confess bemoan bark heckle debunk "
    "volunteer rant rail vent fume label dub term brand communicate convey"
)
TOPIC = word_set(
    "speak talk discuss relate publish order command instruct lobby address broach invoke lecture riff charge "
    "promulgate preach present unveil release pitch raise submit introduce debate negotiate share leak lie exaggerate "
    "demur balk bristle reflect"
)
VOICED = word_set(
    "paint frame taunt call accuse praise criticize criticise blame condemn hail slam attack mock dismiss reject "
    "endorse thank applaud decry assail lambast lambaste scold chide rebuke ridicule deride disparage insult belittle "
    "berate castigate chastise commend compliment congratulate laud salute credit censure challenge deplore denigrate "
    "fault rip knock trash hammer skewer pan bash excoriate eviscerate admonish reprimand upbraid vilify demonize "
    "malign smear extol depict portray liken compare"
)
ATTITUDE = word_set(
    "defend support oppose back welcome slight celebrate disavow disown deem champion advocate favor favour prefer "
    "embrace espouse approve disapprove admire respect rate rank name single target pillory rebuff promote glorify "
    "idolize cheer boo repudiate renounce discredit downplay minimize defy resist scorn disdain shun snub rap savage "
    "torch flay"
)
THOUGHT = word_set(
    "believe think hope fear expect see view consider know feel doubt suspect assume wonder imagine guess worry "
    "understand realize realise recognize recognise remember forget judge regard foresee envision anticipate presume "
    "reckon suppose sense agree disagree care regret appreciate interpret perceive figure dream trust hear learn "
    "dislike hate love underestimate tolerate fret envisage conceive ponder contemplate weigh accept misunderstand "
    "mistake decide determine"
)
WILL = word_set(
    "want plan intend wish seek aim prefer decline avoid ignore refuse agree decide hope vow try offer push press "
    "desire aspire long yearn need opt choose promise pledge threaten mean propose consent hesitate crave volunteer "
    "encourage persuade convince pressure invite allow permit approve authorize ban forbid prohibit vote campaign "
    "strive focus lean prepare mull explore sponsor nominate"
)
SHOWING = word_set(
    "show find suggest indicate reveal conclude estimate project demonstrate confirm prove illustrate contain read "
    "document portray predict determine rule establish discover identify calculate uncover analyze examine include "
    "list expose detect"
)

# Verbs that attribute together with the word behind them only.
WITH_PARTICLE = {
    "put": "it", "make": "clear it", "lay": "out", "take": "issue aim note offense exception", "shrug": "off",
    "stand": "by", "rule": "out", "brush": "aside off", "fire": "back", "hit": "back", "shoot": "back", "weigh": "in",
    "chime": "in", "double": "down", "lash": "out", "push": "back", "go": "after", "set": "forth", "spell": "out",
    "lean": "toward towards", "look": "forward", "sound": "off", "cast": "doubt", "draw": "attention",
    "raise": "concerns questions doubts", "give": "details", "issue": "a", "deliver": "a an", "play": "down",
}  # fmt: skip

# Adjectives that tell of a thought behind a form of "be": "is confident that", "was critical of".
ADJECTIVES = word_set(
    "optimistic pessimistic convinced confident skeptical sceptical critical aware sure certain worried afraid "
    "hopeful concerned eager willing reluctant unwilling ready happy unhappy proud glad supportive opposed committed "
    "interested uninterested unsure clear dismissive wary fearful angry upset disappointed surprised adamant unaware "
    "keen satisfied dissatisfied pleased enthusiastic ambivalent determined unconvinced grateful thankful sorry "
    "frustrated alarmed shocked horrified open sympathetic tired"
)
CUES = SPEECH | TOPIC | VOICED | ATTITUDE | THOUGHT | WILL | SHOWING
_ODD_PAST = {
    "tell": "told", "say": "said", "write": "wrote written", "think": "thought", "see": "saw seen",
    "know": "knew known", "feel": "felt", "find": "found", "show": "showed shown", "read": "read",
    "understand": "understood",
    "forget": "forgot forgotten", "swear": "swore sworn", "speak": "spoke spoken", "hear": "heard", "seek": "sought",
    "choose": "chose chosen", "mean": "meant", "foresee": "foresaw foreseen", "mistake": "mistook mistaken",
    "dream": "dreamed dreamt", "learn": "learned learnt", "forecast": "forecast",
    "beg": "begged", "rebut": "rebutted", "plan": "planned", "permit": "permitted", "ban": "banned", "pan": "panned",
    "refer": "referred", "prefer": "preferred", "admit": "admitted", "rip": "ripped", "brag": "bragged",
    "rap": "rapped", "dub": "dubbed", "slam": "slammed", "quip": "quipped", "snub": "snubbed", "shun": "shunned",
    "regret": "regretted",
    "plead": "pleaded pled", "beseech": "beseeched", "concur": "concurred", "opt": "opted",
    "forbid": "forbade forbidden", "label": "labeled labelled", "signal": "signaled signalled", "fret": "fretted",
}  # fmt: skip
_DOUBLED = word_set(
    "beg rebut plan permit ban pan refer prefer admit rip brag rap dub slam quip snub shun regret concur fret put "
    "shrug hit set"
)

# Of these, the bare form and the one in -s are nouns as often.
NOUNS_TOO = word_set(
    "claim report call plan hope fear support view demand request promise vow pledge question answer estimate project "
    "note remark comment tweet charge attack blame praise need desire wish offer order address appeal challenge cite "
    "concern credit post quote push press trust vote attempt name doubt fault feel guess hint joke judge label list "
    "lobby love back signal state stress target term threat thought sense trash talk voice protest repeat reference "
    "brand rank rate rule document detail outline object point welcome ban program aim campaign focus figure crack "
    "counter caution knock rap salute respect regret worry care dream dispute command insult sponsor email dismiss "
    "research study hammer savage present release pitch raise debate share leak lie frame torch smear mock poll show "
    "find read reveal mean"
)

# Nouns that stand for something said or thought: "his claim that", "Ada River's plan to", "criticism of".
NOUNS = word_set(
    "claim claims statement statements vow vows promise promises pledge pledges plan plans view views belief beliefs "
    "criticism criticisms support opposition call calls attack attacks decision refusal hope hopes fear fears "
    "allegation allegations accusation accusations suggestion suggestions comment comments remark remarks question "
    "questions proposal proposals assertion assertions argument arguments warning warnings demand demands desire wish "
    "concern concerns complaint complaints response reaction opinion opinions position positions stance prediction "
    "predictions admission denial endorsement defense defence praise description account threat threats insistence "
    "contention conclusion request requests rejection acknowledgment announcement declaration speech testimony doubts "
    "doubt confidence intention intentions approval disapproval condemnation assessment analysis"
)
_HELD = word_set("believe think hope")  # thoughts that news tells of as words
_SOUND = "sxz"
_ODD_PARTICLED = {
    "put": "put", "make": "made", "lay": "laid", "take": "took taken", "shrug": "shrugged", "stand": "stood",
    "hit": "hit", "shoot": "shot", "go": "went gone", "set": "set", "spell": "spelled spelt", "cast": "cast",
    "draw": "drew drawn",
    "give": "gave given",
}  # fmt: skip


def _inflected(base: str) -> dict[str, str]:
    """Form → kind of form ("base", "s", "past", "ing") of one verb."""
    stem = base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base
    ends_y = base.endswith("y") and base[-2] not in "aeiou"
    doubled = base + base[-1] if base in _DOUBLED else stem
    third = base[:-1] + "ies" if ends_y else base + ("es" if base[-1] in _SOUND or base.endswith(("ch", "sh")) else "s")
    past = _ODD_PAST.get(base) or _ODD_PARTICLED.get(base) or (base[:-1] + "ied" if ends_y else doubled + "ed")
    forms = {
        base: "base",
        third: "s",
        (base if base in ("see", "agree", "disagree", "foresee") else doubled) + "ing": "ing",
    }
    for form in past.split():
        forms.setdefault(form, "past")
    if base in ("agree", "disagree"):
        forms[base + "d"] = "past"
    return forms


@cache
def forms() -> dict[str, tuple[str, str]]:
    """Every form of every verb → its base form and which form it is ("base", "s", "past", "ing")."""
    found: dict[str, tuple[str, str]] = {}
    for base in sorted(CUES):
        for form, kind in _inflected(base).items():
            found.setdefault(form, (base, kind))
    return found


@cache
def particled() -> dict[str, tuple[str, str, frozenset[str]]]:
    """Every form of the verbs that need a word behind them → base form, which form it is, and those words."""
    found: dict[str, tuple[str, str, frozenset[str]]] = {}
    for base, words_behind in WITH_PARTICLE.items():
        for form, kind in _inflected(base).items():
            found.setdefault(form, (base, kind, word_set(words_behind)))
    return found


@cache
def past_forms() -> frozenset[str]:
    """Irregular past forms of common verbs: a word in here is no noun."""
    return frozenset(form for form, base in irregular().items() if form != base) - word_set(
        "talks left felt found men women children people feet better best worse worst"
    )


def speaks(cue: str) -> bool:
    """Whether a cue tells of words that were spoken or written, not of a thought, a wish or a deed alone.

    >>> speaks("said"), speaks("condemned"), speaks("plans"), speaks("according to"), speaks("")
    (True, True, False, True, True)
    """
    verb = next((forms()[w][0] for w in cue.casefold().split() if w in forms()), "")
    return not verb or verb in SPEECH or verb in VOICED or verb in _HELD
