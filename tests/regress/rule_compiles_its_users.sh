#!/bin/sh
# A new rule compiles the sources that name rules, another sentence the table of
# rules: no header that others include for something else carries the names of
# rules with it, and none their sentences.  The sentences reach two sources.  The
# same of header fields.
. tests/fixtures/check.sh

# Each source that one of HEADERS reaches by its includes.
reached() { # HEADER…
	find src tests -name '*.[ch]' | LC_ALL=C sort | xargs awk -v of="$*" '
	FNR == 1 {
		path = FILENAME
		if (!sub(/^src\/[a-z]+\//, "", path))
			sub(/^tests\//, "", path)
		file[path] = FILENAME
	}
	/^[ \t]*#[ \t]*include[ \t]*"/ {
		split($0, part, "\"")
		# A name alone is that of a neighbour.
		if (part[2] !~ /\//) {
			own = path
			sub(/[^\/]*$/, part[2], own)
			part[2] = own
		}
		within[part[2]] = within[part[2]] " " path
	}
	function walk(path,    list, i, n) {
		if (path in seen)
			return
		seen[path] = 1
		if (path ~ /\.c$/)
			print file[path]
		n = split(within[path], list, " ")
		for (i = 1; i <= n; i++)
			walk(list[i])
	}
	END {
		n = split(of, header, " ")
		for (i = 1; i <= n; i++)
			walk(header[i])
	}' | LC_ALL=C sort
}

# shellcheck disable=SC2046  # a list of words
reached $(cd src/record && ls rules/rules_*.h) > "$work/.output"
if [ "$(tr '\n' ' ' < "$work/.output")" = \
	"src/record/rules/rules.c src/record/trace/writer.c " ]; then good; else
	bad "sentences" "they reach other sources"
fi

# Who names a rule, or makes its name of a part of it.
reached rules/rule_names.h > "$work/reached"
xargs grep -lE 'RULE_([A-Z]|##)' < "$work/reached" > "$work/name"
if [ "$(wc -l < "$work/name")" -gt 100 ]; then good; else
	bad "sources that name rules" "$(wc -l < "$work/name") were found"
fi
# Others have them by a header that stands in few files: a table of machines, a
# role's own.
grep -vxFf "$work/name" "$work/reached" > "$work/.output"
if [ "$(wc -l < "$work/.output")" -le 24 ]; then good; else
	bad "names of rules" "they reach sources that name none"
fi

# A new header field compiles the sources that name header fields.
reached msg/header_names.h | grep '^src/' > "$work/reached"
xargs grep -LE 'MSG_H_([A-Z]|##)' < "$work/reached" > "$work/.output"
n=$(wc -l < "$work/.output")
if [ "$n" -le 12 ]; then good; else
	bad "names of header fields" "they reach $n sources that name none"
fi
finish
