#!/bin/sh
# A phone that was started again numbers its calls anew: a script's call of
# before was taken for the new one of that number.  Waiting for the new one ended
# at once, and verbs of the old one were done to the new one.
. tests/fixtures/check.sh

# Both sides have a call 1 of before; LINES are what comes of the second call.
run_script() { # LINES…
	{
		cat << 'LUA'
lab { topology = "direct-call.gv", duration = "60s" }
local alice, bob = node "alice", node "bob"
bob:on("invite", function(call)
	if wait(call, "confirmed") then note "bob hears" end
end)
script(function()
	local old = alice:invite(bob)
	wait(old, "confirmed")
	sleep "1s"
	alice:crash() bob:crash()
	sleep "1s"
	alice:restart() bob:restart()
	local new = alice:invite(bob)
LUA
		printf '\t%s\n' "$@"
		echo 'end)'
	} > "$work/lab.lua"
	"$RUNG" run -q -o "$work/t.jsonl" "$work/lab.lua" &&
		"$RUNG" show "$work/t.jsonl" kind=note
}

says "the old one is over" "terminated, calling" \
	run_script 'note(old.state .. ", " .. new.state)'
says "the new one is waited for" "true confirmed 2.02" run_script \
	'local begun = now()' \
	'local reached, state = wait(new, "confirmed")' \
	'note(tostring(reached) .. " " .. state .. " " .. now() - begun)'
run_script 'wait(new, "confirmed")' > "$work/notes"
says "the called side waits for its own, too" 2 grep -c "bob hears" "$work/notes"
for verb in 'old:bye()' 'new:join(old)' 'new:transfer { replaces = old }'; do
	says "$verb" "the call alice/1 is over" \
		run_script 'wait(new, "confirmed")' "$verb"
done
finish
