#!/bin/sh
# Holds the sources against src/LAYERS and against the habits that can be seen
# from outside: who includes whom, in which form, where foreign headers stand,
# guards, no circles, no allocation past base/mem.h, no process past jobs/child.h,
# functions in sources of their header's name, calls
# of a room's files one way, no file that nothing is built of.  Each violation is a line.
#
#	sh tests/layers.sh [FOLDER]       (src; the folder with LAYERS in it)
set -u
src=${1:-src}
out=$(mktemp)
pairs=$(mktemp)
figures=$(mktemp)
trap 'rm -f "$out" "$pairs" "$figures"' EXIT

files=$(find "$src" -name '*.[ch]' | LC_ALL=C sort)
count=$(echo "$files" | grep -c .)

# shellcheck disable=SC2086  # a list of words
awk -v src="$src" -v pairs="$pairs" '
function bad(text) {
	print FILENAME ":" FNR ": " text
}

# A path below src without its wing, as includes name it.
function bare(path,    first) {
	first = path
	sub(/\/.*/, "", first)
	if (first in wing)
		sub(/^[a-z]*\//, "", path)
	return path
}

# The room that such a path lies in, or is: the longest that LAYERS knows.
function layer_of(path,    first) {
	first = path
	sub(/\/.*/, "", first)
	sub(/\.[a-z]*$/, "", path)
	while (!(path in layer) && sub(/\/[^\/]*$/, "", path))
		;
	return path == "" ? first : path
}

# Where a file lies below src that includes name so.
function place_of(path,    first) {
	first = path
	sub(/\/.*/, "", first)
	return (first in lies_in ? lies_in[first] "/" : "") path
}

# The wing of a room.
function wing_of(room) {
	sub(/\/.*/, "", room)
	return room in lies_in ? wing[lies_in[room]] : 0
}

# In which folder or file a room of its own is missing from LAYERS, where rooms lie
# beside it in the same folder (roles/ua beside roles/stun); or "".
function unlisted(path) {
	if (!(own in divided))
		return ""
	if (folder != own)
		return folder
	sub(/\.[a-z]*$/, "", path)
	return path
}

function guard_of(path) {
	path = toupper(path)
	gsub(/[^A-Z0-9]/, "_", path)
	return path
}

function exists(path,    line, there) {
	there = (getline line < path) >= 0
	close(path)
	return there
}

BEGIN {
	# What the C library brings: ISO C17 and POSIX, and Linux for the
	# few things that POSIX does not have.
	n = split("assert complex ctype errno fenv float inttypes iso646 " \
		"limits locale math setjmp signal stdalign stdarg stdatomic " \
		"stdbool stddef stdint stdio stdlib stdnoreturn string " \
		"tgmath threads time uchar wchar wctype " \
		"byteswap dirent dlfcn endian fcntl fnmatch getopt glob ifaddrs langinfo libgen link poll " \
		"pthread pwd regex sched spawn strings termios unistd", a, " ")
	for (i = 1; i <= n; i++)
		system_header[a[i] ".h"] = 1
}

# The table itself.
FILENAME == src "/LAYERS" {
	sub(/#.*/, "")
	if ($0 ~ /^([ \t]*|(circles|pack|core-includes) .*)$/)
		next
	if ($1 == "foreign") {
		if (NF < 3)
			bad("foreign PREFIX FOLDER…")
		foreign[$2] = ""
		for (i = 3; i <= NF; i++)
			foreign[$2] = foreign[$2] " " $i
		next
	}
	if ($1 == "wing") {
		sub(/:$/, "", $2)
		wing[$2] = ++wings
		for (i = 3; i <= NF; i++)
			lies_in[$i] = $2
		next
	}
	if ($1 == "malloc") {
		for (i = 2; i <= NF; i++)
			allocates[$i] = 1
		next
	}
	if ($1 !~ /^[a-z]+(\/[a-z0-9]+)*:$/) {
		bad("LAYER: LAYER…")
		next
	}
	name = substr($1, 1, length($1) - 1)
	for (i = 2; i <= NF; i++) {
		# Only layers further up in the file: so there are no circles.
		if (!($i in layer))
			bad(name " stands above " $i ", or " $i " is unknown")
		# No circle among wings, either: up the list of wings alone.
		if (wing_of($i) > wing_of(name))
			bad(name " lies in a wing below that of " $i)
		may[name, $i] = 1
	}
	layer[name] = 1
	line_of[name] = FNR
	if (sub(/\/.*/, "", name))
		divided[name] = 1
	next
}

FNR == 1 {
	finish()
	path = bare(substr(FILENAME, length(src) + 2))
	folder = path
	if (!sub(/\/[^\/]*$/, "", folder))
		folder = ""
	own = layer_of(path)
	header = path ~ /\.h$/
	last_file = FILENAME
	guard = guard_of(path)
	guarded = 0
	last = ""
	if (!(own in layer))
		bad("the folder " own " is not in LAYERS")
	if (substr(FILENAME, length(src) + 2) != place_of(path))
		bad("the folder " own " lies in another wing")
	if (unlisted(path) != "" && folder != own)
		bad(src "/LAYERS has no line for " folder "; it counts as " own)
}

/[^ \t]/ {
	last = $0
}

header && $0 == "#ifndef " guard {
	guarded = 1
}
header && $0 == "#define " guard && guarded == 1 {
	guarded = 2
}

# Comments aside, the allocator itself, and files with a reason (`malloc` lines).
!(path in allocates) && path !~ /^base\/mem\.[ch]$/ && !/^[ \t]*(\/\*|\*|\/\/)/ &&
/(^|[^A-Za-z0-9_])(malloc|calloc|realloc|strdup|strndup|asprintf)[ \t]*\(/ {
	bad("allocates past base/mem.h")
}

# One way to begin a process, and to end one.
path !~ /^jobs\/(child|program_keeper|box)\.c$/ && !/^[ \t]*(\/\*|\*|\/\/)/ &&
/(^|[^A-Za-z0-9_])(v?fork|clone|posix_spawnp?|exec[lv]p?e?|execvpe|popen|system|wait[34]|waitpid|killpg)[ \t]*\(/ {
	bad("begins or ends a process past jobs/child.h")
}

/^[ \t]*#[ \t]*include/ {
	if (match($0, /"[^"]*"/)) {
		what = substr($0, RSTART + 1, RLENGTH - 2)
		ours(what)
	} else if (match($0, /<[^>]*>/)) {
		what = substr($0, RSTART + 1, RLENGTH - 2)
		theirs(what)
	} else {
		bad("include neither \"dir/x.h\" nor <x.h>")
	}
}

function ours(what,    to) {
	# Written by the build into its gen/.
	if ((what == "catalogues.inc" && path == "base/i18n.c") ||
	    (what == "rule_names.inc" && path == "rules/rule_names.h") ||
	    (what == "header_names.inc" && path == "msg/header_names.h") ||
	    (what == "html_assets.inc" &&
		path == "views/html/html_assets.c") ||
	    (what == "web_assets.inc" && path == "web/web_assets.c") ||
	    (what == "completion.inc" && path == "cli/complete.c") ||
	    (what == "lua_modules.inc" && path == "bindings/lua_program_modules.c") ||
	    ((what == "libraries.inc" || what == "commit.inc") && path == "cli/version.c") ||
	    (what == "library_packages.inc" && path == "base/library.c"))
		return
	# A table too large for a source.
	if (what == "firmware/phone/font.inc" && path == "firmware/phone/font.c")
		return
	if (what !~ /^[a-z0-9]+(\/[a-z0-9_]+)+\.h$/) {
		bad("\"" what "\" is not of the form \"dir/x.h\"")
		return
	}
	to = layer_of(what)
	if (!exists(src "/" place_of(what)))
		bad("\"" what "\" does not exist")
	if (to != own && !((own, to) in may))
		bad(own " may not include " to " (\"" what "\")" \
		    (unlisted(path) == "" ? "" : ": " src \
		    "/LAYERS has no line for " unlisted(path) \
		    "; it counts as " own))
	used[own, to] = 1
	if (header)
		print path, what > pairs
}

function theirs(what,    p, best, n, i, a) {
	best = ""
	for (p in foreign)
		if (index(what, p) == 1 && length(p) > length(best))
			best = p
	if (best == "") {
		if (!(what in system_header) &&
		    what !~ /^(sys|netinet|net|arpa|linux)\//)
			bad("<" what "> is foreign and has no line in LAYERS")
		return
	}
	n = split(foreign[best], a, " ")
	for (i = 1; i <= n; i++)
		if (folder == a[i] || index(folder, a[i] "/") == 1)
			return
	bad("<" what "> belongs in" foreign[best] ", not in " folder)
}

# What can only be said at the end of a file.
function finish() {
	if (last_file == "" || !header)
		return
	if (guarded != 2 || last !~ /^#endif/)
		print last_file ":1: no guard " guard " around the whole"
}

END {
	finish()
	for (edge in may)
		if (!(edge in used)) {
			split(edge, room, SUBSEP)
			print src "/LAYERS:" line_of[room[1]] ": " room[1] \
			    " may include " room[2] ", and does not"
		}
}
' "$src/LAYERS" $files > "$out" || {
	echo "layers: 0 passed, 1 failed"
	exit 1
}

tsort "$pairs" 2>&1 > /dev/null | sed 's/^tsort: [^:]*: /headers in a circle: /;
	s/^tsort: /	/' >> "$out"

# A name leads to its file: the functions that x.h declares are in x.c or x_*.c.
# Of the functions of all headers at most so many in 1,000 are elsewhere.  NAMES=1
# prints the figures and each such function.
functions_most=40
# shellcheck disable=SC2086  # a list of words
awk -v src="$src" -v functions_most=$functions_most '
# What one declaration of a header, TEXT, names if it is one of a function.
function declare(text,    name) {
	if (text ~ /^[ \t]*(typedef|static|struct[^(]*\{|union|enum[^(]*\{)/ ||
	    text !~ /\(/ || text ~ /^[^(]*\([ \t]*\*/ || text ~ /^[^(]*=/)
		return
	name = text
	sub(/^[ \t]*__attribute__[ \t]*\(\([^)]*\)*\)\)/, "", name)
	sub(/[ \t]*\(.*/, "", name)
	sub(/.*[ \t*]/, "", name)
	if (name == "" || (name in home))
		return
	home[name] = FILENAME
	names[++declared] = name
}

function fits(source, header) {
	sub(/\.c$/, "", source)
	sub(/\.h$/, "", header)
	return source == header || index(source, header "_") == 1
}

function folder_of(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}

FNR == 1 {
	is_header = FILENAME ~ /\.h$/ && FILENAME !~ /_in\.h$/
	is_source = FILENAME ~ /\.c$/
	text = before = ""
	depth = comment = directive = 0
}

# A definition: its name begins a line, its type is on the line before.
is_source {
	if (before ~ /^[a-z_]/ && before !~ /(static|[;{}=])/ &&
	    match($0, /^[a-z_][A-Za-z0-9_]*\(/)) {
		name = substr($0, 1, RLENGTH - 1)
		if (!(name in place) || !fits(place[name], home_of(name)))
			place[name] = FILENAME
		place[folder_of(FILENAME), name] = FILENAME
	}
	before = $0
}

function home_of(name) {
	return name in home ? home[name] : ""
}

is_header {
	line = $0
	if (comment) {
		if (!sub(/^.*\*\//, "", line))
			next
		comment = 0
	}
	gsub(/\/\*([^*]|\*[^\/])*\*\//, "", line)
	if (sub(/\/\*.*$/, "", line))
		comment = 1
	if (directive || line ~ /^[ \t]*#/) {
		directive = line ~ /\\$/
		next
	}
	if (line ~ /^[ \t]*$/)
		next
	text = text " " line
	depth += gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
	if (depth == 0 && line ~ /[;}][ \t]*$/) {
		declare(text)
		text = ""
	}
}

END {
	for (i = 1; i <= declared; i++) {
		header = home[names[i]]
		where = place[folder_of(header), names[i]]
		if (where == "")
			where = place[names[i]]
		if (where == "")
			continue
		functions++
		of[header]++
		if (fits(where, header)) {
			there[header]++
			continue
		}
		elsewhere++
		told = told header ":1: " names[i] " is in " \
		    substr(where, length(src) + 2) "\n"
	}
	for (header in of)
		if (!there[header]) {
			empty++
			told = told header ":1: none of its functions is in a source of its name\n"
		}
	figures = sprintf("headers without a source of their name: %d; " \
	    "functions elsewhere: %d of %d", empty, elsewhere, functions)
	print told figures > "/dev/stderr"
	if (elsewhere * 1000 > functions * functions_most)
		printf "%s", told
}
' $files >> "$out" 2> "$figures"
if [ -n "${NAMES-}" ]; then cat "$figures"; fi

# Calls between the files of a room run one way: in circles, or between two, are
# no more of its files than its `circles` line of LAYERS says.
# shellcheck disable=SC2086  # a list of words
awk -v src="$src" '
$1 == "circles" && FILENAME == src "/LAYERS" { most[src "/" $2] = $3 }
FNR == 1 { room = FILENAME; sub(/\/[^\/]*$/, "", room) }
match($0, /^[a-z_][A-Za-z0-9_]*\(/) {
	home[before ~ /^static/ ? FILENAME : room, substr($0, 1, RLENGTH - 1)] = FILENAME
}
{ before = $0 }
# Within functions, comments aside.
/^\t[\t ]*([^\t *\/]|\*[^ \/])/ {
	for (; match($0, /[a-z_][A-Za-z0-9_]*\(/); $0 = substr($0, RSTART + RLENGTH))
		calls[FILENAME, room, substr($0, RSTART, RLENGTH - 1)] = 1
}
END {
	for (key in calls) {
		split(key, a, SUBSEP)
		to = home[a[2], a[3]]
		if (to != "" && to != a[1] && !((a[1], a[3]) in home)) {
			edge[key SUBSEP to] = ++calling[a[1]]
			called[to]++
		}
	}
	# What nobody calls, and what calls nobody, is in none.
	for (gone = 1; gone;) {
		gone = split("", files) + split("", seen)
		for (key in edge) {
			split(key, a, SUBSEP)
			files[a[2]] += !seen[a[1]]++
			if (called[a[1]] && calling[a[4]])
				continue
			delete edge[key]
			gone += calling[a[1]]-- + called[a[4]]--
		}
	}
	for (key in edge)
		if (split(key, a, SUBSEP) && files[a[2]] > most[a[2]] + 0)
			print a[1] ":1: in a circle: it calls " a[3] " of " a[4]
}' "$src/LAYERS" $(echo "$files" | grep '\.c$') | LC_ALL=C sort >> "$out"

# What is left beside the sources: patches that did not fit, copies.
find "$src" -type f ! -name '*.[chS]' ! -name '*.md' ! -name '*.sh' \
	! -name '*.lua' ! -name '*.mk' ! -name '*.ld' ! -name '*.inc' \
	! -name LAYERS | LC_ALL=C sort |
	sed 's/$/:1: nothing is built of it/' >> "$out"

cat "$out"
# A file with violations has failed; so have circles.
failed=$(sed 's/:.*//; /^	/d' "$out" | sort -u | grep -c .)
echo "layers: $((count - failed > 0 ? count - failed : 0)) passed, $failed failed"
[ "$failed" = 0 ] && [ "$count" -gt 0 ]
