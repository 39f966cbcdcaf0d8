# Which sources are compiled together: a line for each unit,
# ROOM/unit_N=SOURCE,SOURCE…, and FOLDER/ROOM/unit_N.c that includes them.  A process
# of the compiler, and the headers that all read, take longer than most sources do.
#
#	awk -v folder=FOLDER -f tests/units.awk HEADER.h … SOURCE.c …
#
# Sources of a room share a unit, of up to MOST lines, where no name of file
# scope is in two of them, nor in one and in a header that another reads.  This
# looks at lines as .clang-format leaves them; what it overlooks the compiler
# refuses, and then the unit's sources are compiled each by itself
# (tests/unit.sh).  Those that name header fields (APART) share a unit with none
# that does not: a new row of that table compiles a third of the units.
BEGIN { MOST = 3000; APART = "msg/header_names.h" }

function own(name) {
	if (name !~ /^(extern|static|static_assert|const|void|int|)$/)
		names[FILENAME] = names[FILENAME] " " name
}

# The constants of an enumeration that stand in TEXT, a line or the end of one.
function own_constants(text, list, n, i) {
	sub(/^.*\{/, "", text)
	sub(/\}.*/, "", text)
	n = split(text, list, ",")
	for (i = 1; i <= n; i++) {
		sub(/[=\/].*/, "", list[i])
		gsub(/[ \t]/, "", list[i])
		if (list[i] ~ /^[A-Za-z_0-9]+$/)
			own(list[i])
	}
}

