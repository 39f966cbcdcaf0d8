# rung export: the ladder as a file.
. tests/fixtures/check.sh
t=$work/t.jsonl
"$RUNG" run labs/two-proxies -q -o "$t"

begins() { # FORMAT BYTES
	"$RUNG" export -f "$1" "$t" -o "$work/out.$1" > "$work/.output" 2>&1
	if head -c 200 "$work/out.$1" | grep -aqF -- "$2"; then
		good
	else
		bad "export $1" "does not begin with $2"
	fi
}
begins txt  "Call through two proxies"
begins gv   "graph"
begins json '{'
begins svg  "<?xml"
begins png  "PNG"
begins pdf  "%PDF"
if command -v xmllint > /dev/null; then
	ok "the SVG is well formed" xmllint --noout "$work/out.svg"
fi
if command -v dot > /dev/null; then
	ok "dot reads the gv" dot -Tsvg -o "$work/dot.svg" "$work/out.gv"
fi
ok   "the ending tells the format" "$RUNG" export "$t" -o "$work/x.svg"
ok   "and gives the same" cmp "$work/x.svg" "$work/out.svg"
"$RUNG" export -f svg "$t" > "$work/stdout.svg"
ok   "standard output" cmp "$work/stdout.svg" "$work/out.svg"
"$RUNG" export -f svg labs/two-proxies -o "$work/lab.svg"
ok   "a lab is run for it" cmp "$work/lab.svg" "$work/out.svg"
says "txt is the default" "100 Trying" "$RUNG" export "$t"
says "--number" "F1" "$RUNG" export "$t" --number
says "--title" "Exercise 3" "$RUNG" export -f gv "$t" --title="Exercise 3"
says "--title is data" "&lt;b&gt;" \
	"$RUNG" export -f svg "$t" --title='<b>"\N'
says "--node" "INVITE" "$RUNG" export "$t" --node=atl --node=bil
ok   "--time=true" "$RUNG" export -f svg --time=true "$t"
ok   "--no-notes" "$RUNG" export --no-notes lost-messages
fails "leaves the timers out" 1 sh -c \
	'"$RUNG" export --no-notes lost-messages | grep -q "Timer A"'
finish
