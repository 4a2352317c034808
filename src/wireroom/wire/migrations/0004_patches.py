from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wire", "0003_kinship"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="patched",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="version",
            name="patch",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
    ]
