"""A log may be one participant's own: their private notes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('designs', '0004_lobby'),
        ('rooms', '0005_left_out_rows'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='log',
            name='log_once',
        ),
        migrations.AddField(
            model_name='log',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='designs.participant'),
        ),
        migrations.AlterField(
            model_name='log',
            name='document',
            field=models.CharField(choices=[('board', 'board'), ('private', 'private'), ('own', 'own')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='log',
            constraint=models.UniqueConstraint(condition=models.Q(('owner', None)), fields=('design', 'document'), name='log_once'),
        ),
        migrations.AddConstraint(
            model_name='log',
            constraint=models.UniqueConstraint(fields=('design', 'document', 'owner'), name='own_log_once'),
        ),
        migrations.AddConstraint(
            model_name='log',
            constraint=models.CheckConstraint(condition=models.Q(('owner', None), ('document', 'own'), _connector='XOR'), name='own_log_has_owner'),
        ),
    ]
