# The commands in a document, for tests/cli/cli_docs.sh: a line for each,
#
#	LINE TAB FROM TAB TO TAB COMMAND
#
# of lines in indented or fenced blocks that begin with rung, build/rung,
# another program that the tests have, make site, or "$ "; one whose quote is open goes on
# below.  Remarks stand behind "#".  FROM to TO are the lines of the output that
# is shown below a "$ " command; 0 where there is none.
function close_output() {
	if (from > 0)
		while (to >= from && blank[to])
			to--
	if (command != "")
		print at "\t" (from > 0 && to >= from ? from "\t" to : "0\t0") \
			"\t" command
	command = ""
	from = to = 0
}

function without_remark(s) {
	sub(/ +# .*/, "", s)
	return s
}

{
	blank[NR] = $0 ~ /^ *$/
	indented = $0 ~ /^    / || fenced
	text = $0
	sub(/^ +/, "", text)
}

/^```/ {
	close_output()
	fenced = !fenced
	next
}

command != "" && from > 0 && indented && text !~ /^\$ / {
	to = NR
	next
}

blank[NR] {
	next
}

{
	close_output()
}

indented && text ~ /^\$ / {
	at = NR
	command = without_remark(substr(text, 3))
	from = NR + 1
	to = NR
	next
}

indented && text ~ /^((build\/)?rung|jq|mkdir|dot|tcpdump|cp|cd|make site|sh assets)( |$)/ {
	at = NR
	command = without_remark(text)
	while (gsub(/'/, "'", command) % 2 == 1 && (getline text) > 0)
		command = command " " text
	close_output()
}

END {
	close_output()
}
