# A controller and its media gateways: a call between two gateways, and calls to
# and from SIP, with each message of H.248 lost once; numbers that nobody has,
# busy telephones; crashes of either side; captures.
. tests/fixtures/check.sh

mkdir "$work/lab"
cp topologies/softswitch.gv "$work/lab"
t=$work/t.jsonl

# run [OPTION…] < SCRIPT
run() {
	{
		echo 'lab { title = "t", topology = "softswitch.gv", duration = "100s" }
local mg1, mg2, mgc, carol = node "mg1", node "mg2", node "mgc", node "carol"'
		cat
	} > "$work/lab/lab.lua"
	"$RUNG" run -q "$@" "$work/lab" -o "$t" || bad "it runs" "$?"
}

# How many records of NODE have WORDS.
count() { # NODE WORDS
	grep "\"node\":\"$1\"" "$t" | grep -c -- "$2"
}

expect() { # WHAT NODE WORDS NUMBER
	seen=$(count "$2" "$3")
	if [ "$seen" = "$4" ]; then good
	else bad "$1" "$2 has $seen of $3 instead of $4"; fi
}

call='at("1s", function() mg1:off_hook "A1" end)
at("5s", function() mg1:press("A1", "8003") end)
at("15s", function() mg2:off_hook "B1" end)
at("30s", function() mg1:on_hook "A1" end)
at("40s", function() mg2:on_hook "B1" end)
at("60s", function() mg2:off_hook "B1" end)'

# Both hear each other, and in the end B1 is as before.
expect_call() { # WHAT
	expect "$1" mg1 '"op":"hear"' 1
	expect "$1" mg2 '"op":"hear"' 1
	expect "$1" mg1 'A1 hears ringing tone' 1
	expect "$1" mg2 'B1 rings' 1
	expect "$1" mg2 'B1 hears busy tone' 1
	expect "$1" mg2 'B1 hears dial tone' 1
	expect "$1" mgc '"kind":"bad"' 0
}

echo "$call" | run
expect_call "a call"
if command -v tshark > /dev/null; then
	"$RUNG" export -f pcapng "$t" -o "$work/t.pcapng"
	tshark -n -r "$work/t.pcapng" -Y megaco -T fields -e megaco.transid \
		-e megaco.parse_error -e _ws.malformed > "$work/seen" 2> /dev/null
	sends=$(grep '"kind":"send"' "$t" | grep -c '"proto":"megaco"')
	if [ "$(wc -l < "$work/seen")" -ge "$sends" ] &&
		! grep -q 'alformed' "$work/seen"; then good
	else bad "tshark reads them" "$(wc -l < "$work/seen") of $sends"; fi
else
	skipped=$((skipped + 1))
fi

