#!/bin/sh
# After rung serve was ended and begun again with the same folder, another browser
# with a student's number replaced the student's work in silence.
# shellcheck disable=SC2016,SC2086 # commands for later; one option or none
. tests/fixtures/check.sh
. tests/fixtures/serve.sh

command -v node > "$work/.output" || { skip "there is no node"; finish; }
mkdir "$work/own" "$work/in"
for n in 1 2; do
	printf '{"kind":"hand-in","version":1,"rung":"0.3.0","lab":"direct-call","student":"%s","date":"2026-11-2%sT16:00:00Z","answers":{}}' \
		202300$n $n > "$work/own/202300$n.rung"
done
printf 'id,name\n2023001,Ann\n2023002,Bo\n' > "$work/names.csv"
printf 'id,name,word\n2023001,Ann,ash\n2023002,Bo,\n' > "$work/words.csv"

anew() {
	rm -rf "$work/in"
	mkdir "$work/in"
}
claims() { # STEP NUMBER…
	timeout "$patience" node tests/class/claims.js "$place" "$code" "$teacher" "$work/own" "$@"
}
# The files of hand-ins that the report has, and how many of them are disputed.
judged() {
	"$RUNG" check --class "$work/in" -o "$work/r.csv" > "$work/.output" 2>&1
	sed -n 's/^"\(202300[0-9]\)","[^"]*","","direct-call","\([^"]*\)",.*/\1 \2/p' "$work/r.csv"
	grep -c "another person has used this number" "$work/r.csv"
}
both="2023001 direct-call-2023001.rung
2023001 direct-call-2023001.other1.rung
2"

for with in "" "--roster=$work/names.csv"; do
	name="restart ${with%%=*}"
	anew
	begin -o "$work/in" $with labs/direct-call
	gives "$name: the student" "direct-call-2023001.rung false" claims come 2023001
	end
	begin -o "$work/in" $with labs/direct-call
	gives "$name: another" "direct-call-2023001.other1.rung true" claims take 2023001
	gives "$name: the report has both" "$both" judged
	# The first has not come back: of two rows there is one.
	gives "$name: the list marks it" "2023001!" claims assign 2023001
	gives "$name: it is assigned" "2023001 direct-call-2023001.rung
0" judged
	# What the teacher has said holds after a restart, too.
	end KILL
	begin -o "$work/in" $with labs/direct-call
	gives "$name: a third" "direct-call-2023001.other2.out.rung true" claims take 2023001
	gives "$name: still assigned" "2023001 direct-call-2023001.rung
0" judged
	end
done

# A number that was said, with nothing handed in.
anew
begin -o "$work/in" labs/direct-call
gives "said alone" "" claims say 2023001
end
begin -o "$work/in" labs/direct-call
gives "… counts" "direct-call-2023001.other1.rung true" claims take 2023001
end

# With a word a number stays whose the word is.
anew
begin -o "$work/in" --roster="$work/words.csv" labs/direct-call
gives "with its word" "direct-call-2023001.rung false" env WORDS=ash \
	timeout "$patience" node tests/class/claims.js "$place" "$code" "$teacher" "$work/own" come 2023001
end
begin -o "$work/in" --roster="$work/words.csv" labs/direct-call
gives "without it" "to enter 2023001, type the word on this student's slip" claims take 2023001
gives "with it again" "direct-call-2023001.2.rung false" env WORDS=ash \
	timeout "$patience" node tests/class/claims.js "$place" "$code" "$teacher" "$work/own" come 2023001
gives "nothing is disputed" 0 sh -c "'$RUNG' check --class '$work/in' -o '$work/r.csv' > '$work/.none' 2>&1; grep -c 'another person has used this number' '$work/r.csv'"
end

# What is kept of numbers was cut, is no such file, is lost, or can't be read: the
# files themselves say that the number is somebody's.
for harm in 'truncate -s 20 "$kept"' 'printf "\000\377{{\n[1]\n" > "$kept"' 'rm -f "$kept"' \
	'printf "{\"number\":\"2023001\",\"browser\":\"x\",\"owns\":true,\"files\":\"../own/2023001.rung/\"}\n" > "$kept"'; do
	anew
	begin -o "$work/in" labs/direct-call
	claims come 2023001 > "$work/.output"
	end KILL
	kept=$work/in/.numbers
	ok "kept: $harm" test -f "$kept"
	eval "$harm"
	begin -o "$work/in" labs/direct-call
	says "another after: $harm" ".other" claims take 2023001
	says "… is told" " true" cat "$work/.output"
	gives "… both are in the report" 2 sh -c "'$RUNG' check --class '$work/in' -o '$work/r.csv' > '$work/.none' 2>&1; grep -c 'another person has used this number' '$work/r.csv'"
	end
	ok "… nothing outside is touched" test -f "$work/own/2023001.rung"
done

# Where nothing can be kept, nothing is taken in silence.
anew
mkdir "$work/in/.numbers"
begin -o "$work/in" labs/direct-call
says "not taken" "can't be saved: Is a directory" claims come 2023001
end

# It is the teacher's alone to read.
anew
begin -o "$work/in" labs/direct-call
claims come 2023001 2023002 > "$work/.output"
gives "nobody else reads it" 600 stat -c %a "$work/in/.numbers"
gives "the report of the class has no more" 2 sh -c "'$RUNG' check --class '$work/in' -o '$work/r.csv' > '$work/.none' 2>&1; grep -c direct-call '$work/r.csv'"
end
finish
