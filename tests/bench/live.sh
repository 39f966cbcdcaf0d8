#!/bin/sh
# rung live under load by SIPp, all on this machine: how far a simulated stateful proxy is behind
# the clock at 200 calls a second; at which rate a simulated registrar that asks for passwords
# answers, beside Kamailio, one registration behind the other on 20 lines.
#
#	sh tests/bench/live.sh BUILD
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/bench/figure.inc
case $build in /*) ;; *) build=$PWD/$build ;; esac
for need in sipp kamailio; do
	command -v $need > /dev/null || { echo "# there is no $need"; exit 0; }
done
documents=$PWD/docs
cd "$work" || exit

cat > proxy.gv <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	caller [role=ua]
	px [role=proxy]
	callee [role=ua]
	lan
	lan -- {caller px callee}
}
G
cat > registrar.gv <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	bob [role=ua, password=secret]
	px [role="proxy registrar location", auth=true, digest=md5]
	bob -- px
}
G
cat > register.xml <<'X'
<?xml version="1.0"?>
<scenario>
<send retrans="500"><![CDATA[

REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: <sip:bob@example.com>;tag=[call_number]
To: <sip:bob@example.com>
Call-ID: [call_id]
CSeq: 1 REGISTER
Contact: <sip:bob@[local_ip]:[local_port]>
Max-Forwards: 70
Expires: 60
Content-Length: 0

]]></send>
<recv response="401" auth="true"/>
<send retrans="500"><![CDATA[

REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: <sip:bob@example.com>;tag=[call_number]
To: <sip:bob@example.com>
Call-ID: [call_id]
CSeq: 2 REGISTER
Contact: <sip:bob@[local_ip]:[local_port]>
[authentication username=bob password=secret]
Max-Forwards: 70
Expires: 60
Content-Length: 0

]]></send>
<recv response="200"/>
</scenario>
X

# To the hundredth of a millisecond.
milliseconds() {
	sed -n 's/.*99 of 100 \([0-9.]*\) \(µs\|ms\|s\),.*/\1 \2/p' |
		awk '{ print $1 * ($2 == "s" ? 1000 : $2 == "ms" ? 1 : 0.001) }'
}
# A second's registrations of 4,000, at SERVER by the address OWN.
registrations() { # OWN SERVER
	begun=$(date +%s%N)
	timeout 120 sipp -sf register.xml -i "$1" -p 5060 "$2" -m 4000 -r 100000 -rp 1000 \
		-l 20 -auth_uri example.com -nostdin > sipp.said 2>&1 || return
	echo "$begun $(date +%s%N)" | awk '{ printf "%.0f\n", 4000 / (($2 - $1) / 1e9) }'
}

"$build/rung" live proxy.gv --outside=caller=127.99.1.1,callee=127.99.1.3 --until=60s > said 2>&1 &
run=$!
until grep -q Ctrl-C said; do sleep 0.1; done
px=$(sed -n 's/^  px *\(127[.0-9]*\):.*/\1/p' said | head -n 1)
sipp -sn uas -i 127.99.1.3 -p 5060 -nostdin > uas.said 2>&1 &
callee=$!
timeout 60 sipp -sn uac -i 127.99.1.1 -p 5060 -rsa "$px:5060" 127.99.1.3:5060 -s service -r 200 -m 2000 \
	-nostdin > uac.said 2>&1
kill "$run" "$callee"
wait "$run" "$callee" 2> /dev/null
figure "calls of 2,000 through a proxy, at 200 a second" \
	"$(awk '/Successful call/ { n = $NF } END { print n }' uac.said)" calls "at least" 2000
figure "behind the clock, 99 of 100 messages" "$(milliseconds < said)" ms "at most" 5

"$build/rung" live registrar.gv --outside=bob=127.99.2.1 --until=300s > said 2>&1 &
run=$!
until grep -q Ctrl-C said; do sleep 0.1; done
px=$(sed -n 's/^  px *\(127[.0-9]*\):.*/\1/p' said | head -n 1)
ours=$(registrations 127.99.2.1 "$px:5060")
kill "$run"
wait "$run" 2> /dev/null

awk '/^<!-- kamailio.cfg: end/ { exit } on && !/^```/ { print } /^<!-- kamailio.cfg: begin/ { on = 1 }' \
	"$documents/LIVE.md" | sed -e 's/127\.64\.0\.2/127.99.3.2/' > kamailio.cfg
kamailio -DD -E -f kamailio.cfg -w "$work" -Y "$work" -m 64 > kamailio.said 2>&1 &
server=$!
sleep 2
theirs=$(registrations 127.99.3.1 127.99.3.2:5060)
kill "$server"
wait "$server" 2> /dev/null
echo "  registrations a second: rung $ours, Kamailio $theirs"
figure "a registrar that asks for passwords, beside Kamailio" \
	"$(echo "$ours $theirs" | awk '{ printf "%.2f", $1 / $2 }')" times "at least" 0.3
