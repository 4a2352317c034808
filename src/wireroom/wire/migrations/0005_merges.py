import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wire", "0004_patches"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merged",
                to="wire.story",
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="merged_after",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="story_merged",
            ),
        ),
    ]
