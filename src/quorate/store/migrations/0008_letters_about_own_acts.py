"""Letters that tell a member what was done in their name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0007_keeper_lines")]

    operations = [
        migrations.AddField("Letter", "own", models.BooleanField(default=False)),
        migrations.AddField("Letter", "until", models.BigIntegerField(default=0)),
        migrations.RemoveConstraint("Letter", "one_letter_an_entry"),
        migrations.AddConstraint(
            "Letter",
            models.UniqueConstraint(
                fields=["entry", "member", "own"], name="one_letter_an_entry_of_a_kind"
            ),
        ),
    ]
