#!/usr/bin/env bash
# A Fabric network of three members: up, status, down, up again with the same chain, down.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
home=$work/net
finish() {
  "$top/tidegate" fabric down --home "$home" > /dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT
run() {
  printf '$ tidegate %s\n' "$*"
  "$top/tidegate" "$@"
}
blocks() { "$top/tidegate" fabric status --home "$home" --json - | tr -d ' \n' | sed 's/.*"blocks":{\([^}]*\)}.*/\1/'; }

run fabric up --home "$home" --members bank,tax,trade
run fabric status --home "$home"
before=$(blocks)
run fabric down --home "$home"
run fabric up --home "$home"
after=$(blocks)
if [ "$before" != "$after" ]; then
  printf 'The chain is another one after the restart: %s, before %s\n' "$after" "$before"
  exit 1
fi
printf 'The network came back with its chain: %s blocks.\n' "$after"
