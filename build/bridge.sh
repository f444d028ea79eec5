#!/usr/bin/env bash
# Builds the bridge to libtorch into artifacts/native. TORCH_HOME=FOLDER takes a libtorch other than the system's (a pip wheel's `torch`, or pytorch.org's archive).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# One compiler at a time: libtorch's headers take more than a gigabyte each.
if ! { cmake -S src/Dashboard.Torch/native -B artifacts/native && cmake --build artifacts/native -j 1; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  printf 'bridge.sh: the bridge to libtorch could not be built; what cmake said is above.\n' >&2
  exit 1
fi
