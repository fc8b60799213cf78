"""PostgreSQL finds words that look alike by itself, if it may."""

from django.db import ProgrammingError, migrations, transaction

INDEX = "search_word_text_trigrams"


def allow_trigrams(apps, schema_editor):
    """Whoever migrates may lack the right to add an extension: then Python compares the words."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {INDEX} ON search_word USING gin (text gin_trgm_ops)"
            )
    except ProgrammingError:
        print(  # noqa: T201  it speaks to whoever migrates
            "\n    This database user may not add the extension pg_trgm. Search works without it,"
            "\n    and forgives the same slips. With very many words it is faster: let an"
            "\n    administrator of the database run CREATE EXTENSION pg_trgm, and then"
            f"\n    CREATE INDEX {INDEX} ON search_word USING gin (text gin_trgm_ops)."
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(allow_trigrams, drop_index)]
