"""The place of « restitutions communes », under the home page and its workflow. Its rights are those of the home page."""

from django.db import migrations

from home.pages.planting import plant, uproot

INDEX = "practices.CollectionIndexPage"
INTRODUCTION = "Ce que des territoires ont trouvé ensemble : des fiches et des billets réunis, ordonnés et commentés."


def plant_index(apps, schema_editor):
    home = apps.get_model("home", "HomePage").objects.first()
    if home:
        plant(apps, home, INDEX, title="Restitutions communes", slug="restitutions", introduction=INTRODUCTION, show_in_menus=True)


def uproot_index(apps, schema_editor):
    index = apps.get_model(INDEX).objects.first()
    if index:
        uproot(apps, index)


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0003_review_questions"),
        ("practices", "0008_collections"),
    ]

    operations = [migrations.RunPython(plant_index, uproot_index)]
