# Turns a document of docs into what lowdown makes a page of the manual of: its
# title goes (the page has a NAME), sections are one level higher, and a row of a
# table is an item of a list, since terminals are too narrow for five columns.
/^```/ || /^    / { if (!/^    / || !table) { print; next } }
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
