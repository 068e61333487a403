"""One function an action of the table: tries it by every way there is, and says whether it happened.

What counts is what the database holds afterwards, never a status code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from taggit.models import Tag
from wagtail.models import Site

from blog.models import BlogPostPage
from home.models import Author, LegalSettings, ModerationSettings, User
from home.moderation.roles import VOLUNTEERS
from practices.models import (
    CollectionIndexPage,
    CollectionPage,
    PracticePage,
    TerritoryIndexPage,
    TerritoryPage,
    Theme,
)
from tests.editor import (
    NO_ROWS,
    collection_form,
    create_post,
    create_sheet,
    edit,
    existing_sheet_form,
    nested_form_data,
    post_form,
    sheet_form,
    territory_form,
)
from tests.factories import SessionFactory
from tests.permissions.stage import Stage
from tests.reviewing import approve, send_back

SUBMIT, PUBLISH = {"action-submit": "1"}, {"action-publish": "1"}
Attempt = Callable[[Stage], bool]


def create_a_post(stage: Stage) -> bool:
    create_post(stage.client, post_form(title="Nouveau", territory=stage.territory))
    return BlogPostPage.objects.filter(owner=stage.person).exists()


def create_a_sheet(stage: Stage) -> bool:
    create_sheet(stage.client, sheet_form(title="Nouvelle", territory=stage.territory))
    return PracticePage.objects.filter(
        owner=stage.person, territory=stage.territory, title="Nouvelle"
    ).exists()


def create_a_sheet_elsewhere(stage: Stage) -> bool:
    create_sheet(stage.client, sheet_form(title="Nouvelle", territory=stage.elsewhere))
    return PracticePage.objects.filter(territory=stage.elsewhere).exists()


def create_a_territory(stage: Stage) -> bool:
    index = TerritoryIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["practices", "territorypage", index.pk])
    stage.client.post(address, territory_form(title="Nouvelle ville"))
    return TerritoryPage.objects.filter(title="Nouvelle ville").exists()


def create_a_collection(stage: Stage) -> bool:
    index = CollectionIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["practices", "collectionpage", index.pk])
    stage.client.post(address, collection_form(title="Nouvelle restitution"))
    return CollectionPage.objects.filter(title="Nouvelle restitution").exists()


def edit_text(stage: Stage) -> bool:
    before = stage.reloaded().latest_revision_id
    edit(stage.client, stage.text, _form(stage) | {"title": "Titre changé"})
    stage.client.post(_api("revert_to_page_revision", stage), {"revision_id": before})
    after = stage.reloaded()
    return bool(
        after.get_latest_revision_as_object().title == "Titre changé" or after.latest_revision_id != before
    )


def know_title(stage: Stage) -> bool:
    """Whether the title of the newest version shows up anywhere."""
    title = stage.text.get_latest_revision_as_object().title
    return any(
        title in stage.client.get(address, follow=True).content.decode() for address in _listings(stage)
    )


def submit_text(stage: Stage) -> bool:
    before = stage.text.workflow_states.count(), stage.text.workflow_in_progress
    edit(stage.client, stage.text, _form(stage), **SUBMIT)
    after = stage.reloaded()
    return (after.workflow_states.count(), after.workflow_in_progress) != before


def approve_text(stage: Stage) -> bool:
    return _decided(stage, "approve")


def reject_text(stage: Stage) -> bool:
    return _decided(stage, "reject")


def approve_in_a_small_team(stage: Stage) -> bool:
    ModerationSettings.objects.update_or_create(site=Site.objects.get(), defaults={"small_team": True})
    return _decided(stage, "approve")


def publish_text(stage: Stage) -> bool:
    before = stage.text.live_revision_id
    edit(stage.client, stage.text, _form(stage), **PUBLISH)
    stage.client.post(_api("publish", stage))
    stage.client.post(f"{_bulk('publish')}?id={stage.text.pk}", {"include_descendants": ""})
    return stage.reloaded().live_revision_id != before


def unpublish_text(stage: Stage) -> bool:
    stage.client.post(reverse("wagtailadmin_pages:unpublish", args=[stage.text.pk]))
    stage.client.post(_api("unpublish", stage))
    stage.client.post(f"{_bulk('unpublish')}?id={stage.text.pk}", {"include_descendants": ""})
    return not stage.reloaded().live


def delete_text(stage: Stage) -> bool:
    stage.client.post(reverse("wagtailadmin_pages:delete", args=[stage.text.pk]))
    stage.client.post(_api("delete", stage))
    stage.client.post(f"{_bulk('delete')}?id={stage.text.pk}")
    return not PracticePage.objects.filter(pk=stage.text.pk).exists()


def copy_text(stage: Stage) -> bool:
    parent = stage.text.get_parent().pk
    form = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": parent}
    stage.client.post(reverse("wagtailadmin_pages:copy", args=[stage.text.pk]), form)
    stage.client.post(_api("copy", stage), {"slug": "copie-2", "title": "Copie"})
    return PracticePage.objects.filter(slug__startswith="copie").exists()


def lock_text(stage: Stage) -> bool:
    stage.client.post(reverse("wagtailadmin_pages:lock", args=[stage.text.pk]))
    return bool(stage.reloaded().locked)


def propose_to_own_territory(stage: Stage) -> bool:
    return _proposed(stage, stage.territory)


def propose_to_other_territory(stage: Stage) -> bool:
    return _proposed(stage, stage.elsewhere)


def choose_themes(stage: Stage) -> bool:
    create_sheet(stage.client, sheet_form(title="Nouvelle", territory=stage.territory))
    sheet = PracticePage.objects.filter(title="Nouvelle").first()
    return bool(sheet and sheet.get_latest_revision_as_object().themes)


def edit_themes(stage: Stage) -> bool:
    theme = Theme.objects.get(slug="sante")
    form = {
        "name": "Santé !",
        "slug": "sante",
        "order": 5,
        "pillar": "rights",
        "definition": "",
        "synonyms": "",
    }
    address = reverse("wagtailsnippets_practices_theme:edit", args=[theme.pk])
    stage.client.post(address, nested_form_data(form | {"subthemes": NO_ROWS}))
    theme.refresh_from_db()
    return theme.name == "Santé !"


def edit_tags(stage: Stage) -> bool:
    stage.client.post(reverse("wagtailsnippets_taggit_tag:add"), {"name": "port", "slug": "port"})
    return Tag.objects.filter(name="port").exists()


def edit_bylines(stage: Stage) -> bool:
    form = {"byline_kind": "pseudonym", "pseudonym": "Ortie"}
    stage.client.post(reverse("wagtailsnippets_home_author:add"), form)
    return Author.objects.filter(pseudonym="Ortie").exists()


def read_reports(stage: Stage) -> bool:
    names = ["site_history", "page_types_usage", "aging_pages", "workflow", "workflow_tasks", "locked_pages"]
    answers = [stage.client.get(reverse(f"wagtailadmin_reports:{name}")).status_code for name in names]
    assert len(set(answers)) == 1, answers
    return answers[0] == 200


def manage_accounts(stage: Stage) -> bool:
    form = {
        "email": "nouvelle@exemple.invalid",
        "password1": "une très longue phrase",
        "password2": "une très longue phrase",
    }
    stage.client.post(reverse("wagtailusers_users:add"), form)
    return User.objects.filter(email="nouvelle@exemple.invalid").exists()


def invite_volunteers(stage: Stage) -> bool:
    text = f"invitee@exemple.invalid;Inès Marchal;{SessionFactory().number};{stage.territory.slug};;non"
    client, address = stage.client, reverse("invite")
    checked = client.post(address, {"text": text, "check": "1"}).context
    seal = checked["form"].initial["checked"] if checked and "lines" in checked else ""
    client.post(address, {"text": text, "checked": seal, "send": "1"})
    invited = User.objects.filter(email="invitee@exemple.invalid").first()
    return invited is not None and [group.name for group in invited.groups.all()] == [VOLUNTEERS]


def change_settings(stage: Stage) -> bool:
    site = Site.objects.get()
    address = reverse("wagtailsettings:edit", args=["home", "legalsettings", site.pk])
    stage.client.post(address, {"publisher_name": "OCU", "accessibility_status": "non"})
    return LegalSettings.objects.filter(publisher_name="OCU").exists()


def edit_own_profile(stage: Stage) -> bool:
    stage.client.post(reverse("author_profile"), {"byline_kind": "pseudonym", "pseudonym": "Ortie"})
    return Author.objects.filter(user=stage.person, pseudonym="Ortie").exists()


def _form(stage: Stage) -> dict[str, Any]:
    """The whole form of the text as it stands, so that nothing but a right can be missing."""
    return existing_sheet_form(stage.reloaded())


def _decided(stage: Stage, decision: str) -> bool:
    """Whether the step was decided: by our screen, by Wagtail's own address, or from the editor."""
    state = stage.task_state()
    before = state and state.status
    answer = approve if decision == "approve" else send_back
    answer(stage.client, stage.text, comment="Voilà")
    if state:
        arguments = [stage.text.pk, decision, state.pk]
        stage.client.post(reverse("wagtailadmin_pages:workflow_action", args=arguments), {"comment": "Voilà"})
        state.refresh_from_db()
    if stage.reloaded().current_workflow_task and state and state.status == before:
        button = {"action-workflow-action": "true", "workflow-action-name": decision}
        edit(stage.client, stage.text, _form(stage), **button)
        state.refresh_from_db()
    return bool(state and state.status != before)


