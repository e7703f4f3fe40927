"""Two devices at once: when each answer was given and where; what does not count is kept. And fresh starts at quizzes."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

# An answer of another device that is replaced is put aside in the same statement.
OVERTAKEN = """
CREATE FUNCTION exams_keep_overtaken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM exams_uncountedanswer WHERE attempt_id = OLD.attempt_id) < 1000 THEN
    INSERT INTO exams_uncountedanswer (id, agency_id, attempt_id, number, choice, why, device, seq, came_at)
    VALUES (gen_random_uuid(), OLD.agency_id, OLD.attempt_id, OLD.number, OLD.choice, 'overtaken', OLD.device, OLD.seq,
            OLD.saved_at)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER exams_keep_overtaken AFTER UPDATE ON exams_answer FOR EACH ROW
  WHEN (OLD.device <> NEW.device AND OLD.choice <> NEW.choice) EXECUTE FUNCTION exams_keep_overtaken();
"""

UNDO = """
DROP TRIGGER exams_keep_overtaken ON exams_answer;
DROP FUNCTION exams_keep_overtaken();
"""
GIVEN = "UPDATE exams_answer SET given_at = saved_at"


class Migration(migrations.Migration):
    dependencies = (
        ("exams", "0001_initial"),
        ("people", "0010_placement_indexes"),
        ("tenancy", "0001_initial"),
    )
    operations = (
        migrations.AddField("answer", "device", models.PositiveIntegerField(db_default=0, verbose_name="device")),
        migrations.AddField(
            "answer",
            "given_at",
            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="given"),
        ),
        migrations.RunSQL(GIVEN, migrations.RunSQL.noop),
        migrations.RemoveConstraint("lateanswer", "late_answer_once"),
        migrations.RenameModel("LateAnswer", "UncountedAnswer"),
        migrations.AlterModelOptions(
            "uncountedanswer",
            {
                "verbose_name": "answer that does not count",
                "verbose_name_plural": "answers that do not count",
            },
        ),
        migrations.AlterField(
            "uncountedanswer",
            "attempt",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="uncounted",
                to="exams.attempt",
                verbose_name="attempt",
            ),
        ),
        migrations.AddField(
            "uncountedanswer", "device", models.PositiveIntegerField(db_default=0, verbose_name="device")
        ),
        migrations.AddField(
            "uncountedanswer",
            "why",
            models.CharField(
                choices=[("late", "came in after the end"), ("overtaken", "given before another one")],
                db_default="late",
                max_length=10,
                verbose_name="reason",
            ),
        ),
        migrations.AddConstraint(
            "uncountedanswer",
            models.UniqueConstraint(
                models.F("attempt"),
                models.F("number"),
                models.F("device"),
                models.F("seq"),
                name="uncounted_answer_once",
            ),
        ),
        migrations.AddConstraint(
            "uncountedanswer",
            models.CheckConstraint(condition=models.Q(("why__in", ["late", "overtaken"])), name="uncounted_answer_why"),
        ),
        migrations.RunSQL(OVERTAKEN, UNDO),
        migrations.CreateModel(
            name="Restart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60, verbose_name="source")),
                ("begun_at", models.DateTimeField(verbose_name="started")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "quiz",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exams.quiz",
                        verbose_name="quiz",
                    ),
                ),
            ],
            options={
                "verbose_name": "fresh start at a quiz",
                "verbose_name_plural": "fresh starts at quizzes",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("quiz"), models.F("person"), models.F("source"), name="restart_once"
                    )
                ],
            },
        ),
    )
