# The flows of RFC 3666 that the reference ladders have, against their labs,
# message by message, SIP and ISUP alike: the same messages in the same order
# between each two nodes.  Where the RFC has another network than ISUP (Q.931 in
# 2.2, tones on the line in 3.3, a phone that asks the DNS in 2.4) its side is
# left out; and so is 100, which the figures do not always draw.
. tests/check.sh

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

flow() { # SECTION SED
	[ -e "$data/rfc3666-$1.json" ] || { skip "no reference ladders"; return; }
	reference "$data/rfc3666-$1.json" | pairs "$2" > "$work/want"
	sent "rfc3666-$1" | pairs "$2" > "$work/got"
	ok "$1: there are messages" [ -s "$work/want" ]
	same "$1" "$work/want" "$work/got"
}

flow 2.1 ''
flow 2.2 '/pbx/d'
flow 2.4 '/dnsserver/d'
flow 3.1 ''
flow 3.3 '/pbx/d'
flow 3.4 's/\<gw1\>/ngw1/g'
flow 3.7 ''
flow 3.8 ''
flow 4.1 ''
finish
