"""The demonstration can be made twice, made large, and taken away."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page

from blog.models import BlogPostPage
from home.checks import DEMO_DOMAIN
from home.models import Author, Image, Session, User
from practices.models import PracticePage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def seed(**options: object) -> str:
    output = StringIO()
    call_command("seed_demo", stdout=output, **options)
    return output.getvalue()


def test_it_is_made_once_and_can_be_taken_away_again() -> None:
    before = set(Page.objects.values_list("slug", flat=True))
    first = seed()
    pages, images = list(Page.objects.values_list("path", "slug")), Image.objects.count()
    assert "volontaire@demo.invalid" in first

    second = seed()

    assert list(Page.objects.values_list("path", "slug")) == pages
    assert Image.objects.count() == images
    assert "celui donné au premier démarrage" in second

    theirs = factories.BlogPostPageFactory(territory=PracticePage.objects.live().first().territory)
    seed(remove=True)

    left = set(Page.objects.values_list("slug", flat=True)) - before
    assert left == {theirs.slug, theirs.territory.slug}
    assert not User.objects.filter(email__endswith=DEMO_DOMAIN).exists()
    assert not Author.objects.filter(slug="ines-marchal").exists()
    assert [problem for problem in Page.find_problems() if problem] == []


def test_its_volunteers_are_always_on_a_mission() -> None:
    seed()
    today = timezone.localdate()
    Session.objects.filter(number=29).update(
        start=today - timedelta(days=900), end=today - timedelta(days=700)
    )
    volunteers = User.objects.filter(email__startswith="volontaire")
    assert not any(user.writes_now() for user in volunteers)

    seed(once=True)

    assert len(volunteers) == 2
    assert all(user.writes_now() for user in volunteers)


def test_many_more_can_be_asked_for() -> None:
    seed(practices=60, posts=30)
    seed(practices=60, posts=30)

    assert PracticePage.objects.live().count() == 16 + 60
    assert BlogPostPage.objects.filter(slug__startswith="demo-").count() == 30
    assert [problem for problem in Page.find_problems() if problem] == []
    sheet = PracticePage.objects.get(slug="demo-fiche-7")
    assert sheet.limits
    assert sheet.sources.exists()
    assert len(sheet.themes) == 2


def test_the_chosen_password_is_the_password_of_all_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "un mot de passe choisi")
    seed()

    users = User.objects.filter(email__endswith=DEMO_DOMAIN)
    assert users.count() == 6
    assert all(user.check_password("un mot de passe choisi") for user in users)


def test_a_public_site_refuses_it(settings: Settings) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = False

    with pytest.raises(CommandError, match="site public"):
        seed()
