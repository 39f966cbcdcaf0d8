# rung new, copy and class new that a signal ended left half a folder, and copy did
# where the disk was full; a folder of worksheets was left in both cases.  And rung
# run did not say that what it kept had replaced another trace.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL
rung=$(readlink -f "$RUNG")
printf 'id,name\n1,a\n2,b\n' > "$work/roster.csv"
"$rung" run -q direct-call -o "$work/trace.jsonl"
"$rung" copy lost-messages "$work/mine" --student=1 2> /dev/null
"$rung" export "$work/trace.jsonl" -o "$work/trace.pcapng"
there=$work/there

# A file that is longer than a block can't be written, as on a full disk.
is_full() { # ARGUMENT…
	full_status=0
	(
		trap '' XFSZ
		ulimit -f 1
		exec "$rung" "$@"
	) > "$work/out" 2> "$work/said" || full_status=$?
	gives "$name: full, the status" 2 echo $full_status
	says "$name: full, the sentence" "can't be written" cat "$work/said"
}

# The signal comes once the folder is there; where the command was done by then, it
# is tried once more.  It gives way to the shell that looks for the folder.
is_ended() { # ARGUMENT…
	for _ in $(seq 300); do
		rm -rf "$there"
		ended_status=0
		env --default-signal nice -n 19 "$rung" "$@" > "$work/out" 2> "$work/said" &
		pid=$!
		until [ -d "$there" ] || ! kill -0 $pid 2> /dev/null; do :; done
		kill -s $signal $pid 2> /dev/null
		wait $pid 2> /dev/null || ended_status=$?
		# Done, and ended only then, it was too late.
		[ $ended_status != 0 ] && ! [ -s "$work/out" ] && [ -s "$work/said" ] &&
			! grep -q "is complete" "$work/said" && break
	done
	gives "$name: SIG$signal, the status" $status echo $ended_status
	says "$name: SIG$signal, the sentence" "interrupted; nothing was written to $there" cat "$work/said"
}

while read -r args; do
	name=${args%%"$there"*}
	rm -rf "$there"
	# shellcheck disable=SC2086  # several words
	is_full $args
	fails "$name: full, no folder" 1 test -e "$there"
	for row in TERM:143 INT:130 HUP:129; do
		signal=${row%:*} status=${row#*:}
		# shellcheck disable=SC2086  # several words
		is_ended $args
		fails "$name: SIG$signal, no folder" 1 test -e "$there"
	done
done << END
copy lost-messages $there
new lab $there
new exam $there lost-messages busy
worksheet direct-call --roster=$work/roster.csv -o $there/
END

# What is one file stays as it was.
while read -r args; do
	name=${args%% *}
	file=${args##* }
	echo old > "$file"
	# shellcheck disable=SC2086  # several words
	is_full $args
	gives "$name: full, the file" old cat "$file"
	rm -f "$file"
	# shellcheck disable=SC2086  # several words
	is_full $args
	fails "$name: full, no file" 1 test -e "$file"
done << END
run -q direct-call -o $work/file.jsonl
export $work/trace.jsonl -f html -o $work/file
export $work/trace.jsonl -f pcapng -o $work/file.pcapng
inspect $work/trace.jsonl -f json -o $work/file
diff $work/trace.jsonl two-proxies -f json -o $work/file
search direct-call --faults=1 -f json -o $work/file
hand-in $work/mine -o $work/file.rung
report $work/mine -o $work/file.html
worksheet direct-call -o $work/file.pdf
export $work/trace.pcapng -o $work/file.jsonl
END
rm -f "$work/net.gv"
name=new
is_full new topology "$work/net.gv"
fails "new topology: full, no file" 1 test -e "$work/net.gv"

# A run that is kept as far as it came says what it replaces.
mkdir "$work/endless"
cp topologies/direct-call.gv "$work/endless"
cat > "$work/endless/lab.lua" << 'END'
lab { title = "endless", topology = "direct-call.gv" }
script(function() while true do sleep "1ms" end end)
END
for old in 'a trace' ''; do
	rm -f "$work/file"
	[ -z "$old" ] || echo "$old" > "$work/file"
	env --default-signal "$rung" run -q "$work/endless" --until=900000h \
		--limit=instructions=9000000000000 -o "$work/file" 2> "$work/said" &
	pid=$!
	until find /proc/$pid/fd -lname '*(deleted)' 2> /dev/null | grep -q . ||
		! kill -0 $pid 2> /dev/null; do sleep 0.01; done
	kill -s TERM $pid
	wait $pid 2> /dev/null
	[ -n "$old" ] && want=1 || want=0
	gives "a run over '$old'" $want grep -c "and replaces the" "$work/said"
done
finish
