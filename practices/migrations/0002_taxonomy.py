"""The closed lists of DOMAIN §2, as they stand on the first day. Editors change them afterwards.

``taxonomy.toml`` beside this file is part of the migration: it is not edited once it has run somewhere.
"""

import tomllib
from pathlib import Path
from uuid import uuid4

from django.db import migrations

LISTS = {"publics": "Public", "actor_types": "ActorType", "practice_types": "PracticeType"}


def read_taxonomy():
    return tomllib.loads(Path(__file__).with_name("taxonomy.toml").read_text(encoding="utf-8"))


def fill(apps, schema_editor):
    taxonomy = read_taxonomy()
    locale = apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first()
    common = {"locale_id": locale.pk}
    for key, model in LISTS.items():
        for term in taxonomy[key]:
            apps.get_model("practices", model).objects.create(**term, **common, translation_key=uuid4())
    for theme in taxonomy["themes"]:
        subthemes, synonyms = theme.pop("subthemes"), theme.pop("synonyms")
        created = apps.get_model("practices", "Theme").objects.create(
            **theme, synonyms="\n".join(synonyms), **common, translation_key=uuid4()
        )
        for order, subtheme in enumerate(subthemes):
            apps.get_model("practices", "SubTheme").objects.create(
                theme=created, sort_order=order, **subtheme, **common, translation_key=uuid4()
            )


def empty(apps, schema_editor):
    for model in ("PracticeTheme", "SubTheme", "Theme", "PracticePublic", "Public", "PracticeActor", "ActorType"):
        apps.get_model("practices", model).objects.all().delete()
    apps.get_model("practices", "PracticePage").objects.update(practice_type=None)
    apps.get_model("practices", "PracticeType").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial"), ("wagtailcore", "0054_initial_locale")]

    operations = [migrations.RunPython(fill, empty)]
