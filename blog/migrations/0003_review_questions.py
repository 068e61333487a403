"""The questions that a moderator answers before approving, as they stand on the first day (DOMAIN §5).

In the topmost package, because the site they belong to is planted there. Editors change them in the settings.
"""

from django.db import migrations

QUESTIONS = [
    ("", "Personne n’est reconnaissable sans un accord écrit que nous gardons"),
    ("", "Aucune personne mineure n’est reconnaissable, ni nommée"),
    ("", "Les noms, les lieux et les dates sont assez généraux pour ne désigner personne"),
    ("", "Les textes de remplacement disent ce que montrent les images"),
    ("", "Les mots sont les nôtres : personnes exilées, sans papiers, jamais « illégal » ni « clandestin »"),
    ("practices.practicepage", "Les sources s’ouvrent, et disent bien ce que la fiche leur fait dire"),
    ("practices.practicepage", "Les limites sont aussi visibles que les résultats"),
    ("practices.territorypage", "Chaque engagement a une date et un texte que l’on peut lire"),
]


def ask(apps, schema_editor):
    site = apps.get_model("wagtailcore", "Site").objects.get(is_default_site=True)
    settings, _created = apps.get_model("home", "ModerationSettings").objects.get_or_create(site_id=site.pk)
    questions = apps.get_model("home", "ReviewQuestion").objects
    for order, (asked_of, text) in enumerate(QUESTIONS):
        questions.create(settings=settings, text=text, asked_of=asked_of, sort_order=order)


def forget(apps, schema_editor):
    apps.get_model("home", "ReviewQuestion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0002_tree_roles_and_workflows"),
        ("home", "0006_review_decisions"),
    ]

    operations = [migrations.RunPython(ask, forget)]
