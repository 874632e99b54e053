"""Digests of what was asked are keyed, answers know whose sheet was carried, tokens their last use.

The digests before were none that a reader of the database could not guess from, so they go. Their
keys stay, with nothing to compare: such a key is taken for one that was used for something else,
so an act that is handed in again across the change is refused and never recorded twice.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def remove_digests(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("store", "Answered").objects.update(request="")


class Migration(migrations.Migration):
    dependencies = [("store", "0003_letters_and_addresses")]
    operations = [
        migrations.AddField(
            "Answered",
            "sheet",
            models.CharField(max_length=64, blank=True, default="", db_index=True),
        ),
        migrations.AddField("ApiToken", "used", models.DateTimeField(null=True)),
        migrations.RunPython(remove_digests, migrations.RunPython.noop),
    ]
