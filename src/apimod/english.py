"""The two numbers of an English noun, from rules and short tables.

``singular`` and ``plural`` take one lower-case word in either number. What the tables do not know
follows the rules; ``--singular`` and ``--plural`` are for the rest.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    pairs = (pair.partition("/") for pair in text.split())
    return {singular: plural for singular, _, plural in pairs}


_UNCOUNTABLE = _set(
    "access advice aircraft analytics audio baggage bison cash cattle clothes clothing content "
    "corps css data debris deer dns economics electronics equipment ethics evidence feedback "
    "firmware fish furniture goods gps hardware headquarters homework html http https humidity "
    "information ios jeans jewelry json knowledge linguistics livestock logistics luggage "
    "machinery mathematics means media merchandise metadata middleware money moose music news "
    "offspring os pants payroll physics police politics rice rss salmon scissors series sheep "
    "shrimp sms software spacecraft species sql ssl staff stuff swine thanks tls traffic "
    "trousers trout weather wildlife xml"
)

_IRREGULAR = _pairs(
    "person/people child/children grandchild/grandchildren stepchild/stepchildren man/men "
    "woman/women foot/feet tooth/teeth goose/geese mouse/mice louse/lice ox/oxen die/dice "
    "half/halves leaf/leaves life/lives knife/knives wife/wives wolf/wolves shelf/shelves "
    "bookshelf/bookshelves self/selves elf/elves calf/calves loaf/loaves thief/thieves "
    "hoof/hooves scarf/scarves housewife/housewives midwife/midwives quiz/quizzes index/indexes "
    "appendix/appendices matrix/matrices vertex/vertices vortex/vortices codex/codices "
    "cortex/cortices criterion/criteria phenomenon/phenomena automaton/automata medium/media "
    "bacterium/bacteria curriculum/curricula memorandum/memoranda erratum/errata stratum/strata "
    "datum/data addendum/addenda alumnus/alumni cactus/cacti fungus/fungi nucleus/nuclei "
    "radius/radii stimulus/stimuli syllabus/syllabi locus/loci genus/genera corpus/corpora "
    "opus/opuses alga/algae larva/larvae vertebra/vertebrae antenna/antennas lens/lenses "
    "gas/gases bus/buses minibus/minibuses iris/irises plus/pluses yes/yeses trellis/trellises "
    "taxi/taxis ski/skis kiwi/kiwis api/apis wiki/wikis emoji/emojis uri/uris gui/guis cli/clis "
    "safari/safaris alibi/alibis poi/pois bikini/bikinis rabbi/rabbis menu/menus guru/gurus "
    "sku/skus cpu/cpus gpu/gpus emu/emus haiku/haikus tofu/tofus cache/caches niche/niches "
    "ache/aches headache/headaches avalanche/avalanches tranche/tranches creche/creches "
    "quiche/quiches pastiche/pastiches moustache/moustaches axe/axes axis/axes testis/testes "
    "oasis/oases stomach/stomachs monarch/monarchs epoch/epochs patriarch/patriarchs loch/lochs "
    "tech/techs movie/movies cookie/cookies calorie/calories zombie/zombies brownie/brownies "
    "selfie/selfies hoodie/hoodies rookie/rookies smoothie/smoothies veggie/veggies "
    "foodie/foodies prairie/prairies genie/genies birdie/birdies necktie/neckties "
    "magpie/magpies shoe/shoes toe/toes foe/foes canoe/canoes horseshoe/horseshoes oboe/oboes "
    "doe/does axle/axles mousse/mousses impasse/impasses crevasse/crevasses finesse/finesses "
    "posse/posses waltz/waltzes topaz/topazes blitz/blitzes quartz/quartzes passerby/passersby "
    "schema/schemas formula/formulas ellipsis/ellipses diagnosis/diagnoses prognosis/prognoses "
    "neurosis/neuroses psychosis/psychoses emphasis/emphases hypothesis/hypotheses "
    "thesis/theses synthesis/syntheses parenthesis/parentheses synopsis/synopses crisis/crises "
    "analysis/analyses catalysis/catalyses paralysis/paralyses dialysis/dialyses basis/bases "
    "human/humans german/germans roman/romans shaman/shamans talisman/talismans "
    "ottoman/ottomans caiman/caimans focus/focuses"
)

_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()} | {
    "bases": "base",
    "axes": "axis",
    "indices": "index",
    "persons": "person",
    "foci": "focus",
    "schemata": "schema",
    "formulae": "formula",
    "matrixes": "matrix",
    "vertexes": "vertex",
    "syllabuses": "syllabus",
    "cactuses": "cactus",
    "octopi": "octopus",
    "antennae": "antenna",
    "mediums": "medium",
    "curriculums": "curriculum",
    "memorandums": "memorandum",
    "passers": "passer",
}

_O_ES = _set("cargo domino echo embargo hero mango mosquito potato tomato torpedo veto volcano")
_AS_SINGULAR = _set("alias atlas bias canvas christmas pancreas pampas pyjamas")
_OS_SINGULAR = _set("asbestos chaos cosmos ethos kudos pathos rhinoceros")
_EN_SINGULAR = _set("abdomen acumen lumen omen ramen regimen semen specimen stamen women")
_USE = _set("use fuse muse excuse abuse ruse recluse hypotenuse misuse reuse disuse")
_IS_SINGULAR = _set("cannabis chassis clematis ibis pelvis tennis")


def singular(word: str) -> str:
    """Return the singular of ``word``, which may be one already."""
    if word in _UNCOUNTABLE or word in _IRREGULAR:
        return word
    if word in _SINGULAR:
        return _SINGULAR[word]
    if word.endswith("men") and len(word) > 5 and word not in _EN_SINGULAR:
        return word[:-3] + "man"
    if not word.endswith("s") or _is_singular_s(word) or len(word) < 2:
        return word
    if word.endswith("es"):
        return _without_es(word)
    return word[:-1]


def plural(word: str) -> str:
    """Return the plural of ``word``, which may be one already."""
    if word in _UNCOUNTABLE:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if singular(word) != word:
        return word
    if word.endswith("man") and len(word) > 3:
        return word[:-3] + "men"
    if word.endswith(("sis", "xis")):
        return word[:-2] + "es"
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in _O_ES:
        return word + "es"
    if word.endswith("y") and (word[-2:-1] not in set("aeiou") or word.endswith("quy")):
        return word[:-1] + "ies" if len(word) > 1 else word + "s"
    return word + "s"


def _is_singular_s(word: str) -> bool:
    """Whether a word in -s is a singular: status, address, analysis, alias, chaos."""
    if word.endswith(("ss", "us", "sis", "polis")):
        return True
    return word in _AS_SINGULAR | _OS_SINGULAR | _IS_SINGULAR


def _without_es(word: str) -> str:
    """Return the singular of a word in -es that no table knows."""
    stem = word[:-2]
    if word.endswith("ies"):
        return word[:-1] if len(word) <= 4 else word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes", "polises")):
        return stem
    if word.endswith("uses"):
        takes_e = word[-5:-4] in set("aeo") or word[:-1] in _USE
        return word[:-1] if takes_e else stem
    if stem in _AS_SINGULAR | _OS_SINGULAR | _IS_SINGULAR:
        return stem
    if word.endswith("yses"):
        return stem[:-2] + "sis" if word.endswith("lyses") else word[:-1]
    return word[:-1]
