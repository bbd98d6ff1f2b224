# One image for everything: web server, workers, beat and management commands.

FROM node:22-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress
COPY static static
RUN node static/build.mjs

FROM python:3.13-slim AS packages
WORKDIR /build
COPY requirements.txt requirements-uv.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
    && /venv/bin/uv pip install --no-cache --python /venv/bin/python --require-hashes -r requirements.txt \
    && /venv/bin/pip uninstall --yes uv

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data council-social
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/assets \
    VAR_DIR=/data
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=assets /build/static/build static/build
RUN VAR_DIR=/tmp/var python manage.py collectstatic --no-input --verbosity 0 && rm -r /tmp/var

USER council-social
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-m", "tools.probe"]
CMD ["gunicorn", "council_social.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "3", "--threads", "8", "--graceful-timeout", "10", "--worker-tmp-dir", "/dev/shm"]
