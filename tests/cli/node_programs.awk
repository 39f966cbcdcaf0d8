# Writes a network and a lab by chance in which a node is a program that does
# what it may at any time, also what makes no sense: it answers twice, sends on
# what is over, keeps messages, takes back what was never sent.  -v seed=N
# -v dir=DIR: DIR/net.gv, DIR/box.lua and DIR/lab.lua.
function draw(n) {	# 0 to n - 1
	state = (state * 1103515245 + 12345) % 2147483648
	return int(state / 65536) % n
}
function one(list,    a, n) {
	n = split(list, a, " ")
	return a[draw(n) + 1]
}
function pick(list,    a, n) {	# of what may be empty, or have spaces
	n = split(list, a, "|")
	return a[draw(n) + 1]
}
function aim() {
	return "\"sip:" one("x@" box " bob@" bob " alice@" alice \
	    " nobody@192.0.2.99 y@nowhere.example bob@" bob ";transport=tcp") "\""
}
# A message at hand: what the function is told of, one that was kept, the last.
function message() {
	return one("m m m kept[1] kept[#kept] last")
}
function deed(    k) {
	k = draw(14)
	if (k < 3)
		return "reply(" message() ", " one("100 180 183 200 200 202 302 404 486 603") \
		    pick("|,{tag=\"t\"}|,{body=sdp,type=\"application/sdp\"}|,{headers={[\"X-A\"]=\"b\"}}" \
		    "|,{reason=\"r\\r\\nq:1\"}|,{contact=\"<sip:z@z>\"}") ")"
	if (k < 6)
		return "note(forward(" message() ", " (draw(4) ? aim() : "nil") \
		    pick("||,{record_route=true}") "))"
	if (k < 8)
		return "note(send{method=\"" one("INVITE INVITE OPTIONS MESSAGE ACK BYE SUBSCRIBE FOO") \
		    "\",uri=" aim() pick("|,to=last:get\"From\"|,to=last:get\"From\",from=last:get\"To\",call_id=last:get\"Call-ID\"|,cseq=7") \
		    pick("|,body=sdp,type=\"application/sdp\"") "}"  ")"
	if (k == 8)
		return "cancel(" one("numbers[#numbers] numbers[1] 3") ")"
	if (k == 9)
		return "note(after(\"" one("0s 10ms 1s 5s 40s") "\", deeds[" 1 + draw(8) "]))"
	if (k == 10)
		return "stop(" one("numbers[#numbers] numbers[1] 0 7") ")"
	if (k == 11)
		return message() one(":add(\"X-B\",\"c\") :set(\"Priority\",\"urgent\") :remove(\"Subject\") .uri=" aim())
	if (k == 12)
		return "forget(" message() ")"
	return "store[\"k\" .. " draw(5) "] = " one("nil true 7 2.5 \"s\" 1/0")
}
function body(n,    i) {
	for (i = draw(n); i >= 0; i--)
		printf "\tpcall(function() %s end)\n", deed() > program
	if (draw(4) == 0)
		printf "\t%s\n", deed() > program
}
BEGIN {
	state = seed * 7919 + 17
	for (i = 0; i < 8; i++)
		draw(2)
	v6 = draw(5) == 0
	alice = v6 ? "[2001:db8::1]" : "192.0.2.1"
	box = v6 ? "[2001:db8::2]" : "192.0.2.2"
	bob = v6 ? "[2001:db8::3]" : "192.0.2.3"
	gv = dir "/net.gv"
	program = dir "/box.lua"
	lua = dir "/lab.lua"
	transport = one("udp udp tcp")
	faces = !v6 && draw(4) == 0
	printf "graph net {\n\tgraph [domain=\"a.example\"]\n\tnode [transport=%s]\n\tedge [delay=\"%dms\", loss=\"%d%%\", jitter=\"%dms\"]\n",
	    transport, 1 + draw(40), transport == "udp" ? one("0 0 5 20") : 0,
	    transport == "udp" ? one("0 30") : 0 > gv
	a = alice; b = box; c = bob
	gsub(/[][]/, "", a)
	gsub(/[][]/, "", b)
	gsub(/[][]/, "", c)
	printf "\talice [role=ua, addr=\"%s\", outbound=box]\n", a > gv
	printf "\tbox [role=script, %s=\"%s\", program=\"box.lua\"%s]\n",
	    faces ? "faces" : "addr", faces ? "inside=192.0.2.2 outside=198.51.100.2" : b,
	    one("a b c") == "a" ? ", password=secret" : "" > gv
	printf "\tbob [role=ua, addr=\"%s\", answer=\"%s\"%s]\n", c, one("0s 1s 5s never"),
	    one("a b c d") == "a" ? ", busy=true" : "" > gv
	printf "\talice -- %s\n\t%s -- bob\n}\n", faces ? "box:inside" : "box",
	    faces ? "box:outside" : "box" > gv

	print "local sdp = \"v=0\\r\\no=- 1 1 IN IP4 192.0.2.2\\r\\ns=-\\r\\nc=IN IP4 192.0.2.2\\r\\nt=0 0\\r\\nm=audio 4000 RTP/AVP 0\\r\\n\"" > program
	print "local kept, numbers, deeds, last, m = {}, {}, {}" > program
	print "local function note(n)\n\tif n then numbers[#numbers + 1] = n end\nend" > program
	print "local function see(x)\n\tm, last = x, x\n\tif #kept < 20 then kept[#kept + 1] = x end\nend" > program
	for (i = 1; i <= 8; i++) {
		printf "deeds[%d] = function()\n", i > program
		body(3)
		print "end" > program
	}
	print "function on_start()" > program
	body(2)
	print "end\nfunction on_request(x)\n\tsee(x)" > program
	body(4)
	if (draw(3))
		print "\tpcall(forward, x, " aim() ")" > program
	print "end\nfunction on_reply(x, r, n)\n\tsee(x)" > program
	body(2)
	if (draw(3) == 0)
		print "\tm = r" > program
	body(2)
	if (draw(5) == 0)
		print "\treturn false" > program
	print "end\nfunction on_failure(x, status, n)\n\tsee(x)" > program
	body(2)
	if (draw(5) == 0)
		print "\treturn false" > program
	print "end" > program
	if (draw(2)) {
		print "function on_cancel(x)\n\tsee(x)" > program
		body(3)
		print "end" > program
	}

	print "lab { title = \"programs\", topology = \"net.gv\", duration = \"90s\" }" > lua
	print "local alice, bob, box = node \"alice\", node \"bob\", node \"box\"" > lua
	print "script(function()" > lua
	for (k = 0; k < 5; k++) {
		printf "\tsleep \"%dms\"\n", 200 + draw(4000) > lua
		i = draw(6)
		if (i == 0)
			printf "\talice:options(%s)\n", aim() > lua
		else if (i == 1)
			printf "\talice:message(%s, \"hello\")\n", aim() > lua
		else {
			printf "\tdo\n\t\tlocal call = alice:invite(%s)\n", aim() > lua
			if (draw(3) == 0)
				printf "\t\tsleep \"%dms\"\n\t\tpcall(function() call:cancel() end)\n", draw(3000) > lua
			else
				printf "\t\tif wait(call, \"confirmed\", \"40s\") then\n\t\t\tsleep \"%dms\"\n\t\tend\n\t\tpcall(function() call:bye() end)\n", draw(6000) > lua
			print "\tend" > lua
		}
		if (draw(4) == 0)
			printf "\tbox:crash()\n\tsleep \"%dms\"\n\tbox:restart()\n", 100 + draw(3000) > lua
	}
	print "end)" > lua
}
