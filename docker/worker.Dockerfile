# Build from the top of the repository:
#   docker build -f docker/worker.Dockerfile -t lossboard-worker .
# For the processor. A GPU wants its own libtorch: README.md, "Add a GPU worker".

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Dashboard.Worker -c Release -o /app

# The bridge is built against the very libtorch that the last stage installs.
FROM debian:bookworm-slim AS bridge
RUN apt-get update \
    && apt-get install -y --no-install-recommends cmake g++ make libtorch-dev libopenblas0-pthread
WORKDIR /source
COPY build/bridge.sh build/
COPY src/Dashboard.Torch/native src/Dashboard.Torch/native
RUN build/bridge.sh

FROM debian:bookworm-slim
# bubblewrap holds what models may see, prlimit (util-linux) what they may use, ldd (libc-bin) says which libraries the bridge needs; libssl3 is for https.
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap ca-certificates libc-bin libopenblas0-pthread libssl3 libtorch1.13 util-linux \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1654 --create-home lossboard \
    && mkdir /scratch \
    && chown lossboard:lossboard /scratch
# .NET's images are of another distribution, whose libtorch may be another; the runtime itself runs on both.
COPY --from=mcr.microsoft.com/dotnet/aspnet:10.0 /usr/share/dotnet /usr/share/dotnet
COPY --from=build /app /app
COPY --from=bridge /source/artifacts/native/liblossboard_torch.so /app/
WORKDIR /app
USER lossboard
VOLUME /scratch
ENV LOSSBOARD_WORKER_SCRATCH=/scratch
ENTRYPOINT ["/usr/share/dotnet/dotnet", "Dashboard.Worker.dll"]
