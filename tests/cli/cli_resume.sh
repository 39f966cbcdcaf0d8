# rung resume: the list of kept sessions, and the sentences where there is none.
. tests/fixtures/check.sh
if ! "$RUNG" help | grep -q resume; then
	skip "this rung has no resume"
	finish
fi
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME
kept=$XDG_STATE_HOME/rung

# keep NAME TITLE: a session of two branches.
keep() {
	cat > "$kept/$1.json" <<EOF
{"kind":"session","version":1,"rung":"0","title":"$2","file":"$1","fixed":false,
"state":{"position":3},"inputs":{"topology":{"file":"a.gv","text":"graph { a [role=ua] b [role=ua] a -- b }"},
"settings":[],"detail":"protocol","acts":[]},
"branches":[{"name":"main","acts":[]},{"name":"crash a","parent":0,"after":1,"acts":["1:a.crash"]}]}
EOF
}

says "nothing is kept" "No session is kept yet" "$RUNG" resume --list
ok   "which is no mistake" "$RUNG" resume --list
fails "nothing to go on with" 2 "$RUNG" resume
says "and says so" "no session is kept yet" "$RUNG" resume

mkdir -p "$kept"
keep old "The older one"
touch -d 2001-01-01 "$kept/old.json"
keep new 'The newer \u001b[2J one'
says "the list" "new" "$RUNG" resume --list
"$RUNG" resume --list > "$work/list"
ok   "the newest first" sh -c 'head -n 1 "$0" | grep -q "1 .* new .*newer"' \
	"$work/list"
says "with position and branches" "at #3, 2 branches  The older one" \
	cat "$work/list"
# The same columns in all lines, whatever a name's length.
keep a-rather-long-name-of-a-session "A third one"
touch -d 2000-01-01 "$kept/a-rather-long-name-of-a-session.json"
"$RUNG" resume --list > "$work/list"
ok   "titles in one column" sh -c 'test "$(sed "s/at #3.*//" "$0" |
	awk "{ print length }" | sort -u | wc -l)" = 1' "$work/list"
fails "no escapes reach the terminal" 1 grep -q "$(printf '\033')" "$work/list"

fails "no such session" 2 "$RUNG" resume nobody
says "is named" 'no session “nobody”' "$RUNG" resume nobody
fails "two sessions" 2 "$RUNG" resume old new
echo '{"kind":"session"' > "$kept/torn.json"
fails "a damaged one" 2 "$RUNG" resume torn
says "says so" "is damaged" "$RUNG" resume torn
says "the others are still listed" "The older one" "$RUNG" resume --list
says "a file that is no session" "is no session" "$RUNG" resume ./README.md
says "no home" "XDG_STATE_HOME" env -u XDG_STATE_HOME -u HOME "$RUNG" resume
finish
