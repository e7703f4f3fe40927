"""When an import was last set going: from then on it is counted whether it stands still."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="set_going_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