def _proposed(stage: Stage, territory: TerritoryPage) -> bool:
    edit(stage.client, territory, territory_form(title=territory.title, introduction="Autre chapô"), **SUBMIT)
    territory.refresh_from_db()
    return bool(territory.workflow_in_progress)


def _listings(stage: Stage) -> list[str]:
    """Addresses where a title might show up."""
    text, parent = stage.text, stage.text.get_parent()
    words = {text.title.split()[-1], text.get_latest_revision_as_object().title.split()[-1]}
    searches = ["wagtailadmin_pages:search", "wagtailadmin_choose_page_search"]
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[parent.pk]),
        *(f"{reverse('wagtailadmin_explore', args=[parent.pk])}?q={word}" for word in words),
        *(f"{reverse(name)}?q={word}" for name in searches for word in words),
        reverse("wagtailadmin_choose_page_child", args=[parent.pk]),
        reverse("wagtailadmin_choose_page_child", args=[text.pk]),
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={text.pk}",
        reverse("wagtailadmin_pages:type_use", args=["practices", "practicepage"]),
        reverse("wagtailadmin_api:pages:listing") + f"?child_of={parent.pk}",
        reverse("wagtailadmin_api:pages:detail", args=[text.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_pages:edit", args=[text.pk]),
        reverse("wagtailadmin_pages:history", args=[text.pk]),
        f"{_bulk('delete')}?id={text.pk}",
        f"{_bulk('delete')}?id=all&childOf={parent.pk}",
    ]


def _bulk(action: str) -> str:
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])


