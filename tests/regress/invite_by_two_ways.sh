# An INVITE that came to a program by two ways began two calls, and the CANCEL of the one ended the
# other: the library refuses the second one, as a phone does (RFC 3261 8.2.2.2).
. tests/fixtures/check.sh

act=464:message.delay:by=3969ms
ok "it comes by two ways" "$RUNG" run -q labs/ims-call --act $act -o "$work/run.jsonl"
gives "and begins one call" 1 sh -c "grep '\"kind\":\"call\"' '$work/run.jsonl' |
	grep '\"node\":\"bob\"' | grep -c '\"from\":\"idle\"'"
gives "the other is refused" 1 grep -c '"src":"bob".*"start":482' "$work/run.jsonl"
finish
