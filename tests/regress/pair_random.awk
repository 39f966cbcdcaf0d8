# A call through one to three boxes, and what befalls it, drawn by SEED into
# DIR/net.gv and DIR/lab.lua.

# A number below N: the generator of Park and Miller.
function draw(n) {
	state = (state * 16807) % 2147483647
	return int(state / 2147483647 * n)
}
function one_of(list,    a, n) {
	n = split(list, a, "|")
	return a[draw(n) + 1]
}
function attempt(what) {
	return "try(function() " what " end)"
}

# A change that WHO takes back some milliseconds later, perhaps when it was answered.
function withdrawn(who, change) {
	return attempt(who ":" change) " sleep \"" one_of("1|8|12|15|20|25|30") \
	    "ms\" " attempt(who ":cancel()")
}
function setting(whom, name, values) {
	return "node \"" one_of(whom) "\":set { " name " = \"" one_of(values) "\" }"
}

function make_deed(    how, who, name) {
	how = one_of("hold|resume|update|info|transfer|bye|wait|both|crash|cancel|add|add|remove|late|late_cancel|add_cancel|codecs|refuse|refuse|busy|refresh")
	who = one_of("c|bobs")
	if (how ~ /^(hold|resume|update|refresh)$/)
		return attempt(who ":" how "()")
	if (how == "add")
		return attempt(who ":reinvite { add = \"video\" }")
	if (how == "remove")
		return attempt(who ":reinvite { remove = \"" one_of("video|audio") "\" }")
	if (how == "late")
		return attempt(who ":reinvite { sdp = false }")
	if (how == "late_cancel")
		return withdrawn(who, "reinvite { sdp = false }")
	if (how == "add_cancel")
		return withdrawn(who, "reinvite { add = \"video\" }")
	if (how == "codecs")
		return setting("alice|bob|carol", "codecs", "PCMU PCMA|PCMA|PCMU|PCMU G729|PCMA PCMU")
	if (how == "refuse")
		return setting("alice|bob|carol", "refuse_changes", "488|500|480|||")
	if (how == "busy")
		return setting("bob|carol", "busy", "true|false")
	if (how == "info")
		return attempt(who ":info {}")
	if (how == "transfer")
		return attempt(who ":transfer \"sip:carol@192.0.2.103\"")
	if (how == "bye")
		return draw(5) < 2 ? attempt(who ":bye()") : ""
	if (how == "both")
		return attempt("c:hold()") " " attempt("bobs:hold()")
	if (how == "cancel")
		return withdrawn("c", "hold()")
	if (how == "crash" && draw(2)) {
		crashes = 1
		name = one_of("alice|bob|carol|b1|b" boxes)
		return attempt("node \"" name "\":crash()") " sleep \"3s\" " \
		    attempt("node \"" name "\":restart()")
	}
	return ""
}

BEGIN {
	state = SEED * 7919 + 17
	for (i = 0; i < 5; i++)
		draw(2)
	boxes = 1 + draw(3)
	for (n = 1 + draw(7); n > 0; n--)
		deeds = deeds "\tsleep \"" one_of("0|3|10|50|500|2000") "ms\" " \
		    make_deed() "\n"
	transport = one_of("udp|udp|tcp")
	timed = crashes || draw(3) == 0
	loss = one_of("||, loss=\"5%\"|, loss=\"10%\"")
	all = ", transport=" transport (timed ? ", session_expires=\"90s\"" : "")
	refers = one_of("do|pass")

	net = DIR "/net.gv"
	print "graph net { edge [delay=\"5ms\"" loss "]" > net
	for (i = 1; i <= boxes; i++)
		print "b" i " [role=" one_of("b2bua|sbc") ", refers=" refers all \
		    (i < boxes ? ", outbound=b" (i + 1) : "") "]" > net
	print "alice [role=ua, addr=\"192.0.2.101\", outbound=b1" all "]" > net
	print "bob [role=ua, addr=\"192.0.2.102\", outbound=b" boxes all \
	    ", streams=\"" one_of("audio|audio video") "\"" \
	    ", answer=\"" one_of("10|300|1000") "ms\", reliable=" \
	    one_of("supported|required") ", progress=" one_of("180|183") "]" > net
	print "carol [role=ua, addr=\"192.0.2.103\", outbound=b" boxes all \
	    ", answer=\"" one_of("10|300|1000") "ms\"]" > net
	printf "lan -- {alice bob carol" > net
	for (i = 1; i <= boxes; i++)
		printf " b%d", i > net
	print "} }" > net

	lab = DIR "/lab.lua"
	print "lab { topology = \"net.gv\", duration = \"400s\" }" > lab
	print "local bobs, c" > lab
	print "node \"bob\":on(\"invite\", function(call) bobs = call end)" > lab
	print "local function try(f) pcall(f) end" > lab
	print "script(function()" > lab
	print "\tsleep \"1s\"" > lab
	print "\tc = node \"alice\":invite(\"sip:bob@192.0.2.102\", " \
	    (draw(4) ? "{}" : "{ sdp = false }") ")" > lab
	# A phone that goes down while it rings is waited for (docs/HOLES.md).
	print "\t" (crashes || draw(3) ? "wait(c, \"confirmed\", \"40s\")" : \
	    "sleep \"200ms\"") > lab
	printf "%s", deeds > lab
	print "end)" > lab
}
