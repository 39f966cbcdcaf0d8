# SIPp as bob of a simulated network, as caller and as called: it registers with a
# password, holds and is held, transfers, by UDP and TCP, with phones, a b2bua and a
# conference between; and ten of them with one proxy.
. tests/fixtures/interop.sh

user=bob

# ---- scenarios, from pieces ----

# A request of a dialog, or one that begins it where tag is empty.  CSEQ is its number;
# MORE are header fields.
request() { # METHOD URI TO CSEQ [MORE [DIRECTION]]
	cat <<-X
		<send retrans="500"><![CDATA[

		$1 $2 SIP/2.0
		Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${branch:-[branch]}
		From: <sip:$user@example.com>;tag=[call_number]b
		To: <$3>${tag-[peer_tag_param]}
		Call-ID: [call_id]
		CSeq: $4 $1
		Contact: <sip:$user@[local_ip]:[local_port];transport=[transport]>
		Max-Forwards: 70
		${5:-Subject: interop}
		$(session "${6:-}")

		]]></send>
	X
}

session() { # [DIRECTION]
	if [ -z "$1" ]; then
		echo "Content-Length: 0"
		return
	fi
	cat <<-X
		Content-Type: application/sdp
		Content-Length: [len]

		v=0
		o=$user 1 $(($(wc -l < scenario.xml) + 1)) IN IP4 [local_ip]
		s=-
		c=IN IP4 [local_ip]
		t=0 0
		m=audio [media_port] RTP/AVP 0
		a=rtpmap:0 PCMU/8000
		a=$1
	X
}

# A response to what came last.
answer() { # STATUS REASON [DIRECTION]
	# RFC 3261 13.3.1.4: until the ACK comes.
	again=
	[ "$1" != 200 ] || [ -z "${3:-}" ] || again=' retrans="500"'
	cat <<-X
		<send$again><![CDATA[

		SIP/2.0 $1 $2
		[last_Via:]
		[last_From:]
		[last_To:];tag=[call_number]u
		[last_Call-ID:]
		[last_CSeq:]
		[last_Record-Route:]
		Contact: <sip:$user@[local_ip]:[local_port];transport=[transport]>
		$(session "${3:-}")

		]]></send>
	X
}

expect() { echo "<recv response=\"$1\" ${2:-}/>"; }
maybe() { echo "<recv response=\"$1\" optional=\"true\"/>"; }
expect_request() { echo "<recv request=\"$1\" ${2:-}/>"; }
pause() { echo "<pause milliseconds=\"$1\"/>"; }

# An ACK of a 2xx, along the route.
ack() { # CSEQ
	request ACK '[next_url]' "$whom" "$1" '[routes]' | sed 's/ retrans="500"//'
}

# The INVITE and its answer, with a password where PASSWORD says so.
call() { # URI PASSWORD
	whom=$1
	tag='' request INVITE "$1" "$1" 1 "" sendrecv
	if [ "$2" = yes ]; then
		expect 407 'auth="true"'
		# 17.1.1.3: of the INVITE's branch, which was sent two steps before.
		branch='[branch-2]' request ACK "$1" "$1" 1 | sed 's/ retrans="500"//'
		tag='' request INVITE "$1" "$1" 2 "[authentication username=$user password=secret]" sendrecv
	fi
	maybe 100
	maybe 180
	expect 200 'rrs="true"'
	ack 2
}

hang_up() { # CSEQ
	request BYE '[next_url]' "$whom" "$1" '[routes]'
	expect 200
}

reinvite() { # CSEQ DIRECTION
	request INVITE '[next_url]' "$whom" "$1" '[routes]' "$2"
	maybe 100
	expect 200
	ack "$1"
}

answer_call() {
	expect_request INVITE 'rrs="true"'
	answer 180 Ringing
	answer 200 OK sendrecv
	expect_request ACK
}

# What COMMAND writes, in a file.
scenario() { # COMMAND…
	: > scenario.xml
	{
		echo '<?xml version="1.0" encoding="UTF-8"?><scenario name="interop">'
		"$@"
		echo '</scenario>'
	} > made.xml
	mv made.xml scenario.xml
}
# Where it connects from once more it does so from another port (TIME-WAIT), where it is
# called it waits at 5060.
run_sipp() { # [PORT [URI]]
	cp scenario.xml "$((runs = ${runs:-0} + 1)).xml"
	start "sipp$runs" timeout "$interop_patience" sipp -sf "$runs.xml" "$proxy" \
		-i "$host" -mi "$host" -rtp_echo -p "${1:-5060}" \
		-auth_uri "${2:-example.com}" -m 1 -nostdin \
		-t "$(echo "$transport" | cut -c 1)1" -trace_err
}

