"""The table that full text search reads; see ``wireroom.wire.search``."""

from django.db import migrations

TABLES = {
    "sqlite": (
        "CREATE VIRTUAL TABLE wire_search USING fts5(headline, standfirst, body,"
        " tokenize=\"unicode61 categories 'L* N* Co Mn Mc'\")",
    ),
    "postgresql": (
        "CREATE TABLE wire_search (story_id bigint PRIMARY KEY"
        " REFERENCES wire_story (id) ON DELETE CASCADE, words tsvector NOT NULL)",
        "CREATE INDEX wire_search_words ON wire_search USING gin (words)",
    ),
}


def make(apps, schema_editor):
    for statement in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE wire_search")


class Migration(migrations.Migration):
    dependencies = [("wire", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
