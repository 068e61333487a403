"""Every model says what it keeps of people; readers see all of it, in words made of what is enforced."""

from __future__ import annotations

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from django.test.utils import isolate_apps

from home.models import ContentReport, User
from home.moderation import complaints
from home.privacy.activities import ACCOUNTS, IN_ORDER, PARTNERS, TEXTS
from home.privacy.checks import errors_of, every_model_says_what_it_keeps
from home.privacy.register import DELETED, Activity, Declared, Expiry, Kept, NothingPersonal, in_words
from home.privacy.registry import declaration, installed_models, kept
from practices.proposals import proposal

DAY = datetime.timedelta(days=1)


def ids(model: type[models.Model]) -> list[str]:
    return [str(error.id) for error in errors_of(model, declaration(model))]


class TestEveryModel:
    def test_says_what_it_keeps(self) -> None:
        assert every_model_says_what_it_keeps() == []

    @pytest.mark.parametrize(
        "model",
        [model for model in apps.get_models() if vars(model).get("privacy")],
        ids=lambda m: m._meta.label,
    )
    def test_of_ours_fails_the_check_without_it(
        self, model: type[models.Model], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delattr(model, "privacy")

        assert [error.obj for error in every_model_says_what_it_keeps()] == [model]

    def test_of_a_package_fails_it_as_well(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(
            __import__("home.privacy.third_parties", fromlist="*").THIRD_PARTIES, "auth.Group"
        )

        (error,) = every_model_says_what_it_keeps()

        assert error.obj is Group
        assert "third_parties" in str(error.hint)

    def test_says_it_for_itself_and_not_for_its_children(self) -> None:
        assert all("privacy" in vars(model) for model in installed_models() if is_ours(model))


def is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_label in ("home", "practices", "blog")


def made(privacy: Declared, **fields: Any) -> type[models.Model]:
    """A model that nothing else knows."""
    meta = type("Meta", (), {"app_label": "home"})
    with isolate_apps("home"):
        return type(
            "Made", (models.Model,), {**fields, "__module__": "home.models", "Meta": meta, "privacy": privacy}
        )


class TestTheCheck:
    def test_asks_about_a_new_link_to_an_account(self) -> None:
        writer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

        assert ids(made(Kept(TEXTS), writer=writer)) == ["privacy.E003"]

    @pytest.mark.parametrize("field", [models.EmailField(), models.GenericIPAddressField()])
    def test_asks_about_a_new_address(self, field: models.Field[Any, Any]) -> None:
        assert ids(made(NothingPersonal("so they say"), whence=field)) == ["privacy.E003"]

    def test_knows_no_field_that_is_not_there(self) -> None:
        said = Kept(TEXTS, about={"writer": DELETED}, personal=("text",))

        assert ids(made(said)) == ["privacy.E002", "privacy.E002", "privacy.E004"]

    def test_takes_no_activity_without_an_end(self) -> None:
        endless = Activity(title="t", whose="w", why="w", basis="b", recipients="r")

        assert ids(made(Kept(endless))) == ["privacy.E005"]

    @pytest.mark.parametrize("name", ["nationality", "birth_date", "country_of_origin", "residence_permit"])
    def test_takes_no_field_that_could_be_used_against_somebody(self, name: str) -> None:
        assert ids(made(NothingPersonal("x"), **{name: models.CharField(max_length=9)})) == ["privacy.E006"]


class TestThePage:
    @pytest.fixture
    def text(self, client: Client, db: None) -> str:
        page = client.get("/donnees-personnelles/").content.decode()
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").split())

    def test_names_every_activity_and_every_end(self, text: str) -> None:
        for entry in kept().values():
            assert str(entry.activity.title).replace("\u00a0", " ") in text
            for limit in entry.limits:
                words = limit.words().replace("\u00a0", " ")
                assert words[1:] in text

    def test_says_no_other_time_than_the_code_enforces(
        self, client: Client, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limit = next(one for one in ContentReport.privacy.limits if one.empties)
        monkeypatch.setitem(vars(limit), "time", 17 * DAY)

        page = client.get("/donnees-personnelles/").content.decode()

        assert "17 jours après son traitement" in page
        assert "90 jours après son traitement" not in page

    def test_names_what_is_kept_in_plain_words(self, text: str) -> None:
        assert "Comptes : adresse électronique, prénom, nom" in text
        assert "votre accord, que vous retirez d’un clic" in text
        assert "un an après le refus" in text

    def test_shows_no_name_of_a_field_that_nobody_put_into_french(self) -> None:
        shown = {
            f"{model._meta.label}.{name}": str(model._meta.get_field(name).verbose_name)
            for model, entry in kept().items()
            if not entry.what
            for name in entry.fields
        }
        english = {
            key for key, words in shown.items() if words.lower() == key.rpartition(".")[2].replace("_", " ")
        }

        assert english <= {"practices.PracticeResult.source"}  # the same word in both

    def test_says_that_nobody_is_counted(self, text: str) -> None:
        assert "aucun traceur, aucune mesure d’audience" in text
        assert "Il n’y a pas de statistiques de visite" in text

    def test_has_every_activity_in_its_order(self) -> None:
        assert {entry.activity for entry in kept().values()} <= set(IN_ORDER)
        assert {ACCOUNTS, PARTNERS} <= set(IN_ORDER)


class TestALimit:
    def test_is_the_constant_that_others_use(self) -> None:
        times = {
            limit.time for entry in kept().values() for limit in entry.limits if isinstance(limit, Expiry)
        }

        assert {complaints.KEPT, complaints.REPORT_KEPT, proposal.UNSENT_KEPT, proposal.DECIDED_KEPT} <= times

    @pytest.mark.parametrize(
        ("time", "words"),
        [
            (365 * DAY, "un an après la fin"),
            (730 * DAY, "2 ans après la fin"),
            (DAY, "un jour après la fin"),
            (90 * DAY, "90 jours après la fin"),
            (0 * DAY, "dès la fin"),
        ],
    )
    def test_is_said_in_words(self, time: datetime.timedelta, words: str) -> None:
        assert in_words(time, "la fin") == words
