"""The tables of the log as its rows alone tell it; 0003 moves what is stored, 0004 removes the old.

`Update` gets a composite primary key, which Django cannot make of an existing table.
"""

import django.db.models.deletion
from django.db import migrations, models

import apps.rooms.models


class Migration(migrations.Migration):

    dependencies = [
        ('designs', '0001_initial'),
        ('rooms', '0001_log'),
    ]

    operations = [
        migrations.RenameModel('Update', 'OldUpdate'),
        migrations.RenameModel('Snapshot', 'OldSnapshot'),
        migrations.RenameModel('Head', 'Log'),
        migrations.RemoveConstraint('log', 'one_head_a_log'),
        migrations.AddConstraint(
            'log',
            models.UniqueConstraint(fields=('design', 'document'), name='log_once'),
        ),
        migrations.AddField(
            'log', 'epoch', models.CharField(default=apps.rooms.models.new_epoch, max_length=32)
        ),
        migrations.AddField('log', 'quarantine', models.TextField(blank=True, default='')),
        migrations.AddField('log', 'good_seq', models.BigIntegerField(blank=True, null=True)),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('pk', models.CompositePrimaryKey('log_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='rooms.log')),
                ('seq', models.BigIntegerField()),
                ('participant', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='designs.participant')),
                ('at', models.DateTimeField()),
                ('payload', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('log', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='rooms.log')),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('payload', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('log', 'seq'), name='snapshot_once')],
            },
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('pk', models.CompositePrimaryKey('log_id', 'client', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='rooms.log')),
                ('client', models.BigIntegerField()),
                ('participant', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='designs.participant')),
            ],
        ),
    ]
