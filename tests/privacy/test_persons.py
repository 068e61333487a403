"""A person exported gets all that is kept of them; a person erased stands nowhere any more."""

from __future__ import annotations

import datetime
import json
import stat
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, Page, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from blog.models import BlogPostPage
from home.audit.entries import AuditEntry
from home.models import Author, ContentReport, Document, Image, LegalSettings, Spelling, User
from home.people.leaving import DEFAULT_PSEUDONYM
from home.privacy.people import find, rows_of
from home.privacy.register import DELETED, EMPTIED, STAYS
from home.privacy.registry import kept
from practices.models import Alert, Proposal
from tests import factories
from tests.people.test_leaving import stored_anywhere
from tests.privacy.sowing import sown, stored_file
from tests.reviewing import decided

pytestmark = pytest.mark.django_db
EMAIL = "zenobie.kwartz@courrier.invalid"
NAME, REVERSED = "Zénobie Kwartz", "Kwartz Zénobie"
OTHER = "voisine@courrier.invalid"


@pytest.fixture
def user(territory: Any) -> User:
    user = factories.volunteer(territory, email=EMAIL, first_name="Zénobie", last_name="Kwartz")
    Author.objects.filter(user=user).update(
        byline_kind="full_name",
        first_name="Zénobie",
        last_name="Kwartz",
        slug="zenobie-kwartz",
        bio="Moi, Zénobie.",
    )
    return user


@pytest.fixture
def everywhere(user: User, territory: Any) -> User:
    """The person in every model that the register says may lead to them, and in texts of every kind."""
    author = Author.objects.get(user=user)
    post = factories.BlogPostPageFactory(
        title=f"{NAME} raconte",
        slug="zenobie-kwartz-raconte",
        owner=user,
        territory=territory,
        live=False,
        introduction=f"Écrire à {EMAIL.upper()}, dit {NAME.upper()}.",
        author_links=[factories.BlogPostAuthor(author=author)],
        body=[("paragraph", f"<p>Je m’appelle <b>{NAME}</b>, {REVERSED} aux guichets.</p>")],
    )
    post.get_workflow().start(post, user)
    decided(post, factories.moderator(), "approve", comment=f"Merci {NAME}.")
    post = BlogPostPage.objects.get(pk=post.pk)
    post.save_revision(user=user)
    log(post, "wagtail.edit", user=user, data={"mot": NAME, "adresse": "/blog/zenobie-kwartz-raconte/"})
    comment = Comment.objects.create(page=post, user=user, text=f"par {NAME}", contentpath="title")
    CommentReply.objects.create(comment=comment, user=user, text=NAME)
    Redirect.objects.create(old_path="/zenobie-kwartz-raconte", redirect_link="https://exemple.invalid/")
    factories.ImageFactory(
        title=f"Par {NAME}",
        people="recognisable",
        consent_people=f"{NAME}, une amie",
        consent_scope="ce site",
        consent_given_on=datetime.date(2026, 1, 1),
        consent_paper="classeur 3",
    ).get_rendition("width-100")
    ContentReport.objects.create(kind="other", message=f"{NAME} ({EMAIL}) y est nommée.", contact=EMAIL)
    post.tags.add(NAME)
    factories.PracticePageFactory(territory=territory, checked_by=author, owner=user)
    for model, entry in kept().items():
        for name in entry.about:
            sow(model, name, user, author)
    return user


def sow(model: type[models.Model], name: str, user: User, author: Author) -> None:
    if model in (User, Author, LegalSettings, Page, Revision) or issubclass(model, Page):
        return
    target = model._meta.get_field(name).related_model
    value: Any = {User: user, Author: author}.get(target, EMAIL)  # type: ignore[arg-type]
    if not model._base_manager.filter(**{name: value}).exists():
        sown(model, NAME, **{name: value})


class TestEverything:
    def test_that_the_register_names_leads_to_the_person_of_these_tests(self, everywhere: User) -> None:
        found = {(model, name) for model, _entry, name, _fate, rows in rows_of(find(EMAIL)) if rows.exists()}
        named = {(model, name) for model, entry in kept().items() for name in entry.about}
        elsewhere = {model for model in kept() if issubclass(model, Page)} | {LegalSettings}

        assert {(model, name) for model, name in named - found if model not in elsewhere} == set()


