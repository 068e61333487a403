"""« Guide »: what each role does here, in plain French, one page a role.

A page is a list of sections, so that what several roles need to know is written once. The text of a section is a
template of its own, in French throughout: somebody who translates it will want the whole of it before their eyes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.moderation.roles import ADMINISTRATORS, MODERATORS, REFERENTS, VOLUNTEERS

TITLE = _("Guide")


@dataclass(frozen=True)
class Section:
    """``anchor`` is its address in the page, and the name of its template."""

    anchor: str
    title: Any

    @property
    def template(self) -> str:
        return f"guide/{self.anchor}.html"


@dataclass(frozen=True)
class GuidePage:
    slug: str
    group: str
    title: Any
    summary: Any
    sections: tuple[Section, ...]
    first: tuple[Section, ...]  # what is looked for most, for the dashboard

    @property
    def writes(self) -> bool:
        """Whether this role begins a text's way, …"""
        return self.group in (VOLUNTEERS, REFERENTS)

    @property
    def regards(self) -> bool:
        """… gives the territory's view on it, …"""
        return self.group == REFERENTS

    @property
    def moderates(self) -> bool:
        """… or reviews it."""
        return self.group == MODERATORS

    @property
    def needs_second_factor(self) -> bool:
        return self.group in (MODERATORS, ADMINISTRATORS)


SIGN_IN = Section("connexion", _("Se connecter, en sûreté"))
PATH = Section("chemin", _("Le chemin d’un texte"))
EDITOR = Section("ecran", _("L’écran d’écriture"))
POST = Section("billet", _("Écrire un billet"))
SHEET = Section("fiche", _("Décrire une pratique"))
STILL_TRUE = Section("toujours-exact", _("« Toujours exact » : les fiches à vérifier"))
PROTECT = Section("proteger", _("Protéger les personnes"))
BYLINE = Section("signature", _("Votre signature"))
SHARE = Section("partager", _("Montrer un brouillon"))
SUBMITTED = Section("soumettre", _("Après « Soumettre »"))
MISSION_END = Section("fin-de-mission", _("La fin de la mission"))
REGARD = Section("regard", _("Le regard du territoire"))
TERRITORY_PAGE = Section("territoire", _("La page de votre territoire"))
QUEUE = Section("file", _("La file, et « je m’en occupe »"))
REVIEW = Section("relire", _("Relire et approuver"))
REFUSE = Section("refuser", _("Demander des changements"))
URGENT = Section("urgence", _("Retirer en urgence"))
REPORTS = Section("signalements", _("Signalements et droit de réponse"))
PROPOSALS = Section("propositions", _("Ce qui est proposé de l’extérieur"))
COHORT = Section("cohorte", _("Inviter une cohorte"))
DEPARTURE = Section("depart", _("Quand une personne part"))
ACCOUNTS = Section("comptes", _("Les comptes"))
SETTINGS = Section("reglages", _("Les réglages de la modération"))
LISTS = Section("listes", _("Thèmes, publics et autres listes"))
LEGAL = Section("mentions", _("Les pages légales"))
DIRECT = Section("publier", _("Publier sans relecture"))

PAGES = (
    GuidePage(
        "volontaire",
        VOLUNTEERS,
        _("Guide des volontaires"),
        _("Écrire, protéger les personnes dont on parle, et suivre son texte jusqu’à sa publication."),
        (PATH, EDITOR, POST, SHEET, STILL_TRUE, PROTECT, BYLINE, SHARE, SUBMITTED, MISSION_END, SIGN_IN),
        (PATH, PROTECT, SUBMITTED),
    ),
    GuidePage(
        "referent",
        REFERENTS,
        _("Guide des référent·es de territoire"),
        _("Donner le regard du territoire, tenir sa page, et écrire soi-même."),
        (PATH, REGARD, TERRITORY_PAGE, SHEET, STILL_TRUE, PROTECT, BYLINE, SHARE, SUBMITTED, SIGN_IN),
        (REGARD, PROTECT, TERRITORY_PAGE),
    ),
    GuidePage(
        "moderation",
        MODERATORS,
        _("Guide de la modération"),
        _("Relire en peu de temps, refuser sans blesser, retirer vite ce qui met quelqu’un en danger."),
        (
            PATH,
            QUEUE,
            REVIEW,
            REFUSE,
            PROTECT,
            URGENT,
            REPORTS,
            PROPOSALS,
            STILL_TRUE,
            COHORT,
            DEPARTURE,
            SIGN_IN,
        ),
        (REVIEW, REFUSE, URGENT),
    ),
    GuidePage(
        "administration",
        ADMINISTRATORS,
        _("Guide de l’administration"),
        _(
            "Les comptes, les réglages et les pages légales. Pour la relecture, voyez le guide de la modération."
        ),
        (ACCOUNTS, SIGN_IN, SETTINGS, LISTS, LEGAL, DIRECT, URGENT, DEPARTURE),
        (ACCOUNTS, SETTINGS, URGENT),
    ),
)


def page_for(user: Any) -> GuidePage:
    """The guide of *user*'s role, the widest of them; the volunteers' for an account without a role."""
    groups = set(user.groups.values_list("name", flat=True))
    if user.is_superuser:
        groups.add(ADMINISTRATORS)
    return next((page for page in reversed(PAGES) if page.group in groups), PAGES[0])


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "guide/page.html"
    header_icon = "clipboard-list"
    page_title = TITLE
    guide: GuidePage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = next((page for page in PAGES if page.slug == kwargs["role"]), None)
        if found is None:
            raise Http404
        self.guide = found
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_header_title(self) -> str:
        return str(self.guide.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.guide.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = [page for page in PAGES if page is not self.guide]
        return {**super().get_context_data(**kwargs), "guide": self.guide, "others": others}


def own_guide(request: HttpRequest) -> HttpResponse:
    """The way to the guide of the person's own role."""
    return redirect("guide_page", page_for(request.user).slug)


class GuidePanel(Component):
    """The guide on the first screen, with the first few things one looks for."""

    name = "guide"
    template_name = "admin/panels/guide.html"
    order = 105  # after « Écrire »

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"guide": page_for(self.request.user)}


@hooks.register("construct_homepage_panels", order=100)  # after the dashboard has chosen its own
def guide_on_the_dashboard(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(GuidePanel(request))


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLPattern]:
    return [
        path("guide/", own_guide, name="guide"),
        path("guide/<slug:role>/", GuideView.as_view(), name="guide_page"),
    ]


@hooks.register("register_admin_menu_item")
def guide_in_sidebar() -> MenuItem:
    return MenuItem(TITLE, reverse("guide"), name="guide", icon_name="clipboard-list", order=860)
