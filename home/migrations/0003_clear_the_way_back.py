"""Makes going back to zero possible.

Wagtail's own way back (wagtailimages.0023, wagtaildocs.0013, wagtailadmin.0001) deletes permissions through historical
models that don't fit each other, and fails when there are any. Its way forth, and Django's post_migrate, make them
anew; so they can go before it starts.
"""

from django.db import migrations


CODENAMES = ["choose_image", "choose_document", "access_admin"]


def forget_permissions(apps, schema_editor):
    """By primary key and without Django's collector, which compares classes that a rendered state has made anew."""
    permissions = apps.get_model("auth", "Permission").objects.filter(codename__in=CODENAMES)
    keys, using = list(permissions.values_list("pk", flat=True)), schema_editor.connection.alias
    holders = [
        apps.get_model("auth", "Group").permissions.through,
        apps.get_model("home", "User").user_permissions.through,
        apps.get_model("wagtailcore", "GroupCollectionPermission"),
    ]
    for holder in holders:
        rows = holder.objects.using(using).filter(permission_id__in=keys)
        rows._raw_delete(using)
    permissions._raw_delete(using)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0013_delete_uploadeddocument"),
    ]

    operations = [migrations.RunPython(migrations.RunPython.noop, forget_permissions)]