# Each message between the two is lost once.
cp "$t" "$work/whole.jsonl"
for way in mg1:mgc mgc:mg1 mg2:mgc mgc:mg2; do
	src=${way%:*} dst=${way#*:} i=0
	sends=$(grep '"kind":"send"' "$work/whole.jsonl" |
		grep '"proto":"megaco"' | grep "\"src\":\"$src\"" |
		grep -c "\"dst\":\"$dst\"")
	while [ $i -lt "$sends" ]; do
		i=$((i + 1))
		{
			echo "$call"
			echo "fault { src = \"$src\"," \
				"dst = \"$dst\", nth = $i, drop = true }"
		} | run
		expect_call "$way $i is lost"
		[ "$(grep -c '"reason":"fault"' "$t")" = 1 ] ||
			bad "$way $i is lost" "nothing is"
	done
done

# Words in short.
echo "$call" | run --set mgc.megaco_form=short --set mg1.megaco_form=short \
	--set mg2.megaco_form=short
expect_call "in short words"
expect "in short words" mgc 'T=1{C=-{MF=A1{' 1

# Towards SIP and from there; who hangs up.
run <<'LUA'
at("1s", function() mg1:off_hook "A1" end)
at("2s", function() mg1:press("A1", "9001") end)
at("12s", function() mg1:on_hook "A1" end)
at("20s", function()
	local c = carol:invite "sip:8003@exchange.example"
	sleep "10s"
	c:bye()
end)
at("24s", function() mg2:off_hook "B1" end)
at("40s", function() mg2:on_hook "B1" end)
at("50s", function()
	local c = carol:invite "sip:8001@exchange.example"
	sleep "2s"
	c:cancel()
end)
at("60s", function() carol:invite "sip:8777@exchange.example" end)
LUA
expect "to and from SIP" carol '"op":"hear"' 2
expect "to and from SIP" mg1 '"op":"hear"' 1
expect "to and from SIP" mg2 '"op":"hear"' 1
expect "SIP hangs up" mg2 'B1 hears busy tone' 1
expect "the telephone hangs up" mgc '"start":"BYE"' 1
expect "SIP gives up" mg1 'A1 rings' 1
expect "SIP gives up" mgc 'SIP/2.0 487' 1
expect "nobody has it" mgc 'SIP/2.0 404' 1
# From off to on the hook again; from Add to that; from Add to Subtract.
served=$("$RUNG" show --calls "$t" | sed -n 's/.* + \([0-9]* megaco\)$/\1/p')
if [ "$(echo $served)" = "16 megaco 12 megaco 4 megaco" ]; then good
else bad "H.248 serves calls" "$served"; fi

# A controller that takes its time, which is a program: Pending, then a reply that
# is to be confirmed.
cat > "$work/slow.gv" <<'GV'
graph slow {
	mgc [role=script, addr="192.0.2.10", program="slow.lua"]
	mg1 [role=mg, addr="192.0.2.11", controller=mgc, telephones="A1=8001"]
	mgc -- mg1 [delay="5ms"]
}
GV
cat > "$work/slow.lua" <<'LUA'
local asked
local function say(text)
	send { protocol = "megaco", to = "mg1", body = "MEGACO/1 [192.0.2.10]:2944 " .. text }
end
function on_message(m)
	if asked then return end
	asked = m.body:match "Transaction=(%d+)"
	after("100ms", function() say("Pending=" .. asked .. "{}") end)
	after("6s", function()
		say("Reply=" .. asked .. "{ImmAckRequired,Context=-{ServiceChange=ROOT}}")
	end)
	after("7s", function() say "Transaction=8{Context=-{Add=$}}" end)
	after("8s", function() say "Transaction=9{Context=*{Add=A1}}" end)
	after("9s", function() say "Transaction=10{Context=-{Subtract=A1}}" end)
end
LUA
"$RUNG" run -q "$work/slow.gv" --until=40s -o "$t"
expect "once more after four seconds" mg1 '"kind":"send".*"start":"ServiceChange"' 2
expect "a program's messages have their names" mgc '"start":"Pending"' 1
expect "nobody comes into no context, or leaves it" mg1 'Error=421' 3
expect "the reply is confirmed" mg1 'TransactionResponseAck{1}' 1

# Busy, nobody's number, no number.
run <<'LUA'
at("1s", function() mg1:off_hook "A2" end)
at("2s", function() mg1:off_hook "A1" end)
at("3s", function() mg1:press("A1", "8002") end)
at("5s", function() mg1:on_hook "A1" end)
at("10s", function() mg1:press("A2", "7") end)
at("14s", function() carol:invite "sip:8002@exchange.example" end)
at("20s", function() mg2:off_hook "B1" end)
LUA
expect "busy" mg1 'A1 hears busy tone' 1
expect "no number" mg1 'A2 hears congestion tone' 1
expect "busy for SIP" mgc 'SIP/2.0 486' 1
expect "nothing dialled" mg2 'B1 hears congestion tone' 1

# Either crashes in a call.
talk='at("1s", function() mg1:off_hook "A1" end)
at("2s", function() mg1:press("A1", "8003") end)
at("5s", function() mg2:off_hook "B1" end)'
for who in mg1 mg2 mgc; do
	rest='at("30s", function() mg2:on_hook "B1" end)'
	[ $who = mg2 ] && rest=
	[ $who = mg1 ] || rest="$rest
at(\"31s\", function() mg1:on_hook \"A1\" end)"
	run <<LUA
$talk
at("10s", function() $who:crash() end)
at("20s", function() $who:restart() end)
$rest
at("40s", function() mg2:off_hook "B1" end)
at("41s", function() mg2:press("B1", "8001") end)
at("45s", function() mg1:off_hook "A1" end)
LUA
	expect "$who starts again" mg1 'A1 rings' 1
	expect "$who starts again" mg2 '"op":"hear"' 2
done
finish