def _api(action: str, stage: Stage) -> str:
    return reverse("wagtailadmin_api:pages:action", args=[stage.text.pk, action])


ATTEMPTS: dict[str, Attempt] = {
    "create a post": create_a_post,
    "create a sheet": create_a_sheet,
    "create a sheet elsewhere": create_a_sheet_elsewhere,
    "create a territory": create_a_territory,
    "create a collection": create_a_collection,
    "edit own": edit_text,
    "edit another's": edit_text,
    "know another's title": know_title,
    "submit own": submit_text,
    "submit another's": submit_text,
    "approve own": approve_text,
    "approve own, « petite équipe »": approve_in_a_small_team,
    "approve another's": approve_text,
    "reject another's": reject_text,
    "publish own without review": publish_text,
    "publish another's without review": publish_text,
    "unpublish own": unpublish_text,
    "unpublish another's": unpublish_text,
    "delete own": delete_text,
    "delete another's": delete_text,
    "copy another's": copy_text,
    "lock another's": lock_text,
    "propose changes to own territory": propose_to_own_territory,
    "propose changes to other territory": propose_to_other_territory,
    "choose themes": choose_themes,
    "edit themes": edit_themes,
    "edit tags": edit_tags,
    "edit bylines": edit_bylines,
    "read reports": read_reports,
    "invite volunteers": invite_volunteers,
    "manage accounts": manage_accounts,
    "change settings": change_settings,
    "edit own profile": edit_own_profile,
}
