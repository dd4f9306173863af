#!/usr/bin/env bash
# A space of two institutions, set up by hand: separate homes, requests passed as files. Asks one question, audits, and
# compares the answer with DuckDB's on the pooled files. Exit 0 if all of it holds. Ends by itself, leaves nothing behind.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tidegate=$here/../../tidegate
work=$(mktemp -d)
nodes=()
finish() {
  for node in "${nodes[@]}"; do kill "$node" 2> /dev/null || true; done
  for node in "${nodes[@]}"; do wait "$node" 2> /dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT
say() { printf '\n# %s\n' "$*"; }
run() {
  printf '$ %s\n' "$*"
  "$@"
}
tidegate() { "$tidegate" "$@"; }
# The value of a key in a command's JSON answer.
value() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$1" "$2"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

say "The demo's data; each institution keeps its own"
run tidegate demo --data "$work/data"
mkdir -p "$work/post"
cd "$work"

say "The authority makes a space"
run tidegate space create --home authority --name harbour --json create.json
cp authority/authority/root.pem post/
fingerprint=$(value create.json fingerprint)

say "Each institution makes its home and sends a request"
run tidegate init --home bank --name bank --endpoint "127.0.0.1:$(free_port)"
run tidegate init --home tax --name tax --endpoint "127.0.0.1:$(free_port)"
cp bank/join-request.json post/bank.json
cp tax/join-request.json post/tax.json

say "The authority admits them"
run tidegate space admit --home authority --orderer bank --out post/space.json post/bank.json post/tax.json

say "Each joins and starts its node"
for home in bank tax; do
  run tidegate join --home "$home" --fingerprint "$fingerprint" post/space.json
  "$tidegate" start --home "$home" > "$home.log" 2>&1 &
  nodes+=("$!")
done
for home in bank tax; do run tidegate status --node "$home" --wait 60; done

say "Each offers its table; the tax registry grants its use"
run tidegate publish --node bank data/bank/credit.yaml
run tidegate publish --node tax data/tax/filings.yaml
run tidegate grant put --node tax --file "$here/grants.yaml"

say "The bank asks"
run tidegate explain --node bank "$(cat "$here/question.sql")"
run tidegate query --node bank --file "$here/question.sql" --json answer.json

say "An auditor, with the exported blocks and the authority's certificate alone"
run tidegate audit export --node bank --out export
run tidegate audit verify --blocks export --root post/root.pem
run tidegate audit job --blocks export --root post/root.pem "$(value answer.json jobId)"

say "The same question on the pooled files, in plaintext and in a throw-away space"
mkdir pooled
cp -r data/bank data/tax pooled/
run tidegate crosscheck --data pooled --sql "$here/question.sql" --json crosscheck.json
python3 - << 'END'
import json
answer = json.load(open("answer.json"))["private"]
plaintext = json.load(open("crosscheck.json"))["results"][0]["plaintext"]
print("by hand:  ", answer)
print("plaintext:", plaintext)
assert answer == plaintext, "they differ"
END
printf '\nThe space built by hand answers the same.\n'
