# Who hears whom is right half a second after each way in which a talk is
# interrupted, and why, whether its packets have records or not (--detail).
. tests/fixtures/check.sh
COLUMNS=200
export COLUMNS
lab=$work/lab
mkdir -p "$lab"
cat > "$lab/two.gv" <<'GV'
graph {
	node  [role=ua, media=true, answer="0s", hold_music=false]
	alice [addr="192.0.2.1"]
	net   [role="", addr="192.0.2.9"]
	bob   [addr="192.0.2.2"]
	alice -- net -- bob [delay="5ms"]
}
GV
# A NAT that forgets bob, who sends nothing while he says nothing (RFC 3389).
cat > "$lab/nat.gv" <<'GV'
graph {
	node  [role=ua, media=true, answer="0s", codecs="PCMU CN"]
	edge  [delay="5ms"]
	alice [addr="192.0.2.1"]
	home  [role=nat, alg="sdp length", timeout="3s", faces="inside=192.168.1.1 outside=203.0.113.7"]
	bob   [addr="192.168.1.20", sound=silence]
	bob -- home:inside
	home:outside -- alice
}
GV

# NAME TOPOLOGY BEFORE SCRIPT SETTINGS …: at 4.02 s SCRIPT interrupts the talk of
# alice and bob, with BEFORE said before it; all there is to be heard is heard
# until then.
interrupt() {
	name=$1 topology=$2 before=$3 script=$4
	shift 4
	cat > "$lab/lab.lua" <<LUA
lab { title = "t", topology = "$topology", duration = "60s" }
script(function()
	local theirs
	node("bob"):on("invite", function(c) theirs = c end)
	$before
	wait(call, "confirmed")
	sleep "4s"
	$script
	sleep "40s"
end)
LUA
	for detail in protocol network; do
		"$RUNG" run -q "$lab" --detail=$detail "$@" -o "$work/$detail.jsonl" ||
			bad "$name runs"
	done
}
call='local call = node("alice"):invite "bob"'

# TIME WORDS: what bob hears then, in both traces.
hears() {
	for detail in protocol network; do
		"$RUNG" explain "$work/$detail.jsonl" --hear=bob --at="$1" | sed -n 3p > "$work/says"
		says "$name: at $1, $detail" "$2" cat "$work/says"
	done
}

interrupt "the other holds" two.gv "$call" \
	'call:hold { how = "inactive" } sleep "3s" call:resume()'
hears 3.9s "bob hears alice."
hears 4.52s "alice is to send nothing: its description says inactive"
hears 7.54s "bob hears alice."
interrupt "bob holds" two.gv "$call" 'theirs:hold() sleep "3s" theirs:resume()'
hears 4.52s "bob hears nothing because it wants nothing"
hears 7.54s "bob hears alice."
interrupt "muted" two.gv "$call" 'call:mute() sleep "3s" call:unmute()'
hears 4.52s "silence of alice, which is muted"
hears 7.52s "bob hears alice."
interrupt "a link that is down" two.gv "$call" \
	'link("net", "bob"):down() sleep "3s" link("net", "bob"):up()'
hears 4.52s "the link net--bob is down"
hears 7.52s "bob hears alice."
interrupt "a router that is down" two.gv "$call" \
	'node("net"):crash() sleep "3s" node("net"):restart()'
hears 4.52s "net is down"
hears 7.52s "bob hears alice."
interrupt "all is lost" two.gv "$call" \
	'link("net", "bob"):set { loss = "100%" } sleep "31s" link("net", "bob"):set { loss = "0%" }'
hears 4.55s "any more: it is lost at net>bob; lost on the link."
# Its source is given up after 25 s (RFC 3550 6.3.5); it was heard all the same.
hears 34s "any more: it is lost at net>bob; lost on the link."
hears 35.55s "bob hears alice."
interrupt "the speaker crashes" two.gv "$call" 'node("alice"):crash()'
hears 4.52s "Nothing comes from alice any more, which has not said so."
interrupt "a BYE that is lost" two.gv "$call" 'fault { method = "BYE", drop = true } call:bye()'
hears 4.52s "alice has ended the call"
interrupt "to another port" two.gv "$call" 'fault { method = "INVITE", src = "bob",
	rewrite = function(text) return (text:gsub("m=audio %d+", "m=audio 40000")) end } theirs:reinvite()'
hears 4.55s "alice sends to 192.0.2.2:40000, and bob waits at 192.0.2.2:49170."
interrupt "to another host" two.gv \
	"fault { status = 200, src = 'bob', rewrite = function(text)
	return (text:gsub('c=IN IP4 [%d.]+', 'c=IN IP4 192.0.2.77')) end } $call" ''
hears 0.55s "alice sends to 192.0.2.77:49170, and bob waits at 192.0.2.2:49170."
hears 44s "alice sends to 192.0.2.77:49170, and bob waits at 192.0.2.2:49170."
interrupt "another key" two.gv "$call" 'fault { cseq = "INVITE", src = "alice", rewrite = function(text)
	return (text:gsub("inline:....", "inline:AAAA")) end } node("alice"):set { addr = "192.0.2.7" } call:reinvite()' \
	--set alice.srtp=require --set bob.srtp=require
hears 3.9s "bob hears alice."
hears 4.56s "comes sealed, and bob can't open it"
to_18='fault { status = 200, src = "bob", rewrite = function(text)
	return (text:gsub("m=audio (%d+) RTP/AVP 0", "m=audio %1 RTP/AVP 18")) end }'
interrupt "another codec" two.gv "$call" "$to_18 call:reinvite()" \
	--set 'alice.codecs=PCMU G729' --set bob.codecs=PCMU
hears 4.56s "with a payload type that bob has not agreed upon"
interrupt "another codec from the beginning" two.gv "$to_18 $call" '' \
	--set 'alice.codecs=PCMU G729' --set bob.codecs=PCMU
hears 0.55s "with a payload type that bob has not agreed upon"
hears 44s "with a payload type that bob has not agreed upon"
interrupt "a NAT that forgets" nat.gv 'local call = node("bob"):invite "sip:alice@192.0.2.1"' ''
hears 2.9s "bob hears alice."
hears 3.56s "any more: it is lost at home; the NAT had no binding for it."
hears 44s "any more: it is lost at home; the NAT had no binding for it."
# What rung inspect finds has the reason, too.
says "a finding, with its reason" \
	"and then no more of what alice sends to 203.0.113.7:49170: the NAT had no binding for it (home)" \
	sh -c '"$RUNG" inspect -f json "$0" | jq -r ".findings[] | select(.rule == \"media-heard\") | .text"' "$work/protocol.jsonl"
# A trace that ends in the midst says what was missing.
says "nobody has hung up" "60.000 s  Here the trace ends, and no BYE was seen: nobody has hung up." \
	"$RUNG" explain "$work/protocol.jsonl" --hear=bob
# Silence that is meant is none: what alice hears of bob is comfort noise.
"$RUNG" show "$work/protocol.jsonl" op=still node=alice > "$work/says"
fails "comfort noise" 1 grep still "$work/says"
says "which a record says" "no more PCMU ← alice: the NAT had no binding for it (home)" \
	"$RUNG" show "$work/protocol.jsonl" op=still
# Loss that is no interruption has no record.
interrupt "a third is lost" two.gv "$call" 'link("net", "bob"):set { loss = "33%" }'
hears 20s "bob hears alice."
says "nothing is silent" "0" sh -c 'grep -c "\"op\":\"still\"" "$0"' "$work/protocol.jsonl"

finish
