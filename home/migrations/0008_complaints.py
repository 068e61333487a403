import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0007_shared_drafts'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='rappelé le')),
                ('overdue_told_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='retard signalé le')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='adresse de la page')),
                ('kind', models.CharField(choices=[('recognisable', 'On reconnaît une personne (moi, un enfant, quelqu’un d’autre)'), ('reply', 'Je suis nommé·e et je demande un droit de réponse'), ('mistake', 'Une information est fausse ou a changé'), ('unlawful', 'Un propos est illicite ou blessant'), ('other', 'Autre chose')], max_length=20, verbose_name='de quoi s’agit-il ?')),
                ('message', models.TextField(max_length=5000, verbose_name='que se passe-t-il ?')),
                ('contact', models.EmailField(blank=True, help_text='Seulement si vous voulez une réponse.', max_length=254, verbose_name='votre adresse électronique')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reçu le')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='traité le')),
                ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='ce qui a été fait')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='content_reports', to='wagtailcore.page', verbose_name='page')),
            ],
            options={
                'verbose_name': 'signalement',
                'verbose_name_plural': 'signalements',
                'ordering': ['created_at'],
            },
        ),
        migrations.CreateModel(
            name='RightOfReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='rappelé le')),
                ('overdue_told_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='retard signalé le')),
                ('asked_by', models.CharField(help_text='Le nom sous lequel la réponse paraît.', max_length=160, verbose_name='demandé par')),
                ('text', models.TextField(max_length=10000, verbose_name='réponse')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='demande reçue le')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='insérée le')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refusée le')),
                ('refusal', models.TextField(blank=True, max_length=2000, verbose_name='raison du refus')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='wagtailcore.page', verbose_name='page')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reply', to='home.contentreport')),
            ],
            options={
                'verbose_name': 'droit de réponse',
                'verbose_name_plural': 'droits de réponse',
                'ordering': ['received_at'],
            },
        ),
    ]
