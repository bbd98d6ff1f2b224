"""The roles that came with elections, emergencies and paid promotion."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_lists_by_name"),
    ]

    operations = [
        migrations.AlterField(
            model_name="corporategrant",
            name="role",
            field=models.CharField(
                choices=[
                    ("digital_team", "Digital team"),
                    ("communications_officer", "Communications officer"),
                    ("hr", "HR"),
                    ("auditor", "Auditor"),
                    ("monitoring_officer", "Monitoring Officer"),
                    ("duty_officer", "Duty officer"),
                    ("budget_holder", "Budget holder"),
                    ("elected_member", "Elected member"),
                    ("member_of_staff", "Member of staff"),
                ],
                max_length=40,
            ),
        ),
    ]
