# Do exports show the arrows of their traces, all and in order?  For
# tests/cli/cli_exports.sh:
#
#	awk -v as=FORMAT -f tests/cli/export_arrows.awk WRITTEN LIST FILE…
#
# WRITTEN has the lab and the format of each export, a line each; LIST what
# they are to show: lab, item, number, record, ns, from, to, whether lost,
# label, parted by tabs.  A FILE is an export or, of figures, what a reader of
# their language has found in them: a title of each, "= TITLE", and the arrows'
# own. Notes are looked at where they lie among the arrows.  Says what is not
# there or is something else, and then has status 1.
BEGIN { FS = "\t" }

FNR == 1 { files++ }

files == 1 {
	split($0, word, " ")
	if (word[2] == as)
		labs[++nlabs] = word[1]
	next
}

# ---- what is to be seen ----

files == 2 {
	wanted = want()
	if (wanted != "") {
		list[$1, ++count[$1]] = wanted
		lost[$1, count[$1]] = $8 != "-"
		other[$1, count[$1]] = $10 ~ /^(other|signalling)$/
		open[$1, count[$1]] = $11 == "open"
	}
	next
}

function want(   time) {
	time = sprintf("%.3f", int($5 / 1e6) / 1e3)
	if (as ~ /^(mmd|puml)$/)
		return in_one_word($2 == "message" ? \
			"F" $3 " " $6 " to " $7 ": " $9 : $2 == "media" ? \
			$6 " to " $7 ": " $9 : "over " $6 ": " $9)
	if ($2 != "message")
		return ""
	if (as == "md")
		return "F" $3 " " time " " $6 " to " $7 ": " $9
	return "#" $4 ", " time " s, " $6 " → " $7 ": " $9
}

# ---- what is seen ----

FNR == 1 {
	lab = FILENAME
	sub(/.*\//, "", lab)
	sub(/\.[^.]*$/, "", lab)
	arrows = 0
	split("", called)
}

# A name that is a word of the language has another in the file.
as == "mmd" && match($0, /^ *participant [^ ]+ as /) {
	shown_as = substr($0, RLENGTH + 1)
	split($0, word, " ")
	called[word[2]] = shown_as
}

as == "puml" && match($0, /^participant ".*" as [^ ]+$/) {
	n = split($0, word, " ")
	called[word[n]] = substr($0, 14, length($0) - 14 - length(" as " word[n]))
}

function name_of(word,   name) {
	name = word in called ? called[word] : ""
	sub(/(\\n|<br\/>).*/, "", name) # what else its label says
	return name ~ /^[A-Za-z0-9_]+$/ ? name : word
}

# Packets have no numbers.
as ~ /^(mmd|puml)$/ && $1 ~ /^ *autonumber/ { numbered = $1 !~ /off|stop/ }
function next_number() { return numbered ? "F" ++arrows : "" }

# Behind its label a question or an answer has what it is about, what goes through
# a NAT both addresses, and what is lost that it is, in words.
function see(text,   wanted, behind) {
	wanted = list[lab, ++seen[lab]]
	# Both addresses are in front of what says that it is sent again.
	if (text ~ /= ?[0-9a-f.:[\]]+\) ?↻/)
		sub(/\([0-9a-f.:[\]]+ ?= ?[0-9a-f.:[\]]+\) ?/, "", text)
	behind = substr(text, length(wanted) + 1)
	if (other[lab, seen[lab]])
		behind = lost[lab, seen[lab]] && \
			match(behind, /(,| ?╳)( ?[a-z][^,╳]*)?$/) ? \
			substr(behind, RSTART) : ""
	sub(/^ ?\([0-9a-f.:[\]]+ ?= ?[0-9a-f.:[\]]+\)/, "", behind)
	if (open[lab, seen[lab]])
		sub(/^ ?…$/, "", behind)
	if (index(text, wanted) != 1 || wanted == "" || behind !~ \
		(lost[lab, seen[lab]] ? "^(,| ?╳)( ?[a-z]|$)" : "^$"))
		complain("“" text "”, not “" wanted "”")
}

function complain(what) {
	if (complaints++ < 20)
		print lab "." as ": " what
}

function number_of(text, base,   i, n) {
	text = tolower(text)
	for (i = 1; i <= length(text); i++)
		n = n * base + index("0123456789abcdef", substr(text, i, 1)) - 1
	return n
}

# Lines are broken between words and within long ones.
function in_one_word(text) {
	gsub(/<br\/>|\\n| /, "", text)
	return text
}

# The text with characters themselves instead of their numbers, which stand in
# ESCAPE between HEAD and TAIL.
function plain(text, escape, head, tail, base,   made, code) {
	while (match(text, escape)) {
		code = substr(text, RSTART + head, RLENGTH - head - tail)
		made = made substr(text, 1, RSTART - 1) \
			sprintf("%c", number_of(code, base))
		text = substr(text, RSTART + RLENGTH)
	}
	return made text
}

as == "md" && /^\| F/ {
	gsub(/\\/, "")
	split(substr($0, 3, length($0) - 4), cell, / \| /)
	see(cell[1] " " cell[2] " " cell[4] " to " cell[5] ": " cell[3])
}

function see_escaped(text) {
	text = in_one_word(text)
	if (as == "mmd")
		see(plain(text, "#[0-9]+;", 1, 1, 10))
	else
		see(plain(text, "<U\\+[0-9A-F]+>", 3, 1, 16))
}

as == "mmd" && match($0, /^ *[^ ]+--?(>>|\)|x)[^ ]+: /) {
	from = to = substr($0, 1, RLENGTH - 2)
	sub(/^ */, "", from)
	sub(/--?[>)x].*/, "", from)
	sub(/.*--?(>>|\)|x)/, "", to)
	see_escaped(next_number() name_of(from) "to" name_of(to) ":" \
		substr($0, RLENGTH))
}

as == "puml" && match($0, /^[^ ]+ -[^ ]+ [^ ]+ : /) {
	split($0, word, " ")
	see_escaped(next_number() name_of(word[1]) "to" name_of(word[3]) ":" \
		substr($0, RLENGTH))
}

as ~ /^(mmd|puml)$/ && match($0, /^ *[hr]?[Nn]ote over [^:]*: /) {
	split(substr($0, 1, RLENGTH - 2), word, / over | $/)
	see_escaped("over" (word[2] ~ /,/ ? "-" : name_of(word[2])) ":" \
		substr($0, RLENGTH))
}

# A figure names no lab: they come in the order in which they were written.
/^= / && as ~ /^(svg|html|gv)$/ { lab = labs[++figures] }
/^#/ && as ~ /^(svg|html|gv)$/ && !shown[lab, $0]++ { see($0) }

END {
	for (i = 1; i <= nlabs; i++) {
		lab = labs[i]
		if (seen[lab] + 0 != count[lab] || count[lab] == 0)
			complain(seen[lab] + 0 " of " count[lab] " items")
	}
	if (figures && figures != nlabs)
		complain(figures " figures of " nlabs)
	exit complaints > 0 || nlabs == 0
}
