#!/bin/sh
# The libraries of the booth, from npm as package-lock.json pins them, into the folder $1: those of their
# own files that are needed, as they are, but for the names by which the one imports the other: a browser
# finds files by their paths. docs/development/booth.md.
set -e
here=$(cd "$(dirname "$0")" && pwd)
out=$1
curves="ed25519.js utils.js abstract/curve.js abstract/edwards.js abstract/fft.js abstract/frost.js
    abstract/hash-to-curve.js abstract/modular.js abstract/montgomery.js abstract/oprf.js"
hashes="sha2.js utils.js _md.js _u64.js"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)

taken() { # PACKAGE FILES…
    from=$work/node_modules/@noble/$1
    to=$out/noble-$1
    shift
    rm -rf "$to"
    mkdir -p "$to"
    for file in LICENSE package.json "$@"; do
        mkdir -p "$(dirname "$to/$file")"
        up=$(case $file in */*) echo ../.. ;; *) echo .. ;; esac)
        sed "s|from '@noble/hashes/|from '$up/noble-hashes/|" "$from/$file" >"$to/$file"
    done
}
taken curves $curves
taken hashes $hashes
(cd "$out" && find noble-* -type f | LC_ALL=C sort | xargs sha256sum) >"$out/SHA256SUMS"
