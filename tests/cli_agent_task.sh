#!/bin/sh
# A program of a student's, judged: by its flows, by requests that are wrong, and under
# faults, beside rung's own node (docs/LESSONS.md).
. tests/check.sh

rung=$(readlink -f "$RUNG")
labs=$PWD/labs
cd "$work" || exit

# The block "lua agent.lua" of a lab's model solution.
model() { # LAB
	awk '/^```lua agent.lua$/ { on = 1; next } /^```$/ { on = 0 } on' \
		"$labs/$1/answers.md"
}
judged() { "$rung" check box; }

ok "a copy" "$rung" copy agent-b2bua box
says "the program as the lab has it is none" "3   MISSING   0/8" judged
model agent-b2bua > box/agent.lua
says "the model is worth all" "3   GOOD      8/8" judged
says "part by part" "✓ under faults: 3 of 3 points" judged
ok "it is at most 80 lines" test "$(wc -l < box/agent.lua)" -le 80

# Who forgets that a 200 may come behind the CANCEL.
sed -i 's/if a.over then return hang_up(b) end//' box/agent.lua
says "each kind of fault by itself" "✗ drop: 1 of 31 faults leave something broken" judged
says "… and those that were survived" "✓ double: 31 faults survived" judged
says "what is broken" "In the end Bob's phone must be in no call" judged
act=$("$rung" check box | sed -n 's/.*rung play box --act \([^ ]*\)$/\1/p')
says "the shortest run" message.drop echo "$act"
ok "which is a run" "$rung" run box --act "$act" -q -o broken.jsonl
says "its ladder beside that of rung's own node" "B rung's own node" judged
says "… where that sends more" "+ 11.150 agent → bob   BYE" judged
ok "handed in" "$rung" hand-in box --student=7 -o box.rung
says "judged as it was" "3   PART      6.5/8" "$rung" check box.rung
says "the same twice" same sh -c "'$rung' check box > 1; '$rung' check box > 2; cmp 1 2 && echo same"
says "in Chinese" "在故障下：1.5/3 分" "$rung" --lang=zh check box

# Programs that are hostile.
echo 'function on_request(m) while true do end end' > box/agent.lua
says "a loop" "the program has failed" judged
cat > box/agent.lua << 'LUA'
function on_request(m)
	local function flood()
		for _ = 1, 20 do send { method = "INFO", uri = "sip:bob@192.0.2.3" } end
		after("10ms", flood)
	end
	flood()
	reply(m, 200)
end
LUA
says "a flood" "agent-b2bua: " "$rung" check box
printf 'function on_request(m)\n\treply(m, 200\nend\n' > box/agent.lua
says "what can't be loaded is told with its line" "agent.lua:3:" judged
finish
