#!/bin/sh
# run, export, diff and inspect each looked for an output's ending in their own
# way: a dot in a folder's name was one, x.svg.gz was of the format "gz".
. tests/fixtures/check.sh
find_trace labs/direct-call protocol
mkdir "$work/a.b"

for file in a.b/c .svg x. x.2; do
	ok "run -o $file" "$RUNG" run -q direct-call -o "$work/$file"
	says "$file is a trace" '"kind":"trace"' head -n 1 "$work/$file"
	# An export has many formats: a name that says none is asked for one.
	fails "export -o $file" 2 "$RUNG" export "$trace" -o "$work/$file"
	says "$file is as it was" '"kind":"trace"' head -n 1 "$work/$file"
	ok "export -f txt -o $file" \
		"$RUNG" export "$trace" -f txt -o "$work/$file"
	fails "$file is no trace any more" 1 grep -q '"kind"' "$work/$file"
	says "$file is a ladder" "180 Ringing" cat "$work/$file"
	ok "diff -o $file" "$RUNG" diff "$trace" "$trace" -o "$work/$file"
	ok "inspect -o $file" "$RUNG" inspect "$trace" -o "$work/$file"
	says "$file is a report" "RFC 6076" cat "$work/$file"
done
ok "run makes and packs a figure" \
	"$RUNG" run -q direct-call -o "$work/run.svg.gz"
ok "export, too" "$RUNG" export "$trace" -o "$work/export.svg.gz"
ok "inspect, too" "$RUNG" inspect "$trace" -o "$work/inspect.html.gz"
for file in run.svg export.svg inspect.html; do
	ok "$file.gz is packed" gzip -d "$work/$file.gz"
	says "$file is of its format" "<${file#*.}" cat "$work/$file"
done
for command in run export inspect; do
	says "$command knows no x.mp4.gz" mp4 \
		"$RUNG" "$command" direct-call -o "$work/x.mp4.gz"
	fails "$command refuses it" 2 \
		"$RUNG" "$command" direct-call -o "$work/x.mp4.gz"
done
finish
