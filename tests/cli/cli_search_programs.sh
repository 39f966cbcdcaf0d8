# What a search finds in programs of nodes: a call of a program is in a dialog as a phone's
# is, and is judged as one; each defect is found, and the same program without it never
# shows the same.
. tests/fixtures/check.sh

# The network of the cases below: alice, a phone, and bob, a program.
mkdir "$work/lab"
cat > "$work/lab/net.gv" <<'END'
graph { domain="example.com"
	edge [delay="10ms"]
	alice [role=ua, addr="192.0.2.1", answer="1s"]
	bob [role=script, addr="192.0.2.2", program="bob.lua"]
	alice -- bob
}
END

# The script of the lab, as bob's program and what alice does.
lab() { # PROGRAM SCRIPT
	printf '%s\n' "$1" > "$work/lab/bob.lua"
	printf 'lab { title = "x", topology = "net.gv", duration = "200s" }
		local alice, bob = node "alice", node "bob"
		script(function() sleep "1s" %s end)\n' "$2" > "$work/lab/lab.lua"
}

# How often INVARIANT is found, by faults or without them.
found() { # INVARIANT OPTIONS…
	what=$1
	shift
	"$RUNG" search "$work/lab" "$@" -f json 2> /dev/null | jq --arg what "$what" \
		'[.groups[], .without_faults[] | select(.invariant == $what)] | length'
}

planted() { # NAME INVARIANT SCRIPT DEFECT RIGHT OPTIONS…
	name=$1 what=$2 script=$3 defect=$4 right=$5
	shift 5
	lab "$defect" "$script"
	gives "$name: it runs" 0 sh -c "$RUNG run -q $work/lab -o $work/run.jsonl 2>&1 | wc -l"
	ok "$name: $what is found" test "$(found "$what" "$@")" -ge 1
	lab "$right" "$script"
	gives "$name: the right one runs" 0 sh -c "$RUNG run -q $work/lab -o $work/run.jsonl 2>&1 | wc -l"
	gives "$name: the right one has no $what" 0 found "$what" "$@"
}

calls='local c = alice:invite "sip:bob@192.0.2.2" sleep "60s" c:bye()'
gives_up='local c = alice:invite "sip:bob@192.0.2.2" sleep "60s" c:cancel()'
holds='local c = alice:invite "sip:bob@192.0.2.2" sleep "5s" c:hold() sleep "60s"'

planted "nobody asks whether the caller is there" one-sided "$calls" \
	'function on_call(c) c:ring() c:answer { body = c.invite.body } end' \
	'function on_call(c) c:ring() c:answer { body = c.invite.body } c:watch "20s" end' \
	--only=crash --node=alice
planted "nor whether the called side is" one-sided 'sleep "60s"' \
	'function on_start() call { uri = "sip:alice@192.0.2.1" } end' \
	'function on_start() local c = call { uri = "sip:alice@192.0.2.1" } c:watch "20s" end' \
	--only=crash --node=alice
planted "it rings for ever" rings-on "$gives_up" \
	'function on_call(c) c:ring() end' \
	'function on_call(c) c:ring() c:after("90s", "enough", function() c:reject(480) end) end' \
	--only=crash --node=alice
planted "a program of messages alone forgets its 200" half-open "$calls" \
	'function on_request(m) if m.method ~= "ACK" then reply(m, 200) end end' \
	'local function bye(ok)
		send { method = "BYE", uri = "sip:alice@192.0.2.1", from = ok:get "To", to = ok:get "From",
			call_id = ok:get "Call-ID", cseq = 1 }
	end
	function on_request(m) if m.method ~= "ACK" then reply(m, 200) end end
	function on_unacked(ok) bye(ok) end' \
	--only=crash --node=alice
planted "a change gives another place" wrong-target "$holds" \
	'function on_call(c)
		c:answer { body = c.invite.body }
		function c.on_change(_, m) reply(m, 200, { body = m.body, type = "application/sdp",
			contact = "<sip:bob@192.0.2.1>" }) end
	end' \
	'function on_call(c)
		c:answer { body = c.invite.body }
		function c.on_change(_, m) reply(m, 200, { body = m.body, type = "application/sdp" }) end
	end' \
	--only=double,ACK

planted "whoever rings is waited for, for ever" waits 'sleep "60s"' \
	'function on_start() call { uri = "sip:alice@192.0.2.1" } end' \
	'function on_start()
		call { uri = "sip:alice@192.0.2.1" }:after("300s", "T301", function() end)
	end' \
	--only=crash --node=alice
