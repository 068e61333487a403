"""The site as it stands on the first day: its tree, its groups, its two workflows.

In the topmost package, because it needs every page type below it. The rights are the table of
``home.moderation.roles``.
"""

from django.db import migrations

from home.moderation.roles import BLOG, HOME, LIBRARY, MODERATORS, ROLES, TERRITORIES
from home.pages.planting import plant, uproot

PAGES = [
    (TERRITORIES, "Territoires", "territoires", "Les villes et les vallées qui accueillent, et ce à quoi elles se sont engagées."),
    (LIBRARY, "Pratiques inspirantes", "pratiques", "Ce que font des territoires accueillants, avec leurs limites et leurs sources, pour que d’autres le reprennent."),
    (BLOG, "Vues d’Europe et d’Ailleurs", "blog", "Le blog des volontaires : des rencontres, des journées, des questions."),
]
REVIEW = "Relecture et contrôle"
TERRITORY_REVIEW = "Regard du territoire"
POST_WORKFLOW = "Billets et pages"
SHEET_WORKFLOW = "Fiches et territoires"


def content_type(apps, model):
    types = apps.get_model("contenttypes", "ContentType").objects
    return types.get_or_create(app_label=model._meta.app_label, model=model._meta.model_name)[0]


def permission(apps, model, codename):
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get_or_create(
        content_type=content_type(apps, model), codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )[0]


def plant_site(apps, schema_editor):
    Page, Site = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Site")
    welcome = Page.objects.filter(depth=2, slug="home").first()
    if welcome:
        uproot(apps, welcome)
    root = Page.objects.get(depth=1)
    home = plant(apps, root, HOME, title="Vues d’Europe et d’Ailleurs", slug="home")
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True, site_name="Vues d’Europe et d’Ailleurs")
    for label, title, slug, introduction in PAGES:
        plant(apps, home, label, title=title, slug=slug, introduction=introduction, show_in_menus=True)


def uproot_site(apps, schema_editor):
    home = apps.get_model("home", "HomePage").objects.first()
    if home:
        uproot(apps, home)
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    welcome = plant(apps, root, "wagtailcore.Page", title="Welcome to your new Wagtail site!", slug="home")
    apps.get_model("wagtailcore", "Site").objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page_id": welcome.pk}
    )


def create_roles(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    root_collection = Collection.objects.get(depth=1)
    access = apps.get_model("auth", "Permission").objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
    # Wagtail's own groups carry the right to publish without review.
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()
    for role in ROLES:
        group = apps.get_model("auth", "Group").objects.create(name=role.group)
        group.permissions.add(*access)
        for label, actions in role.models.items():
            model = apps.get_model(label)
            group.permissions.add(*(permission(apps, model, f"{action}_{model._meta.model_name}") for action in actions))
        for codename in role.files:
            model = apps.get_model("home", codename.split("_")[1].capitalize())
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.create(
                group=group, collection=root_collection, permission=permission(apps, model, codename)
            )
        for label, actions in role.pages.items():
            page = apps.get_model(label).objects.get()
            for action in actions:
                apps.get_model("wagtailcore", "GroupPagePermission").objects.create(
                    group=group, page_id=page.pk, permission=permission(apps, Page, f"{action}_page")
                )


def delete_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=[role.group for role in ROLES]).delete()


def create_workflows(apps, schema_editor):
    Editorial, Territory = apps.get_model("home", "EditorialReviewTask"), apps.get_model("home", "TerritoryReviewTask")
    # Wagtail's own workflow asks a group that is gone.
    apps.get_model("wagtailcore", "Workflow").objects.all().delete()
    apps.get_model("wagtailcore", "Task").objects.all().delete()
    review = Editorial.objects.create(name=REVIEW, active=True, content_type=content_type(apps, Editorial))
    review.groups.set(apps.get_model("auth", "Group").objects.filter(name__in=[MODERATORS, "Administrateur·rices"]))
    regard = Territory.objects.create(name=TERRITORY_REVIEW, active=True, content_type=content_type(apps, Territory))
    for name, tasks, labels in [
        (POST_WORKFLOW, [review], [HOME]),
        (SHEET_WORKFLOW, [regard, review], [LIBRARY, TERRITORIES]),
    ]:
        workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=name, active=True)
        for order, task in enumerate(tasks):
            apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=order)
        for label in labels:
            apps.get_model("wagtailcore", "WorkflowPage").objects.create(
                workflow=workflow, page_id=apps.get_model(label).objects.get().pk
            )


def delete_workflows(apps, schema_editor):
    for model in ("WorkflowState", "Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0001_initial"),
        ("practices", "0001_initial"),
        ("home", "0002_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailredirects", "0001_initial"),
        ("wagtailusers", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(plant_site, uproot_site),
        migrations.RunPython(create_roles, delete_roles),
        migrations.RunPython(create_workflows, delete_workflows),
    ]
