# Turns a document of docs into what lowdown makes a page of the manual of: its
# title goes (the page has a NAME), sections are one level higher, and a row of a
# table is an item of a list, since terminals are too narrow for five columns.  What is
# indented stands between fences: behind a list it would be text of its last item.
function end_example() {
	if (example)
		print "```"
	example = 0
}
/^```/ { fenced = !fenced }
fenced || /^```/ { print; next }
/^    / && !example { print "```"; example = 1 }
example && /^    / { print substr($0, 5); next }
{ end_example() }
/^# / { next }
/^##+ / { print substr($0, 2); next }
/^\|[-| :]*$/ { next }
/^\|/ {
	row = $0
	gsub(/\\\|/, "\001", row)
	n = split(row, cell, "|")
	if (!table) {
		table = 1
		next
	}
	text = ""
	for (i = 2; i < n; i++) {
		gsub(/^ +| +$/, "", cell[i])
		if (cell[i] != "")
			text = text (text == "" ? "" : i == 3 ? ": " : "; ") cell[i]
	}
	gsub("\001", "|", text)
	print "- " text
	next
}
{ table = 0; print }
END { end_example() }
