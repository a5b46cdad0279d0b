"""What the second step of log-in rests on is sealed: until now it stood there as it is."""

from typing import Any

from django.db import migrations

from samsyn.people.second_step import under_seal


def seal(apps: Any, schema_editor: Any) -> None:
    table = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
    for one in table.filter(type__in=["totp", "recovery_codes"]):
        one.data = under_seal(one.data)
        one.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    # The way back leaves them sealed, which this version and newer ones read.
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
