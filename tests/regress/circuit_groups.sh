# Several circuits at once (Q.764 2.8.2, 2.9.3): GRS ends the calls on them and is
# answered by GRA, which marks what is blocked there; CGB and CGU block and unblock,
# for maintenance without touching calls, because of hardware with their end at both
# sides.  Each is said again until it is answered, and counts once when it comes twice.
. tests/fixtures/check.sh

cp topologies/telephone-networks.gv topologies/telephone-networks.lua "$work"
play() { # WHAT FAULT
	cat > "$work/lab.lua" << EOF
lab { title = "Circuits", topology = "telephone-networks.gv", duration = "60s" }
local switcha, ngw1, bob = node "switcha", node "ngw1", node "bob"
${2:-}
script(function()
	sleep "1s"
	$1
	sleep "40s"
end)
EOF
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" || cat "$work/lab.lua"
	"$RUNG" show "$work/t.jsonl" kind=send > "$work/sends"
}
call='switcha:dial "0019725552222" sleep "5s"'
# Messages of ISUP that NODE sent, of those that are named by a pattern.
said() {
	awk -v n="$1" -v what="^($2)\$" '$3 == n && $5 ~ what { printf "%s ", $5 }
		END { print "." }' "$work/sends"
}
count() { # PATTERN FILE
	grep -cE "$1" "$2" || true
}
state() { # NODE TIME
	"$RUNG" show --at="$2" --node="$1" "$work/t.jsonl" 2> "$work/err" |
		grep -E 'switcha:|ngw1:' | tr -s ' ' > "$work/state"
}
refused() {
	"$RUNG" show "$work/t.jsonl" kind=bad 2>&1
}

# ---- reset ----

play "$call ngw1:reset 'switcha:1-4'"
gives "one GRS" "GRS ." said ngw1 'GRS|RSC'
gives "one GRA" "GRA ." said switcha 'GRA|RLC'
gives "no REL" "." said switcha 'REL'
says "the phone is told" "BYE → proxy1" cat "$work/sends"
state ngw1 20s
gives "all idle" 4 count "idle since" "$work/state"
state switcha 20s
gives "all idle there" 4 count "idle since" "$work/state"
play "$call switcha:reset 'ngw1:1-4' ngw1:reset 'switcha:1-4'"
gives "GRS against GRS" "GRS GRA ." said ngw1 'GR.'
gives "GRS against GRS, there" "GRS GRA ." said switcha 'GR.'
state ngw1 20s
gives "all idle after both" 4 count "idle since" "$work/state"
says "nothing is bad" "no record is like" refused

play "switcha:block 'ngw1:2' switcha:block('ngw1:3-4', { because = 'hardware' }) sleep '1s'
	ngw1:reset 'switcha:1-4'"
gives "hardware first" "BLO CGB CGB CGB GRA ." said switcha 'BLO|CGB|GRA'
state switcha 20s
says "still blocked" "ngw1:2 blocked-here" cat "$work/state"
state ngw1 20s
says "GRA marks maintenance" "switcha:2 blocked-there" cat "$work/state"
says "CGB says hardware" "switcha:3/hardware blocked-there" cat "$work/state"
gives "three are blocked" 3 count blocked "$work/state"

play "$call ngw1:reset 'switcha:1-4'" "fault { method = 'GRS', drop = true, nth = 1 }"
gives "a lost GRS, again" "GRS GRS ." said ngw1 GRS
says "after T22" "T22" "$RUNG" show "$work/t.jsonl" kind=timer
gives "one GRA" "GRA ." said switcha GRA
play "$call ngw1:reset 'switcha:1-4'" "fault { method = 'GRA', drop = true, nth = 1 }"
gives "a lost GRA, again" "GRA GRA ." said switcha GRA
state ngw1 40s
gives "all idle in the end" 4 count "idle since" "$work/state"
play "$call ngw1:reset 'switcha:1-4'" "fault { method = 'GRS', duplicate = true, nth = 1 }"
gives "a doubled GRS" "GRA GRA ." said switcha GRA
gives "one BYE" 1 count 'ngw1 .*BYE' "$work/sends"
says "nothing is bad, doubled" "no record is like" refused

play "$call switcha:crash() sleep '2s' switcha:restart() sleep '5s' $call"
gives "after a restart" "GRS ." said switcha 'GRS|RSC'
gives "the other call" 2 count 'ANM' "$work/sends"

# A call from SIP that rings: a status says that it is over.
play "node('alice'):invite 'sip:+12125553333@a.example.com' sleep '1s'
	node('switchb'):reset 'ngw1:5-8'"
says "5xx to SIP" "5" sh -c 'tr -s " " < "$1" | grep -oE "ngw1 send 5"' - "$work/sends"
gives "and GRA" "GRA ." said ngw1 'GRA|RLC'

# The call before its answer: another circuit where the other side has not spoken.
play "switcha:dial '0019725552222' sleep '7ms' ngw1:reset 'switcha:1-4'"
gives "at once again" "IAM IAM ." said switcha IAM
gives "answered" "ANM ." said ngw1 ANM

# ---- blocking ----

play "$call switcha:block 'ngw1:1-4' sleep '1s' switcha:block 'ngw1:1-4' sleep '1s'
	sleep '2s' switcha:unblock 'ngw1:1-4'"
gives "CGB" "CGB CGB CGU ." said switcha 'CG.*'
gives "CGBA" "CGBA CGBA CGUA ." said ngw1 'CG.*'
state switcha 8s
says "shown here" "ngw1:1 blocked-here" cat "$work/state"
state ngw1 8s
says "shown there" "switcha:1 blocked-there" cat "$work/state"
state ngw1 20s
says "no more" "switcha:1 in-service" cat "$work/state"
gives "the call goes on" 0 count 'BYE|REL' "$work/sends"

play "$call ngw1:block('switcha:1-4', { because = 'hardware' }) sleep '1s'
	ngw1:unblock('switcha:1-4', { because = 'hardware' })"
says "hardware: the call ends" "BYE → proxy1" cat "$work/sends"
gives "without REL" "." said ngw1 'REL|RLC'
gives "without REL there" "." said switcha 'REL|RLC'
state ngw1 20s
says "idle here" "idle since 6.0" cat "$work/state"
state switcha 20s
says "idle there" "idle since 6.0" cat "$work/state"
says "in service again" "ngw1:1/hardware in-service" cat "$work/state"
says "nothing is bad, hardware" "no record is like" refused
play "switcha:block 'ngw1:1-4'" "fault { method = 'CGBA', drop = true, nth = 1 }"
gives "a lost CGBA" "CGB CGB ." said switcha CGB
says "after T18" "T18" "$RUNG" show "$work/t.jsonl" kind=timer
play "switcha:block('ngw1:4', { because = 'hardware' })"
state switcha 1500ms
says "a single one" "ngw1:4/hardware blocked-here" cat "$work/state"
state ngw1 1500ms
gives "and no other" 1 count blocked "$work/state"
finish
