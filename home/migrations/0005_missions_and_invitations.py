import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0004_image_consent'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='mission',
            name='end',
            field=models.DateField(blank=True, help_text='Vide : celle de la session.', null=True, verbose_name='fin'),
        ),
        migrations.AddField(
            model_name='mission',
            name='handed_over_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='brouillons confiés à la modération le'),
        ),
        migrations.AddField(
            model_name='mission',
            name='start',
            field=models.DateField(blank=True, help_text='Vide : celui de la session.', null=True, verbose_name='début'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='envoyée le')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='acceptée le')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations_made', to=settings.AUTH_USER_MODEL, verbose_name='invité·e par')),
                ('mission', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitation', to='home.mission', verbose_name='mission')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='invitation', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-sent_at'],
            },
        ),
    ]
