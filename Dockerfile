# One file for every service: docker build --build-arg APP=gateway .   (gateway, generation, media, catalog)
# Run the result with an init process (docker run --init; docker-compose.yml has it): Nest ends a stop by sending itself
# the signal once more, which the kernel does not deliver to process 1.
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /facet
COPY package.json package-lock.json .npmrc ./
# As tools/install.mjs does it, which also says why not by npm ci.
RUN npm install --no-save --include=dev --loglevel=error
COPY .swcrc nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
COPY tools tools
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /facet
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --omit=dev --loglevel=error && npm cache clean --force

FROM ${NODE_IMAGE}
ARG APP
RUN case "$APP" in gateway|generation|media|catalog) ;; *) echo "build with --build-arg APP=gateway|generation|media|catalog" >&2; exit 1 ;; esac
# 0.0.0.0 is the container's own network; what is published of it is decided outside.
ENV NODE_ENV=production \
    APP=${APP} \
    HOST=0.0.0.0 \
    PORT=8000 \
    MALLOC_ARENA_MAX=2
WORKDIR /facet
COPY --from=dependencies /facet/node_modules node_modules
COPY --from=build /facet/package.json package.json
COPY --from=build /facet/dist/bundles/${APP} dist/bundles/${APP}
USER node
EXPOSE 8000
# The start of a catalog may take a replay of its log, hence the long start period.
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["sh", "-c", "exec node --expose-gc --v8-pool-size=1 --max-semi-space-size=64 \"dist/bundles/$APP/main.js\""]
