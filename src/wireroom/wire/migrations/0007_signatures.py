"""Signatures of what feeds brought; ``wire_anchor`` is asked by ``wireroom.wire.signatures``."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = {
    "sqlite": (
        "CREATE TABLE wire_anchor (provider_id bigint NOT NULL, anchor bigint NOT NULL,"
        " story_id bigint NOT NULL, PRIMARY KEY (provider_id, anchor, story_id)) WITHOUT ROWID",
    ),
    "postgresql": (
        "CREATE TABLE wire_anchor (provider_id bigint NOT NULL, anchor bigint NOT NULL,"
        " story_id bigint NOT NULL, PRIMARY KEY (provider_id, anchor, story_id))",
    ),
}


def make(apps, schema_editor):
    for statement in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE wire_anchor")


class Migration(migrations.Migration):
    dependencies = [
        ("wire", "0006_likeness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="signature",
                        serialize=False,
                        to="wire.story",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("anchors", models.BinaryField()),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="signature_made")],
            },
        ),
        migrations.RunPython(make, drop),
    ]
