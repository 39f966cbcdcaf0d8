# What documents name, a line for each: KIND NAME.  KIND is option, command, section
# (of an RFC or a specification), attribute (NAME=), function (NAME( ), or word: what
# else is code, without blanks.
function put(kind, name) {
	if (!((kind, name) in seen)) {
		seen[kind, name] = 1
		print kind " " name
	}
}

# Each match of PATTERN in TEXT, without what FRONT matches.
function put_all(kind, text, pattern, front,    name) {
	while (match(text, pattern)) {
		name = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		sub(front, "", name)
		put(kind, name)
	}
}

{
	put_all("option", $0, "--[a-z][a-z-]*[a-z]", "^$")
	put_all("section", $0, "(RFC|TS|Q[.]) ?[0-9][0-9.]*[0-9]( [0-9]+([.][0-9]+)*)?", "^$")
	rest = $0
	while (match(rest, /`[^`]+`/)) {
		code = substr(rest, RSTART + 1, RLENGTH - 2)
		rest = substr(rest, RSTART + RLENGTH)
		put_all("command", code, "^rung [a-z-]+", "^rung ")
		if (code ~ /^[A-Za-z][A-Za-z0-9_.:@-]*$/) {
			put("word", code)
			continue
		}
		put_all("attribute", code, "[A-Za-z_][A-Za-z0-9_]*=", "^$")
		put_all("function", code, "[a-z_]+[(]", "^$")
	}
}

/^    / {
	put_all("command", $0, "^ +(build/)?rung [a-z-]+( |$)", "^.*rung ")
}
