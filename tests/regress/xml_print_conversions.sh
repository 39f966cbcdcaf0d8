# xml_print (text/xml.h) has five conversions; the compiler takes any of
# printf's, of which it once wrote "%d" as a text from a number's address.
set -u
. tests/fixtures/check.sh

# Each call's markup, FILE:LINE and its literals in a line.
calls() { # FOLDER
	find "$1" -name '*.c' | LC_ALL=C sort | xargs awk '
	/^xml_print\(/ {
		next
	}
	/[^a-z_]xml_print\(/ {
		call = ""
		at = FILENAME ":" FNR
		inside = 1
		sub(/.*xml_print\(/, "")
	}
	inside {
		call = call $0
	}
	inside && /\);[ \t]*$/ {
		inside = 0
		said = ""
		while (match(call, /"([^"\\]|\\.)*"/)) {
			said = said substr(call, RSTART + 1, RLENGTH - 2)
			call = substr(call, RSTART + RLENGTH)
		}
		print at ": " said
	}'
}

# Those of which something is left that begins with %.
unknown() { # FOLDER
	calls "$1" | sed 's/%\.\*s//g; s/%s//g; s/%zu//g; s/%llu//g; s/%u//g' |
		grep '%'
}

calls src > "$work/calls"
ok "there are calls" test "$(wc -l < "$work/calls")" -gt 50
unknown src > "$work/unknown"
ok "none has a conversion that is not known" test ! -s "$work/unknown"
cat "$work/unknown"

mkdir "$work/bad"
cat > "$work/bad/a.c" << 'C'
	xml_print(out, "<b>%s</b>", text);
	xml_print(out, "<i style=\"width:50%%\">%u"
		       "</i>", n);
	if (n > 0)
		xml_print(
		    out, "<b>%d</b>", n);
C
unknown "$work/bad" > "$work/found"
says "a percent sign is found" 'a.c:2:' cat "$work/found"
says "so is another number" 'a.c:5:' cat "$work/found"
ok "and nothing else" test "$(wc -l < "$work/found")" = 2
finish