registration() { # EXPIRES
	tag='' request REGISTER sip:example.com sip:$user@example.com 1 "Expires: $1"
	expect 401 'auth="true"'
	tag='' request REGISTER sip:example.com sip:$user@example.com 2 \
		"Expires: $1
[authentication username=$user password=secret]"
	expect 200
}

calling() { # URI
	case $feature in
	b2bua) call "$1" no ;;
	*) call "$1" yes ;;
	esac
	pause 400
	case $feature in
	to_handset) pause 2000 ;;
	holds)
		reinvite 3 sendonly
		pause 300
		reinvite 4 sendrecv
		;;
	transfers)
		request REFER '[next_url]' "$whom" 3 "[routes]
Refer-To: <sip:carol@example.com>"
		expect 202
		for _ in 1 2; do
			expect_request NOTIFY
			answer 200 OK
		done
		;;
	esac
	hang_up 9
}

being_called() {
	answer_call
	if [ "$feature" = held ]; then
		expect_request INVITE && answer 200 OK recvonly && expect_request ACK
		expect_request INVITE && answer 200 OK sendrecv && expect_request ACK
	fi
	expect_request BYE
	answer 200 OK
}

begin_phone() { # AOR PASSWORD HOST PROXY EXPIRES
	proxy=$4 host=$3
	[ "$5" != 0 ] || return 0
	scenario registration "$5"
	run_sipp
	phone_ends
	case $feature in
	called | held | from_handset)
		scenario being_called
		run_sipp
		;;
	esac
}

# A scenario does all that comes behind its INVITE.
tell() { # HOST VERB [URI]
	case $2 in
	quit) scenario registration 0 ;;
	dial) scenario calling "$3" ;;
	*) return ;;
	esac
	tell_uri=${3:-sip:example.com}
	run_sipp 5061 "${tell_uri#sip:}"
}

phone_ends() {
	wait "$started" || [ -n "$why" ] ||
		why="SIPp ended with $?: $(head -n 3 ./*errors.log | tr '\n' ' ')"
}

# Ten phones, of whom five call the others.
ten_phones() {
	outside="s1 s2 s3 s4 s5 s6 s7 s8 s9 s10"
	{
		cat <<-G
			graph {
				graph [domain="example.com"]
				node [transport=$transport]
				edge [delay="1ms"]
				px [role="proxy registrar location", auth=true, digest=md5]
				node [role=ua, password=secret, outbound=px]
				px -- {$outside}
			}
		G
	} > t.gv
	live ""
	[ -z "$why" ] || return
	proxy=$host_px sipps=
	for user in $outside; do
		eval "host=\$host_$user"
		scenario registration 60
		run_sipp
		sipps="$sipps $started"
	done
	for user in $outside; do
		sees "$user REGISTER px" "px 401 $user" "$user REGISTER px" "px 200 $user"
	done
	for started in $sipps; do
		phone_ends
	done
	sipps=
	for user in s6 s7 s8 s9 s10; do
		eval "host=\$host_$user"
		scenario being_called
		run_sipp
		sipps="$sipps $started"
	done
	for n in 1 2 3 4 5; do
		user=s$n
		eval "host=\$host_$user"
		scenario calling "sip:s$((n + 5))@example.com"
		run_sipp 5061 "s$((n + 5))@example.com"
		sipps="$sipps $started"
	done
	for n in 1 2 3 4 5; do
		sees "s$n INVITE px" "px INVITE s$((n + 5))" "s$((n + 5)) 200 px" "px ACK s$((n + 5))" \
			"s$n BYE px" "px BYE s$((n + 5))" "px 200 s$n"
	done
	for started in $sipps; do
		phone_ends
	done
	end_run
}

cell() {
	if [ "$feature" = ten ]; then ten_phones; else phone_cell digest=md5; fi
}

if [ "${1:-}" = --cell ]; then
	run_cell "$2" "$3"
	exit 0
fi
interop_needs sipp
interop_table SIPp registers calls called holds held transfers b2bua to_handset from_handset conference ten
finish
