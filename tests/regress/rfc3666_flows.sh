# The flows of RFC 3666 against their labs, message by message, SIP and ISUP
# alike: the same messages in the same order between each two nodes.  Those that
# the reference ladders have are read from there; the others stand below, by the
# RFC's text.  Where the RFC has another network than ISUP (Q.931 in 2.2 and
# 4.2, tones on the line in 3.3 and 4.2, a phone that asks the DNS in 2.4) its
# side is left out; and so is 100, which the figures do not always draw, and
# what takes circuits out of service, of which they have only the 503.
. tests/fixtures/check.sh

data=${RUNG_DATA:-../shared/data}/ladders

# "FROM TO MESSAGE", a line each, of the reference: an item a line.
reference() { # FILE
	sed -n 's/.*"from": "\([^"]*\)", "to": "\([^"]*\)", "s[a-z]*": "\([A-Za-z0-9]*\)[" ].*/\1 \2 \3/p' "$1" |
		grep -v '"media"'
}

# The same of a run.
sent() { # LAB
	find_trace "labs/$1" protocol
	sed -n 's/.*"kind":"send".*"src":"\([^"]*\)","dst":"\([^"]*\)".*"start":"\{0,1\}\([A-Za-z0-9]*\).*/\1 \2 \3/p' "$trace"
}

# By pairs, each in its order; names that differ, what is left out.
pairs() { # SED
	sed "$1" | grep -v ' 100$' | LC_ALL=C sort -s -k1,2
}

against() { # SECTION SED: what $work/want has
	sent "rfc3666-$1" | pairs "$2" > "$work/got"
	ok "$1: there are messages" [ -s "$work/want" ]
	same "$1" "$work/want" "$work/got"
}

flow() { # SECTION SED
	[ -e "$data/rfc3666-$1.json" ] || { skip "no reference ladders"; return; }
	reference "$data/rfc3666-$1.json" | pairs "$2" > "$work/want"
	against "$@"
}

# The same of standard input, where a line has all messages from one to another.
text() { # SECTION SED
	awk '{ for (i = 3; i <= NF; i++) print $1, $2, $i }' | pairs '' > "$work/want"
	against "$@"
}

flow 2.1 ''
flow 2.2 '/pbx/d'
text 2.3 '/ BL[OA]$/d' <<'END'
alice proxy1 INVITE ACK BYE
proxy1 alice 183 200 200
proxy1 ngw1 INVITE ACK
ngw1 proxy1 503
proxy1 ngw2 INVITE ACK BYE
ngw2 proxy1 183 200 200
ngw2 switchb IAM REL
switchb ngw2 ACM ANM RLC
END
flow 2.4 '/dnsserver/d'
text 2.5 '' <<'END'
alice proxy1 INVITE CANCEL ACK
proxy1 alice 183 200 487
proxy1 ngw1 INVITE CANCEL ACK
ngw1 proxy1 183 200 487
ngw1 switchb IAM REL
switchb ngw1 ACM RLC
END
text 2.6 '' <<'END'
alice proxy1 INVITE ACK
proxy1 alice 404
proxy1 ngw1 INVITE ACK
ngw1 proxy1 404
ngw1 switchb IAM RLC
switchb ngw1 REL
END
# The 183 is said again after a minute: RFC 3261 13.3.1.1.
text 2.7 '' <<'END'
alice proxy1 INVITE ACK
proxy1 alice 183 183 480
proxy1 ngw1 INVITE ACK
ngw1 proxy1 183 183 480
ngw1 switchb IAM REL
switchb ngw1 ACM RLC
END
flow 3.1 ''
# The RFC has the ANM of ANSI, and says that others send CON.
text 3.2 '' <<'END'
switcha ngw1 IAM REL
ngw1 switcha CON RLC
ngw1 proxy1 INVITE ACK BYE
proxy1 ngw1 200 200
proxy1 bob INVITE ACK BYE
bob proxy1 200 200
END
flow 3.3 '/pbx/d'
flow 3.4 's/\<gw1\>/ngw1/g'
text 3.5 '' <<'END'
switcha ngw1 IAM RLC
ngw1 switcha REL
ngw1 proxy1 INVITE ACK
proxy1 ngw1 600
proxy1 bob INVITE ACK
bob proxy1 600
END
text 3.6 '' <<'END'
switcha ngw1 IAM REL
ngw1 switcha ACM RLC
ngw1 proxy1 INVITE ACK
proxy1 ngw1 600
proxy1 bob INVITE ACK
bob proxy1 600
END
flow 3.7 ''
flow 3.8 ''
text 3.9 '' <<'END'
switcha ngw1 IAM REL
ngw1 switcha ACM RLC
ngw1 proxy1 INVITE CANCEL ACK
proxy1 ngw1 180 200 487
proxy1 bob INVITE CANCEL ACK
bob proxy1 180 200 487
END
flow 4.1 ''
text 4.2 '/pbx/d' <<'END'
gw1 proxy1 INVITE ACK 200
proxy1 gw1 180 200 BYE
proxy1 gw2 INVITE ACK
gw2 proxy1 503
proxy1 gw3 INVITE ACK 200
gw3 proxy1 180 200 BYE
END
finish
