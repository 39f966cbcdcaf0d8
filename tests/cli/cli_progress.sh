# How far a command is, on a terminal and nowhere else; and Ctrl-C during each:
# status 130, no half file, a sentence.  What is read from a pipe that nobody
# writes to lasts as long as the test wants.
. tests/fixtures/check.sh
out=$work/out
mkdir "$out"
mkfifo "$work/in"
t=$work/call.jsonl
trace_of two-proxies protocol "$t"
{
	echo 'lab { topology = "two-proxies.gv" }'
	echo 'script(function() while true do sleep "10us" end end)'
} > "$work/endless.lua"
sed 's/ }$/, duration = "10000h" }/' "$work/endless.lua" > "$work/long.lua"

nothing_left() { # NAME: nothing stands in the folder
	fails "$1: no half file" 1 sh -c 'ls -A "$1" | grep .' - "$out"
}

# ---- no terminal ----
env --default-signal=INT "$RUNG" export -f trace "$work/in" -o "$out/x" \
	2> "$work/.said" &
pid=$!
exec 3<> "$work/in"
sleep 1.5
kill -INT $pid
wait $pid 2> /dev/null
fails "SIGINT ends it" 0 test $? = 130
exec 3>&-
says "what is left" "interrupted; nothing was written to $out/x" \
	cat "$work/.said"
fails "one line, and no line of progress" 1 test \
	"$(wc -l < "$work/.said")" != 1
fails "no control characters" 1 grep -q '[[:cntrl:]]' "$work/.said"
nothing_left "without a terminal"

# ---- on one ----
. tests/fixtures/tui.sh

# A shell whose program is ended by SIGINT would end with it.
survivor='trap : INT; "$@"'
endless="$RUNG run --limit=instructions=1000000000000"

# stops NAME LINE SENTENCE COMMAND…: LINE is shown, Ctrl-C ends it, SENTENCE is
# all that stays.
stops() {
	name=$1 line=$2 sentence=$3
	shift 3
	tui_start 220x24 sh -c "$survivor" sh "$@"
	tui_shows "$name: how far it is" "$line"
	tui_press C-c shows "$name: what is left" "$sentence"
	tui_ends "$name: status" 130
	tui_hides "$name: the line is gone" "$line"
}

wait_in="$work/in"
stops import "reading the file …" "interrupted; nothing was written to" \
	"$RUNG" export -f trace "$wait_in" -o "$out/x"
stops "import to a terminal" "reading the file …" "rung: interrupted" \
	"$RUNG" export -f trace "$wait_in"
for format in svg pdf txt html pcapng; do
	stops "export $format" "reading the trace …" "nothing was written to" \
		"$RUNG" export "$wait_in" -o "$out/x.$format"
done
stops show "reading the trace …" "rung: interrupted" "$RUNG" show "$wait_in"
stops explain "reading the trace …" "rung: interrupted" \
	"$RUNG" explain "$wait_in" 1
stops diff "reading the trace …" "interrupted; nothing was written to" \
	"$RUNG" diff "$t" "$wait_in" -o "$out/x.svg"
stops run "s of virtual time" "rung: interrupted" \
	$endless "$work/endless.lua"
nothing_left "all of them"
stops "run -o" " 0 %," "interrupted; the trace ends at" \
	$endless "$work/long.lua" -o "$out/x"
says "what it has until then" '"reason":"stopped"' tail -n 1 "$out/x"
rm -f "$out/x"
nothing_left "run -o"

# An older file stays.
echo old > "$out/x.svg"
stops "an older file" "reading the trace …" "nothing was written to" \
	"$RUNG" export "$wait_in" -o "$out/x.svg"
says "is as it was" old cat "$out/x.svg"
rm "$out/x.svg"
nothing_left "an older file"

# The alphabet, the language, the width.
stops ASCII "reading the trace ..." "rung: interrupted" \
	"$RUNG" show --ascii "$wait_in"
stops Chinese "正在读取跟踪记录" "rung: 已中断" \
	"$RUNG" show --lang=zh "$wait_in"
tui_start 30x10 sh -c "$survivor" sh $endless "$work/endless.lua"
tui_shows "narrow" "s of virtual"
tui_until test "$(tui_screen | grep -c .)" = 1
fails "one line of it" 1 test "$(tui_screen | grep -c .)" != 1
tui_press C-c ends "narrow" 130

# Gone when it is done, where the ladder stands then.
tui_start 80x60 "$RUNG" explain "$wait_in" 20
tui_shows "waits for its input" "reading the trace"
cat "$t" > "$wait_in"
tui_ends "then it is there" 0
"$RUNG" explain --width=80 "$t" 20 > "$work/.expected"
tui_screen | head -n "$(wc -l < "$work/.expected")" > "$work/.seen"
same "and nothing else" "$work/.expected" "$work/.seen"

# Not where it isn't wanted, or can't be.
for how in "$endless -q" "env TERM=dumb $endless" "env -u TERM $endless"; do
	# shellcheck disable=SC2086
	tui_start 220x24 sh -c "$survivor" sh $how "$work/long.lua" -o "$out/x"
	sleep 1.5
	tui_screen > "$work/.output"
	fails "$how: no line" 1 grep -q running "$work/.output"
	tui_press C-c shows "$how: its sentence" "interrupted; the trace ends"
	tui_ends "$how" 130
	rm -f "$out/x"
done
nothing_left "in the end"
finish
