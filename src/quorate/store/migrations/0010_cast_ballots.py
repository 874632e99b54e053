"""Ballots of secret elections: put into their box once, never changed or taken out.

On SQLite rows without a number of their own: it would tell in what order ballots came.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "store_castballot"
WHY = "a ballot goes into its box once, and stays as it was cast"
_COLUMNS = """hash varchar(64) NOT NULL PRIMARY KEY, election bigint NOT NULL,
credential varchar(64) NOT NULL, nth integer NOT NULL, place bigint NULL, data {bytes} NOT NULL"""
_CHANGED = " OR ".join(
    f"NEW.{column} <> OLD.{column}" for column in ("hash", "election", "credential", "nth", "data")
)
_WRONG = f"OLD.place IS NOT NULL OR NEW.place IS NULL OR {_CHANGED}"


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgres = schema_editor.connection.vendor == "postgresql"
    columns = _COLUMNS.format(bytes="bytea" if postgres else "BLOB")
    schema_editor.execute(f"CREATE TABLE {TABLE} ({columns}){'' if postgres else ' WITHOUT ROWID'}")
    for name, by in (("place", "election, place"), ("key", "election, credential, nth")):
        schema_editor.execute(f"CREATE UNIQUE INDEX {TABLE}_{name} ON {TABLE} ({by})")
    if postgres:
        schema_editor.execute(
            f"""CREATE FUNCTION store_cast_stays() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{WHY}'; END $$"""
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_stay BEFORE DELETE OR TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION store_cast_stays()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_once BEFORE UPDATE ON {TABLE} "
            f"FOR EACH ROW WHEN ({_WRONG}) EXECUTE FUNCTION store_cast_stays()"
        )
        return
    for event, when in (("UPDATE", f"WHEN {_WRONG} "), ("DELETE", "")):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("store", "0009_ballot_files")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make)],
            state_operations=[
                migrations.CreateModel(
                    "CastBallot",
                    [
                        ("hash", models.CharField(max_length=64, primary_key=True)),
                        ("election", models.BigIntegerField()),
                        ("credential", models.CharField(max_length=64)),
                        ("nth", models.IntegerField()),
                        ("place", models.BigIntegerField(null=True)),
                        ("data", models.BinaryField()),
                    ],
                ),
            ],
        )
    ]
