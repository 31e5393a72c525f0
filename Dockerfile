# Build: the whole program becomes one file.
FROM oven/bun:1.4.5-slim AS build
WORKDIR /build
COPY package.json bun.lock bunfig.toml ./
COPY patches ./patches
RUN bun install --frozen-lockfile --production --ignore-scripts
COPY tsconfig.json ./
COPY types ./types
COPY migrations ./migrations
COPY cmd ./cmd
COPY src ./src
RUN bun run compile && mkdir /previews

# Run: libc, certificates and the binary. No shell, no package manager, not root; the root file system may be read-only.
FROM gcr.io/distroless/base-debian12:nonroot
COPY --from=build /build/dist/orchestrator /usr/local/bin/orchestrator
# A new volume mounted here takes over this owner, so that workers can write to it.
COPY --from=build --chown=65532:65532 /previews /previews
# Names are looked up by as many threads as there are cores: two that hang, of Telegram and the model, would keep Postgres away.
ENV PREVIEWS_PATH=/previews \
    NODE_ENV=production \
    UV_THREADPOOL_SIZE=16
EXPOSE 8000 8001 8002
ENTRYPOINT ["/usr/local/bin/orchestrator"]
CMD ["--help"]
