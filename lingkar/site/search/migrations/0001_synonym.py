"""What means the same in one agency."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "phrases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None, verbose_name="phrases"
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.agency",
                        verbose_name="agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonyms",
                "ordering": ("phrases",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("phrases__len__gte", 2)), name="synonym_two_phrases"),
                    models.UniqueConstraint(models.F("agency"), models.F("phrases"), name="synonym_once"),
                ],
            },
        ),
    ]