# What TEXT, "static const char *const a[] = …", "int f(…" or "} b, c;", declares.
# Functions of many files may have one name, but if one is declared in a header
# none that read that may have a static one: it is "f()" here.
function own_declared(text, is_static, list, n, i) {
	is_static = is_static && text ~ /^[^;=\[]*\(/
	sub(/[;=\[(].*/, "", text)
	n = split(text, list, ",")
	for (i = 1; i <= n; i++)
		if (match(list[i], /[A-Za-z_0-9]+ *$/)) {
			list[i] = substr(list[i], RSTART, RLENGTH)
			sub(/ *$/, "", list[i])
			own(list[i])
			if (is_static)
				own(list[i] "()")
		}
}

# The name behind "#define" or "#undef".
function directed(line) {
	sub(/^#[ \t]*[a-z]+[ \t]+/, "", line)
	match(line, /^[A-Za-z_0-9]*/)
	return substr(line, 1, RLENGTH)
}

FNR == 1 {
	is_header = FILENAME ~ /\.h$/
	in_enum = 0
	if (!is_header)
		sources[++count] = FILENAME
}
{ lines[FILENAME]++ }
# Most lines: what is within something else, and begins no struct.
!in_enum && /^([ \t]|$)/ && !/\{/ {
	before = ""
	next
}
/^#[ \t]*include "/ {
	split($0, quoted, "\"")
	gsub(/\.\.\//, "", quoted[2])
	includes[FILENAME] = includes[FILENAME] " " quoted[2]
}
# These have macros and functions of too usual names.
/^#[ \t]*include <.*(curses|term)\.h>/ { own("curses.h") }
# And these macros.
/^#[ \t]*include <osip/ { macros[FILENAME] = macros[FILENAME] " ACCEPT CONTACT CSEQ PRIORITY" }
/^#[ \t]*define/ { macros[FILENAME] = macros[FILENAME] " " directed($0) }
/^#[ \t]*undef/ { sub(" " directed($0) "( |$)", " ", macros[FILENAME]) }
/^#/ { next }
in_enum { own_constants($0) }
/^(typedef )?enum.*\{/ {
	own_constants($0)
	in_enum = 1
}
/\}/ { in_enum = 0 }
/(struct|union|enum) [A-Za-z_0-9]+ \{/ {
	match($0, /(struct|union|enum) [A-Za-z_0-9]+ \{/)
	split(substr($0, RSTART, RLENGTH), word)
	own("tag:" word[2])
}
/^(typedef|static|\}).*[;=,\[(]/ { own_declared($0, /^static/) }
/^[a-z_][A-Za-z_0-9]*\(/ && (!is_header || before ~ /^(__attribute__\(\([a-z]*\)\) )?static/) {
	own_declared($0, !is_header && before ~ /^(__attribute__\(\([a-z]*\)\) )?static/)
}
is_header && /^[a-z][A-Za-z_0-9 *]*\(/ && !/^(static|typedef)/ && before !~ /^(__attribute__\(\([a-z]*\)\) )?static/ {
	match($0, /[A-Za-z_0-9]+\(/)
	own(substr($0, RSTART, RLENGTH) ")")
}
!is_header && /^(struct|union|enum|const|extern) .*[;=,\[]/ { own_declared($0) }
{ before = $0 }

# What HEADER and those that it reads define of what is contested, and where.
function look_through(header, list, n, i) {
	if (header == "" || header in looked)
		return
	looked[header] = 1
	n = split(names[header] macros[header], list, " ")
	for (i = 1; i <= n; i++)
		if (list[i] in contested) {
			seen_names = seen_names " " list[i]
			seen_where = seen_where " " list[i] "@" header
		}
	n = split(includes[header], list, " ")
	for (i = 1; i <= n; i++)
		look_through(path[list[i]])
}

# Finds the contested names in headers that SOURCE reads.
function look_into(source, list, n, i) {
	seen_names = seen_where = ""
	split("", looked)
	n = split(includes[source], list, " ")
	for (i = 1; i <= n; i++)
		look_through(path[list[i]])
	is_apart[source] = path[APART] in looked
	reads[source] = seen_names
	reads_where[source] = seen_where
}

function is_free(words, taken, unit, list, n, i) {
	n = split(words, list, " ")
	for (i = 1; i <= n; i++)
		if ((unit, list[i]) in taken)
			return 0
	return 1
}

# Whether no header other than those in WORDS, "name@header", defines the names.
function is_same(words, unit, list, part, n, i) {
	n = split(words, list, " ")
	for (i = 1; i <= n; i++) {
		split(list[i], part, "@")
		if ((unit, part[1]) in read && !((unit, list[i]) in read))
			return 0
	}
	return 1
}

function note(words, taken, unit, list, n, i) {
	n = split(words, list, " ")
	for (i = 1; i <= n; i++)
		taken[unit, list[i]] = 1
}

function fits(source, unit) {
	if (names[source] ~ / curses\.h/ && unit in size)
		return 0
	if (unit in size && apart[unit] != is_apart[source])
		return 0
	return (!(unit in size) || size[unit] + lines[source] <= MOST) &&
	    is_free(names[source], owned, unit) &&
	    is_free(names[source] macros[source], read, unit) &&
	    is_free(reads[source], owned, unit) &&
	    is_free(reads[source], defined, unit) &&
	    is_same(reads_where[source], unit)
}

# Who knows a header by "room/x.h" or by "x.h".
function note_path(file, part, n) {
	if (sub(/^src\/[a-z]*\//, "", file)) {
		path[file] = ARGV[i]
		sub(/.*\//, "", file)
		path[file] = ARGV[i]
		return
	}
	n = split(file, part, "/")
	path[part[n - 1] "/" part[n]] = path[part[n]] = file
}

# What is in FILE, "" where there is none.
function content(file, line, text) {
	while ((getline line < file) > 0)
		text = text line "\n"
	close(file)
	return text
}

# The unit's sources, each of which takes its macros with it.
function unit_text(unit, list, name, text, n, i, j, m) {
	n = split(members[unit], list, ",")
	for (i = 1; i <= n; i++) {
		text = text "#include \"" list[i] "\"\n"
		m = split(macros[list[i]], name, " ")
		for (j = 1; j <= m; j++)
			text = text "#undef " name[j] "\n"
	}
	return text
}

# Writes the units that are not as they were.
function write_units(i, file, text) {
	for (i = 1; i <= made; i++) {
		file = folder "/" units[i] ".c"
		text = unit_text(units[i])
		if (content(file) == text)
			continue
		if (!(rooms[units[i]] in there))
			system("mkdir -p " folder "/" rooms[units[i]])
		there[rooms[units[i]]] = 1
		printf "%s", text > file
		close(file)
	}
}

END {
	for (i = 1; i < ARGC; i++)
		if (ARGV[i] ~ /\.h$/) {
			note_path(ARGV[i])
			n = split(names[ARGV[i]] macros[ARGV[i]], list, " ")
			for (j = 1; j <= n; j++) {
				if (list[j] in in_header &&
				    in_header[list[j]] != ARGV[i])
					contested[list[j]] = 1
				in_header[list[j]] = ARGV[i]
			}
		}
	for (s = 1; s <= count; s++) {
		n = split(names[sources[s]] macros[sources[s]], list, " ")
		for (j = 1; j <= n; j++)
			if (list[j] in in_header)
				contested[list[j]] = 1
	}
	for (s = 1; s <= count; s++) {
		source = sources[s]
		look_into(source)
		split(source, part, "/")
		room = part[1] == "src" ? part[3] : part[1]
		for (i = 1; !fits(source, unit = room "/unit_" i); i++)
			;
		if (!(unit in size))
			units[++made] = unit
		rooms[unit] = room
		apart[unit] = is_apart[source]
		note(names[source], owned, unit)
		note(macros[source], defined, unit)
		note(reads[source] reads_where[source], read, unit)
		size[unit] += names[source] ~ / curses\.h/ ? MOST : lines[source]
		members[unit] = members[unit] (members[unit] == "" ? "" : ",") source
	}
	write_units()
	for (i = 1; i <= made; i++)
		print units[i] "=" members[units[i]]
}
