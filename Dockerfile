# Edict with its embedded database in the volume /data. How to run it: docs/operate/container.md
FROM node:24-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc LICENSE NOTICE ./
COPY packages packages
COPY apps apps
RUN npm ci --omit=dev --ignore-scripts --workspace=apps/cli

FROM node:24-slim
ENV NODE_ENV=production EDICT_DATA=/data EDICT_LISTEN=0.0.0.0:8080
WORKDIR /app
COPY --from=install /app .
COPY deploy/container deploy/container
RUN install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "deploy/container/healthy.js"]
ENTRYPOINT ["node", "apps/cli/bin/edict.js"]
CMD ["serve"]
