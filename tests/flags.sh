#!/bin/sh
# Writes FILE anew, from standard input, if its contents differ; all that depends on
# FILE is then built again.  If there was a FILE, one line says what has changed.
#
#	sh tests/flags.sh FILE < NEW
#
# Line 1 is the compiler and its flags, line 2 the compiler's version.
set -u
file=$1
new=$file.new.$$
trap 'rm -f "$new"' EXIT
cat > "$new"
if cmp -s "$new" "$file"; then exit 0; fi
if [ -e "$file" ]; then
	awk '
# The words of $0 as keys of SET; "-isystem FOLDER" is one.
function split_words(set, list,    i, n, word) {
	n = 0
	for (i = 2; i <= NF; i++) {
		word = $i
		if (word == "-isystem" || word == "-include" || word == "-I")
			word = word " " $(++i)
		list[++n] = word
		set[word]++
	}
	return n
}

function name_of(word) {
	if (sub(/^(-isystem|-I) */, "", word))
		return "header folder " word
	return word
}

function add(text) {
	if (++told <= 4)
		said = said (told > 1 ? ", " : "") text
}

NR == FNR {
	old[FNR] = $0
	next
}
FNR == 1 {
	cc = $1
	line = $0
	$0 = old[1]
	if ($1 != cc)
		add("CC was " $1 ", is " cc)
	$0 = line
}
FNR == 2 && $0 != old[2] {
	add("the compiler was " (old[2] == "" ? "unknown" : old[2]) ", is " $0)
}
FNR == 1 && $0 != old[1] {
	line = $0
	split("", is); split("", was); split("", now); split("", before)
	n = split_words(is, now)
	$0 = old[1]
	m = split_words(was, before)
	for (i = 1; i <= m; i++)
		if (!(before[i] in is))
			add(name_of(before[i]) " is gone")
	for (i = 1; i <= n; i++)
		if (!(now[i] in was))
			add(name_of(now[i]) " is new")
	if (told == 0)
		add("the order of the flags")
	$0 = line
}
END {
	print "  flags: " said (told > 4 ? ", and " told - 4 " more" : "") \
	    "; all is built again"
}
' "$file" "$new"
fi
mv "$new" "$file"
