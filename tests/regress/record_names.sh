# A record has a name that stays, whatever its number: INVITE@atl#2, wherever a
# number is taken.
. tests/fixtures/check.sh
"$RUNG" run -q lost-messages -o "$work/t.jsonl"

# number WORDS…: of the first record that show lists.
number() {
	"$RUNG" show "$work/t.jsonl" kind=send "$@" | awk '{ print $1; exit }'
}

# is NAME NUMBER: both give the same.
is() {
	for command in show explain; do
		"$RUNG" $command "$work/t.jsonl" "$1" > "$work/by_name" 2>&1
		"$RUNG" $command "$work/t.jsonl" "$2" > "$work/by_number" 2>&1
		ok "$command $1 is $2" cmp "$work/by_name" "$work/by_number"
	done
}

# wrong NAME SENTENCE WORDS…
wrong() {
	wrong_what=$1
	wrong_text=$2
	shift 2
	fails "$wrong_what" 2 "$RUNG" "$@"
	says "$wrong_what: it is said" "$wrong_text" "$RUNG" "$@"
}

# ---- show, explain ----
is INVITE@atl "$(number method=INVITE src=atl)"
second=$("$RUNG" show "$work/t.jsonl" kind=send method=INVITE src=atl |
	awk 'NR == 2 { print $1 }')
is INVITE@atl#2 "$second"
is 180@bob "$(number status=180 src=bob)"
is 200@atl "$(number status=200 src=atl)"
is 200/INVITE@atl "$(number status=200 src=atl cseq=INVITE)"
is 200/BYE@alice "$(number status=200 src=alice cseq=BYE)"
says "a record of a lab" "INVITE" "$RUNG" explain two-proxies INVITE@atl
wrong "nobody of that name" 'no node “atll”; did you mean “atl”' \
	show "$work/t.jsonl" INVITE@atll
wrong "nothing like that" "alice sends no CANCEL" explain "$work/t.jsonl" CANCEL@alice
wrong "not so often" "atl sends only 2 INVITE" explain "$work/t.jsonl" INVITE@atl#3
for word in INVITE INVITE@ @atl 99@atl 700@atl 200/@atl INVITE@atl# INVITE@atl#0 \
	INVITE@atl#x INVITE/2@atl; do
	wrong "no name: $word" "“$word” is no record" explain "$work/t.jsonl" "$word"
done
says "a text to look for is none" "INVITE" \
	"$RUNG" show "$work/t.jsonl" alice@atlanta.example.com

# ---- notes of a figure ----
"$RUNG" export "$work/t.jsonl" --notes=INVITE@atl#2,180@bob > "$work/by_name"
"$RUNG" export "$work/t.jsonl" --notes="$second,$(number status=180 src=bob)" \
	> "$work/by_number"
ok "--notes" cmp "$work/by_name" "$work/by_number"
says "they are there" "atl sends INVITE to bil again" cat "$work/by_name"
wrong "--notes of none" "is no record" export "$work/t.jsonl" --notes=x
wrong "--notes of nothing" "alice sends no CANCEL" \
	export "$work/t.jsonl" --notes=CANCEL@alice

# ---- acts ----
# acts NAME NUMBER OPTIONS…: the same run by name as by number.
acts() {
	acts_name=$1 acts_number=$2
	shift 2
	"$RUNG" run -q "$@" --act="$acts_name" -o "$work/by_name.jsonl"
	"$RUNG" run -q "$@" --act="$acts_number" -o "$work/by_number.jsonl"
	ok "$acts_name is $acts_number: $*" \
		cmp "$work/by_name.jsonl" "$work/by_number.jsonl"
}
acts INVITE@atl:message.drop "$(number method=INVITE src=atl):message.drop" lost-messages
acts INVITE@atl#2:bil.crash "$second:bil.crash" lost-messages
acts INVITE@atl#2:message.delay:by=2s "$second:message.delay:by=2s" "$work/t.jsonl"
seq=$("$RUNG" run lost-messages -q --seed=9 --detail=network -o "$work/n.jsonl" &&
	"$RUNG" show "$work/n.jsonl" kind=send status=180 src=bob | awk '{ print $1; exit }')
acts 180@bob:bob/1.reject:code=603 "$seq:bob/1.reject:code=603" \
	lost-messages --seed=9 --detail=network
# A time behind a number is a time; behind a name, too.
"$RUNG" run -q two-proxies -o "$work/two.jsonl"
ack=$("$RUNG" show "$work/two.jsonl" kind=send method=ACK src=bil | awk '{ print $1; exit }')
wrong "a number and a time" "the last record before its time" \
	run two-proxies --act="$ack@5s:bob.crash"
wrong "a name and a time" "the last record before its time" \
	run two-proxies --act=ACK@bil@5s:bob.crash
# Of several each is looked up in the run that those before it make.
"$RUNG" run -q two-proxies --act=INVITE@atl:message.drop \
	--act=INVITE@atl#2:message.drop -o "$work/twice.jsonl"
says "acts one after the other" "3" sh -c \
	'"$1" show "$2" kind=send method=INVITE src=atl | wc -l' - "$RUNG" "$work/twice.jsonl"
"$RUNG" run -q "$work/twice.jsonl" -o "$work/again.jsonl"
ok "its trace can be run again" cmp "$work/twice.jsonl" "$work/again.jsonl"
wrong "an act upon nothing" "alice sends only 1 INVITE" \
	run two-proxies --act=INVITE@alice#2:message.drop
wrong "an act at nobody" "no node “zzzzz”" run two-proxies --act=INVITE@zzzzz:bob.crash
wrong "no act" "INVITE@atl:message.drop" run two-proxies --act=5
finish
