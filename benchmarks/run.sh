#!/usr/bin/env bash
# Measures the server and the clients and prints one table; README.md beside this says how each figure is taken.
#   benchmarks/run.sh [ingest] [small] [disk] [reads] [runs] [memory] [live] [pages] [log] [jobs] [landscapes] [curvature] [engine] [pca] [neighbors] [tsne] [umap] [metrics] [watch] [diagnosis] [diagnose] [--points-100m N] [--seconds S] [--connections N]
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in src/Dashboard.Server src/Dashboard.Worker benchmarks/Dashboard.Benchmarks; do
  dotnet build "$project" -c Release -v quiet -p:RunAnalyzers=false >"$log" 2>&1 || {
    cat "$log" >&2
    echo 'The build failed; what it said is above.' >&2
    exit 1
  }
done
exec dotnet benchmarks/Dashboard.Benchmarks/bin/Release/net10.0/Dashboard.Benchmarks.dll --root "$PWD" "$@"
