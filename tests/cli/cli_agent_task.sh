#!/bin/sh
# A program of a student's, judged: by its flows, by requests that are wrong, and under
# faults, beside rung's own node (docs/LESSONS.md).
. tests/fixtures/check.sh

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

# Who forgets the ACK: Bob's phone hangs up before the script would.
model agent-b2bua | sed '/ask(b, "ACK", 1)/d' > box/agent.lua
says "without the ACK for a 200" "3   PART      4.5/8" judged
says "… which that for a refusal is not" "✗ Its ACK reaches Bob's phone" judged
says "… and the other flows are judged" "✓ What Alice cancels is cancelled at Bob's phone" judged

# A condition of a run with a setting of its own.
model agent-b2bua |
	sed 's/^\treply(a.invite, r.status/\tif r.status == 486 then return end\n&/' > box/agent.lua
says "a refusal that is not passed on" "✗ If Bob's phone is busy, Alice's receives its 486" judged
says "… and the other flows are judged" "✓ Its ACK reaches Bob's phone" judged

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
ok "handed in" "$rung" hand-in box --student=7 -o broken.rung
says "… it is told as well" "agent.lua:3: ')' expected" "$rung" check broken.rung
says "… as often as there are languages" "agent.lua:3: ')' expected" \
	"$rung" --lang=zh check broken.rung
# Who writes a hand-in may write anything into it.
sed 's/"failed":"[^"]*"/"failed":"\\u001b[2Jx"/' broken.rung > hostile.rung
fails "… and no escape with it" 1 sh -c \
	"'$rung' check hostile.rung 2>&1 | grep -q \"\$(printf '\\033')\""
sed 's/"failed":"[^"]*"/"failed":7/' broken.rung > hostile.rung
ok "… whatever else stands there" sh -c "'$rung' check hostile.rung; test \$? -le 2"

# A copy of LAB in place of the one before; its model is worth all of POINTS.
lab() { # LAB POINTS
	lab=$1
	rm -rf box
	"$rung" copy "$lab" box > copied 2>&1
	without ""
	says "the model of $lab" "3   GOOD      $2/$2" judged
}
# That model, but for what SED changes.
without() { # SED
	model "$lab" | sed "$1" > box/agent.lua
}

lab agent-registrar 11
without '/b.cseq >= cseq/d'
says "a registrar that looks at no CSeq" "3   PART      10/11" judged
says "… where one REGISTER overtakes another" "✗ overtaken: 1 of 12 faults leave something broken" judged
says "… by its goal" "A binding that was shortened must not become longer again" judged
says "… which rung's own does not" "500 Server Int" judged

without 's/#contacts > 1 or //'
says "a registrar that takes * beside another Contact" "✗ Contact contains * and an address: 200, but 400 is right" judged
without 's/ or time ~= 0 / /'
says "… and with a time" "✗ Contact is *, but Expires is not 0: 200, but 400 is right" judged

without 's/m:get "Expires"/nil/'
says "one that reads no field Expires" "✗ The header field Expires has the same effect as" judged
says "… which costs a point" "3   PART      10/11" judged

lab agent-transaction 9
without 's/tr.state == "proceeding" and T2 or //'
says "a transaction whose Timer E doubles on behind a 100" "✗ If Bob's phone sends 100 at once" judged
says "… which costs a point" "3   PART      8/9" judged
without 's/^\ttr.f = after.*//; s/^\tstop(tr.f)//'
says "a transaction without Timer F" "✗ under faults: 0 of 3 points" judged
says "… is never given up" "What is not answered must be given up after 64" judged
without 's/^\tafter(T4 .*/\tfinish(tr, "at once")/'
says "one without Timer K" "✗ It stays in completed for 5 s, by Timer K" judged
says "… which costs a point" "3   PART      8/9" judged
without 's/tr.state == "completed" or//'
says "one that takes each response for the first" "✗ double: 2 of 17 faults leave something broken" judged
says "… ends twice" "A transaction must end only once" judged

lab agent-redirect 6
without 's/to.host ~= self.domain or //'
says "a redirect server of all domains" "✗ the Request-URI is in another domain: 300, but 404 is right" judged

without 's/ and to.scheme ~= "sips"//'
says "a redirect server that knows no sips" "✗ the Request-URI is a SIPS URI: 416, but 3xx is right" judged

lab agent-stateless-proxy 7
without 's/if m.method ~= "ACK" then \(reply.*\) end$/\1/'
says "a proxy that answers an ACK" "✗ it is an ACK whose Max-Forwards is 0: the program has failed" judged
without 's/^function on_request(m)$/&\n\tif m.method == "ACK" then return end/'
says "a proxy that lets no ACK through: its flows are judged" "✓ Another call has another branch" judged

# What does no more than the lab's own program earns nothing, however it is written.
earns_nothing() { # LAB POINTS WHAT
	says "$1 with $3 earns nothing" "3   BAD       0/$2" judged
}
while read -r lab points; do
	rm -rf box
	"$rung" copy "$lab" box > copied 2>&1
	echo '-- Mine.' >> box/agent.lua
	earns_nothing "$lab" "$points" "a remark"
	sed -i '$d; s/^function/\n&/' box/agent.lua
	earns_nothing "$lab" "$points" "blank lines"
	sed -i '/^function on_re/,/^end/s/\bm\b/it/g; /^local function ask/,/^end/s/\bto\b/whom/g' box/agent.lua
	earns_nothing "$lab" "$points" "other names"
done << 'LABS'
agent-b2bua 8
agent-redirect 6
agent-registrar 11
agent-stateless-proxy 7
agent-transaction 9
LABS
rm -rf box
"$rung" copy agent-redirect box > copied 2>&1
echo '-- Mine.' >> box/agent.lua
says "… and is told why" "the lab's own program does the same" judged
sed -i 's/404/302, { headers = { Contact = m.uri:find "carol" and where.carol or "<sip:nobody@192.0.2.9>" } }/' box/agent.lua
says "what it met before counts beside what it did not" "~ without faults: 1 of 2 points" judged

# First of all what `rung run` says of it: file, line, word.
top() { judged | sed -n 1p; }
cat > box/agent.lua << 'LUA'
function on_request(m)
	if m.method == "ACK" then return end
	reply(m, nothing.here)
end
LUA
fails "a program that fails" 1 "$rung" run box -q -o failed.jsonl
says "… is told so first" "agent.lua:3: node agent: there is no “nothing”" top
says "… once" 1 sh -c "'$rung' check box | grep -c nothing”"
sed 's/nothing.here/uri(m.uri).scheme == "sip" and 404 or nothing.here/' box/agent.lua > other.lua
mv other.lua box/agent.lua
says "one that fails for a wrong request alone says where" "the program has failed: agent.lua:3" sh -c "'$rung' check box | tr -s '\\n ' '  '"
printf 'function on_request(m)\n\treply(m, 200\nend\n' > box/agent.lua
says "one that can't be loaded" "agent.lua:3: ')' expected" top
finish
