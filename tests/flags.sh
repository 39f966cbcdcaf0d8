#!/bin/sh
# Writes FILE anew, from standard input, if its contents differ; all that depends on
# FILE is then built again.  If there was a FILE, one line says what has changed.
#
#	sh tests/flags.sh FILE < NEW
#
# Line 1 is the compiler and its flags, line 2 the rooms that are compiled with other
# flags, line 3 the compiler's version.
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
	for (i = FNR == 1 ? 2 : 1; i <= NF; i++) {
		word = $i
		if (word == "-isystem" || word == "-include" || word == "-I")
			word = word " " $(++i)
		if (word == "/" || word == "")
			continue
		list[++n] = word
		set[word]++
	}
	return n
}

function name_of(word) {
	if (FNR == 2)
		return "room " word
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
FNR == 3 && $0 != old[3] {
	add("the compiler was " (old[3] == "" ? "unknown" : old[3]) ", is " $0)
}
FNR <= 2 && $0 != old[FNR] {
	line = $0
	split("", is); split("", was); split("", now); split("", before)
	n = split_words(is, now)
	$0 = old[FNR]
	m = split_words(was, before)
	for (i = 1; i <= m; i++)
		if (!(before[i] in is))
			add(name_of(before[i]) " is gone")
	for (i = 1; i <= n; i++)
		if (!(now[i] in was))
			add(name_of(now[i]) " is new")
	if (told == 0)
		add(FNR == 1 ? "the order of the flags" : "the list of rooms")
	$0 = line
}
END {
	print "  flags: " said (told > 4 ? ", and " told - 4 " more" : "") \
	    "; all is built again"
}
' "$file" "$new"
fi
mv "$new" "$file"
