#!/bin/sh
# Plain English: counts the habits that make a sentence hard to read, and sentences
# above 30 words, by kind of text.
#
#	sh tests/english.sh                     prints the counts
#	sh tests/english.sh --list KIND HABIT   prints the sentences: --list labs anew
set -u
LC_ALL=C
export LC_ALL
counts=$(mktemp)
trap 'rm -f "$counts"' EXIT

# What each kind of text is read from: FILE… on standard input.
files_of() { # KIND
	case $1 in
	program) ls assets/po/zh_CN.po && find assets/html assets/page -name '*.js' ;;
	labs) find labs templates topologies \( -name '*.md' -o -name '*.lua' \) ! -name '*.zh.md' ;;
	docs) find docs README.md CONTRIBUTING.md tests/README.md tests/*/README.md examples/README.md \
		-name '*.md' ! -path 'docs/zh/*' ;;
	comments) find src -name '*.[ch]' -o -path 'src/*' -name '*.md' ;;
	esac | sort
}

# HABIT=PATTERN of lower-case text between blanks; "^" is the beginning of a sentence.
habits='is no=[^a-z]is no [a-z]
who has=(^|[.:;(]) who (has|wants|is|does)[^a-z][^?]*$
what=^ what [^?]*$
but for= but for[^a-z]
as of=[^a-z]as of[^a-z]
anew=[^a-z]anew[^a-z]
too=, too[^a-z]
behind it= behind it[^a-z]
beside it= beside it[^a-z]
stands=[^a-z]stands? (in|there|beside)[^a-z]
is told=[^a-z]is told[^a-z]
upon=[^a-z]upon[^a-z]
send again=[^a-z](sends?|sent|comes?) again[^a-z]
called side=[^a-z](called side|who is called)[^a-z]
far end=[^a-z](far end|other party)[^a-z]
passes on=[^a-z]pass(es|ed)? on[^a-z]
norm=[^a-z]norms?[^a-z]
sealed=[^a-z]sealed[^a-z]
refuse=[^a-z]refus(e|es|ed|al|als|ing)[^a-z]'

# The sentences of FILE…: each comes to sentence(), in lower case, `code` as "x".
scan() { # KIND HABIT-TO-LIST < FILES
	xargs awk -v kind="$1" -v list="$2" -v habits="$habits" '
	BEGIN {
		rows = split(habits, row, "\n")
		for (i = 1; i <= rows; i++) {
			name[i] = substr(row[i], 1, index(row[i], "=") - 1)
			pattern[i] = substr(row[i], index(row[i], "=") + 1)
		}
	}
	function found(habit, said) {
		n[habit]++
		if (list == habit)
			print file ": " said
	}
	function sentence(said,    low, i) {
		sentences++
		low = " " tolower(said) " "
		gsub(/there is no |is no longer |connection refused/, "", low)
		for (i = 1; i <= rows; i++)
			if (low ~ pattern[i])
				found(name[i], said)
		if (gsub(/[^ ]*[a-z][^ ]*/, "", low) > 30)
			found("long", said)
	}
	function unit(text,    s) {
		gsub(/[\t\n ]+/, " ", text)
		while (match(text, /[.?!][")]* /)) {
			s = substr(text, 1, RSTART)
			sentence(s)
			text = substr(text, RSTART + RLENGTH)
		}
		if (text ~ /[a-z]/)
			sentence(text)
	}
	function flush() {
		if (held != "")
			unit(held)
		held = ""
	}
	# The text of string literals, each on its own; Chinese has no English words.
	function literals(line,    s) {
		gsub(/\\"/, "\047", line)
		while (match(line, /"[^"]*"/)) {
			s = substr(line, RSTART + 1, RLENGTH - 2)
			line = substr(line, RSTART + RLENGTH)
			gsub(/\\n/, " ", s)
			gsub(/`[^`]*`/, "x", s)
			if (s ~ / / && s !~ /[\200-\377][\200-\377][\200-\377]/)
				held = held s
			if (line !~ /^ *(\+|\.\.) *$/)
				flush()
		}
	}
	FNR == 1 { flush(); file = FILENAME; fenced = inside = id = 0 }
	FILENAME ~ /\.po$/ {
		if (/^msgid/) id = 1
		if (/^msgstr/) { flush(); id = 0 }
		if (id && match($0, /".*"/)) {
			s = substr($0, RSTART + 1, RLENGTH - 2)
			gsub(/\\n/, " ", s); gsub(/\\"/, "\047", s); gsub(/`[^`]*`/, "x", s)
			held = held s
		}
		next
	}
	FILENAME ~ /\.(lua|js)$/ { literals($0); next }
	FILENAME ~ /\.md$/ {
		if (/^ *```/) { flush(); fenced = !fenced; next }
		if (fenced || /^ *$/ || /^    / || /^#/) { flush(); next }
		if (/^ *([-*]|[0-9]+\.|[|>]) /) flush()
		gsub(/`[^`]*`/, "x")
		sub(/^ *([-*]|[0-9]+\.|>) /, "")
		cells = split($0, cell, "|")
		for (i = 1; cells > 1 && i <= cells; i++) unit(cell[i])
		if (cells == 1) held = held " " $0
		next
	}
	{	# C: what is between the signs of a comment, without tables and examples
		if (!inside && match($0, /\/\*/)) { inside = 1; $0 = substr($0, RSTART + 2) }
		if (!inside) next
		ends = match($0, /\*\//)
		if (ends) $0 = substr($0, 1, RSTART - 1)
		sub(/^[ \t]*\*/, ""); sub(/\\$/, "")
		if (/^[ \t]*$/ || /^ *\t/ || /^     /) flush(); else held = held " " $0
		if (ends) { flush(); inside = 0 }
	}
	END {
		flush()
		for (i = 1; list == "" && i <= rows; i++)
			printf "%s\t%s\t%d\n", kind, name[i], n[name[i]]
		if (list == "")
			printf "%s\tlong\t%d\n%s\tsentences\t%d\n", kind, n["long"], kind, sentences
	}'
}

if [ "${1:-}" = --list ]; then
	files_of "$2" | scan "$2" "$3"
	exit
fi
for kind in program labs docs comments; do
	files_of $kind | scan $kind ''
done | awk -F'\t' -v OFS='\t' '{ k = $1 OFS $2; if (!(k in n)) key[++m] = k; n[k] += $3 }
	END { for (i = 1; i <= m; i++) print key[i], n[key[i]] }' > "$counts"
awk -F'\t' '
$2 == "sentences" {
	printf "%s: %d sentences\n", $1, $3
	next
}
{ printf "%s\t%d times \"%s\"\n", $1, $3, $2 }' "$counts"