class TestErasing:
    @pytest.fixture
    def erased(self, everywhere: User, django_capture_on_commit_callbacks: Any) -> str:
        out = StringIO()
        Client().force_login(everywhere)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("erase_person", EMAIL, "--yes", stdout=out)
        return out.getvalue()

    def test_leaves_the_name_and_the_address_nowhere(self, erased: str) -> None:
        for words in (EMAIL, EMAIL.upper(), NAME, REVERSED, NAME.upper(), "zenobie-kwartz", "kwartz"):
            left = sorted(stored_anywhere(words))
            assert left == [], f"{words}: {left}"

    def test_would_have_been_seen_by_the_test_above(self, everywhere: User) -> None:
        assert {
            "home_user.email",
            "home_author.slug",
            "home_contentreport.message",
            "practices_alert.email",
            "wagtailcore_revision.content",
            "wagtailcore_page.slug",
            "wagtailcore_pagelogentry.data",
            "wagtailcore_comment.text",
            "home_image.consent_people",
            "taggit_tag.name",
            "home_decision.comment",
            "blog_blogpostpage.body",
            "practices_proposal.email",
        } <= {place for words in (EMAIL, NAME, "zenobie-kwartz") for place in stored_anywhere(words)}
        assert "home_spelling.folded" in stored_anywhere("kwartz")

    def test_does_to_each_row_what_was_declared(self, everywhere: User) -> None:
        before = [
            (model, name, fate, list(rows.values_list("pk", flat=True)))
            for model, _entry, name, fate, rows in rows_of(find(EMAIL))
            if name
        ]
        call_command("erase_person", EMAIL, "--yes", stdout=StringIO())

        gone = {(model, pk) for model, _name, fate, pks in before if fate is DELETED for pk in pks}
        for model, name, fate, pks in before:
            rows = model._base_manager.filter(pk__in=[pk for pk in pks if (model, pk) not in gone])
            if fate is DELETED:
                assert not model._base_manager.filter(pk__in=pks).exists(), model
            elif fate is EMPTIED:
                assert {getattr(row, name) for row in rows} <= {None, ""}, model
            else:
                assert fate is STAYS
                assert rows.count() == len([pk for pk in pks if (model, pk) not in gone]), model

    def test_takes_the_image_off_the_site_with_its_files(self, erased: str) -> None:
        image = Image.objects.get(title=f"Par {DEFAULT_PSEUDONYM}")

        assert not image.is_showable
        assert not image.renditions.exists()
        assert image.consent_people.startswith("Personne effacée")
        assert image.consent_paper == ""

    def test_leaves_the_text_online_under_no_name_and_at_an_address_without_it(
        self, erased: str, client: Client
    ) -> None:
        post = BlogPostPage.objects.get()
        page = client.get(post.get_url()).content.decode()

        assert post.live
        assert post.slug == "ancienne-volontaire-raconte"
        assert str(DEFAULT_PSEUDONYM) in page
        assert "Kwartz" not in page
        assert client.get("/blog/zenobie-kwartz-raconte/").status_code == 404
        assert post.get_latest_revision_as_object().slug == post.slug

    def test_shuts_the_account_out(self, erased: str, everywhere: User) -> None:
        everywhere.refresh_from_db()

        assert not everywhere.is_active
        assert not everywhere.has_usable_password()
        assert everywhere.get_full_name() == str(DEFAULT_PSEUDONYM)
        assert everywhere.email == f"efface-{everywhere.pk}@compte.invalid"
        assert not everywhere.groups.exists()
        assert not find_session(everywhere)

    def test_keeps_the_history_without_the_person(self, erased: str, everywhere: User) -> None:
        entries = PageLogEntry.objects.filter(user=everywhere)

        assert entries.exists()
        assert {str(entry.user) for entry in entries} == {str(DEFAULT_PSEUDONYM)}

    def test_says_what_was_done_and_what_stays_without_the_name(self, erased: str) -> None:
        assert "supprimé : 1 alertes" in erased
        assert f"images retirées, leur accord aussi : {Image.objects.withheld().count()}" in erased
        assert "reste : Les textes publiés restent" in erased
        assert "sauvegardes" in erased
        assert "Kwartz" not in erased
        assert EMAIL not in erased

    def test_is_in_the_audit_trail(self, erased: str, everywhere: User, caplog: Any) -> None:
        entry = AuditEntry.objects.filter(action="erased").get()

        assert entry.thing == f"home.User#{everywhere.pk}"

    def test_a_second_time_finds_nobody_and_harms_nothing(self, erased: str) -> None:
        out = StringIO()
        call_command("erase_person", EMAIL, "--yes", stdout=out)

        assert "supprimé :" not in out.getvalue()
        assert "nom ou adresse remplacés dans 0 lignes" in out.getvalue()


