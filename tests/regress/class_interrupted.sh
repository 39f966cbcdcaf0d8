# check --class that was ended by a signal had status 0 and said nothing.  What a
# SIGKILL leaves behind the next one clears, but nothing of one that lives.
. tests/check.sh
LC_ALL=C.UTF-8 TMPDIR=$work/tmp
export LC_ALL TMPDIR
class=$work/class
killed=
mkdir "$TMPDIR" "$class"
"$RUNG" copy lost-messages "$work/mine" --student=1 2> /dev/null
"$RUNG" hand-in "$work/mine" -o "$work/one.rung" 2> /dev/null
i=0
while [ $i -lt 1000 ]; do
	cp "$work/one.rung" "$class/$i.rung"
	i=$((i + 1))
done

# begins [OUTPUT]: a check in the background, $pid, that is at work in $living.
begins() {
	# A shell lets what it starts beside itself ignore SIGINT.
	env --default-signal=INT "$RUNG" check --class="$class" \
		${1:+-o "$1"} > "$work/out" 2> "$work/said" &
	pid=$!
	while living=$(find "$TMPDIR" -name 'rung-check-*' ! -path "$killed") &&
		[ -z "$living" ] && kill -0 $pid 2> /dev/null; do
		sleep 0.01
	done
}

# ends SIGNAL STATUS
ends() {
	kill -s "$1" $pid
	ends_status=0
	wait $pid 2> /dev/null || ends_status=$?
	ok "SIG$1 ends it" [ $ends_status = "$2" ]
}

left() {
	find "$TMPDIR" -mindepth 1 -maxdepth 1 | wc -l
}

for row in INT:130 TERM:143 HUP:129; do
	begins "$work/report.csv"
	ends "${row%:*}" "${row#*:}"
	says "that is said" \
		"rung: interrupted; nothing was written to $work/report.csv" \
		cat "$work/said"
	says "in one sentence" 1 grep -c . "$work/said"
	ok "nothing is written" [ ! -e "$work/report.csv" ]
	says "nothing is left" 0 left
done
begins
ends TERM 143
says "without a file" "rung: interrupted" cat "$work/said"
ok "and nothing is shown" [ ! -s "$work/out" ]

begins
killed=$living
ends KILL 137
says "a SIGKILL leaves what was unpacked" 1 left
begins
# It has a folder of its own a moment before it looks for those of the dead.
i=0
while { [ -d "$killed" ] || [ "$(left)" != 1 ]; } && [ $i -lt 500 ]; do
	sleep 0.01
	i=$((i + 1))
done
says "the next one clears it" 1 left
mkdir "$TMPDIR/rung-check-of-mine" "$work/few"
cp "$work/one.rung" "$work/few"
ok "another one beside it" "$RUNG" check --class="$work/few"
ok "leaves what lives alone" [ -d "$living" ]
ok "and what has another name" [ -d "$TMPDIR/rung-check-of-mine" ]
ends TERM 143
says "which ends in order" 1 left
finish
