# VoLTE and the telephone network: numbers find their way out and in, calls for help find
# one, too; with whatever is down, comes up again or is given up half way, over UDP and
# TCP.  At the end no circuit is seized, no call and no dialog lives.
. tests/fixtures/check.sh
cp topologies/volte-telephone.* topologies/ims-*.lua "$work"

lab() { # NAME LINE…
	name=$1
	shift
	{
		echo 'lab { title = "t", topology = "volte-telephone.gv", duration = "400s" }'
		for lab_node in alice bob pcscf icscf scscf hss bgcf mgcf ecscf centre exchange ns ns1; do
			echo "local $lab_node = node '$lab_node'"
		done
		echo 'local c1, c2
		script(function() sleep "1s"'
		printf '%s\n' "$@"
		echo 'for _, f in ipairs { function() c1:bye() end, function() c2:bye() end,
			function() exchange:hang_up "3145552222" end,
			function() exchange:hang_up "3145550911" end } do pcall(f) sleep "100ms" end
		sleep "300s" end)'
	} > "$work/$name.lua"
	"$RUNG" run -q "$work/$name.lua" -o "$work/$name.jsonl" > "$work/said" 2>&1 ||
		bad "$name" "no run: $(cat "$work/said")"
	ok "$name: no program fails" sh -c '! grep -q "\"verdict\":\"failed\"" "$0"' "$work/$name.jsonl"
	gives "$name: nothing is left" "" left "$name"
}
left() { # NAME
	for left_node in alice bob centre mgcf exchange; do
		"$RUNG" show --at=390s --width=120 --node="$left_node" "$work/$1.jsonl" 2> "$work/.err" |
			awk -v n="$left_node" '
			/^[A-Z]/ { part = $0; next }
			/^  [^ ]/ && part ~ /^(Calls|Circuits|Dialogs|Transactions)/ &&
				!/(idle|terminated|over) *since/ { print n ": " $0 }'
	done
}
# What the final answers are that DST gets to INVITEs.
answers() { # NAME DST [KEY=VALUE …]
	answers_of=$1 answers_to=$2
	shift 2
	"$RUNG" show "$work/$answers_of.jsonl" kind=recv node="$answers_to" cseq=INVITE "$@" |
		sed -n 's/.* recv *\([2-6][0-9][0-9]\) .*/\1/p' | tr '\n' ' '
}
way() { # NAME METHOD
	"$RUNG" show "$work/$1.jsonl" kind=send method="$2" |
		sed -n 's/^ *[0-9]* *[0-9.]* *\([a-z0-9]*\) *send .*→ \([a-z0-9]*\)$/\1-\2/p' | tr '\n' ' '
}
is() { # WHAT WANTED GOT
	ok "$1: $2" [ "$2" = "$3" ]
	[ "$2" = "$3" ] || echo "    $3"
}

out='c1 = alice:invite "tel:+13145552222"'
in='exchange:dial "2015550101"'
for over in udp tcp; do
	sed "s/outbound=pcscf,/& transport=$over,/; s/\(pcscf\|icscf\|scscf\|bgcf\|mgcf\|ecscf\)  *\[/&transport=$over, /" \
		topologies/volte-telephone.gv > "$work/volte-telephone.gv"
	lab "out-$over" "$out sleep '9s'"
	is "$over: by ENUM, BGCF, MGCF" "alice-pcscf pcscf-scscf scscf-bgcf bgcf-mgcf " "$(way "out-$over" INVITE)"
	is "… is answered" "200 " "$(answers "out-$over" alice)"
	lab "in-$over" "$in sleep '9s'"
	is "$over: a number finds its phone" "mgcf-icscf icscf-scscf scscf-scscf scscf-pcscf pcscf-alice " \
		"$(way "in-$over" INVITE)"
	lab "name-$over" 'c1 = alice:invite "tel:+12015550102" sleep "9s"'
	is "$over: a name stays at home" \
		"alice-pcscf pcscf-scscf scscf-icscf icscf-scscf scscf-pcscf pcscf-bob " "$(way "name-$over" INVITE)"
	lab "busy-$over" 'alice:invite "tel:+13145553333" sleep "2s" alice:invite "tel:+13145559999" sleep "2s" alice:invite "tel:5552222" sleep "2s"'
	is "$over: busy, unknown, not whole" "486 404 484 " "$(answers "busy-$over" alice)"
	lab "help-$over" 'c1 = alice:invite "urn:service:sos" sleep "3s"'
	is "$over: help" "alice-pcscf pcscf-ecscf ecscf-centre " "$(way "help-$over" INVITE)"
done
cp topologies/volte-telephone.gv "$work"

lab help-down 'centre:crash() c1 = alice:invite "urn:service:sos" sleep "12s" centre:restart() sleep "9s"'
is "the centre is down: its telephone" "200 " "$(answers help-down alice)"
lab help-anybody 'alice:unregister() sleep "1s" c1 = alice:invite "urn:service:sos" sleep "3s" c2 = alice:invite "bob" sleep "1s"'
is "who is not registered calls for help alone" "200 403 " "$(answers help-anybody alice)"
ok "… and nobody says who that is" sh -c '! "$0" show "$1" -m kind=send src=pcscf dst=ecscf | grep -q P-Asserted' \
	"$RUNG" "$work/help-anybody.jsonl"
lab dns-down "ns:crash() $out sleep '40s'"
is "the name server is down: an end" "480 " "$(answers dns-down alice)"
lab gone-in 'alice:unregister() sleep "1s" exchange:dial "2015550101" sleep "3s" exchange:dial "2015550199" sleep "2s"'
is "who is not there, and nobody" "480 404 " "$(answers gone-in mgcf)"

# Each server begins anew while they talk and while they ring; calls are given up.
for n in pcscf icscf scscf hss bgcf mgcf exchange ns ns1; do
	for call in "$out" "$in"; do
		for when in 50ms 6s; do
			# Nobody tells her that the other end is no more; she has no timer.
			[ "$n $call $when" = "mgcf $in 6s" ] && continue
			lab again "$call sleep '$when' $n:crash() sleep '2s' $n:restart() sleep '5s'"
		done
	done
	lab again-later "$n:crash() sleep '2s' $n:restart() sleep '1s' $in sleep '9s'"
done
for when in 20ms 100ms 1s 4s; do
	lab give-up "$out sleep '$when' pcall(function() c1:cancel() end) sleep '2s'"
	lab give-up-in "$in sleep '$when' exchange:hang_up '3145552222' sleep '2s'"
	lab give-up-help "c1 = alice:invite 'urn:service:sos' sleep '$when' pcall(function() c1:cancel() end) sleep '2s'"
done
lab two "$out c2 = bob:invite 'tel:+13145550911' sleep '9s'"
finish
