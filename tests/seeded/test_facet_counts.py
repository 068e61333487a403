"""The count beside a value is what one gets with it alone in its facet and the other facets as they are."""

from __future__ import annotations

import random
from functools import cache
from urllib.parse import urlencode

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.facets import Facet
from practices.library import listing_for, practice_facets
from practices.listing import FacetedList
from practices.models import PracticeIndexPage

WORDS = ["", "", "", "accueil", "logement ville", "consulta", "zzz"]


@cache
def facets() -> list[Facet]:
    return practice_facets()


@st.composite
def filters(draw: st.DrawFn) -> list[tuple[str, str]]:
    """A few values of a few facets, sometimes with words, in any order."""
    chosen = draw(st.lists(st.sampled_from(facets()), max_size=4, unique_by=lambda facet: facet.parameter))
    pairs = [
        (facet.parameter, slug)
        for facet in chosen
        for slug in draw(st.lists(st.sampled_from(list(facet.by_slug)), min_size=1, max_size=3, unique=True))
    ]
    if words := draw(st.sampled_from(WORDS)):
        pairs.append(("q", words))
    return draw(st.permutations(pairs))


def under(pairs: list[tuple[str, str]]) -> FacetedList:
    return listing_for(PracticeIndexPage.objects.get(), QueryDict(urlencode(pairs)))


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_every_count_is_the_total_of_its_value_alone(data: st.DataObject) -> None:
    pairs = data.draw(filters())
    facet = data.draw(st.sampled_from(facets()))
    counts = under(pairs).counts.get(facet.parameter, {})
    others = [pair for pair in pairs if pair[0] != facet.parameter]

    for slug in random.Random(len(pairs)).sample(list(facet.by_slug), min(6, len(facet.by_slug))):
        alone = under([*others, (facet.parameter, slug)])
        assert counts.get(slug, 0) == alone.total == alone.matching().count(), (pairs, facet.parameter, slug)


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_the_same_filters_in_any_order_have_the_same_address(data: st.DataObject) -> None:
    pairs = data.draw(filters())
    shuffled = data.draw(st.permutations(pairs))

    assert under(list(shuffled)).canonical_url == under(pairs).canonical_url
    assert sorted(page.pk for page in under(list(shuffled)).each()) == sorted(
        page.pk for page in under(pairs).matching()
    )
