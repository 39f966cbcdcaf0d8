#!/bin/sh
# The tables of figures in a page, between the lines FIGURES and END below, made
# anew from what the benches said (tests/bench/bench.sh keeps it in BUILD/bench.txt).
# The rest of the page stays as it is.
#
#	sh tests/bench/bench_page.sh BUILD/bench.txt tests/bench/README.md
set -eu

said=$1
page=$2
FIGURES='<!-- figures, by make bench-page -->'
END='<!-- end of figures -->'

for mark in "$FIGURES" "$END"; do
	grep -qxF "$mark" "$page" || { echo "$page lacks $mark" >&2; exit 1; }
done
grep -q '^# seconds' "$said" || { echo "$said is not whole" >&2; exit 1; }

# Lines are "name: figure unit (aim …: met)".  Those behind a line without a
# figure are a column of their own, under that heading.
tables() {
	awk '
	function begin(n) { print_table(); bench = n; headed = 0 }
	function row_of(n) { if (!(n in seen)) { seen[n] = ++nrow; row[nrow] = n }
		return seen[n] }
	# What a page need not say.
	function spare(n, a) {
		return bench == "gate" && a == "" && n !~ /^INVITE/ ||
		    bench == "ladder" && n ~ /row to line/ }
	function print_table(  i, g) {
		if (nrow == 0)
			return
		if (!headed++)
			printf "\n### %s\n", bench
		printf "\n|"
		if (ngroup == 0)
			ngroup = 1
		for (g = 1; g <= ngroup; g++)
			printf " | %s", group[g] != "" ? group[g] : "figure"
		printf " | aim |\n|"
		for (g = 0; g <= ngroup + 1; g++)
			printf "---|"
		printf "\n"
		for (i = 1; i <= nrow; i++) {
			printf "| %s", row[i]
			for (g = 1; g <= ngroup; g++)
				printf " | %s", cell[i, g]
			printf " | %s |\n", aim[i]
		}
		nrow = ngroup = 0
		split("", cell)
		split("", group)
		split("", aim)
		split("", seen)
	}
	/^#/ { next }
	/^[a-z]+:$/ { begin(substr($0, 1, length($0) - 1)); next }
	match($0, /: -?[0-9][0-9.]*( [^(]*)?( \(aim .*\))?$/) {
		name = substr($0, 1, RSTART - 1)
		rest = substr($0, RSTART + 2)
		sub(/^ +/, "", name)
		a = ""
		if (match(rest, / \(aim .*\)$/)) {
			a = substr(rest, RSTART + 6, RLENGTH - 7)
			rest = substr(rest, 1, RSTART - 1)
		}
		if (spare(name, a))
			next
		missed = sub(/: NOT MET$/, "", a)
		sub(/: met$/, "", a)
		g = ngroup > 0 ? ngroup : 1
		i = row_of(name)
		cell[i, g] = missed ? "**" rest "**" : rest
		if (a != "")
			aim[i] = a
		next
	}
	# What is said before the first column is a table of its own.
	ngroup == 0 { print_table() }
	{ group[++ngroup] = $0 }
	END { print_table() }' "$said"
}

value() { # NAME
	sed -n "s/^# $1: //p" "$said"
}

shared() {
	awk -v a="$(value 'load before')" -v b="$(value 'load after')" 'BEGIN {
		if (a > 1 || b > 1)
			printf "Others used the machine, too (load %s before, " \
			    "%s after).\n", a, b }'
}

new=$page.new
{
	sed "/^$FIGURES\$/q" "$page"
	echo
	echo "Measured on $(value date) in $(value seconds) s;" \
		"$(value processor), $(value cores) cores."
	echo "A figure that misses its aim is **bold**."
	shared
	tables
	echo
	sed -n "/^$END\$/,\$p" "$page"
} >"$new"
mv "$new" "$page"
