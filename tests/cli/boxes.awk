# Writes a lab of chained boxes by chance: phones, up to three back-to-back user
# agents between them, lines that lose and reorder, and what people do in the
# calls.  -v seed=N -v dir=DIR: DIR/net.gv and DIR/lab.lua.
function draw(n) {	# 0 to n - 1
	state = (state * 1103515245 + 12345) % 2147483648
	return int(state / 65536) % n
}
function one(list,    a, n) {
	n = split(list, a, " ")
	return a[draw(n) + 1]
}
BEGIN {
	state = seed * 7919 + 17
	for (i = 0; i < 8; i++)
		draw(2)
	gv = dir "/net.gv"
	lua = dir "/lab.lua"
	boxes = 1 + draw(3)
	phones = 3
	transport = one("udp udp tcp")
	printf "graph net {\n\tedge [delay=\"%dms\", loss=\"%d%%\", jitter=\"%dms\"]\n",
	    1 + draw(40), transport == "udp" ? one("0 0 2 8") : 0,
	    transport == "udp" ? one("0 0 30") : 0 > gv
	printf "\tlan [shape=ellipse]\n" > gv
	for (i = 1; i <= boxes; i++) {
		printf "\tb%d [role=%s, transport=%s%s%s%s]\n\tb%d -- lan\n", i,
		    one("b2bua b2bua sbc"), transport,
		    i < boxes ? ", outbound=b" (i + 1) : "",
		    one("a b c") == "a" ? ", reliable=required" : "",
		    one("a b") == "a" ? ", refers=do" : "", i > gv
	}
	for (i = 1; i <= phones; i++) {
		printf "\tp%d [role=ua, transport=%s, outbound=b1, answer=\"%ds\"%s]\n\tp%d -- lan\n",
		    i, transport, draw(4),
		    one("a b c") == "a" ? ", reliable=required" : "", i > gv
	}
	print "}" > gv
	print "lab { title = \"boxes\", topology = \"net.gv\", duration = \"400s\" }" > lua
	for (i = 1; i <= phones; i++)
		printf "local p%d = node \"p%d\"\n", i, i > lua
	# Whoever is called does something of his own, perhaps.
	for (i = 1; i <= phones; i++) {
		printf "p%d:on(\"invite\", function(call)\n\tif wait(call, \"confirmed\", \"90s\") then\n", i > lua
		act(0)
		printf "\t\tsleep \"%dms\"\n\t\tpcall(function() call:bye() end)\n\tend\nend)\n", 8000 + draw(8000) > lua
	}
	print "script(function()" > lua
	for (k = 0; k < 3; k++) {
		a = 1 + draw(phones)
		b = 1 + (a + draw(phones - 1)) % phones
		if (b == a)
			b = 1 + a % phones
		printf "\tsleep \"%dms\"\n\tdo\n\t\tlocal call = p%d:invite(p%d%s)\n", 200 + draw(4000), a, b,
		    draw(4) == 0 ? ", { sdp = false }" : "" > lua
		if (draw(5) == 0) {
			printf "\t\tsleep \"%dms\"\n\t\tpcall(function() call:cancel() end)\n", draw(4000) > lua
		} else {
			print "\t\tif wait(call, \"confirmed\", \"90s\") then" > lua
			act(1)
			printf "\t\t\tsleep \"%dms\"\n", draw(6000) > lua
			print "\t\t\tpcall(function() call:bye() end)\n\t\tend" > lua
		}
		print "\tend" > lua
		if (crash && draw(3) == 0) {
			c = 1 + draw(boxes)
			printf "\tnode(\"b%d\"):crash()\n\tsleep \"2s\"\n\tnode(\"b%d\"):restart()\n", c, c > lua
		}
	}
	print "end)" > lua
}
function act(may,    n) {
	for (n = draw(4); n > 0; n--) {
		printf "\t\tsleep \"%dms\"\n\t\tpcall(function() call:%s end)\n", draw(900),
		    one("hold() resume() reinvite() reinvite{sdp=false} update() dtmf\"5\" hold()" (may ? " transfer(p" (1 + draw(3)) ")" : "")) > lua
	}
}
