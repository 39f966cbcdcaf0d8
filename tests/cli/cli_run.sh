# rung run: labs, scripts, topologies and traces; its options.  The commands in
# the labs' handouts are run by cli_docs.sh.
. tests/fixtures/check.sh
two=$work/two.jsonl

# ---- what FILE may be ----
ok   "a lab's name"             "$RUNG" run two-proxies
ok   "a lab's folder"           "$RUNG" run labs/two-proxies/
ok   "a script"                 "$RUNG" run labs/two-proxies/lab.lua
ok   "a topology"               "$RUNG" run topologies/two-proxies.gv
ok   "a topology by name"       "$RUNG" run two-proxies.gv
says "the ladder"      "100 Trying" "$RUNG" run two-proxies
says "the title" "Call through two proxies" "$RUNG" run two-proxies

"$RUNG" run labs/two-proxies -o "$two" > "$work/ladder.txt"
ok   "writes the trace"         test -s "$two"
same "its ladder" tests/golden/labs/two-proxies.txt "$work/ladder.txt"
"$RUNG" run "$two" -q -o "$work/again.jsonl"
ok   "a trace, run again, is the same" cmp "$two" "$work/again.jsonl"
"$RUNG" run labs/two-proxies -o - > "$work/stdout.jsonl"
ok   "-o - is standard output"  cmp "$two" "$work/stdout.jsonl"
"$RUNG" run - < labs/two-proxies/lab.lua > "$work/stdin.txt"
ok   "- is standard input"      cmp "$work/ladder.txt" "$work/stdin.txt"
"$RUNG" run labs/two-proxies -q > "$work/quiet.txt"
fails "--quiet prints nothing" 1 test -s "$work/quiet.txt"
cp "$two" "$work/lab.txt"
ok   "told apart by content, not by name" "$RUNG" run "$work/lab.txt"
(cd "$work" && mkdir copy && cp "$OLDPWD/labs/busy/lab.lua" copy/)
ok   "a copy of a lab finds its topology" "$RUNG" run "$work/copy"

# ---- options ----
"$RUNG" run two-proxies -q --seed=5 -o "$work/five.jsonl"
fails "another seed, another trace" 1 cmp -s "$two" "$work/five.jsonl"
says "the seed is in the trace" '"seed":5' head -n 1 "$work/five.jsonl"
"$RUNG" run two-proxies --seed 5 -q -o "$work/five2.jsonl"
ok   "the same seed, the same trace" cmp "$work/five.jsonl" "$work/five2.jsonl"
says "--until" '"t":2000000000,"kind":"end"' \
	sh -c '"$RUNG" run two-proxies --until=2s -o - | tail -n 1'
says "--set" "486 Busy Here" "$RUNG" run two-proxies --set bob.busy=true
says "--set of a link" "lost on the link" \
	"$RUNG" run two-proxies --set lan1--lan2.loss=100%
says "--detail=network has packets" '"kind":"packet"' \
	"$RUNG" run two-proxies --detail=network -o -
"$RUNG" run two-proxies --detail=messages -o - > "$work/brief.jsonl"
fails "--detail=messages has no timers" 1 \
	grep -q '"kind":"timer"' "$work/brief.jsonl"
seq=$("$RUNG" show two-proxies src=bil dst=bob method=INVITE kind=send |
	awk '{ print $1 }')
says "--act" "the host was down" "$RUNG" run two-proxies --act "$seq:bob.crash"
says "--act upon a message" "Timer G" \
	sh -c '"$RUNG" run busy --act "$("$RUNG" show busy src=bil dst=bob \
	method=ACK kind=send | awk "{ print \$1 }"):message.drop"'
says "--mark" "┐ T1 alice→bob" "$RUNG" run direct-call --mark=transaction
says "--fold" "↻+6" "$RUNG" run no-answer --fold
says "--help" "--seed" "$RUNG" run --help
says "the list of commands" "explain" "$RUNG" help
says "a command's page" "--detail" "$RUNG" help run
says "the version" "rung " "$RUNG" --version

# ---- characters, colours, languages ----
ascii() { # NAME COMMAND…
	ascii_what=$1
	shift
	"$@" > "$work/.output" 2>&1 < /dev/null
	if LC_ALL=C grep -q '[^ -~]' "$work/.output"; then
		bad "$ascii_what" "writes more than ASCII"
	elif [ -s "$work/.output" ]; then
		good
	else
		bad "$ascii_what" "writes nothing"
	fi
}
ascii "--ascii"       "$RUNG" run lost-messages --ascii
ascii "the C locale"  env LC_ALL=C "$RUNG" run lost-messages
says "UTF-8" "↻1" env LC_ALL=C.UTF-8 "$RUNG" run lost-messages
says "Chinese" "丢失" "$RUNG" run lost-messages --lang=zh
says "Chinese mistakes" "无法读取" "$RUNG" --lang=zh run dir/nowhere
says "protocol words stay English" "100 Trying" "$RUNG" --lang=zh run two-proxies
"$RUNG" run two-proxies --color=always > "$work/colour.txt"
escape=$(printf '\033')
ok    "--color=always" grep -q "$escape\[" "$work/colour.txt"
fails "no colour into a file" 1 grep -q "$escape" "$work/ladder.txt"
if command -v script > /dev/null &&
	script -qec true /dev/null > /dev/null 2>&1 < /dev/null; then
	terminal() { # the ladder as on a terminal, in $work/terminal.txt
		script -qec "$RUNG run direct-call" /dev/null \
			> "$work/terminal.txt" < /dev/null
	}
	terminal
	ok    "colours on a terminal" grep -q "$escape\[" "$work/terminal.txt"
	NO_COLOR=1
	export NO_COLOR
	terminal
	fails "none with NO_COLOR" 1 grep -q "$escape\[" "$work/terminal.txt"
	unset NO_COLOR
else
	skip "no script(1), or no terminal for it to pretend"
fi
finish
