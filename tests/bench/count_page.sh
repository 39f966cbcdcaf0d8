#!/bin/sh
# The table of what make count counts in a page, between the lines COUNTED and
# END below, made anew from what build/count/work says of all rows.
#
#	sh tests/bench/count_page.sh BUILD/count.txt tests/bench/README.md
set -eu

said=$1
page=$2
COUNTED='<!-- counted, by make count-page -->'
END='<!-- end of counted -->'

for mark in "$COUNTED" "$END"; do
	grep -qxF "$mark" "$page" || { echo "$page lacks $mark" >&2; exit 1; }
done
grep -q '^work: .* 0 failed$' "$said" && grep -q '^files: .* 0 failed$' "$said" || { echo "$said has failures" >&2; exit 1; }

{
	sed "/^$COUNTED\$/q" "$page"
	printf '\nCounted on %s; %s, %s.\n' "$(date -u +%F)" \
		"$(sed -n '/^model name/{s/.*: *//;p;q}' /proc/cpuinfo)" "$(gcc --version | sed 1q)"
	printf '\n| one | blocks | at most | to be | of ten times as many | at most | of so many |\n'
	printf '|---|---|---|---|---|---|---|\n'
	sed -nE 's/^(.*): ([0-9]+) \(at most ([0-9]+), to be ([0-9]+)\), ([0-9.]+) times .* \(([0-9.]+)\)(, ([0-9.]+) with ([0-9]+))?$/| \1 | \2 | \3 | \4 | \5 times | \6 | \8 \9 |/p' "$said" |
		sed -E 's/ ([0-9.]+) ([0-9]+) \|$/ \2: \1 times |/; s/   \|$/ |/'
	echo
	sed -n "/^$END\$/,\$p" "$page"
} >"$page.new"
mv "$page.new" "$page"
