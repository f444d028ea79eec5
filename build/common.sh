# Shared by run.sh and test.sh, which source it from the repository's root.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# need_tools: stops with what to do where the SDK or Node.js is missing. They are not installed here,
# because each has several sources and the choice is the machine's owner's.
need_tools() {
  has dotnet || fail 'the .NET 10 SDK is missing. Install it (https://dotnet.microsoft.com/download) so that `dotnet --version` answers 10.x, then start again.'
  local sdk
  sdk=$(dotnet --version 2>&1) || fail "the .NET 10 SDK is missing (global.json asks for it). dotnet says: $sdk"
  has node && has npm || fail 'Node.js 18 or later with npm is missing (the browser libraries come from npm). Install it (https://nodejs.org, or `apt-get install nodejs npm`), then start again.'
}

installed() {
  case $1 in
    libsqlite3-0) ldconfig_lists libsqlite3.so.0 ;;
    chromium) has chromium ;;
    python3) [ -x /usr/bin/python3 ] ;;
    python3-numpy) /usr/bin/python3 -c 'import numpy' >/dev/null 2>&1 ;;
    python3-torch) /usr/bin/python3 -c 'import torch' >/dev/null 2>&1 ;;
    cmake) has cmake ;;
    g++) has g++ ;;
    *) has dpkg-query && [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
  esac
}

# Reads the whole list first: `grep -q` would close the pipe early, which pipefail takes for a failure.
ldconfig_lists() {
  local listed
  listed=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || return 1
  [[ $listed == *"$1"* ]]
}

# need_packages PACKAGE…: installs the Debian packages that are missing, as root or through sudo.
need_packages() {
  local package missing=()
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  has apt-get || fail "these packages are missing and there is no apt-get to install them with: ${missing[*]}. Install what they are called on this system, then start again."
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || fail "these packages are missing: ${missing[*]}. Run as root: apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" ||
         { "${as_root[@]}" apt-get update -q && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; }; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "apt-get could not install: ${missing[*]}"
  fi
  rm -f "$log"
}

# bridge_packages: what the bridge to libtorch is built from. TORCH_HOME names a libtorch other than the system's.
bridge_packages() {
  [ -n "${TORCH_HOME:-}" ] || say libtorch-dev libopenblas0-pthread
  say cmake g++
}
