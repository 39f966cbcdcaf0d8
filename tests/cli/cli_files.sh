# What rung writes is whole or not there: full disks, signals, pipes, devices,
# links, places where nothing can be written.
. tests/fixtures/check.sh
t=$work/t.jsonl
out=$work/out
mkdir "$out"
"$RUNG" run labs/two-proxies -q -o "$t"

# nothing NAME: nothing was left in $out.
nothing() {
	if [ -z "$(ls -A "$out")" ]; then
		good
	else
		bad "$1" "left behind: $(ls -A "$out")"
		rm -rf "$out"
		mkdir "$out"
	fi
}

# wrong NAME SENTENCE COMMAND…: status 2 and one line that says it.
wrong() {
	wrong_what=$1
	wrong_text=$2
	shift 2
	timeout "$patience" "$@" > /dev/null 2> "$work/.output" < /dev/null
	set -- $?
	if [ "$1" != 2 ]; then
		bad "$wrong_what" "status $1 instead of 2"
	elif ! grep -qF -- "$wrong_text" "$work/.output"; then
		bad "$wrong_what" "does not say: $wrong_text"
	elif [ "$(wc -l < "$work/.output")" != 1 ]; then
		bad "$wrong_what" "more than one line"
	else
		good
	fi
}

# ---- a full disk ----
# A file that may not grow is as full as a disk: 4 blocks of 512 bytes.
commands="run:-q:two-proxies export:-f:svg:$t export:-f:html:$t
export:-f:pcapng:two-proxies export:-f:pdf:$t diff:-f:svg:$t:busy"
for command in $commands; do
	words=$(echo "$command" | tr : ' ')
	wrong "full: $words" "can't be written: File too large" \
		sh -c 'ulimit -f 4; exec "$@"' - "$RUNG" $words -o "$out/x"
	nothing "full: $words"
	echo old > "$out/x"
	wrong "full, over a file: $words" "can't be written" \
		sh -c 'ulimit -f 4; exec "$@"' - "$RUNG" $words -o "$out/x"
	says "what stood there stays: $words" old cat "$out/x"
	rm -f "$out/x"
	nothing "full, over a file: $words"
done
# A real one, where a user may mount a small one for himself.
full='mount -t tmpfs -o size=64k none "$1" && shift && "$@"; s=$?
ls -A "$OUT"; exit $s'
if unshare -Urm sh -c 'mount -t tmpfs none "$1"' - "$out" 2> /dev/null; then
	OUT=$out
	export OUT
	wrong "a small disk" "No space left" \
		unshare -Urm sh -c "$full" - "$out" "$RUNG" run -q twenty.gv \
		-o "$out/x"
	fails "and nothing on it" 1 sh -c 'unshare -Urm sh -c "$@" 2> /dev/null |
		grep .' - "$full" - "$out" "$RUNG" run -q twenty.gv -o "$out/x"
	nothing "a small disk"
else
	skip "no file system of one's own"
fi

# ---- signals: tests/regress/ended_by_signal.sh has those of each command ----
{
	echo 'lab { topology = "two-proxies.gv", duration = "10000h" }'
	echo 'script(function() while true do sleep "1s" end end)'
} > "$work/endless.lua"

# begun PID: it has opened the file that it writes.
begun() {
	tries=0
	while [ $tries -lt 600 ]; do
		ls -l "/proc/$1/fd" 2> /dev/null | grep -qF "$out/" && return 0
		sleep 0.05
		tries=$((tries + 1))
	done
	return 1
}

if [ -d /proc/self/fd ]; then
	env --default-signal=INT "$RUNG" run -q "$work/endless.lua" \
		-o "$out/x.gz" 2> "$work/.said" &
	pid=$!
	ok "a compressed recording has begun" begun $pid
	kill -INT $pid
	wait $pid 2> /dev/null
	ok "is a whole stream" gzip -t "$out/x.gz"
	says "of a trace with an end" '"reason":"stopped"' \
		sh -c 'gzip -dc "$0" | tail -n 1' "$out/x.gz"
	ok "that can be read" "$RUNG" show "$out/x.gz" kind=end
	rm -f "$out/x.gz"
	nothing "compressed"
	# It waits for its input, which never ends, the file open.
	mkfifo "$work/in"
	"$RUNG" import "$work/in" -o "$out/x" > "$work/.said" 2>&1 &
	pid=$!
	exec 3<> "$work/in"
	ok "an import has begun" begun $pid
	kill -KILL $pid
	wait $pid 2> /dev/null
	exec 3>&-
	nothing "import, KILL"
else
	skip "no /proc"
fi

# ---- places ----
wrong "no such folder" "its folder does not exist" \
	"$RUNG" export "$t" -o "$out/none/x.svg"
