"""The table of test_languages.py against ICU's own collation, at its primary strength (Node's `Intl.Collator`): words
are the same to both, but for those judged here."""

import json
import subprocess

import pytest

from chalicelib.folding import folded
from infra import web
from tests.unit.search.test_languages import TABLE

pytestmark = pytest.mark.long

MORE = "found here, though ICU's root collation keeps the letters apart: keyboards and habits write one for the other"
LESS = "ICU finds it: {}"
JUDGED = {
    "احمد أحمد": MORE,
    "طابعه طابعة": MORE,
    "elaqe əlaqə": MORE,
    "evegbe Eʋegbe": MORE,
    "hawai'i Hawaiʻi": MORE,
    "हिंदी हिन्दी": MORE,
    "thordur Þórður": MORE,
    "manna maŋŋa": MORE,
    "كتاب کتاب": MORE,
    "فارسي فارسی": MORE,
    "DİYARBAKIR diyarbakır": MORE,
    "Diyarbakir diyarbakır": MORE,
    "ısparta ISPARTA": MORE,
    "ISPARTA ısparta": MORE,
    "м'який мʼякий": MORE,
    "هم ہم": MORE,
    "п'еса п’еса": LESS.format("apostrophes are left out of words, not of folding (search/words.py)"),
    "はん ばん": LESS.format("voicing makes another word"),
}
_COMPARE = """
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
const collator = new Intl.Collator("und", {sensitivity: "base", ignorePunctuation: true});
const same = ([one, other]) => collator.compare(one.normalize("NFKC"), other.normalize("NFKC")) === 0;
console.log(JSON.stringify(pairs.map(same)));
"""


def test_words_are_the_same_as_to_icu_but_for_those_judged() -> None:
    try:
        node = web.find_node()
    except web.NotBuilt as reason:
        pytest.skip(str(reason))
    pairs = [(typed, stored) for _, typed, stored, _ in TABLE if " " not in typed + stored]
    assert len(pairs) > 80
    told = subprocess.run([node, "-e", _COMPARE], input=json.dumps(pairs), capture_output=True, text=True, check=True)
    to_icu = json.loads(told.stdout)
    apart = {
        f"{typed} {stored}"
        for (typed, stored), same in zip(pairs, to_icu, strict=True)
        if (folded(typed) == folded(stored)) != same
    }
    assert apart == JUDGED.keys()
