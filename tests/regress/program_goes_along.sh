# A network's programs go where the network goes: into a copy of the lab, a set
# of questions, a trace that is run again where there are no files; and none of
# them is taken for a script of its own.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL
lab=labs/programmed-proxy

ok "a copy" "$RUNG" copy $lab "$work/copy"
same "the program in it" $lab/route.lua "$work/copy/route.lua"
"$RUNG" check "$work/copy" > "$work/judged" 2>&1
fails "the program is no run" 1 grep "run route.lua" "$work/judged"

ok "a set" "$RUNG" class new --labs=programmed-proxy -o "$work/set"
for part in students teacher; do
	same "the program of the $part" $lab/route.lua \
		"$work/set/$part/labs/set-programmed-proxy/route.lua"
done

"$RUNG" run -q $lab -o "$work/1.jsonl"
mkdir "$work/elsewhere"
cp "$work/1.jsonl" "$work/elsewhere/t.jsonl"
"$RUNG" run -q "$work/elsewhere/t.jsonl" -o "$work/2.jsonl"
same "a trace has it" "$work/1.jsonl" "$work/2.jsonl"

# A changed one is another run; a missing one is named.
sed 's/403/603/' $lab/route.lua > "$work/copy/route.lua"
"$RUNG" run -q "$work/copy" -o "$work/3.jsonl"
ok "the changed program" grep -q '"start":603' "$work/3.jsonl"
rm "$work/copy/route.lua"
says "none" "there is no program “route.lua”" "$RUNG" run "$work/copy"
ln -s /etc/passwd "$work/copy/route.lua"
says "a link" "be no link to elsewhere" "$RUNG" run "$work/copy"
rm "$work/copy/route.lua"
mkdir "$work/copy/route.lua"
fails "a folder" 2 "$RUNG" run "$work/copy"
finish
