# openrouter-native in a container: docs/guides/deploy/docker.md
#
# Built for the machine that it is built on, or for both kinds at once:
#   docker buildx build --platform linux/amd64,linux/arm64 -t openrouter-native .

# What is built is JavaScript, the same for every machine, so it is built on this one.
FROM --platform=$BUILDPLATFORM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.base.json ./
COPY api/package.json api/
COPY client/package.json client/
COPY test/package.json test/
COPY packages/openrouter/package.json packages/openrouter/
COPY packages/plugin/package.json packages/plugin/
COPY packages/protocol/package.json packages/protocol/
COPY packages/react/package.json packages/react/
COPY packages/simulator/package.json packages/simulator/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY packages packages
COPY api api
COPY client client
RUN npm run build
# What the server is, without tests, sources and types.
RUN mkdir server \
  && cp --parents -r api/dist api/migrations client/dist packages/*/dist packages/simulator/catalogue server \
  && find server \( -name '*.test.*' -o -name '*.d.ts' -o -name '*.tsbuildinfo' \) -delete \
  && find server -depth -type d -name testing -exec rm -r {} +

# What it needs at run time, for the machine that it will run on.
FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY api/package.json api/
COPY client/package.json client/
COPY test/package.json test/
COPY packages/openrouter/package.json packages/openrouter/
COPY packages/plugin/package.json packages/plugin/
COPY packages/protocol/package.json packages/protocol/
COPY packages/react/package.json packages/react/
COPY packages/simulator/package.json packages/simulator/
RUN npm ci --workspace=api --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=3080
ENV DATA_DIR=/data
ENV OPENROUTER_CACHE_DIR=/data/cache
RUN install -d -o 1000 -g 1000 /data
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/server ./
VOLUME /data
EXPOSE 3080
# The user "node" of the base image, by number, so that Kubernetes sees that it is not root.
USER 1000:1000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "api/dist/server/index.js"]
