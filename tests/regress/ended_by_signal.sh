# rung search that a signal ended wrote over the file that was there and said by
# its status what it had found; worksheet and page said nothing, and no command
# did where its time on the processor was over (SIGXCPU).
. tests/fixtures/check.sh
LC_ALL=C.UTF-8 TMPDIR=$work/tmp
export LC_ALL TMPDIR
rung=$(readlink -f "$RUNG")
mkdir "$TMPDIR" "$work/class" "$work/engine" "$work/endless"
cp "$rung" "$work/engine/engine.lzma"
"$RUNG" copy lost-messages "$work/mine" --student=1 2> /dev/null
"$RUNG" hand-in "$work/mine" -o "$work/one.rung" 2> /dev/null
for i in 1 2 3 4 5 6 7 8 9; do
	for k in 0 1 2 3 4 5 6 7 8 9; do
		cp "$work/one.rung" "$work/class/$i$k.rung"
	done
done
cp topologies/direct-call.gv "$work/endless"
cat > "$work/endless/lab.lua" << 'END'
lab { title = "endless", topology = "direct-call.gv" }
script(function() while true do sleep "1ms" end end)
END
cd "$work" || exit 1
seq -f 's%g,N' 5000 | sed '1i id,name' > roster.csv
mkfifo in
exec 3<> in
endless="endless --until=900000h --limit=instructions=9000000000000"

# Whether $pid is at what the row is about: it has a child, a file without a
# name, has said something, or takes signals (SIGTERM in the mask) itself.
is_begun() { # HOW
	case $1 in
	child) [ -n "$(cat /proc/$pid/task/$pid/children)" ] ;;
	file) find /proc/$pid/fd -lname '*(deleted)' | grep -q . ;;
	says) [ -s out ] ;;
	*) grep -q '^SigCgt:.*[4-7c-f]...$' /proc/$pid/status ;;
	esac 2> /dev/null
}

# A shell lets what it starts beside itself ignore SIGINT.
begins() { # HOW ARGUMENT…
	begins_how=$1
	shift
	env --default-signal=INT "$rung" "$@" > out 2> said < in &
	pid=$!
	until is_begun "$begins_how" || ! kill -0 $pid 2> /dev/null; do
		sleep 0.01
	done
	# Who takes signals knows a moment later what to say.
	sleep 0.05
}

ends() { # SIGNAL STATUS
	kill -s "$1" $pid
	ends_status=0
	wait $pid 2> /dev/null || ends_status=$?
	[ $ends_status = "$2" ] && good ||
		bad "SIG$1 ends $name" "status $ends_status instead of $2"
}

# How one sees that it has begun, what the file is then, what is said in the
# first line, the command; by a SIGPIPE the file stays, and nothing is said.  A
# class ends in order.
while IFS='|' read -r how state told args; do
	file=file
	case $args in *-o\ file*) file=${args##* } ;; esac
	for row in PIPE:141 INT:130 TERM:143 HUP:129 XCPU:152; do
		signal=${row%:*} status=${row#*:} want=$told is=$state
		name="${args%% *} ($how, $signal)"
		echo old > $file
		rm -rf folder out said
		# shellcheck disable=SC2086  # several words
		begins "$how" $args
		[ $signal != PIPE ] || is=old want=
		[ $signal = PIPE ] || [ -n "$told" ] || status=0
		ends $signal "$status"
		# A quick machine has judged some of a class by then, and writes that.
		case $signal:$(head -n 1 said) in
		PIPE:*) ;;
		*"interrupted; file has what was judged; not judged: "[1-9]*)
			is=new want="$(sed 's/^rung: //;q' said)" ;;
		esac
		gives "$name: the file" $is sh -c "grep -qx old $file && echo old || echo new"
		case $(head -n 1 said) in
		"$want" | "rung: ${want:-?}"*) good ;;
		*) bad "$name" "says: $(cat said)" ;;
		esac
	done
done << END
file|new|file: interrupted; the trace ends at|run -q $endless -o file
itself|old|interrupted|show $endless
itself|old|interrupted|explain $endless 3
itself|old|interrupted; nothing was written to file|export -f svg $endless -o file
itself|old|interrupted; nothing was written to file|inspect $endless -o file
itself|old|interrupted; nothing was written to file|diff $endless direct-call -o file
itself|old|interrupted; nothing was written to file|export -f trace in -o file
itself|old|interrupted; nothing was written to file|search $endless -o file
child|old|interrupted; these are the results so far|search direct-call --faults=3 -f txt -o file
child|old|interrupted; |sweep direct-call --seed=1..9999 -o folder
child|old|interrupted; nothing was written to file|check --class=class -f json -o file
itself|old|interrupted; nothing was written to file.pdf|worksheet direct-call --roster=roster.csv -o file.pdf
itself|old|interrupted; nothing was written to file|page --engine=engine -o file
itself|old|interrupted|engine
says|old||serve --address=:0 endless
END

# What was found is told all the same, but not in the file's form.
begins child search direct-call --faults=2 --jobs=1 -f json -o file
ends INT 130
says "a search tells what it has" "are known)" cat out

# What a SIGKILL leaves behind the next one clears, but nothing of one that lives.
name="a check"
left() { find tmp -name 'rung-check-*' 2> /dev/null | wc -l; }
gives "nothing is left" 0 left
begins child check --class=class
ends KILL 137
sleep 0.2 # its children end a moment later
gives "a SIGKILL leaves what was unpacked" 1 left
killed=$(find tmp -name 'rung-check-*')
begins child check --class=class
# It has a folder of its own a moment before it looks for those of the dead.
i=0
while [ -d "$killed" ] && [ $((i += 1)) -lt 500 ]; do sleep 0.01; done
gives "the next one clears it" 1 left
living=$(find tmp -name 'rung-check-*')
mkdir tmp/rung-check-of-mine few
cp one.rung few
ok "another one beside it" "$rung" check --class=few
ok "leaves what lives alone" [ -d "$living" ]
ok "and what has another name" [ -d tmp/rung-check-of-mine ]
ends TERM 143
gives "which ends in order" 1 left
finish
