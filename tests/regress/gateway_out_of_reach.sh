# A media gateway that has not replied for 30 s is out of reach (RFC 3525 D.1.5, 11.5):
# its calls end, its controller calls it back until it comes anew, and it loses the
# contexts that it has kept.  What its controller does not reply to brings it there by
# itself, as Disconnected.
. tests/fixtures/check.sh

cp topologies/softswitch.gv "$work"
# play DOWN UP [LUA]: a call from A1 to B1 hangs up at 20 s and 22 s, another at 500 s;
# the link of mg2 is down from DOWN until UP.
play() {
	cat > "$work/lab.lua" <<LUA
lab { title = "x", topology = "softswitch.gv", duration = "700s" }
local mg1, mg2 = node "mg1", node "mg2"
local function call()
	mg1:off_hook "A1" sleep "500ms" mg1:press("A1", "8003") sleep "3s"
	mg2:off_hook "B1" sleep "16s" mg1:on_hook "A1" sleep "2s" mg2:on_hook "B1"
end
at("500ms", call)
at("500s", call)
at("$1", function() link("lan", "mg2"):down() end)
at("$2", function() link("lan", "mg2"):up() end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
}
told() { # TIME NODE ID: its state
	"$RUNG" show --at="$1" --node="$2" "$work/t.jsonl" | awk -v id="$3" '/^  [^ ]/ && $1 == id { print $2 }'
}
contexts() { # NODE TIME
	"$RUNG" show --at="$2" --node="$1" "$work/t.jsonl" | grep -c '^Contexts'
}
sent() { # NODE WORDS FROM: how many, of what is sent anew, from so many seconds on
	awk -v n="$1" -v w="$2" -v from="$3" '
		/"kind":"send"/ && !/"retx"/ && index($0, "\"node\":\"" n "\"") && index($0, w) {
			match($0, /"t":[0-9]+/)
			if (substr($0, RSTART + 4, RLENGTH - 4) / 1e9 >= from) found++
		}
		END { print found + 0 }' "$work/t.jsonl"
}
as_before() { # WHAT
	gives "$1: the gateway is in service" in-service told 499s mgc mg2
	gives "$1: nothing is left of the first call" 0 contexts mg2 499s
	gives "$1: the second call is made" in-context told 510s mg2 B1
	gives "$1: and ends" 0 contexts mg2 699s
}

# The controller notices: the caller has hung up, and mg2 is to let go.
play 10s 120s
gives "no reply yet" in-service told 40s mgc mg2
gives "no reply for 30 s" out-of-service told 60s mgc mg2
gives "the other end is free" 0 contexts mg1 60s
gives "it has kept its context" 1 contexts mg2 60s
as_before "the controller notices"
gives "called back after 10 s, 20 s, and so on" 2 sent mgc HandOff 50

# Where it goes on for long, less and less often, and then for ever.
play 10s 440s
gives "pauses grow" 4 sent mgc HandOff 50
as_before "down for long"

# The gateway notices: B1 is put down first.
sed -i 's/mg1:on_hook "A1" sleep "2s" mg2:on_hook "B1"/mg2:on_hook "B1" sleep "60s" mg1:on_hook "A1"/' "$work/lab.lua"
sed -i 's/at("10s"/at("19s"/; s/at("440s"/at("55s"/' "$work/lab.lua"
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
gives "the gateway comes by itself" 1 sent mg2 Disconnected 50
as_before "the gateway notices"
finish
