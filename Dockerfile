# L’image du site : du Python, le code, les fichiers statiques. Ni secret, ni données, ni outil de construction.
#
#   docker build -t ocu .
#   docker run --env-file .env -v ocu-data:/data ocu python manage.py migrate    # à chaque mise à jour
#   docker run --env-file .env -v ocu-data:/data -p 8000:8000 ocu
ARG PYTHON=3.13-slim-trixie

FROM python:${PYTHON} AS builder
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:${PYTHON} AS site
WORKDIR /app
COPY packages/ packages/
RUN packages/install --strict runtime && rm -rf /var/lib/apt/lists/*
# L’identité qui fait tourner le site n’a de droit d’écriture que sur /data.
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin ocu \
    && install --directory --owner=ocu --group=ocu /data
COPY --from=builder /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=site_ocu.settings.production \
    DATA_DIR=/data \
    STATIC_ROOT=/app/static \
    HOST=0.0.0.0 \
    PORT=8000
COPY manage.py ./
COPY home/ home/
COPY practices/ practices/
COPY blog/ blog/
COPY site_ocu/ site_ocu/
# Une clef tirée au hasard pour cette seule commande : elle ne reste ni dans l’image, ni dans son histoire.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    ALLOWED_HOSTS=construction.invalid BASE_URL=https://construction.invalid \
    EMAIL_URL=dummymail:// DEFAULT_FROM_EMAIL=construction@construction.invalid DATA_DIR=/tmp/construction \
    python manage.py collectstatic --noinput \
    && python -m compileall -q home practices blog site_ocu
USER ocu
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-m", "site_ocu.health"]
CMD ["gunicorn", "-c", "python:site_ocu.gunicorn", "site_ocu.wsgi"]
