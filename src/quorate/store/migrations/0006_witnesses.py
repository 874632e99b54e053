"""What witnesses have cosigned, and when each was asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0005_sealed_choices_stay")]

    operations = [
        migrations.CreateModel(
            name="Cosigned",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("witness", models.CharField(max_length=40)),
                ("size", models.BigIntegerField(db_index=True)),
                ("lines", models.TextField()),
                ("time", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["witness", "size"], name="one_cosignature_a_size"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("witness", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("known", models.BigIntegerField(default=0)),
                ("taken_until", models.BigIntegerField(default=0)),
                ("trouble", models.CharField(max_length=20, blank=True, default="")),
                ("told", models.BigIntegerField(default=0)),
            ],
        ),
    ]
