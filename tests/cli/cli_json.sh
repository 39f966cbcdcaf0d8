# -f json: one object for programs, as docs/json.schema.json says, the same
# bytes twice, sentences in the language of --lang.
. tests/fixtures/check.sh
command -v jq > /dev/null || skip "jq is missing"
trace_of labs/two-proxies protocol "$work/run.jsonl"
printf 'INVITE sip:\302\205bob SIP/2.0\r\nX: \342\200\256\377\001"\\\r\n\r\n' \
	> "$work/bad.sip"
mkdir "$work/class"
"$RUNG" copy direct-call "$work/class/2026001" > "$work/.output" 2>&1
cp -r "$work/class/2026001" "$work/class/2026002"

# Schema, exit status, command; its output is $work/N.json.
answers="$work/answers"
cat > "$answers" << END
show 0 show $work/run.jsonl
show 0 show $work/run.jsonl 55
show 0 show $work/run.jsonl -m method=INVITE
show 1 show $work/run.jsonl method=REFER
calls 0 show --calls $work/run.jsonl --sort=-talk
calls 1 show --calls $work/run.jsonl state=busy
text 0 show $work/run.jsonl --at 1s
text 0 show $work/run.jsonl 55 --layers
explain 0 explain $work/run.jsonl 55
explain 0 --lang=zh explain $work/run.jsonl 180@bob
text 0 explain $work/run.jsonl --hear=bob --at=4s
parse 0 parse assets/invite.sip
parse 2 parse $work/bad.sip
labs 0 labs
check 1 check direct-call
check 0 check --class $work/class
ladder 0 show -l $work/run.jsonl
ladder 0 export one-way-audio --states --timers --number
END
n=0
while read -r schema status command; do
	n=$((n + 1))
	"$RUNG" $command -f json > "$work/$n.json" 2> "$work/.output"
	seen=$?
	[ "$seen" = "$status" ] || bad "$command" "ends with $seen"
	[ "$(tail -c 1 "$work/$n.json" | od -An -tx1)" = " 0a" ] ||
		bad "$command" "no newline at the end"
	[ $((n % 4)) != 1 ] ||
		"$RUNG" $command -f json 2> /dev/null |
		cmp -s - "$work/$n.json" ||
		bad "$command" "other bytes the second time"
	# No control and nothing that turns a reader's eye comes raw.
	! tr -d '\n' < "$work/$n.json" |
		grep -qP '[\x00-\x1f\x7f-\x{9f}\x{202a}-\x{202e}]' ||
		bad "$command" "a control"
	echo "$schema $work/$n.json $command"
done < "$answers" > "$work/list"
grep '^BAD' "$work/list"
sed -i '/^BAD/d' "$work/list"
gives "all were asked" "$(wc -l < "$answers")" sh -c 'wc -l < "$1"' - "$work/list"

if command -v jq > /dev/null; then
	gives "a record" '[55,"send","alice","100 Trying → alice"]' jq -c \
		'.records[0] | [.seq, .kind, .record.dst, .summary]' "$work/2.json"
	gives "INVITEs alone" '["INVITE"]' jq -c \
		'[.records[].record.start] | unique' "$work/3.json"
	gives "none" '{"records":[]}' jq -c . "$work/4.json"
	gives "calls in their order" \
		'[["completed",200,5060000000],["done",200,-1],["done",200,-1]]' \
		jq -c '[.calls[] | [.state, .status, .talk]]' "$work/5.json"
	gives "steps are causes" true jq \
		'.steps as $s | all(range(1; $s | length); $s[.].seq == $s[. - 1].record.cause)
		and $s[-1].kind == "act"' "$work/9.json"
	gives "Chinese" true jq '.question | test("为什么")' "$work/10.json"
	gives "a message that is well" '["",23]' jq -c \
		'[.fault, (.lines | length)]' "$work/12.json"
	gives "one that is not" true jq '.fault != "" and .line > 0' \
		"$work/13.json"
	gives "labs by name" '"direct-call"' jq '.labs[0].name' "$work/14.json"
	gives "two of a class" 2 jq '.entries | length' "$work/16.json"
fi
# What -o writes is the same.
"$RUNG" check direct-call -o "$work/mine.json" > "$work/.output" 2>&1
same "of -o" "$work/mine.json" "$work/15.json"
"$RUNG" export "$work/run.jsonl" -f json > "$work/ladder.json"
"$RUNG" show -l "$work/run.jsonl" -f json > "$work/shown.json"
same "the ladder" "$work/ladder.json" "$work/shown.json"

# What does nothing in JSON is refused.
for option in --width=100 --color=always --theme=light --ascii --follow; do
	fails "$option" 2 "$RUNG" show "$work/run.jsonl" -f json $option
done
fails "no such format" 2 "$RUNG" labs -f yaml
says  "which there are" "txt, json" "$RUNG" labs -f yaml
fails "right answers" 2 "$RUNG" check direct-call --teacher -f json

# Every member is one of the schema, and is as it says.
if python3 -c 'import jsonschema' 2> /dev/null; then
	cat > "$work/check.py" << 'END'
import json, sys
from jsonschema import Draft202012Validator

schema = json.load(open("docs/json.schema.json"))
Draft202012Validator.check_schema(schema)
for one in schema["$defs"].values():
    one["additionalProperties"] = False
bad = 0
for line in open(sys.argv[1]):
    name, file, command = line.split(" ", 2)
    whole = dict(schema, **{"$ref": "#/$defs/" + name})
    for e in Draft202012Validator(whole).iter_errors(json.load(open(file))):
        print("BAD", command.strip(), list(e.absolute_path), e.message[:200])
        bad += 1
        if bad > 20:
            break
sys.exit(bad > 0)
END
	ok "as the schema says" python3 "$work/check.py" "$work/list"
else
	skip "python3-jsonschema is missing"
fi
finish
