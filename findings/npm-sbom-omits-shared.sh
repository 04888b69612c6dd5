#!/usr/bin/env bash
# `npm sbom --omit dev` leaves out a dependency that a development dependency needs as well, while `npm ls --omit dev` lists it: a
# bill of materials made with it misses packages that are installed. Here `ms` is a dependency, and `debug` (for development) needs it.
# Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/npm" "$folder/app"
(cd "$folder/npm" && npm init -y >/dev/null && npm i --silent npm@11.19.1)
npm="node $folder/npm/node_modules/npm/bin/npm-cli.js"
cd "$folder/app"
echo '{"name":"app","version":"1.0.0","dependencies":{"ms":"2.1.3"},"devDependencies":{"debug":"4.4.0"}}' >package.json
$npm install --silent --no-audit --no-fund
listed=$($npm ls --omit dev --parseable | tail -n +2 | xargs -n1 basename)
named=$($npm sbom --sbom-format cyclonedx --omit dev |
  node -e "let s='';process.stdin.on('data',d=>s+=d).on('end',()=>console.log(JSON.parse(s).components.map(c=>c.name).join()))")
echo "npm $($npm --version): ls lists “$listed”, sbom lists “$named”"
[ "$listed" = ms ] && [ "$named" = '' ]
