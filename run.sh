#!/usr/bin/env bash
# Builds Lossboard where needed, starts it, and stays until it is stopped.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./run.sh [--port N] [--data DIR] [--demo] [--no-worker] [SERVER OPTIONS…]

  --port N       port to listen on (6006)
  --listen ADDR  address to listen on (localhost); with any that others reach, 0.0.0.0 say, people have to sign in
  --data DIR     folder that holds everything stored; made when missing (data, beside this script)
  --demo         also train a small network on real data, so that there is something to watch
  --no-worker    start no worker on this machine: landscapes, curvature and projections then wait for one from elsewhere
  --help         this text

Everything else goes to the server, for instance --Storage:UnsealedPoints=200000.
Ctrl-C stops the server (and the demo) cleanly.
TEXT
}

caller=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD
# shellcheck source=build/common.sh
. build/common.sh

port=6006
address=localhost
data=$root/data
demo=false
worker=true
server_options=()

value_of() { [ $# -ge 2 ] || fail "$1 needs a value. See ./run.sh --help."; }

while [ $# -gt 0 ]; do
  case $1 in
    --port) value_of "$@"; port=$2; shift 2 ;;
    --port=*) port=${1#*=}; shift ;;
    --listen) value_of "$@"; address=$2; shift 2 ;;
    --listen=*) address=${1#*=}; shift ;;
    --data) value_of "$@"; data=$2; shift 2 ;;
    --data=*) data=${1#*=}; shift ;;
    --demo) demo=true; shift ;;
    --no-worker) worker=false; server_options+=(--Worker:Local=false); shift ;;
    -h | --help) usage; exit 0 ;;
    *) server_options+=("$1"); shift ;;
  esac
done

[[ $port =~ ^[0-9]{1,5}$ ]] && [ "$((10#$port))" -ge 1 ] && [ "$((10#$port))" -le 65535 ] || fail "--port takes a number from 1 to 65535, not '$port'."
port=$((10#$port))
[ -n "$data" ] || fail '--data needs a folder.'
[[ $data == /* ]] || data=$caller/$data
mkdir -p "$data" || fail "the data folder $data cannot be made."

# Where the server is asked whether it is ready: an address that stands for all of them is no address to call.
probe=127.0.0.1
case $address in localhost | 0.0.0.0 | '*' | '[::]') ;; *) probe=${address//[\[\]]/} ;; esac

# status PATH: the status code the server answers with, nothing where it does not answer.
status() {
  local line=
  {
    exec 3<>"/dev/tcp/$probe/$port" || return 1
    printf 'GET %s HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$1" "$port" >&3
    read -r -t 2 -u 3 line || true
    exec 3>&-
  } 2>/dev/null
  [[ $line =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]] && say "${BASH_REMATCH[1]}"
}

if (exec 3<>"/dev/tcp/$probe/$port") 2>/dev/null; then
  if [ "$(status /health/ready || true)" = 200 ]; then
    fail "port $port is taken: something that answers like Lossboard already runs on http://localhost:$port. Stop it, or choose another with --port N."
  fi
  fail "port $port is taken by another program. Choose another with --port N."
fi

need_tools
need_packages libsqlite3-0
if $demo; then need_packages python3 python3-numpy python3-torch dataset-fashion-mnist; fi

# What the worker needs. Without it the server runs all the same, and the pages say what is missing.
if $worker; then
  (need_packages bubblewrap $(bridge_packages)) || say 'Going on without what landscapes and curvature need; everything else works, projections included.'
fi

say 'Building (the first time takes a minute or two)'
build_log=$(mktemp)
trap 'rm -f "$build_log"' EXIT
projects=(src/Dashboard.Server)
if $worker; then projects+=(src/Dashboard.Worker); fi
for project in "${projects[@]}"; do
  # Without the analyzers, which the tests run: a first start takes half the time.
  dotnet build "$project" -c Release -v quiet -p:RunAnalyzers=false >"$build_log" 2>&1 || {
    cat "$build_log" >&2
    fail 'the build failed; what it said is above.'
  }
done
rm -f "$build_log"

server=
bridge=
trainer=
stopping=false

# Ctrl-C reaches every process of the terminal: the children leave it to this script, which stops them in order.
# A child gets SIGTERM when this script dies, even by SIGKILL, so that nothing is left behind.
# Each is the head of a process group of its own, so that what it starts is stopped with it.
start() {
  trap '' INT HUP
  local wrapped=()
  has setsid && wrapped+=(setsid)
  has setpriv && wrapped+=(setpriv --pdeathsig TERM --)
  exec "${wrapped[@]}" "$@"
}

running() { [ -n "$1" ] && { kill -0 -- "-$1" || kill -0 "$1"; } 2>/dev/null; }

signal() { kill "-$1" -- "-$2" 2>/dev/null || kill "-$1" "$2" 2>/dev/null || true; }

# stop PID SECONDS: asks, waits, then insists.
stop() {
  running "$1" || return 0
  signal TERM "$1"
  local tick
  for ((tick = 0; tick < $2 * 10; tick++)); do
    running "$1" || return 0
    sleep 0.1
  done
  signal KILL "$1"
}

shut_down() {
  $stopping && return
  stopping=true
  trap '' INT TERM HUP
  stop "$bridge" 5
  # The trainer before the server: its last points still find it. Its runs have 15 seconds to hand them over.
  stop "$trainer" 20
  # The server drains what it took within 10 seconds.
  stop "$server" 15
}
trap 'shut_down; exit 0' INT TERM HUP
trap 'shut_down' EXIT

start dotnet src/Dashboard.Server/bin/Release/net10.0/Dashboard.Server.dll \
  --urls "http://$address:$port" --data "$data" "${server_options[@]}" &
server=$!

ready=false
for ((tick = 0; tick < 600; tick++)); do
  if ! running "$server"; then
    code=0
    wait "$server" || code=$?
    fail "the server stopped before it was ready (exit code $code); what it said is above."
  fi
  if [ "$(status /health/ready || true)" = 200 ]; then
    ready=true
    break
  fi
  sleep 0.1
done
$ready || fail "the server was not ready within a minute; http://localhost:$port/health/ready says why. It has been stopped."
say "Lossboard is ready on http://localhost:$port"

# After the server, which need not wait for it: the worker looks again until the bridge is there.
if $worker && has cmake; then
  start build/bridge.sh &
  bridge=$!
fi

if $demo; then
  # With accounts the demo needs a key, and the owner's is at hand.
  export LOSSBOARD_API_KEY=${LOSSBOARD_API_KEY:-${LOSSBOARD_OWNER_KEY:-}}
  start /usr/bin/python3 examples/demo.py --server "http://$probe:$port" &
  trainer=$!
fi

code=0
wait "$server" || code=$?
[ "$code" -eq 0 ] || say "The server stopped by itself (exit code $code)." >&2
exit "$code"
