# A NAPTR record of a telephone number may say under which name to go on (RFC 3402 3,
# RFC 6116 3.4.2); sip:NUMBER@domain;user=phone is the number, too (RFC 3261 19.1.6),
# and who has none in the DNS may be a user of the domain.
. tests/fixtures/check.sh

cp labs/enum/numbers.gv "$work"
{
	cat labs/enum/numbers.zone
	cat << 'EOF'
3.0.1.0   NAPTR 10 10 "" "" "" moved.e164.arpa.
moved.e164.arpa. NAPTR 10 10 "u" "E2U+sip" "!^.*$!sip:bob@biloxi.example.com!" .
4.0.1.0   NAPTR 10 10 "" "" "" 4.0.1.0.5.5.5.1.e164.arpa.
5.0.1.0   NAPTR 10 10 "" "" "" nothing.e164.arpa.
6.0.1.0   NAPTR 20 10 "" "" "" nothing.e164.arpa.
          NAPTR 10 10 "u" "E2U+sip" "!^.*$!sip:bob@biloxi.example.com!" .
EOF
} > "$work/numbers.zone"
dial() { # URI
	cat > "$work/lab.lua" << EOF
lab { title = "Numbers", topology = "numbers.gv", duration = "30s" }
local alice = node "alice"
script(function()
	for i = 1, 2 do
		local c = alice:invite "$1"
		local well, state = wait(c, "confirmed", "5s")
		note(tostring(well) .. " " .. tostring(state))
		if well then c:bye() end
		sleep "5s"
	end
end)
EOF
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" &&
		"$RUNG" show "$work/t.jsonl" kind=note > "$work/notes"
	grep -c "$2" "$work/notes"
}
says "a record that leads on" 2 dial tel:+1-555-0103 "true confirmed"
says "one that leads to itself" 2 dial tel:+1-555-0104 "false terminated"
says "one that leads nowhere" 2 dial tel:+1-555-0105 "false terminated"
says "one behind that which counts" 2 dial tel:+1-555-0106 "true confirmed"
says "user=phone" 2 dial "sip:+15550100@atlanta.example.com;user=phone" "true confirmed"
says "user=phone that leads on" 2 \
	dial "sip:+15550103@atlanta.example.com;user=phone" "true confirmed"
says "without it the user of that name" 2 \
	dial "sip:+15550100@atlanta.example.com" "false terminated"

# A user of the domain, whom no record names.
sed -i 's/px1   \[role=proxy,/carol [role=ua, registered=true, aor="sip:+15550199@atlanta.example.com", answer="1s"]; net -- carol; px1 [role="proxy registrar location",/' \
	"$work/numbers.gv"
says "a user of the domain" 2 \
	dial "sip:+15550199@atlanta.example.com;user=phone" "true confirmed"
finish