def find_session(user: User) -> bool:
    return any(
        model._meta.label == "sessions.Session" and rows.exists()
        for model, _e, _n, _f, rows in rows_of(find(user.email))
    )


class TestAnErasure:
    def test_only_shows_what_it_would_do_unless_told_yes(self, everywhere: User) -> None:
        out = StringIO()
        before = {place for words in (EMAIL, NAME) for place in stored_anywhere(words)}

        call_command("erase_person", EMAIL, stdout=out)

        assert "Rien n’est encore effacé" in out.getvalue()
        assert "supprimé : 1 alertes" in out.getvalue()
        assert {place for words in (EMAIL, NAME) for place in stored_anywhere(words)} == before
        assert Image.objects.get(title=f"Par {NAME}").is_showable

    def test_is_whole_or_not_at_all(self, everywhere: User, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(names: Any) -> None:
            raise RuntimeError("le disque est plein")

        monkeypatch.setattr("home.privacy.leftovers.forget_in_search", broken)
        with pytest.raises(RuntimeError):
            call_command("erase_person", EMAIL, "--yes")

        assert Alert.objects.filter(email=EMAIL).exists()
        everywhere.refresh_from_db()
        assert everywhere.is_active

    def test_of_somebody_without_an_account_takes_the_address_and_the_names_given(self) -> None:
        for email in (EMAIL, OTHER):
            Alert.objects.create(email=email)
            Proposal.objects.create(email=email, content={"title": f"Une fiche de {NAME}"})
        page = factories.StandardPageFactory(introduction=f"{NAME} nous a reçu·es.")

        call_command("erase_person", EMAIL.upper(), "--yes", "--name", NAME, stdout=StringIO())

        assert [alert.email for alert in Alert.objects.all()] == [OTHER]
        assert [proposal.content["title"] for proposal in Proposal.objects.all()] == [
            "Une fiche de Personne effacée"
        ]
        page.refresh_from_db()
        assert page.introduction == "Personne effacée nous a reçu·es."

    def test_by_the_address_of_the_byline(self, user: User) -> None:
        call_command("erase_person", "zenobie-kwartz", "--yes", stdout=StringIO())

        assert not User.objects.filter(email=EMAIL).exists()

    def test_touches_nobody_else(self, everywhere: User) -> None:
        other = factories.moderator(email=OTHER, first_name="Zénobie", last_name="Kwartzman")
        page = factories.StandardPageFactory(
            introduction="Zénobie Kwartzman écrit, Zénobie aussi.", owner=other
        )

        call_command("erase_person", EMAIL, "--yes", stdout=StringIO())

        other.refresh_from_db()
        page.refresh_from_db()
        assert (other.email, other.get_full_name()) == (OTHER, "Zénobie Kwartzman")
        assert page.introduction == "Zénobie Kwartzman écrit, Zénobie aussi."

    @pytest.mark.parametrize("drafts", [True, False])
    def test_deletes_drafts_when_asked(self, user: User, drafts: bool) -> None:
        draft = factories.StandardPageFactory(owner=user, live=False)
        public = factories.StandardPageFactory(owner=user)

        call_command("erase_person", EMAIL, "--yes", *(["--drafts"] if drafts else []), stdout=StringIO())

        assert Page.objects.filter(pk=draft.pk).exists() is not drafts
        assert Page.objects.filter(pk=public.pk).exists()

    def test_deletes_the_avatar_file(self, user: User, django_capture_on_commit_callbacks: Any) -> None:
        profile = UserProfile.objects.create(user=user, avatar=stored_file())

        with django_capture_on_commit_callbacks(execute=True):
            call_command("erase_person", EMAIL, "--yes", stdout=StringIO())

        assert not profile.avatar.storage.exists(profile.avatar.name)

    def test_leaves_the_legal_notice_and_says_so(self, user: User) -> None:
        LegalSettings.objects.create(site_id=Page.objects.get(depth=2).get_site().pk, director=NAME)
        out = StringIO()

        call_command("erase_person", EMAIL, "--yes", stdout=out)

        assert LegalSettings.objects.get().director == NAME
        assert "la loi l’exige" in out.getvalue()

    def test_refuses_the_last_account_with_all_rights(self) -> None:
        User.objects.create_superuser(EMAIL)

        with pytest.raises(CommandError, match="le seul compte"):
            call_command("erase_person", EMAIL, "--yes")
        User.objects.create_superuser(OTHER)
        call_command("erase_person", EMAIL, "--yes", stdout=StringIO())

        assert not User.objects.filter(email=EMAIL).exists()

    @pytest.mark.parametrize("command", ["erase_person", "export_person"])
    def test_or_an_export_of_nobody_says_so(self, command: str) -> None:
        with pytest.raises(CommandError, match="Ni compte"):
            call_command(command, "personne-de-ce-nom")


class TestAnExport:
    @pytest.fixture
    def archive(self, everywhere: User, tmp_path: Path) -> zipfile.ZipFile:
        factories.DocumentFactory(uploaded_by_user=everywhere)
        Client().force_login(everywhere)
        call_command("export_person", EMAIL, "--output", str(tmp_path / "e.zip"), stdout=StringIO())
        return zipfile.ZipFile(tmp_path / "e.zip")

    @pytest.fixture
    def document(self, archive: zipfile.ZipFile) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(archive.read("donnees.json"))
        return read

    def test_holds_every_row_that_the_register_leads_to(self, document: dict[str, Any]) -> None:
        sections = {section["modèle"]: section for section in document["registre"]}
        expected: dict[str, set[Any]] = {}
        for model, _entry, _name, _fate, rows in rows_of(find(EMAIL)):
            if keys := set(rows.values_list("pk", flat=True)):
                expected.setdefault(model._meta.label, set()).update(keys)

        assert set(sections) == set(expected)
        for label, keys in expected.items():
            assert len(sections[label]["lignes"]) == len(keys) - (label == "home.AuditEntry") * 0

    def test_says_why_and_how_long(self, document: dict[str, Any]) -> None:
        section = next(one for one in document["registre"] if one["modèle"] == "practices.Alert")

        assert section["pourquoi"] == "vous écrire quand une fiche paraît"
        assert section["combien de temps"] == [
            "une alerte que personne ne confirme\u00a0: 3 jours après la demande"
        ]
        assert section["lignes"][0]["email"] == EMAIL

    def test_holds_the_texts_and_the_files(self, document: dict[str, Any], archive: zipfile.ZipFile) -> None:
        assert f"{NAME} raconte" in {text["titre"] for text in document["textes"]}
        names = [name for name in archive.namelist() if name.startswith("fichiers/home.document-")]
        with Document.objects.get(file__endswith=".pdf").file.open() as file:
            stored = file.read()
        assert stored in {archive.read(name) for name in names}

    def test_holds_no_secret(self, archive: zipfile.ZipFile, everywhere: User) -> None:
        text = archive.read("donnees.json").decode()

        assert everywhere.password not in text
        assert '"session_data"' not in text
        assert '"password"' not in text

    def test_is_for_its_owner_alone_and_overwrites_nothing(
        self, archive: zipfile.ZipFile, tmp_path: Path
    ) -> None:
        assert stat.S_IMODE((tmp_path / "e.zip").stat().st_mode) == 0o600
        with pytest.raises(CommandError, match="ne peut pas être écrite"):
            call_command("export_person", EMAIL, "--output", str(tmp_path / "e.zip"))

    def test_names_nobody_in_its_name(
        self, user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        call_command("export_person", EMAIL, stdout=StringIO())

        (path,) = tmp_path.iterdir()
        assert path.name.startswith("export-2")
        assert AuditEntry.objects.filter(action="exported").get().thing == f"home.User#{user.pk}"

    def test_is_shown_on_the_screen_when_asked(self, user: User) -> None:
        out = StringIO()
        call_command("export_person", EMAIL, "--output", "-", stdout=out)

        assert json.loads(out.getvalue())["registre"]

    def test_holds_nothing_of_anybody_else(self, user: User) -> None:
        Alert.objects.create(email=OTHER)
        factories.moderator(email="tiers@courrier.invalid")
        out = StringIO()
        call_command("export_person", EMAIL, "--output", "-", stdout=out)

        assert OTHER not in out.getvalue()
        assert "tiers@" not in out.getvalue()


def test_no_table_is_left_out_of_the_search_for_a_name(user: User) -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert {model._meta.db_table for model in kept()} - tables <= {
        ContentType._meta.db_table,
        "wagtailsearch_indexentry_fts",
    }
    assert Spelling._meta.db_table in tables
