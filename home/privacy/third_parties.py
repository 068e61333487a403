"""What the models of Wagtail, Django and others keep of people. Those that are not installed are never looked up."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from home.privacy.activities import ACCOUNTS, PICTURES, REMINDERS, REVIEWS, SIGN_IN, TEXTS, WRITING
from home.privacy.register import (
    DELETED,
    EMPTIED,
    STAYS,
    Declared,
    Expiry,
    Kept,
    NothingPersonal,
    Rule,
)

DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY
VERSIONS_KEPT = 2 * YEAR  # those that nobody reviewed and nobody reads any more

_RIGHTS = NothingPersonal("rights of groups")
_FRAME = NothingPersonal("how the site and its reviews are arranged")
_MADE = NothingPersonal("made by Django for itself")

_HISTORY = Kept(
    REVIEWS,
    about={"user": STAYS},
    personal=("label", "data"),
    limits=(
        Rule(
            YEAR,
            run="home.privacy.cleaning.forget_history_of_what_is_gone",
            part=_("l’historique de ce qui a été supprimé"),
            after=_("la dernière action"),
        ),
    ),
    what=_("historique : qui a fait quoi, quand, sur quel texte"),
)
# Who tries, and from where, stand in it as keyed hashes (home.people.signin.attempts).
_ATTEMPT = Kept(
    SIGN_IN,
    about={"username": DELETED},
    personal=("attempt_time",),
    secret=("ip_address", "user_agent"),
    limits=(Expiry(DAY, since="attempt_time", part=_("un essai de connexion"), after=_("l’essai")),),
    what=_("essais de connexion : des empreintes, dont on ne tire ni adresse ni navigateur"),
)

THIRD_PARTIES: dict[str, Declared] = {
    # Wagtail: texts and their history
    "wagtailcore.Page": Kept(
        TEXTS,
        about={"owner": STAYS, "locked_by": STAYS},
        personal=("title", "draft_title", "slug", "url_path", "seo_title", "search_description"),
        what=_("pages : titre, adresse, qui l’a commencée"),
    ),
    "wagtailcore.Revision": Kept(
        REVIEWS,
        about={"user": STAYS},
        personal=("content", "object_str"),
        limits=(
            Rule(
                VERSIONS_KEPT,
                run="home.privacy.cleaning.forget_old_versions",
                part=_("une version que personne n’a relue et qu’une autre a remplacée"),
                after=_("son enregistrement"),
            ),
        ),
        what=_("versions d’un texte : ce qu’il disait, qui l’a enregistrée"),
    ),
    "wagtailcore.PageLogEntry": _HISTORY,
    "wagtailcore.ModelLogEntry": _HISTORY,
    "wagtailcore.WorkflowState": Kept(
        REVIEWS, about={"requested_by": STAYS}, what=_("relectures : qui a soumis le texte")
    ),
    "wagtailcore.TaskState": Kept(
        REVIEWS,
        about={"finished_by": STAYS},
        personal=("comment",),
        what=_("étapes d’une relecture : qui l’a terminée, son message"),
    ),
    "wagtailcore.Comment": Kept(
        REVIEWS,
        about={"user": STAYS, "resolved_by": STAYS},
        personal=("text",),
        what=_("commentaires en marge d’un brouillon, et qui les a réglés"),
    ),
    "wagtailcore.CommentReply": Kept(
        REVIEWS, about={"user": STAYS}, personal=("text",), what=_("réponses à ces commentaires")
    ),
    "wagtailredirects.Redirect": Kept(
        TEXTS, personal=("old_path", "redirect_link"), what=_("anciennes adresses de pages")
    ),
    "wagtailsearch.IndexEntry": Kept(
        TEXTS, personal=("title", "body", "autocomplete"), what=_("index de recherche")
    ),
    "wagtailsearch.SQLiteFTSIndexEntry": Kept(
        TEXTS, personal=("title", "body", "autocomplete"), what=_("index de recherche")
    ),
    "taggit.Tag": Kept(TEXTS, personal=("name", "slug"), what=_("mots-clés")),
    "taggit.TaggedItem": NothingPersonal("a link between a tag and a thing"),
    "wagtailembeds.Embed": NothingPersonal("no embed is ever fetched: WAGTAILEMBEDS_FINDERS is empty"),
    # Wagtail: people at work
    "wagtailcore.PageSubscription": Kept(
        REMINDERS, about={"user": DELETED}, what=_("abonnements aux commentaires d’une page")
    ),
    "wagtailcore.UploadedFile": Kept(
        WRITING,
        about={"uploaded_by_user": DELETED},
        personal=("file",),
        limits=(
            Rule(
                DAY,
                run="home.privacy.cleaning.forget_unfinished_uploads",
                part=_("un fichier envoyé et jamais validé"),
                after=_("l’envoi"),
            ),
        ),
        what=_("fichiers en cours d’envoi"),
    ),
    "wagtailadmin.EditingSession": Kept(
        WRITING,
        about={"user": DELETED},
        personal=("last_seen_at",),
        limits=(
            Expiry(
                DAY, since="last_seen_at", part=_("qui a ouvert quel texte"), after=_("le dernier passage")
            ),
        ),
        what=_("textes ouverts : par qui, quand"),
    ),
    "wagtailadmin.FormState": Kept(
        WRITING,
        about={"user": DELETED},
        personal=("data",),
        limits=(
            Expiry(
                DAY,
                since="last_updated_at",
                part=_("la copie d’un formulaire, pour l’aperçu"),
                after=_("la dernière frappe"),
            ),
        ),
        what=_("formulaires en cours de saisie"),
    ),
    "wagtailusers.UserProfile": Kept(
        ACCOUNTS,
        about={"user": DELETED},
        personal=("avatar", "preferred_language", "theme"),
        what=_("préférences : courriels voulus, avatar, affichage"),
    ),
    # Wagtail's own file models, which ours replace
    "wagtaildocs.Document": Kept(PICTURES, about={"uploaded_by_user": EMPTIED}, what=_("documents")),
    "wagtailimages.Image": Kept(PICTURES, about={"uploaded_by_user": EMPTIED}, what=_("images")),
    "wagtailimages.Rendition": NothingPersonal("unused: ours replaces it"),
    # Wagtail's and Django's frame
    **dict.fromkeys(
        [
            "wagtailcore.GroupSitePermission",
            "wagtailcore.GroupCollectionPermission",
            "wagtailcore.GroupPagePermission",
            "auth.Permission",
            "auth.Group",
            "wagtailadmin.Admin",
        ],
        _RIGHTS,
    ),
    **dict.fromkeys(
        [
            "wagtailcore.Locale",
            "wagtailcore.Site",
            "wagtailcore.Collection",
            "wagtailcore.Task",
            "wagtailcore.GroupApprovalTask",
            "wagtailcore.Workflow",
            "wagtailcore.WorkflowTask",
            "wagtailcore.WorkflowPage",
            "wagtailcore.WorkflowContentType",
            "wagtailcore.CollectionViewRestriction",
            "wagtailcore.PageViewRestriction",
        ],
        _FRAME,
    ),
    **dict.fromkeys(["contenttypes.ContentType", "wagtailcore.ReferenceIndex"], _MADE),
    # Signing in
    "sessions.Session": Kept(
        SIGN_IN,
        secret=("session_key", "session_data"),
        found_by="home.privacy.people.sessions_of",
        limits=(
            Expiry(
                0 * DAY,
                since="expire_date",
                part=_("la session"),
                after=_("la déconnexion ou la fin de sa durée"),
            ),
        ),
        what=_("sessions : qui est connecté·e"),
    ),
    "axes.AccessAttempt": _ATTEMPT,
    "axes.AccessFailureLog": _ATTEMPT,
    "axes.AccessLog": _ATTEMPT,
    "axes.AccessAttemptExpiration": NothingPersonal("when an attempt counts no more; goes with it"),
    "account.EmailAddress": Kept(
        SIGN_IN, about={"user": DELETED, "email": DELETED}, what=_("adresses électroniques du compte")
    ),
    "account.EmailConfirmation": Kept(
        SIGN_IN,
        secret=("key",),
        limits=(Expiry(DAY * 3, since="sent", part=_("une confirmation d’adresse"), after=_("son envoi")),),
        what=_("adresses à confirmer"),
    ),
    "mfa.Authenticator": Kept(
        SIGN_IN,
        about={"user": DELETED},
        personal=("type", "created_at", "last_used_at"),
        secret=("data",),
        what=_("seconds facteurs : lesquels, utilisés quand"),
    ),
}
