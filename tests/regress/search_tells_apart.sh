# search put every attempt that was given up into one row, whatever it was; showed a
# crash as the example of what the loss of a message does alike; said "a fault of
# rung" of a run whose script rewrites messages; and did not see that a box which
# hides its networks had told one side an address of the other.
. tests/fixtures/check.sh

cat > "$work/net.gv" << 'GV'
graph net {
	domain="example.com" edge [delay="5ms"]
	alice [role=ua, register=true, outbound=p]
	p [role="proxy registrar location"]
	bob [role=ua, register=true, outbound=p, answer="1s"]
	lan -- {alice p bob}
}
GV
lab() {
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "120s" }
$1
script(function()
	sleep "5s"
	local c = node "alice":invite $2
	wait(c, "confirmed", "10s") sleep "2s" $3
end)
LUA
}
lab "" '"bob"' 'c:bye()'
"$RUNG" search "$work/lab.lua" > "$work/found" 2> "$work/said"
for what in "alice, no final response" "alice, BYE, no final response" "alice, REGISTER, no final response" \
	"bob, REGISTER, no final response"; do
	says "given up: $what" "$what" cat "$work/found"
done
# A row whose faults are not crashes alone has no crash as its example.
"$RUNG" search "$work/lab.lua" --only=crash > "$work/crashes" 2> "$work/said"
awk 'NR == FNR { if (/^(broken|given up|mended|taken)/) n[substr($0, 1, 55)] = $0; next }
	/^(broken|given up|mended|taken)/ && /crash/ {
		key = substr($0, 1, 55)
		split($0, a, / {2,}/); split(n[key], b, / {2,}/)
		if (a[3] + 0 > b[3] + 0) print
	}' "$work/crashes" "$work/found" > "$work/.output"
empty "no crash is the example of a loss" "$work/.output"

lab 'fault { method = "BYE", rewrite = function(text)
	return (text:gsub("Call.ID: .-\r\n", "Call-ID: x\r\n")) end }' '"bob"' 'c:bye()'
"$RUNG" search "$work/lab.lua" --runs=400 > "$work/found" 2> "$work/said"
says "a run that a script has rewritten" "No row of docs/HOLES.md has it. What was done" cat "$work/found"
fails "what a script rewrites is no fault of rung's" 1 \
	grep "that is a fault of" "$work/found"

cat > "$work/net.gv" << 'GV'
graph net {
	edge [delay="5ms"]
	alice [role=ua, addr="10.0.0.7", outbound=sbc]
	sbc   [role=sbc, faces="inside=10.0.0.1 outside=192.0.2.1"]
	bob   [role=ua, addr="192.0.2.20", outbound=sbc, answer="300ms"]
	in -- alice
	in -- sbc:inside
	sbc:outside -- out
	out -- bob
}
GV
lab "" '"sip:bob@192.0.2.20"' 'c:bye()'
"$RUNG" search "$work/lab.lua" --runs=1 > "$work/found" 2> "$work/said"
fails "a border that tells nothing" 1 grep "Without any fault" "$work/found"
lab "" '("sip:bob@192.0.2.20", { headers = "Subject: at 10.0.0.1" })' 'c:bye()'
"$RUNG" search "$work/lab.lua" --runs=1 > "$work/found" 2> "$work/said"
says "a border that tells an address of its other face" \
	"has told one side an address that it has at the other" cat "$work/found"
finish
