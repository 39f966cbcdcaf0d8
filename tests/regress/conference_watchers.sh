# Who is in a conference may know who else is, whatever the name by which the
# conference knows him: somebody to whom a call was forwarded got a 403, and was
# told on when he had been removed.  Who is not in it, or not any more, may not:
# an anonymous stranger was told where somebody else was anonymous, and who had
# left was until his subscription expired.
. tests/fixtures/check.sh

cat > "$work/net.gv" <<'X'
graph g {
	conf  [role=conference, rooms="lecture", domain="conf.example.com",
	       inbound=true, addr="192.0.2.10"]
	px    [role="proxy registrar location", domain="example.com",
	       inbound=true, addr="192.0.2.20"]
	alice [role=ua, domain="example.com", register=true, addr="192.0.2.1"]
	bob   [role=ua, domain="example.com", register=true, addr="192.0.2.2"]
	carol [role=ua, domain="example.com", register=true, addr="192.0.2.3"]
	lan   [shape=ellipse]
	lan -- {conf px alice bob carol}
}
X
t=$work/t.jsonl
play() { # SCRIPT
	{
		echo 'lab { title = "Told", topology = "net.gv",'
		echo '      duration = "8000s" }'
		echo 'local alice, bob, carol, conf = node "alice", node "bob",'
		echo '    node "carol", node "conf"'
		echo 'local lecture = "sip:lecture@conf.example.com"'
		echo 'script(function() sleep "1s"'
		echo "$1"
		echo "end)"
	} > "$work/lab.lua"
	"$RUNG" run -q "$work/lab.lua" -o "$t" 2> "$work/err"
	ok "it runs" test ! -s "$work/err"
}
# The focus has sent NODE so many messages with PATTERN.
told() { # WHAT NODE PATTERN COUNT
	n=$(grep '"node":"conf","kind":"send"' "$t" | grep "\"dst\":\"$2\"" |
		grep -c "$3")
	ok "$1 ($n)" test "$n" -eq "$4"
}

# Bob's proxy is told to call Carol.
play 'bob:set { forward = "sip:carol@example.com" }
	conf:bring "sip:bob@example.com"
	sleep "10s"
	conf:remove "sip:bob@example.com"
	sleep "10s"'
told "who was forwarded to is told" carol '"start":"NOTIFY.*version=..0' 1
told "with no 403" carol '"start":403' 0
told "and no more when removed" carol 'terminated;reason=rejected' 1

# Alice keeps back her name; Bob does so, too, but is not there.
play 'alice:set { privacy = "id" }
	bob:set { privacy = "id" }
	alice:invite(lecture)
	sleep "8s"
	bob:subscribe(lecture, { event = "conference" })
	sleep "8s"
	conf:remove "sip:anonymous1@anonymous.invalid"
	sleep "8s"'
told "who is there without a name is told" alice '"start":"NOTIFY' 2
told "and no more when removed" alice 'terminated;reason=rejected' 1
told "another one without a name is not" bob '"start":403' 1

# Alice has left, and has not said that she wants no more news.
play 'alice:set { conferences = "unaware" }
	local call = alice:invite(lecture)
	sleep "8s"
	alice:subscribe(lecture, { event = "conference", expires = "600s" })
	sleep "8s"
	call:bye()
	sleep "40s"
	bob:invite(lecture)
	sleep "8s"'
told "who has left is not told who comes" alice 'sip:bob@' 0
told "but that it has no more news" alice 'terminated;reason=rejected' 1

# Nothing changes any more; she refreshes.
play 'alice:set { conferences = "unaware" }
	local call = alice:invite(lecture)
	sleep "8s"
	alice:subscribe(lecture, { event = "conference", expires = "600s" })
	bob:invite(lecture)
	sleep "8s"
	call:bye()
	sleep "1000s"'
told "nor by a refresh" alice 'terminated;reason=rejected' 1
told "which is the last" alice '"start":200,"cseq":"[0-9]* SUBSCRIBE' 2
finish
