#!/bin/sh
# A class of forty at rung serve: how long a step of the teacher takes to reach them, on
# the wall, the server and all of them on this machine.  The median of five runs'
# 95 %.
#
#	sh tests/bench/serve.sh BUILD
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/bench/figure.inc

command -v node > /dev/null || { echo "# there is no node"; exit 0; }
class() {
	"$build/rung" serve --address=:0 > "$work/said" &
	server=$!
	until grep -q Ctrl-C "$work/said"; do sleep 0.1; done
	place=$(sed -n 's|^The teacher: [a-z]*://\([^/]*\)/.*|\1|p' "$work/said")
	timeout 100 node tests/class/clients.js "$place" \
		"$(sed -n 's/^The class: .*=//p' "$work/said")" \
		"$(sed -n 's/^The teacher: .*=//p' "$work/said")" 40 50 |
		sed -n 's/^95 %.*ms: \([0-9.]*\) .*/\1/p'
	kill "$server"
	wait "$server" 2> /dev/null
}
for i in 1 2 3 4 5; do class; done 2> /dev/null > "$work/took"
figure "a step reaches 40 students, 95 % of them" "$(median < "$work/took")" ms "at most" 100
