import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0005_missions_and_invitations'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='moderationsettings',
            name='grace_days',
            field=models.PositiveSmallIntegerField(default=30, help_text='Le temps de finir ses textes après la fin de la mission ; ensuite, on ne peut plus écrire.', verbose_name='délai après une mission (jours)'),
        ),
        migrations.AddField(
            model_name='moderationsettings',
            name='preview_days',
            field=models.PositiveSmallIntegerField(default=7, help_text='Passé ce délai, le lien donné à un partenaire ne montre plus le brouillon.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)], verbose_name='durée d’un lien de lecture (jours)'),
        ),
        migrations.AddField(
            model_name='moderationsettings',
            name='reminder_days',
            field=models.PositiveSmallIntegerField(default=3, help_text='Un texte qui attend depuis ce nombre de jours est rappelé aux personnes qui relisent.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='rappeler après (jours)'),
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='depuis')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('task_state', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='claim', to='wagtailcore.taskstate')),
            ],
            options={
                'verbose_name': 'prise en charge',
                'verbose_name_plural': 'prises en charge',
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('approve', 'Approuver'), ('reject', 'Demander des changements')], max_length=10, verbose_name='décision')),
                ('changed_since', models.BooleanField(default=False, verbose_name='le texte avait changé depuis le début de la relecture')),
                ('reason', models.CharField(blank=True, choices=[('recognisable', 'Une personne peut être reconnue'), ('consent', 'Il manque un accord (image, témoignage)'), ('precise', 'Un lieu, une date ou un nom est trop précis'), ('sources', 'Une source manque ou ne s’ouvre pas'), ('wording', 'Des mots à changer'), ('incomplete', 'Le texte n’est pas fini'), ('other', 'Autre raison')], max_length=20, verbose_name='raison')),
                ('comment', models.TextField(blank=True, verbose_name='message')),
                ('answers', models.JSONField(default=list, help_text='The texts of the ticked questions.', verbose_name='questions cochées')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='décidé le')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='version décidée')),
                ('task_state', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='decision', to='wagtailcore.taskstate')),
            ],
            options={
                'verbose_name': 'décision',
                'verbose_name_plural': 'décisions',
                'ordering': ['-decided_at'],
            },
        ),
        migrations.CreateModel(
            name='ReviewQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('text', models.CharField(help_text='Une affirmation que l’on coche : « Personne n’est reconnaissable… »', max_length=255, verbose_name='question')),
                ('asked_of', models.CharField(blank=True, choices=[('', 'Toutes les pages'), ('blog.blogpostpage', 'Les billets'), ('practices.practicepage', 'Les fiches'), ('practices.territorypage', 'Les territoires'), ('home.standardpage', 'Les pages simples')], default='', max_length=60, verbose_name='pour')),
                ('settings', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='home.moderationsettings')),
            ],
            options={
                'verbose_name': 'question avant d’approuver',
                'verbose_name_plural': 'questions avant d’approuver',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='jour')),
                ('about', models.JSONField(default=list, verbose_name='ce qui a été rappelé')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'rappel du jour',
                'verbose_name_plural': 'rappels du jour',
                'constraints': [models.UniqueConstraint(fields=('person', 'day'), name='one_digest_a_day')],
            },
        ),
    ]