wrong "a folder's name" "Is a directory" "$RUNG" export -f svg "$t" -o "$out"
wrong "a folder's name, of a run" "Is a directory" \
	"$RUNG" run -q two-proxies -o "$out"
wrong "no name" "needs a value" "$RUNG" export -f svg "$t" -o ""
nothing "places"
# Root may write anywhere.
if [ "$(id -u)" != 0 ]; then
	as=
else
	as="setpriv --reuid=65534 --regid=65534 --clear-groups"
	chmod 755 "$work"
fi
if $as "$RUNG" --version > /dev/null 2>&1; then
	mkdir -m 555 "$work/locked"
	# shellcheck disable=SC2086  # words
	wrong "a folder nobody may write to" "Permission denied" \
		$as "$RUNG" export "$t" -o "$work/locked/x.svg"
	mkdir -m 777 "$work/open"
	echo mine > "$work/open/x.svg"
	chmod 444 "$work/open/x.svg"
	# shellcheck disable=SC2086
	wrong "a file that may only be read" "Permission denied" \
		$as "$RUNG" export "$t" -o "$work/open/x.svg"
	says "is as it was" mine cat "$work/open/x.svg"
	[ "$(ls -A "$work/open")" = x.svg ] && good ||
		bad "a file that may only be read" "something beside it"
else
	skip "the program can't be run as somebody else"
fi
"$RUNG" export "$t" -o "$work/x.svg"
ln -s real.svg "$out/link.svg"
ok   "through a link to nothing yet" "$RUNG" export "$t" -o "$out/link.svg"
ok   "the link stays" test -h "$out/link.svg"
ok   "its target is made" cmp "$out/real.svg" "$work/x.svg"
ok   "through it again" "$RUNG" export "$t" -o "$out/link.svg"
ok   "the link stays again" test -h "$out/link.svg"
ok   "two files" test "$(ls -A "$out" | wc -l)" = 2
rm "$out"/*
ok   "a device" "$RUNG" run two-proxies -o /dev/null
ok   "stays one" test -c /dev/null
says "and the ladder is shown" "100 Trying" "$RUNG" run two-proxies -o /dev/null

# ---- pipes ----
mkfifo "$out/pipe"
cat "$out/pipe" > "$work/piped.svg" &
ok   "a named pipe" timeout "$patience" "$RUNG" export -f svg "$t" -o "$out/pipe"
wait $!
ok   "has it all" cmp "$work/piped.svg" "$work/x.svg"
ok   "and stays" test -p "$out/pipe"
cat "$out/pipe" > "$work/piped.jsonl" &
timeout "$patience" "$RUNG" run two-proxies -o "$out/pipe" > "$work/ladder.txt"
wait $!
ok   "a trace through it" cmp "$work/piped.jsonl" "$t"
says "and its ladder" "100 Trying" cat "$work/ladder.txt"
cat "$t" > "$out/pipe" &
says "a trace out of it" "the run begins" timeout "$patience" "$RUNG" show "$out/pipe"
wait $!
rm "$out/pipe"
for format in txt md mmd puml gv svg png pdf html json pcapng; do
	"$RUNG" export -f $format two-proxies -o "$work/x.$format"
	"$RUNG" export -f $format two-proxies -o - > "$work/stdout"
	ok "$format on standard output" cmp "$work/stdout" "$work/x.$format"
	sh -c '"$RUNG" export -f "$1" "$2" 2>&1 >&3 | cat > "$3"' - $format "$t" \
		"$work/.output" 3>&1 | head -c 1 > /dev/null
	fails "$format: nobody reads on" 1 test -s "$work/.output"
	wrong "$format: a closed output" \
		"standard output can't be written: Bad file descriptor" \
		sh -c 'exec "$@" >&-' - "$RUNG" export -f $format "$t"
done
for command in "show $t" "show -m $t" "explain $t 60" "run two-proxies" \
	"run -q -o - two-proxies" "diff $t busy" "help"; do
	# shellcheck disable=SC2086
	sh -c 'e=$1; shift; "$@" 2> "$e" | head -n 1 > /dev/null' - \
		"$work/.output" "$RUNG" $command
	fails "$command: nobody reads on" 1 test -s "$work/.output"
	# shellcheck disable=SC2086
	wrong "$command: a closed output" \
		"standard output can't be written: Bad file descriptor" \
		sh -c 'exec "$@" >&-' - "$RUNG" $command
done
ok "no input, no error output" sh -c 'exec "$@" <&- 2>&-' - "$RUNG" export \
	-f svg "$t" -o "$out/x.svg"
ok "and the same" cmp "$out/x.svg" "$work/x.svg"
finish
