"""An image of people who don't agree (any more) is nowhere to be seen, from the very moment."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.template import Context, Template
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.images.formats import get_image_format

from home.media.endings import expire_consents
from home.models import Image, Rendition
from tests import factories
from tests.conftest import SignIn
from tests.media.people import agreed_image, days_from_now, let_expire, withdraw

pytestmark = pytest.mark.django_db

PLACEHOLDER = "/static/img/image-retiree.svg"
NAMES = ("Amina", "Photo de Paul")


def html_of(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def fetch(address: str) -> tuple[int, str]:
    """The status of a file, and how long it may be kept."""
    response = Client().get(address)
    if response.streaming:
        assert b"".join(response.streaming_content)  # type: ignore[arg-type]
    return response.status_code, response.get("Cache-Control", "")


def rendered(template: str, image: Image) -> str:
    return str(Template("{% load wagtailimages_tags %}" + template).render(Context({"image": image})))


def body_with(image: Image) -> list[tuple[str, Any]]:
    values = {"image": image, "alt": "Amina au marché", "caption": "Amina, le mardi", "credit": ""}
    return [("image", values)]


def published(image: Image) -> Image:
    """*image*, on a page of the blog."""
    factories.BlogPostPageFactory(body=body_with(image))
    return image


class TestAnAgreement:
    """The object and the query say the same, whatever the dates."""

    DAYS = (None, -1, 0, 1)

    @pytest.mark.parametrize("people", ["", "nobody", "recognisable"])
    def test_holds_for_one_image_as_it_does_for_a_list(self, people: str) -> None:
        for given, until, withdrawn in itertools.product(self.DAYS, repeat=3):
            dates = {
                name: None if days is None else days_from_now(days)
                for name, days in (
                    ("consent_given_on", given),
                    ("consent_until", until),
                    ("consent_withdrawn_on", withdrawn),
                )
            }
            Image(title="x", file="x.png", width=1, height=1, people=people, **dates).save()

        images = list(Image.objects.all())
        showable = set(Image.objects.showable())
        publishable = set(Image.objects.publishable())

        assert showable == {image for image in images if image.is_showable}
        assert set(Image.objects.withheld()) == set(images) - showable
        assert publishable == {image for image in images if not image.consent_problem}

    @pytest.mark.parametrize(
        ("fields", "holds"),
        [
            ({}, True),
            ({"consent_until": days_from_now(0)}, True),
            ({"consent_until": days_from_now(-1)}, False),
            ({"consent_withdrawn_on": days_from_now(1)}, True),
            ({"consent_withdrawn_on": days_from_now(0)}, False),
            ({"consent_given_on": None}, False),
        ],
    )
    def test_holds_until_the_end_of_its_last_day(self, fields: dict[str, Any], holds: bool) -> None:
        assert agreed_image(**fields).is_showable is holds

    def test_that_nobody_has_spoken_of_leaves_an_older_image_where_it_is(self) -> None:
        image = factories.ImageFactory(people="")

        assert image.is_showable
        assert "/media/images/" in rendered("{% image image width-100 %}", image)


@pytest.mark.parametrize("end", [withdraw, let_expire])
class TestAWithheldImage:
    def pages(self, image: Image) -> list[str]:
        """Addresses that show it: cover, body, card, territory, list, home, share."""
        territory = factories.TerritoryPageFactory(cover=image, body=body_with(image))
        post = factories.BlogPostPageFactory(
            cover=image, cover_alt="Amina sourit", body=body_with(image), territory=territory
        )
        sheet = factories.PracticePageFactory(cover=image, body=body_with(image), territory=territory)
        plain = factories.StandardPageFactory(body=body_with(image), social_image=image)
        pages = [page.get_url() for page in (territory, post, sheet, plain)]
        return [*pages, "/", "/blog/", "/pratiques/", "/territoires/", "/blog/flux/", "/pratiques/flux/"]

    def test_is_on_no_public_page_and_a_neutral_drawing_takes_its_place(self, end: Any) -> None:
        image = agreed_image(description="Amina rit", credit="Photo de Paul")
        addresses = self.pages(image)
        files = {address: html_of(address) for address in addresses}
        assert sum("/media/images/" in html for html in files.values()) >= 7

        end(image)

        for address in addresses:
            html = html_of(address)
            assert "/media/" not in html, address
            assert not [name for name in NAMES if name in html], address
            assert ("/media/images/" in files[address]) == (PLACEHOLDER in html), address
            assert "partage.png" in html or "og:image" not in html, address  # a drawn map shows nobody

    def test_keeps_its_files_from_whoever_knows_their_address(self, end: Any) -> None:
        image = published(agreed_image())
        addresses = [image.get_rendition(spec).url for spec in ("width-100", "fill-50x50")]
        assert [fetch(address)[0] for address in addresses] == [200, 200]

        end(image)

        assert [fetch(address)[0] for address in addresses] == [404, 404]

    def test_gives_every_tag_a_drawing_of_the_same_size(self, end: Any) -> None:
        image = agreed_image(file__width=640, file__height=480)
        template = '{% picture image format-{webp,jpeg} fill-{40x25,80x50} alt="Amina" %}'
        before = BeautifulSoup(rendered(template, image), "html.parser").img

        end(image)
        after = BeautifulSoup(rendered(template, image), "html.parser").img

        assert before and after
        assert (after["width"], after["height"]) == (before["width"], before["height"])
        assert after["src"] == PLACEHOLDER
        assert after["alt"] == "Image retirée"
        assert after["srcset"] == f"{PLACEHOLDER} 40w, {PLACEHOLDER} 80w"

    def test_makes_neither_a_row_nor_a_file(self, end: Any) -> None:
        image = end(agreed_image())
        before = default_storage.listdir("images")[1] if default_storage.exists("images") else []

        rendered("{% image image width-100 as one %}{{ one.url }}{{ one.attrs }}{{ one }}", image)
        rendered("{% srcset_image image width-{10,20} %}", image)
        get_image_format("fullwidth").image_to_html(image, "Amina")

        assert not Rendition.objects.exists()
        assert (default_storage.listdir("images")[1] if before else []) == before

    def test_is_a_drawing_in_the_admin_too(self, end: Any, sign_in: SignIn) -> None:
        image = end(agreed_image())
        client = sign_in(factories.moderator())

        for address in (
            f"/admin/images/{image.pk}/",
            "/admin/images/",
            f"/admin/images/chooser/chosen/{image.pk}/",
            f"/admin/api/main/images/{image.pk}/",
        ):
            content = client.get(address).content.decode()
            assert PLACEHOLDER in content, address
            assert "/media/images/" not in content, address

    def test_can_no_longer_be_chosen(self, end: Any, sign_in: SignIn) -> None:
        end(agreed_image(title="Le marché"))

        content = sign_in(factories.moderator()).get("/admin/images/chooser/").content.decode()

        assert "Le marché" not in content


class TestAPlaceholder:
    def test_answers_as_a_rendition_does(self) -> None:
        drawing: Any = agreed_image(consent_given_on=None).get_rendition("width-100")

        assert drawing.full_url == f"http://testserver{PLACEHOLDER}"
        assert drawing.background_position_style == "background-position: 50% 50%;"
        assert 'alt=""' in drawing.img_tag({"alt": ""})
        assert str(drawing.__html__()).startswith("<img ")

    def test_is_a_file_that_is_there(self) -> None:
        assert finders.find("img/image-retiree.svg")


class TestAWithdrawal:
    def test_deletes_files_and_rows(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        image = agreed_image()
        name = image.get_rendition("width-100").file.name
        assert default_storage.exists(name)

        with django_capture_on_commit_callbacks(execute=True):
            withdraw(image)

        assert not Rendition.objects.exists()
        assert not default_storage.exists(name)

    def test_that_was_a_mistake_is_taken_back(self) -> None:
        image = withdraw(published(agreed_image()))

        image.consent_withdrawn_on = None
        image.save()

        assert fetch(image.get_rendition("width-100").url)[0] == 200


class TestTheWordsUnderAnImage:
    @pytest.fixture
    def image(self) -> Image:
        image = agreed_image()
        factories.BlogPostPageFactory(title="Un mardi de marché", body=body_with(image))
        return image

    def test_are_searched_while_it_is_shown(self, image: Image) -> None:
        assert "Un mardi de marché" in html_of("/recherche/?q=Amina")

    def test_are_forgotten_by_the_search_when_it_is_withdrawn(self, image: Image) -> None:
        withdraw(image)

        assert "Un mardi de marché" not in html_of("/recherche/?q=Amina")

    def test_are_forgotten_when_the_agreement_has_run_out(self, image: Image) -> None:
        let_expire(image)
        expire_consents()

        assert "Un mardi de marché" not in html_of("/recherche/?q=Amina")

    def test_are_found_again_when_the_agreement_is_given_again(self, image: Image) -> None:
        withdraw(image)
        image.consent_withdrawn_on = None
        image.save()

        assert "Un mardi de marché" in html_of("/recherche/?q=Amina")


class TestAFile:
    @pytest.mark.parametrize(
        ("fields", "promise"),
        [
            ({"people": "nobody"}, "public, max-age=31536000, s-maxage=300, immutable"),
            ({"people": ""}, "private, max-age=300"),
        ],
    )
    def test_may_be_kept_for_long_only_when_it_shows_nobody(
        self, fields: dict[str, str], promise: str
    ) -> None:
        image = published(factories.ImageFactory())
        Image.objects.filter(pk=image.pk).update(**fields)
        rendition = Image.objects.get(pk=image.pk).get_rendition("width-100")

        assert fetch(rendition.url) == (200, promise)

    def test_that_shows_people_is_not_for_shared_caches(self) -> None:
        assert fetch(published(agreed_image()).get_rendition("width-100").url) == (
            200,
            "private, max-age=300",
        )

    @pytest.mark.parametrize(
        "name", ["images/rien.png", "images/%00.png", "images/../original_images/x.png", "images/"]
    )
    def test_that_is_no_rendition_is_not_found(self, name: str) -> None:
        assert Client().get(f"/media/{name}").status_code == 404

    def test_has_the_address_of_the_site_wherever_it_is_kept(self, settings: Any) -> None:
        """S3 signs addresses of its own, which would go on working."""
        settings.MEDIA_URL = "https://seau.invalid/"
        default_storage.__dict__.pop("base_url", None)

        assert factories.ImageFactory().get_rendition("width-100").url.startswith("/media/images/")

    def test_is_found_with_few_queries(self, django_assert_num_queries: Any) -> None:
        """The row, the pages that aren't for everybody, and whether another shows it."""
        address = published(factories.ImageFactory()).get_rendition("width-100").url
        fetch(address)

        with django_assert_num_queries(3):
            fetch(address)


def test_a_share_shows_the_cover_when_the_chosen_image_is_withheld() -> None:
    page = factories.BlogPostPageFactory(cover=factories.ImageFactory(), social_image=agreed_image())

    let_expire(page.social_image)

    assert 'property="og:image"' in html_of(page.get_url())
    assert timezone.localdate() > page.social_image.consent_until
