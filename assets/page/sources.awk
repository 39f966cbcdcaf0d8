# The sources of a page, of all that its rooms have (assets/page/rooms.awk).  A
# source with a function that without.c has in its place is left out.  Of the room
# PART those are taken whose header another room reads, and that read no other
# header of their room.
#
#	awk -v part=ROOM -f assets/page/sources.awk assets/page/without.c SOURCES
FNR == 1 {
	is_without = FILENAME ~ /without\.c$/
	before = ""
	if (!is_without)
		source[++sources] = FILENAME
}

# A definition: its name begins a line, its type is on the line before.
before ~ /^[a-z]/ && before !~ /^static/ && match($0, /^[a-z_0-9]+\(/) {
	name = substr($0, 1, RLENGTH)
	if (is_without)
		without[name] = 1
	else if (name in without)
		left_out[FILENAME] = 1
}
{ before = $0 }

/^#[ \t]*include "/ && !is_without {
	split($0, quoted, "\"")
	if (index(quoted[2], part "/") != 1)
		next
	if (FILENAME ~ "/" part "/")
		reads[FILENAME] = reads[FILENAME] " " quoted[2]
	else
		is_read[quoted[2]] = 1
}

# NAME.c or NAME_*.c of a header NAME.h that another room reads.
function is_asked_for(path, header) {
	sub(/.*\//, part "/", path)
	for (header in is_read)
		if (index(path, substr(header, 1, length(header) - 2) "_") == 1 ||
		    path == substr(header, 1, length(header) - 1) "c")
			return 1
	return 0
}

function is_alone(path, list, n, i) {
	n = split(reads[path], list, " ")
	for (i = 1; i <= n; i++)
		if (!(list[i] in is_read))
			return 0
	return 1
}

END {
	for (i = 1; i <= sources; i++) {
		if (source[i] in left_out)
			continue
		if (source[i] ~ "/" part "/" &&
		    !(is_asked_for(source[i]) && is_alone(source[i])))
			continue
		print source[i]
	}
}
