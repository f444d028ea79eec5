# Build from the top of the repository:
#   docker build -f docker/server.Dockerfile -t lossboard .

# The browser libraries, from the lock file. The touch tells the .NET build that this has been done.
FROM node:22-bookworm-slim AS libraries
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts && touch node_modules/.package-lock.json

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=libraries /source/node_modules node_modules
# Compiled ahead: the server is ready in two thirds of the time.
RUN dotnet publish src/Dashboard.Server -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsqlite3-0 \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /data \
    && chown "$APP_UID:$APP_UID" /data
COPY --from=build /app /app
WORKDIR /app
# APP_UID is the unprivileged user of the base image. A new volume takes over the owner of /data.
USER $APP_UID
VOLUME /data
# Without accounts the server listens on loopback only, so the container shares the host's network (compose.yaml) and no port is published; with ASPNETCORE_URLS
# it listens to others, who then have to sign in (compose.server.yaml).
# ASPNETCORE_HTTP_PORTS is set by the base image for all addresses; empty, it leaves the choice to Server:Port.
# Models run in the worker's image (worker.Dockerfile), which this one has no libraries for.
ENV ASPNETCORE_HTTP_PORTS="" \
    Server__Port=6006 \
    Worker__Local=false
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$Server__Port && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r -t 2 line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "Dashboard.Server.dll", "--data", "/data"]
