"""Figures are counted per requirement from now on; they are worked out anew, nothing is lost."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("learning", "0004_municipality_settings")]

    operations = [
        migrations.DeleteModel("FigureChange"),
        migrations.DeleteModel("Figure"),
    ]
