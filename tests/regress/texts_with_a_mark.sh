#!/bin/sh
# A byte order mark, which editors and shells of Windows write, is passed over
# by whatever reads a text; a text in another encoding is refused as such.
. tests/fixtures/check.sh
. tests/fixtures/wrong.sh
find_trace labs/two-proxies protocol
cp "$trace" "$work/t.jsonl"
cd "$work" || exit 1

marked() { # FROM TO
	{ printf '\357\273\277' && cat "$1"; } > "$2"
}

# With the mark and without it the same is said of a file of the same name.
alike() { # FILE COMMAND…
	alike_file=$1
	shift
	mkdir -p bare mark
	cp "$alike_file" "bare/$alike_file"
	marked "$alike_file" "mark/$alike_file"
	(cd bare && timeout "$patience" "$rung" "$@") > .bare 2>&1 < /dev/null
	(cd mark && timeout "$patience" "$rung" "$@") > .mark 2>&1 < /dev/null
	if [ -s .bare ] && cmp -s .bare .mark; then
		good
	else
		bad "$*" "a mark before $alike_file: $(head -c 200 .mark)"
	fi
}

cat > a.gv << 'END'
graph net {
  alice [role=ua]
  bob [role=ua]
  alice -- bob
}
END
cat > lab.lua << 'END'
lab { title = "t", topology = "two-proxies.gv", duration = "1s" }
END
cp "$root/assets/invite.sip" i.sip
"$rung" copy busy mine --student=2023001 > /dev/null 2>&1
"$rung" hand-in mine -o w.rung > .output 2>&1
"$rung" link t.jsonl > l.txt 2> /dev/null
printf '{"kind":"arrivals","version":1}\n' > arrivals.jsonl
printf 'id,name\n2023001,Zhang\n' > r.csv

alike t.jsonl show t.jsonl method=BYE
alike t.jsonl run t.jsonl -q -o -
alike t.jsonl explain t.jsonl 5
alike t.jsonl inspect t.jsonl
alike t.jsonl diff t.jsonl t.jsonl
alike t.jsonl export t.jsonl
alike a.gv run a.gv
alike lab.lua run lab.lua
alike i.sip parse i.sip
alike i.sip parse --json i.sip
alike w.rung check w.rung
alike w.rung run w.rung
alike arrivals.jsonl run two-proxies --arrivals=arrivals.jsonl
[ ! -s l.txt ] || alike l.txt run l.txt
mkdir bare/h mark/h && cp w.rung bare/h && marked w.rung mark/h/w.rung
alike r.csv check --class h --roster=r.csv
cp -r "$root/labs/busy" own
cp -r own bare/own
cp -r own mark/own
marked own/check.lua mark/own/check.lua
marked own/README.md mark/own/README.md
alike a.gv check --teacher own
marked t.jsonl m.jsonl
"$rung" show - method=BYE < t.jsonl > .bare 2>&1
"$rung" show - method=BYE < m.jsonl > .mark 2>&1
if cmp -s .bare .mark; then good; else bad 'show -' "$(head -1 .mark)"; fi
gzip -k m.jsonl
"$rung" show m.jsonl.gz method=BYE > .mark 2>&1
if cmp -s .bare .mark; then good; else bad 'gz' "$(head -1 .mark)"; fi

printf '\357\273\277{"id":1,"ask":"panes"}\n' > q.jsonl
if "$rung" serve --stdio < q.jsonl | grep -q '"id":1'; then
	good
else
	bad 'serve --stdio' 'a mark before its first line'
fi

# ---- UTF-16 is named alike everywhere ----
mkdir wide
for file in t.jsonl a.gv lab.lua i.sip w.rung arrivals.jsonl; do
	iconv -f UTF-8 -t UTF-16 "$file" > "wide/$file"
	iconv -f UTF-8 -t UTF-16LE "$file" > "wide/le-$file"
done
utf16='is a text in UTF-16: save it as UTF-8'
for p in wide/ wide/le-; do
	wrong 2 "$utf16" show "${p}t.jsonl"
	wrong 2 "$utf16" run "${p}a.gv"
	wrong 2 "$utf16" run "${p}lab.lua"
	wrong 2 "$utf16" parse "${p}i.sip"
	wrong 2 "$utf16" check "${p}w.rung"
	wrong 2 "$utf16" run two-proxies --arrivals="${p}arrivals.jsonl"
done
iconv -f UTF-8 -t UTF-16 own/check.lua > mark/own/check.lua
wrong 2 'is a text in UTF-16: save it as UTF-8' check --teacher mark/own

# ---- neither Latin-1 nor GBK is UTF-8 ----
bytes='these bytes are not UTF-8: save it as UTF-8'
printf 'lab { title = "B\374ro", topology = "two-proxies.gv" }\n' > latin.lua
printf 'lab { topology = "two-proxies.gv" }\nnote "\272\364"\n' > gbk.lua
printf 'graph {\n  a [role=ua, label="J\366rg"]\n}\n' > latin.gv
wrong 2 "latin.lua:1: $bytes" run latin.lua
wrong 2 "gbk.lua:2: $bytes" run gbk.lua
wrong 2 "latin.gv:2: $bytes" run latin.gv
printf -- '-- \374\n' | cat - own/check.lua > mark/own/check.lua
wrong 2 "check.lua:1: $bytes" check --teacher mark/own
finish