planted "a timer of what is over runs on" idles 'sleep "60s"' \
	'local function beat() send { method = "OPTIONS", uri = "sip:alice@192.0.2.1" } end
	local ends = false
	function on_start()
		every("5s", "beat", function() if not ends then beat() end end)
		after("27s", function() ends = true end)
	end' \
	'local function beat() send { method = "OPTIONS", uri = "sip:alice@192.0.2.1" } end
	function on_start()
		every("5s", "beat", beat)
		after("27s", function() stop "beat" end)
	end' \
	--only=drop --node=alice
planted "a change is never answered" offer-open "$holds" \
	'function on_call(c) c:answer { body = c.invite.body } function c.on_change() end end' \
	'function on_call(c)
		c:answer { body = c.invite.body }
		function c.on_change(_, m) c:after("190s", "late", function() reply(m, 488) end) end
	end' \
	--only=drop --limit=runs=20
planted "a change is answered without a description" offer-open "$holds" \
	'function on_call(c) c:answer { body = c.invite.body } function c.on_change(_, m) reply(m, 200) end end' \
	'function on_call(c)
		c:answer { body = c.invite.body }
		function c.on_change(_, m) reply(m, 200, { body = m.body, type = "application/sdp" }) end
	end' \
	--only=drop --limit=runs=20

# Whoever will ask is no more stuck than whoever has a session timer, however soon the run ends.
gives "a media server that watches its call is not one-sided" 0 sh -c \
	"\"$RUNG\" search topologies/gb28181.gv --only=crash -f json 2> /dev/null |
		jq '[.groups[] | select(.invariant == \"one-sided\")] | length'"

# ---- given up, at each step ----

"$RUNG" search topologies/gb28181-cascade.gv --only=act -f json > "$work/acts.json" 2> /dev/null
ok "each view is taken back or hung up, at each step" test "$(jq .runs "$work/acts.json")" -ge 30
gives "and nothing is broken by it" 0 jq '[.groups[] | select(.outcome == "broken")] | length' "$work/acts.json"
gives "each run is another end of a call" 0 jq '[.groups[] | select(.outcome == "failed")] | length' "$work/acts.json"
says "an answered call is not taken back" "can't be cancelled" \
	"$RUNG" run -q topologies/gb28181-cascade.gv --act 330:lower/2.cancel
says "nor one that is none of its own" "can't be cancelled" \
	"$RUNG" run -q topologies/gb28181-cascade.gv --act 300:lower/1.cancel
says "one that is not answered is not hung up" "is not answered, or has ended" \
	"$RUNG" run -q topologies/gb28181-cascade.gv --act 280:upper/2.bye

# ---- what grows, beside the run without faults ----

"$RUNG" search topologies/gb28181-events.gv --until=200s --only=restart,rest -f json > "$work/events.json" 2> /dev/null
gives "what begins later, as it began before, does not grow" 0 jq \
	'[.groups[] | select(.invariant == "grows") | .faults] | add // 0' "$work/events.json"

# As alice: a program that tells.
sed -i 's/role=ua, addr="192.0.2.1".*/role=script, addr="192.0.2.1", program="tell.lua"]/' "$work/lab/net.gv"
cat > "$work/lab/tell.lua" <<'END'
function on_request(m) reply(m, 200) end
function on_subscribe(s)
	s:accept()
	s:notify { body = "here", type = "text/plain" }
end
END

beats() { # IN on_failure
	printf '%s\n' 'local more, failed = 0, false' \
		'function on_start() every("7s", "beat", function()' \
		'	for _ = 0, more do send { method = "OPTIONS", uri = "sip:alice@192.0.2.1" } end' \
		'	if failed then more = more + 1 end' \
		'end) end' "function on_failure() $1 end"
}
wants() { # IN on_failure
	printf '%s\n' 'local s' \
		'local function want()' \
		'	s = subscribe { uri = "sip:alice@192.0.2.1", event = "presence", expires = 600 }' \
		'end' \
		'function on_start()' \
		'	want()' \
		'	every("30s", "alive", function() send { method = "OPTIONS", uri = "sip:alice@192.0.2.1" } end)' \
		'end' "function on_failure() $1 end"
}

planted "each beat brings one more, once one has failed" grows 'sleep "190s"' \
	"$(beats 'failed = true')" "$(beats '')" --only=down --node=bob
planted "a subscription is made anew, and the old one stays" grows 'sleep "190s"' \
	"$(wants 'want()')" "$(wants 's:finish() want()')" --only=down --node=bob

finish
