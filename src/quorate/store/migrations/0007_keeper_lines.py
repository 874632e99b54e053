"""The keeper's second signature under the latest checkpoints."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0006_witnesses")]

    operations = [
        migrations.CreateModel(
            name="KeeperLine",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("lines", models.TextField()),
            ],
        ),
    ]
