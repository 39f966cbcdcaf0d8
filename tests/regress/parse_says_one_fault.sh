# rung parse names the same fault on standard output and on standard error.
set -u
. tests/fixtures/check.sh
data=${RUNG_DATA:-../shared/data}/torture

# agrees FILE STATUS
agrees() {
	"$RUNG" parse "$1" > "$work/.output" 2> "$work/errors"
	set -- "$1" "$2" $?
	check_fault=$(sed 's/^rung: [^:]*:\([0-9]*: \)\{0,1\} *//' \
		"$work/errors" | head -n 1)
	if [ "$3" != "$2" ]; then
		bad "$1" "status $3 instead of $2"
	elif [ "$3" = 0 ] || tr -s '\n ' '  ' < "$work/.output" |
		grep -qF -- "not well formed: $check_fault"; then
		good
	else
		bad "$1" "standard error says: $check_fault"
	fi
}
msg() { # NAME EXTRA
	printf '%s\r\n' 'REFER sip:bob@example.com SIP/2.0' \
		'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1' \
		'From: <sip:a@example.com>;tag=1' 'To: <sip:b@example.com>' \
		'Contact: <sip:a@192.0.2.1>' 'Call-ID: 1' 'CSeq: 1 REFER' ${2:+"$2"} '' > "$work/$1.sip"
}
msg bare ""
agrees "$work/bare.sip" 2
says "which field" ":1: a mandatory header field is missing: Refer-To" \
	"$RUNG" parse "$work/bare.sip"
says "the answer's words" "Missing Refer-To header field" \
	env COLUMNS=200 "$RUNG" parse "$work/bare.sip"
msg whole "Refer-To: <sip:c@example.com>"
agrees "$work/whole.sip" 0
tr -d '\r' < "$work/whole.sip" > "$work/lf.sip"
agrees "$work/lf.sip" 2
says "LF" "a CR or LF without the other" "$RUNG" parse "$work/lf.sip"
grep -v '^CSeq' "$work/whole.sip" > "$work/silent.sip"
agrees "$work/silent.sip" 2
says "no CSeq" "is missing: CSeq" "$RUNG" parse "$work/silent.sip"
says "no answer without CSeq" "receiver drops it" \
	"$RUNG" parse "$work/silent.sip"

# What stands past the limits is not said to be missing, or to be no field.
{
	printf 'OPTIONS sip:b@example.com SIP/2.0\r\n'
	for i in 1 2 3 4 5 6 7 8 9 10; do
		for j in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 \
			21 22 23 24 25 26 27 28 29 30; do
			printf 'Via: SIP/2.0/UDP h;branch=z9hG4bK%s-%s\r\n' $i $j
		done
	done
	printf '%s\r\n' 'From: <sip:a@example.com>;tag=1' \
		'To: <sip:b@example.com>' 'Call-ID: 1' 'CSeq: 1 OPTIONS' \
		'Max-Forwards: 5' ''
} > "$work/large.sip"
agrees "$work/large.sip" 2
says "513" "513" env COLUMNS=200 "$RUNG" parse "$work/large.sip"
if grep -qE "not a header field|There is no [A-Z]" "$work/.output"; then
	bad "past the limits" "said to be missing"
else good; fi

if [ -d "$data" ]; then
	for f in "$data"/rfc*/*.dat; do
		"$RUNG" parse "$f" > /dev/null 2>&1
		agrees "$f" $?
	done
else
	skip "no torture messages beside the project"
fi
finish
