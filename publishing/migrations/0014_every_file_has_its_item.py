"""Files that were uploaded before there was a media library get their item of it.

Nothing is said about the people in them: that is for whoever uses them next. They are not shared.
"""

from typing import Any

from django.db import migrations


def make_items(apps: Any, schema_editor: Any) -> None:
    """One item for each digest that has none, from the first file with it."""
    files = apps.get_model("publishing", "MediaFile")
    items = apps.get_model("publishing", "MediaItem")
    known = set(items.objects.values_list("digest", flat=True))
    fresh = []
    for file in files.objects.order_by("uploaded_at", "pk").iterator():
        if file.digest in known:
            continue
        known.add(file.digest)
        fresh.append(
            items(
                digest=file.digest,
                file=file,
                title=file.original_name,
                added_by_id=file.uploaded_by_id,
                added_at=file.uploaded_at,
                changed_at=file.uploaded_at,
            )
        )
    items.objects.bulk_create(fresh, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0013_small_gaps")]

    operations = [migrations.RunPython(make_items, migrations.RunPython.noop)]
