"""French words brought to one form, whatever their number, gender, tense, accents or inclusive writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.search.indexing import phrase_of
from home.search.parsing import MAX_SLOTS, parse
from home.search.stemming import fold, stem
from home.search.words import keys_of, readable, words

# Every word of a line is found by every other.
FAMILIES = [
    "hébergement hébergements hebergement HÉBERGEMENT hébergé hébergée hébergent héberger hébergeait hébergeons",
    "accueil accueils accueillir accueille accueillent accueilli accueillait accueillons",
    "vote votes voter votent votait voté",
    "aide aides aider aident aidait",
    "plainte plaintes plaindre plaint plaignent",
    "apprendre apprend apprennent appris apprenant",
    "inscrire inscrit inscrite inscrivent inscription inscriptions",
    "traduire traduit traduction traducteur traductrice",
    "ouvrir ouvert ouvrent ouverture",
    "payer paie paye payent paient",
    "recevoir reçoit reçoivent reçu reçue",
    "venir vient viennent venu",
    "attendre attend attendent attente",
    "dormir dort dorment",
    "soin soins soigner soignent",
    "étranger étrangère étrangers étrangères etrangeres",
    "exilé exilée exilés exilées",
    "réfugié réfugiée réfugiés refugiees",
    "résident résidente résidents résidentes",
    "modérateur modératrice modérateurs modératrices",
    "travailleur travailleuse travailleurs travailleuses",
    "français française françaises",
    "citoyen citoyenne citoyens",
    "local locale locaux locales",
    "réseau réseaux",
    "Orangers oranger",
    "cœur coeur coeurs",
    "actif active actifs",
]
APART = ["pays payer", "mer mère", "parent par", "mode modérer", "cours cour"]


@pytest.mark.parametrize("family", FAMILIES)
def test_forms_of_one_word_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", APART)
def test_other_words_stay_apart(pair: str) -> None:
    assert len({stem(word) for word in pair.split()}) == 2


def keys(text: str) -> set[str]:
    return set(keys_of(words(readable(text))))


# What is written, and what somebody may type to find it.
FOUND_BY = [
    ("l’accueil", "accueil"),
    ("d'urgence", "URGENCE"),
    ("L’urgence", "l urgence"),
    ("jusqu’aux frontières", "frontière"),
    ("sans-papiers", "sans papiers"),
    ("sans papiers", "sans-papiers"),
    ("sans papiers", "sanspapiers"),
    ("Sans-Papiers", "sanspapier"),
    ("mineur·es non accompagné·es", "non-accompagnés"),
    ("les S.D.F.", "sdf"),
    ("Échanges & Partenariats", "E&P"),
    ("E&P", "échanges et partenariats"),
    ("une O.N.G", "ONG"),
    ("porte-parole", "porteparole"),
    ("porte-parole", "parole"),
]
INCLUSIVE = {
    "exilé": "exilé·es exilé.e.s exilé-e-s exilé·e·s exilé(e)s exilés exilées exilé.es exilé/e/s exilé•es EXILÉ·ES",
    "modérateur": "modérateur·rices modérateur.rice.s modérateur-rice-s modérateurs/modératrices modératrices",
    "étranger": "étranger·es étranger·ère·s étranger.e.s étranger-e-s étrangères",
    "travailleur": "travailleur·ses travailleur.euse.s travailleur-euse-s travailleuses",
}


@pytest.mark.parametrize(("written", "typed"), FOUND_BY)
def test_elisions_and_compounds_are_seen_through(written: str, typed: str) -> None:
    query = parse(typed)

    assert query.keys & keys(written)


@pytest.mark.parametrize("word", INCLUSIVE)
def test_every_inclusive_form_answers_to_every_other(word: str) -> None:
    assert {frozenset(keys(form)) for form in INCLUSIVE[word].split()} == {frozenset({stem(word)})}


def test_an_inclusive_form_keeps_its_place_in_the_text() -> None:
    text = "Les exilé·es sont là."

    (word,) = [word for word in words(text) if not word.is_stop_word and word.folded != "la"]

    assert text[word.start : word.end] == "exilé·es"


def test_a_full_stop_without_a_space_ends_a_word() -> None:
    assert keys("la fin.Les habitants") == {stem("fin"), stem("habitants")}


def test_sans_alone_is_no_word_to_look_for() -> None:
    assert parse("sans").slots == []
    assert [slot.written for slot in parse("sans le savoir").slots] == ["savoir"]


def test_invisible_signs_are_not_read() -> None:
    assert keys("héber\u00adge\u200bment\x00") == {stem("hébergement")}


class TestAQuery:
    def test_knows_phrases_and_words_to_leave_out(self) -> None:
        query = parse('accueil "ville hospitalière" -liège -"code postal" « bons mots »')

        assert query.phrases == [phrase_of(words("ville hospitalière")), phrase_of(words("bons mots"))]
        assert query.excluded == [(stem("liège"),)]
        assert query.excluded_phrases == [phrase_of(words("code postal"))]
        assert [slot.written for slot in query.slots] == ["ville", "hospitalière", "bons", "mots", "accueil"]

    def test_leaves_no_part_of_a_compound_out(self) -> None:
        assert parse("accueil - ville rendez-vous").excluded == []

    def test_knows_other_words_for_the_same(self) -> None:
        (slot,) = parse("titre de séjour").slots

        assert ((stem("papiers"),), pytest.approx(0.3)) in slot.ways

    @pytest.mark.parametrize(
        "text", ["", "le la les et à l’", '"', '"le"', "-", "-le", "…?!", "\x00", '« "', "   "]
    )
    def test_without_words_looks_for_nothing(self, text: str) -> None:
        assert parse(text).slots == []

    @given(st.text(max_size=400))
    def test_reads_whatever_is_typed(self, text: str) -> None:
        assert len(parse(text).slots) <= MAX_SLOTS

    @given(st.text(max_size=60))
    def test_is_the_same_with_and_without_capitals(self, text: str) -> None:
        assert {fold(word.written) for word in words(readable(text))} == {
            word.folded for word in words(readable(text))
        }
