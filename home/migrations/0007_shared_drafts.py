import django.db.models.deletion
import home.moderation.shared_drafts
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0006_review_decisions'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=home.moderation.shared_drafts.random_key, editable=False, max_length=32, unique=True)),
                ('recipient', models.CharField(help_text='La personne ou l’organisation à qui vous le donnez.', max_length=120, verbose_name='pour qui')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                ('expires_at', models.DateTimeField(verbose_name='valable jusqu’au')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='ouvert le')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='draft_links', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draft_links', to='wagtailcore.page')),
            ],
            options={
                'verbose_name': 'lien de lecture',
                'verbose_name_plural': 'liens de lecture',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='DraftRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='votre nom')),
                ('text', models.TextField(max_length=5000, verbose_name='votre remarque')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='reçue le')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='traitée le')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='home.draftlink')),
            ],
            options={
                'verbose_name': 'remarque',
                'verbose_name_plural': 'remarques',
                'ordering': ['-created_at'],
            },
        ),
    ]
