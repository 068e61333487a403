from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0003_clear_the_way_back'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='image',
            name='consent_ended_told_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='image',
            name='consent_ending_told_for',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='image',
            name='consent_given_on',
            field=models.DateField(blank=True, null=True, verbose_name='accord donné le'),
        ),
        migrations.AddField(
            model_name='image',
            name='consent_paper',
            field=models.CharField(blank=True, help_text='Le dossier ou le classeur où l’accord signé est gardé.', max_length=255, verbose_name='où est le papier'),
        ),
        migrations.AddField(
            model_name='image',
            name='consent_people',
            field=models.CharField(blank=True, help_text='Chaque personne reconnaissable.', max_length=255, verbose_name='qui est d’accord'),
        ),
        migrations.AddField(
            model_name='image',
            name='consent_scope',
            field=models.CharField(blank=True, help_text='Ce site, un réseau social, une brochure…', max_length=255, verbose_name='d’accord pour quoi'),
        ),
        migrations.AddField(
            model_name='image',
            name='consent_until',
            field=models.DateField(blank=True, help_text='Vide : sans limite.', null=True, verbose_name='accord valable jusqu’au'),
        ),
        migrations.AddField(
            model_name='image',
            name='consent_withdrawn_on',
            field=models.DateField(blank=True, help_text='À partir de ce jour, l’image disparaît du site. Personne n’a à dire pourquoi.', null=True, verbose_name='accord retiré le'),
        ),
        migrations.AddField(
            model_name='image',
            name='people',
            field=models.CharField(blank=True, choices=[('', 'Pas encore dit'), ('nobody', 'Non, personne'), ('recognisable', 'Oui, des personnes majeures, qui sont d’accord')], default='', help_text='Un visage, mais aussi un vêtement, un tatouage, une maison ou une plaque peuvent désigner quelqu’un. Une image où l’on reconnaît un·e mineur·e n’a pas sa place sur le site : ne l’envoyez pas.', max_length=12, verbose_name='peut-on reconnaître quelqu’un ?'),
        ),
        migrations.AddIndex(
            model_name='rendition',
            index=models.Index(fields=['file'], name='rendition_file'),
        ),
    ]
