"""Sealed choices can be added and never changed or deleted: a vote that was cast is opened.

They stay when they are open, too: whoever cast a vote gets a receipt that opens it, at any time.
Nothing of the rules erases a vote; what is erased (texts, sheets, accounts) lies in other tables.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "store_sealedchoice"
WHY = "sealed choices stay as they were cast"


def forbid(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"""CREATE FUNCTION store_choices_stay() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{WHY}'; END $$"""
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION store_choices_stay()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("store", "0004_answers_and_tokens")]
    operations = [migrations.RunPython(forbid)]
