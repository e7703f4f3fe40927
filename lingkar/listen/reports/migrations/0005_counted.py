from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0006_positions_never_overlap"),
        ("places", "0002_boundaries"),
        ("reports", "0004_about_a_service"),
        ("services", "0004_staffing"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["agency", "received_at"],
                include=(
                    "id",
                    "unit",
                    "place",
                    "reported_unit",
                    "is_sealed",
                    "state",
                    "first_due",
                    "next_due",
                    "first_answered_at",
                    "closed_at",
                    "reopened",
                    "rating",
                ),
                name="report_counted",
            ),
        ),
    ]
