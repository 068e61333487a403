"""Whatever the way an image comes in, somebody says whether one can recognise people, and who agreed."""

from __future__ import annotations

import gc
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, UploadedFile

from home.models import Image
from tests import factories
from tests.conftest import SignIn
from tests.media.people import agreed_image, days_from_now

pytestmark = pytest.mark.django_db

UNANSWERED = "Dites si l’on peut reconnaître quelqu’un"
AGREEMENT = {
    "people": "recognisable",
    "consent_people": "Amina K.",
    "consent_scope": "Ce site",
    "consent_given_on": str(days_from_now(-30)),
    "consent_until": "",
    "consent_paper": "Classeur bleu",
}
AJAX = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def writer(sign_in: SignIn) -> Client:
    return sign_in(factories.volunteer())


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", factories.ImageFactory.build().file.read())


def fields(**answers: str) -> dict[str, Any]:
    return {"title": "Le marché", "collection": 1, **answers}


def add(client: Client, **answers: str) -> str:
    answer = client.post(reverse("wagtailimages:add"), {**fields(**answers), "file": photo()})
    return str(answer.content.decode())


def edit(client: Client, image: Image, **answers: str) -> Any:
    return client.post(reverse("wagtailimages:edit", args=[image.pk]), fields(**answers))


class TestAnImageOfNobody:
    def test_needs_no_agreement(self, writer: Client) -> None:
        add(writer, people="nobody")

        assert Image.objects.get().people == "nobody"

    def test_keeps_nothing_about_anybody(self, writer: Client) -> None:
        add(writer, **AGREEMENT | {"people": "nobody"})

        image = Image.objects.get()
        assert image.consent_people == image.consent_scope == image.consent_paper == ""
        assert image.consent_given_on is None


class TestAnImageOfPeople:
    def test_comes_in_with_who_agreed_to_what_when_and_where_the_paper_is(self, writer: Client) -> None:
        add(writer, **AGREEMENT)

        assert Image.objects.get().consent_people == "Amina K."

    @pytest.mark.parametrize(
        "missing", ["consent_people", "consent_scope", "consent_given_on", "consent_paper"]
    )
    def test_is_refused_without_one_of_them(self, writer: Client, missing: str) -> None:
        assert "À remplir, puisqu’on peut reconnaître quelqu’un." in add(writer, **AGREEMENT | {missing: ""})
        assert not Image.objects.exists()

    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            ({"consent_given_on": str(days_from_now(1))}, "pas encore passée"),
            ({"consent_until": str(days_from_now(-30))}, "prend fin après avoir été donné"),
        ],
    )
    def test_is_refused_with_dates_that_cannot_be(
        self, writer: Client, answers: dict[str, str], words: str
    ) -> None:
        assert words in add(writer, **AGREEMENT | answers)
        assert not Image.objects.exists()

    def test_is_not_withdrawn_before_it_exists(self, writer: Client) -> None:
        assert "consent_withdrawn_on" not in writer.get(reverse("wagtailimages:add")).content.decode()


class TestTheQuestion:
    def test_has_no_answer_for_minors_and_says_so(self, writer: Client) -> None:
        html = writer.get(reverse("wagtailimages:add")).content.decode()

        assert "un·e mineur·e n’a pas sa place sur le site" in html
        assert html.count('type="radio"') == 2

    def test_is_asked_when_one_image_is_sent(self, writer: Client) -> None:
        assert UNANSWERED in add(writer)
        assert not Image.objects.exists()

    def test_is_asked_in_the_chooser(self, writer: Client) -> None:
        prefix = "image-chooser-upload"
        form = {f"{prefix}-{name}": value for name, value in fields().items()}

        answer = writer.post(reverse("wagtailimages_chooser:create"), form | {f"{prefix}-file": photo()})

        assert UNANSWERED in json.loads(answer.content)["htmlFragment"]
        assert not Image.objects.exists()

    @pytest.mark.filterwarnings("ignore:unclosed file")  # Wagtail leaves the file it measures open
    def test_is_asked_of_each_when_several_are_sent(self, writer: Client) -> None:
        sent = {"files[]": photo(), "title": "Le marché", "collection": 1}
        answer = writer.post(reverse("wagtailimages:add_multiple"), sent, headers=AJAX).json()
        assert not Image.objects.exists()

        kept = UploadedFile.objects.get()
        prefix = f"uploaded-image-{kept.pk}"
        address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[kept.pk])

        def say(**answers: str) -> dict[str, Any]:
            form = {f"{prefix}-{name}": value for name, value in fields(**answers).items()}
            return dict(writer.post(address, form, headers=AJAX).json())

        assert f"{prefix}-people" in answer["form"]
        assert not say()["success"]
        assert not Image.objects.exists()
        assert say(people="nobody")["success"]
        assert Image.objects.get().people == "nobody"
        gc.collect()

    def test_is_asked_when_an_older_image_is_changed(self, sign_in: SignIn) -> None:
        image = factories.ImageFactory(people="")

        answer = edit(sign_in(factories.moderator()), image)

        assert UNANSWERED in answer.content.decode()

    def test_is_asked_of_an_older_one_in_the_list_of_several(self, sign_in: SignIn) -> None:
        image = factories.ImageFactory(people="")
        form = {f"image-{image.pk}-{name}": value for name, value in fields().items()}
        address = reverse("wagtailimages:edit_multiple", args=[image.pk])

        answer = sign_in(factories.moderator()).post(address, form, headers=AJAX).json()

        assert not answer["success"]
        assert UNANSWERED in answer["form"]


