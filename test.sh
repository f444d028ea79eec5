#!/usr/bin/env bash
# Builds everything once and runs every check. The last line is `N passed, N failed`.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./test.sh [--fast | --long]

  --fast    leave out what is slow: tests marked Category=Slow, the fault tests, the browser tests
  --long    fault and fuzzing tests in their long form, with the numbers that the documents give; takes an hour or more
  --help    this text

Ends with one line, `N passed, N failed`, summed over all suites; the exit code is 0 when none failed.
A suite that crashes, hangs or runs no test counts as one failure.
TEXT
}

cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=build/common.sh
. build/common.sh

fast=false
# A suite that takes this many seconds hangs: none needs more than a third.
longest=900
while [ $# -gt 0 ]; do
  case $1 in
    --fast) fast=true ;;
    --long)
      export LOSSBOARD_LONG=1
      longest=7200
      ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" ;;
  esac
  shift
done

# The same configuration as run.sh: what is tested is what runs, and it is built once for both.
configuration=Release
total_passed=0
total_failed=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# record NAME PASSED FAILED SECONDS
record() {
  total_passed=$((total_passed + $2))
  total_failed=$((total_failed + $3))
  printf '%-34s %5d passed %4d failed %5d s\n' "$1" "$2" "$3" "$4"
}

# check NAME COMMAND…: one pass or one failure by the exit code; the output is shown where it failed.
check() {
  local name=$1 began=$SECONDS
  shift
  if "$@" >"$results/check.log" 2>&1; then
    record "$name" 1 0 $((SECONDS - began))
  else
    cat "$results/check.log"
    record "$name" 0 1 $((SECONDS - began))
  fi
}

# suite NAME PASSED FAILED EXIT-CODE BEGAN: a suite that ended badly without naming a failed test, or ran none, is one failure.
suite() {
  local passed=${2:-0} failed=${3:-0}
  if [ "$failed" -eq 0 ] && { [ "$4" -ne 0 ] || [ "$passed" -eq 0 ]; }; then
    say "$1 ended with exit code $4 after $passed passed tests and names no failed one."
    failed=1
  fi
  record "$1" "$passed" "$failed" $((SECONDS - $5))
}

dotnet_suite() {
  local name=$1 began=$SECONDS code=0 counters=
  local options=(--logger "trx;LogFileName=$name.trx" --results-directory "$results")
  if $fast; then options+=(--filter 'Category!=Slow'); fi
  timeout --kill-after=20 "$longest" dotnet test "tests/$name/bin/$configuration/net10.0/$name.dll" "${options[@]}" >"$results/$name.log" 2>&1 || code=$?
  [ "$code" -eq 0 ] || cat "$results/$name.log"
  if [ -f "$results/$name.trx" ]; then counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" || true); fi
  suite "$name" "$(attribute passed "$counters")" "$(attribute failed "$counters")" "$code" "$began"
}

attribute() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2"; }

javascript_suite() {
  local began=$SECONDS code=0 files=()
  mapfile -d '' -t files < <(find tests/js -name '*.test.js' -print0 | sort -z)
  timeout --kill-after=20 300 node --test --test-reporter=tap "${files[@]}" >"$results/js.log" 2>&1 || code=$?
  [ "$code" -eq 0 ] || cat "$results/js.log"
  suite 'tests/js' "$(sed -n 's/^# pass //p' "$results/js.log")" "$(sed -n 's/^# fail //p' "$results/js.log")" "$code" "$began"
}

python_suite() {
  local began=$SECONDS code=0 ran failed skipped
  (cd clients/python && timeout --kill-after=20 600 /usr/bin/python3 -m unittest discover -s tests -t .) >"$results/python.log" 2>&1 || code=$?
  [ "$code" -eq 0 ] || cat "$results/python.log"
  ran=$(sed -n 's/^Ran \([0-9]*\) tests\{0,1\} in .*/\1/p' "$results/python.log")
  failed=$(sum_of 'failures|errors|unexpected successes')
  skipped=$(sum_of skipped)
  suite 'clients/python' "$((${ran:-0} - failed - skipped))" "$failed" "$code" "$began"
}

# sum_of WORDS: adds the numbers behind those words in unittest's summary, `FAILED (failures=1, errors=2, skipped=3)`.
sum_of() {
  local summary count sum=0
  summary=$(grep -E '^(OK|FAILED)( |$)' "$results/python.log" | tail -n 1 | sed 's/expected failures=[0-9]*//') || true
  for count in $(grep -oE "\b($1)=[0-9]+" <<<"$summary" | cut -d= -f2 || true); do sum=$((sum + count)); done
  say "$sum"
}

# The restore asks the package source for advisories and keeps the answer beside each project.
# A source that cannot be asked (NU1900, NU1905) is no finding: the result would change with the network.
no_known_vulnerabilities() {
  local project assets=()
  for project in */*/*.csproj; do assets+=("$(dirname "$project")/obj/project.assets.json"); done
  ! grep -hE '"message": ".*\b(known [a-z]+ severity vulnerability)\b' "${assets[@]}" | sort -u | grep .
}

need_tools
need_packages libsqlite3-0 python3 python3-numpy python3-sklearn python3-torch bubblewrap $(bridge_packages)
if ! $fast; then need_packages chromium fonts-dejavu-core fonts-noto-cjk; fi

say "Building ($configuration)"
began=$SECONDS
if ! dotnet build Dashboard.sln -c "$configuration" -v quiet >"$results/build.log" 2>&1; then
  cat "$results/build.log"
  record build 0 1 $((SECONDS - began))
  say "$total_passed passed, $total_failed failed"
  exit 1
fi
record 'build without warnings' 1 0 $((SECONDS - began))

check 'bridge to libtorch' build/bridge.sh
check 'known vulnerabilities' no_known_vulnerabilities
# White space only, file by file: the style rules have run as analyzers in the build, and loading the solution again to repeat them takes minutes.
check 'formatting' dotnet format whitespace . --folder --include src/ tests/ benchmarks/ --verify-no-changes
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  if $fast; then
    case $name in *.Browser.Tests | *.Faults.Tests) continue ;; esac
  fi
  dotnet_suite "$name"
done
javascript_suite
python_suite

say "$total_passed passed, $total_failed failed"
[ "$total_failed" -eq 0 ]
