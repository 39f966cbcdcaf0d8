# A phone goes on wanting to know who is in its conference for as long as its
# call goes on: a subscription that no NOTIFY answers, or that the focus ends
# for a while, is asked for again (RFC 6665 4.1.2.2), and not behind the call.
# One that is refused is not.
. tests/fixtures/check.sh

cat > "$work/net.gv" <<'X'
graph g {
	conf  [role=conference, rooms="lecture", domain="conf.example.com",
	       inbound=true, addr="192.0.2.10"]
	alice [role=ua, addr="192.0.2.1"]
	lan   [shape=ellipse]
	lan -- {conf alice}
}
X
# Runs SCRIPT, in which `call` is alice's, into $t.
t=$work/t.jsonl
play() { # SCRIPT
	{
		echo 'lab { title = "Lost", topology = "net.gv",'
		echo '      duration = "400s" }'
		echo "script(function()"
		echo "$1"
		echo "end)"
	} > "$work/lab.lua"
	"$RUNG" run -q "$work/lab.lua" -o "$t" 2> "$work/err"
	ok "it runs" test ! -s "$work/err"
}
has() { # WHAT PATTERN
	ok "$1" grep -q "$2" "$t"
}
# The phone has sent so many SUBSCRIBEs outside of dialogs.
asks() { # WHAT COUNT
	n=$(grep '"node":"alice","kind":"send"' "$t" |
		grep -c '"start":"SUBSCRIBE".*"cseq":"1 SUBSCRIBE"')
	ok "$1 ($n)" test "$n" -eq "$2"
}
invite='local call = node "alice":invite "sip:lecture@conf.example.com"'

# The first NOTIFY is lost, and all its repetitions.
play 'for i = 1, 11 do fault { method = "NOTIFY", nth = i, drop = true } end
	'"$invite"'
	sleep "140s"
	call:bye()'
has "no NOTIFY has come" '"event":"Timer N"'
asks "it asks again" 2
has "it hears who is there" '"node":"alice","kind":"note".*version 0: sip:alice@'
has "and is asked for no more with the call" '"event":"unsubscribe"'

# The call ends before that.
play 'fault { method = "NOTIFY", drop = true }
	'"$invite"'
	sleep "34s"
	call:bye()'
has "no NOTIFY has come" '"event":"Timer N"'
asks "it does not ask again behind its call" 1
has "and says so" '"op":"stop","name":"recovery"'

# The focus puts it off.
play 'fault { method = "NOTIFY", nth = 1, rewrite = function(text)
		return (text:gsub("active;expires=%d+",
			"terminated;reason=probation;retry-after=70"))
	end }
	'"$invite"'
	sleep "34s"
	call:bye()'
has "it is put off" 'reason=probation'
asks "it does not ask again behind its call" 1
has "and says so" '"op":"stop","name":"retry"'

# The Contact of the focus leads nowhere: no ACK comes, and it hangs up.
play 'fault { status = 200, cseq = "INVITE", rewrite = function(text)
		return (text:gsub("Contact: <sip:lecture@conf.example.com>",
			"Contact: <sip:lecture@nowhere.example.com>"))
	end }
	node "alice":invite "sip:lecture@conf.example.com"
	sleep "60s"'
asks "there is nowhere to ask" 0
has "it is going to be tried again" '"op":"set","name":"recovery"'
has "but not behind its call" '"op":"stop","name":"recovery"'

# The focus refuses: the phone goes on talking, and does not ask any more.
play 'fault { status = 200, cseq = "SUBSCRIBE", nth = 1, rewrite = function(text)
		return (text:gsub("SIP/2.0 200 OK", "SIP/2.0 403 Forbidden"))
	end }
	fault { method = "NOTIFY", drop = true }
	local call = node "alice":invite "sip:lecture@conf.example.com"
	sleep "34s"
	call:reinvite()
	sleep "200s"
	assert(call.state == "confirmed")
	call:bye()'
has "it is refused" '"id":"alice/conference-1".*"event":"300-699"'
asks "who is refused asks no more" 1

# It restarts, and knows neither the subscription nor the call: what the phone
# asks for anew is refused, and its call ends as calls do.
play 'fault { method = "NOTIFY", nth = 1, rewrite = function(text)
		return (text:gsub("active;expires=%d+", "active;expires=100"))
	end }
	'"$invite"'
	sleep "20s"
	node "conf":crash()
	sleep "20s"
	node "conf":restart()
	sleep "200s"
	call:bye()
	sleep "40s"
	assert(call.state == "terminated")'
has "the refresh finds no dialog" '"dst":"alice".*"start":481,"cseq":"2 SUBSCRIBE'
asks "it asks anew, once" 2
has "and is nobody there" '"dst":"alice".*"start":403,"cseq":"1 SUBSCRIBE'
finish