class TestAWithdrawal:
    def test_is_noted_by_whoever_sent_the_image_and_stays_in_the_history(self, sign_in: SignIn) -> None:
        person = factories.volunteer()
        image = agreed_image(uploaded_by_user=person)

        edit(sign_in(person), image, **AGREEMENT, consent_withdrawn_on=str(days_from_now(0)))

        image.refresh_from_db()
        entry = ModelLogEntry.objects.get(action="home.consent_withdrawn")
        assert not image.is_showable
        assert entry.user == person
        assert entry.message.startswith("Accord des personnes retiré, à compter du")
        assert "Amina" not in str(entry.data) + entry.label

    def test_cannot_be_undone_by_saying_that_nobody_is_there(self, sign_in: SignIn) -> None:
        image = agreed_image(consent_withdrawn_on=days_from_now(0))
        answers = AGREEMENT | {"people": "nobody", "consent_withdrawn_on": str(days_from_now(0))}

        answer = edit(sign_in(factories.moderator()), image, **answers)

        assert "on ne peut plus dire qu’elle ne montre personne" in answer.content.decode()
        image.refresh_from_db()
        assert image.people == "recognisable"

    def test_comes_after_the_agreement(self, sign_in: SignIn) -> None:
        withdrawn = {"consent_withdrawn_on": str(days_from_now(-31))}

        answer = edit(sign_in(factories.moderator()), agreed_image(), **AGREEMENT, **withdrawn)

        assert "retiré après avoir été donné" in answer.content.decode()


class TestWhoAgreed:
    """Names and the place of the paper are for those who may change the image."""

    SECRETS = ("Amina K.", "Classeur bleu")

    def addresses(self, image: Image) -> list[str]:
        return [
            reverse("wagtailimages:edit", args=[image.pk]),
            reverse("wagtailimages:index"),
            reverse("wagtailimages:index") + "?layout=list",
            reverse("wagtailimages:image_usage", args=[image.pk]),
            reverse("wagtailimages_chooser:choose"),
            reverse("wagtailimages_chooser:chosen", args=[image.pk]),
            reverse("wagtailimages_chooser:select_format", args=[image.pk]),
            reverse("wagtailadmin_api:images:detail", args=[image.pk]),
            reverse("wagtailadmin_api:images:listing") + "?fields=*",
        ]

    def seen(self, client: Client, image: Image) -> str:
        return "".join(client.get(address).content.decode() for address in self.addresses(image))

    def test_is_nothing_that_another_volunteer_reads(self, sign_in: SignIn) -> None:
        seen = self.seen(sign_in(factories.volunteer()), agreed_image())

        assert not [secret for secret in self.SECRETS if secret in seen]

    def test_is_read_by_whoever_sent_the_image_and_by_moderators(self, sign_in: SignIn) -> None:
        person = factories.volunteer()
        image = agreed_image(uploaded_by_user=person)

        for reader in (person, factories.moderator()):
            html = sign_in(reader).get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
            assert all(secret in html for secret in self.SECRETS)

    def test_cannot_be_changed_by_another_volunteer(self, sign_in: SignIn) -> None:
        image = agreed_image(uploaded_by_user=factories.volunteer())

        edit(sign_in(factories.volunteer()), image, people="nobody")

        image.refresh_from_db()
        assert image.people == "recognisable"

    def test_stays_out_of_lists_even_for_those_who_may_read_it(self, sign_in: SignIn) -> None:
        image = agreed_image()
        client = sign_in(factories.moderator())

        seen = "".join(client.get(address).content.decode() for address in self.addresses(image)[1:])

        assert not [secret for secret in self.SECRETS if secret in seen]


@pytest.mark.parametrize("layout", ["grid", "list"])
def test_the_list_of_images_says_how_the_agreement_stands(sign_in: SignIn, layout: str) -> None:
    agreed_image(title="Tout va bien")
    agreed_image(title="Retirée", consent_withdrawn_on=days_from_now(0))
    factories.ImageFactory(title="Muette", people="")

    address = reverse("wagtailimages:index")
    html = sign_in(factories.moderator()).get(f"{address}?layout={layout}").content.decode()

    assert html.count("image-standing") == 2
    assert "Accord retiré" in html
    assert "pas encore dit si quelqu’un y est reconnaissable" in html
