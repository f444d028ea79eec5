#!/usr/bin/env bash
# Runs a server under a steady load and watches its memory, its log and its latency.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: tests/soak.sh [--minutes N | --hours N] [--report FILE]

  --minutes N, --hours N   how long; 30 minutes where neither is said
  --report FILE            where the figures go, one row a minute (CSV); default: soak.csv in this folder's parent, ignored by git

Passes where memory rises by less than 1 MiB an hour after the warm-up and the write-ahead log stays below 256 MiB. Needs a build: ./test.sh --fast, or
dotnet build tests/Dashboard.Faults.Tests -c Release.
TEXT
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=../build/common.sh
. build/common.sh

minutes=30
report=$PWD/soak.csv
while [ $# -gt 0 ]; do
  case $1 in
    --minutes | --hours | --report)
      [ $# -ge 2 ] || { usage >&2; fail "$1 needs a value"; }
      case $1 in
        --minutes) minutes=$2 ;;
        --hours) minutes=$(($2 * 60)) ;;
        --report) report=$(realpath -m "$2") ;;
      esac
      shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" ;;
  esac
  shift
done

tests=tests/Dashboard.Faults.Tests/bin/Release/net10.0/Dashboard.Faults.Tests.dll
[ -f "$tests" ] || fail "$tests is missing: dotnet build tests/Dashboard.Faults.Tests -c Release"
: >"$report"
say "A row a minute for $minutes minutes: tail -f $report"
LOSSBOARD_SOAK_MINUTES=$minutes LOSSBOARD_SOAK_REPORT=$report dotnet test "$tests" --filter 'FullyQualifiedName~SoakTests'
