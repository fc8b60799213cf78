from django.db import migrations


class Migration(migrations.Migration):
    """A field named `url` would hide the page's own address."""

    dependencies = [("home", "0009_sharing_forms")]

    operations = [
        migrations.RenameField(model_name="instrumentpage", old_name="url", new_name="link"),
    ]
