#!/bin/sh
# Makes calls.pcap anew: real programs on the loopback interface, recorded.
#
#	sudo apt install kamailio baresip-core sip-tester tcpdump
#	sudo sh examples/calls.sh calls.pcap
#
# Kamailio is registrar and proxy of example.com at 127.0.0.2, baresip the
# phones of Bob and Bill at 127.0.0.1, SIPp the caller Alice at 127.0.0.3.
# Nothing leaves the machine, and all is over within a minute.
set -eu
out=$(realpath "$1")
work=$(mktemp -d)
started=
end() {
	for pid in $started; do
		kill "$pid" 2> /dev/null || :
	done
	rm -rf "$work"
}
trap end EXIT
cd "$work"

cat > kamailio.cfg << 'END'
#!KAMAILIO
debug=0
log_stderror=yes
children=2
auto_aliases=no
alias="example.com"
listen=udp:127.0.0.2:5060
disable_tcp=yes
server_header="Server: Kamailio"
loadmodule "pv.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "maxfwd.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "siputils.so"
loadmodule "textops.so"
loadmodule "auth.so"
# A phone that answers nothing is given up after three seconds, one that rings
# after ten.
modparam("tm", "fr_timer", 3000)
modparam("tm", "fr_inv_timer", 10000)
modparam("rr", "enable_full_lr", 1)
request_route {
	if (!mf_process_maxfwd_header("10")) {
		sl_send_reply("483", "Too Many Hops");
		exit;
	}
	if (is_method("REGISTER")) {
		# Bob and Bill have passwords, Dave's old phone has none.
		if ($tU != "dave" &&
		    !pv_www_authenticate("example.com", "zanzibar", "0")) {
			www_challenge("example.com", "0");
			exit;
		}
		save("location");
		exit;
	}
	if (has_totag()) {
		if (loose_route() || is_method("ACK"))
			t_relay();
		else
			sl_send_reply("404", "Not Here");
		exit;
	}
	if (is_method("CANCEL")) {
		if (t_check_trans())
			t_relay();
		exit;
	}
	record_route();
	if (!lookup("location")) {
		sl_send_reply("404", "Not Found");
		exit;
	}
	t_relay();
}
END

mkdir baresip
cat > baresip/config << 'END'
sip_listen 127.0.0.1:5060
module_path /usr/lib/baresip/modules
module g711.so
module aubridge.so
module_app account.so
module_app contact.so
module_app menu.so
audio_source aubridge,line
audio_player aubridge,line
rtp_ports 40000-40020
rtcp_mux no
net_interface 127.0.0.1
END
account() { # NAME HOW
	printf '<sip:%s@example.com>;outbound="sip:127.0.0.2:5060"' "$1"
	printf ';auth_user=%s;auth_pass=zanzibar;regint=300' "$1"
	printf ';answermode=%s\n' "$2"
}
{
	account bob auto
	account bill manual
} > baresip/accounts
: > baresip/contacts

# What SIPp's calls are made of.
sdp='v=0
o=alice 1 1 IN IP4 127.0.0.3
s=-
c=IN IP4 127.0.0.3
t=0 0
m=audio 42000 RTP/AVP 0
a=rtpmap:0 PCMU/8000
a=ptime:20'
head_of() { # METHOD CSEQ URI TO
	cat << END
$1 $3 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.3:[local_port];branch=[branch]
Max-Forwards: 70
From: Alice <sip:alice@example.com>;tag=alice[call_number]
To: <sip:[service]@example.com>$4
Call-ID: [call_id]
CSeq: $2
Contact: <sip:alice@127.0.0.3:[local_port]>
User-Agent: SIPp
END
}
invite() {
	cat << END
<send retrans="500"><![CDATA[
$(head_of INVITE "1 INVITE" "sip:[service]@example.com" "")
Content-Type: application/sdp
Content-Length: [len]

$sdp
]]></send>
<recv response="100" optional="true"></recv>
END
}
# Within a transaction the Via is that of its INVITE.
of_invite() { # METHOD
	echo "<send><![CDATA["
	head_of "$1" "1 $1" "sip:[service]@example.com" \
		"$2" | sed 's/^Via:.*/[last_Via:]/; /^Contact:/d'
	printf 'Content-Length: 0\n\n]]></send>\n'
}
in_dialog() { # METHOD CSEQ
	echo "<send><![CDATA["
	head_of "$1" "$2 $1" "[next_url]" "[peer_tag_param]" |
		sed 's/^Contact:.*/[routes]/'
	printf 'Content-Length: 0\n\n]]></send>\n'
}
xml() { # NAME: the body from standard input
	{
		printf '<?xml version="1.0"?>\n<scenario name="%s">\n' "$1"
		cat
		echo '</scenario>'
	} > "$1.xml"
}

{
	invite
	echo '<recv response="180" optional="true" rrs="true"></recv>'
	echo '<recv response="200" rrs="true"></recv>'
	in_dialog ACK 1
	echo '<pause milliseconds="600"/>'
	in_dialog BYE 2
	echo '<recv response="200"></recv>'
} | xml talk
{
	invite
	echo '<recv response="404"></recv>'
	of_invite ACK "[peer_tag_param]"
} | xml nobody
{
	invite
	echo '<recv response="180"></recv>'
	echo '<pause milliseconds="800"/>'
	of_invite CANCEL ""
	echo '<recv response="200"></recv>'
	echo '<recv response="487"></recv>'
	of_invite ACK "[peer_tag_param]"
} | xml cancel
{
	invite
	echo '<recv response="408"></recv>'
	of_invite ACK "[peer_tag_param]"
} | xml gone
# Dave's phone has registered, and was switched off.
{
	echo '<send retrans="500"><![CDATA['
	head_of REGISTER "1 REGISTER" sip:example.com "" |
		sed -e 's/^Contact:.*/Contact: <sip:dave@127.0.0.4:5060>/' \
			-e 's/alice/dave/; s/Alice/Dave/' \
			-e 's/^User-Agent: .*/Expires: 600/'
	printf 'Content-Length: 0\n\n]]></send>\n<recv response="200"></recv>\n'
} | xml register

# The programs.
timeout 60 tcpdump -i lo -n -s 0 -U -w "$work/all.pcap" \
	'net 127.0.0.0/8 and (udp port 5060 or portrange 40000-42001 or icmp)' \
	2> tcpdump.log &
started="$started $!"
timeout 60 kamailio -f kamailio.cfg -DD -E -w "$work" -Y "$work" -m 16 \
	> kamailio.log 2>&1 &
started="$started $!"
sleep 2
timeout 60 baresip -f baresip > baresip.log 2>&1 < /dev/null &
phones=$!
started="$started $phones"
sleep 2

sipp_call() { # SCENARIO WHOM [OPTION…]
	name=$1 whom=$2
	shift 2
	timeout 20 sipp -sf "$name.xml" -s "$whom" -i 127.0.0.3 -p 5060 \
		-mi 127.0.0.3 -mp 42000 -cid_str "$name-%u@127.0.0.3" -m 1 \
		-nostdin "$@" 127.0.0.2:5060 > "$name.log" 2>&1 || :
	sleep 0.5
}
sipp_call register dave
sipp_call talk bob -rtp_echo
sipp_call nobody carol
sipp_call cancel bill
sipp_call gone dave
kill -INT "$phones" || :
sleep 1
cp all.pcap "$out"
if [ -n "${LOGS:-}" ]; then
	cp ./*.log ./*.xml kamailio.cfg "$LOGS"/
fi
