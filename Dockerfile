# syntax=docker/dockerfile:1
FROM python:3.12-slim-bookworm AS build
# Documents as PDF and DOCX, signatures, letters; further ones as in pyproject.toml: --build-arg EXTRAS=records,postgres
ARG EXTRAS=records,sign,invite
WORKDIR /src
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY meetingroom meetingroom
COPY web web
COPY scripts/locked scripts/locked
RUN python -m venv /opt/build && python -m venv /opt/meetingroom \
    && scripts/locked build >/tmp/build.lock && /opt/build/bin/pip install --no-cache-dir --require-hashes -r /tmp/build.lock \
    && /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /tmp/wheel . \
    && scripts/locked "$EXTRAS" >/tmp/run.lock && /opt/meetingroom/bin/pip install --no-cache-dir --require-hashes -r /tmp/run.lock \
    && /opt/meetingroom/bin/pip install --no-cache-dir --no-deps /tmp/wheel/*.whl

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="meetingroom" \
      org.opencontainers.image.licenses="AGPL-3.0-or-later"
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin meetingroom \
    && install -d -o meetingroom -m 0700 /data
COPY --from=build /opt/meetingroom /opt/meetingroom
ENV MEETINGROOM_DATA=/data PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER meetingroom
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
    CMD ["/opt/meetingroom/bin/python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["/opt/meetingroom/bin/meetingroom", "serve", "--host", "0.0.0.0", "--port", "8000"]
