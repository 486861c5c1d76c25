# docker build -t newscrawl . ; docs/recipes.md says how to run it
FROM python:3.13-slim-trixie AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY newscrawl newscrawl
COPY pipelines pipelines
RUN python -m venv /opt/newscrawl && /opt/newscrawl/bin/pip install --no-cache-dir -c constraints.txt '.[postgres]'

FROM python:3.13-slim-trixie
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin newscrawl \
    && install -d -o newscrawl -g newscrawl /data
COPY --from=build /opt/newscrawl /opt/newscrawl
# the root may be read-only: what is written goes to /data, what is temporary to /tmp
ENV PATH=/opt/newscrawl/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NEWSCRAWL_OUTPUT_DIR=/data/output \
    XDG_CONFIG_HOME=/data/config
WORKDIR /data
VOLUME /data
USER 10001:10001
# 3, a source is unwell, is for the eyes of a person; a store that cannot be read is not
HEALTHCHECK --interval=10m --timeout=1m --start-period=10m \
    CMD ["sh", "-c", "newscrawl health > /dev/null; code=$?; [ $code -eq 0 ] || [ $code -eq 3 ]"]
STOPSIGNAL SIGINT
ENTRYPOINT ["tini", "--", "newscrawl"]
CMD ["crawl", "news", "-a", "sites=/data/sites.toml"]
