# A kept search had the path of its lab; reports in Markdown had a comment of HTML.
# What rung writes names no folder above the one that it ran in (but the copy of a
# lab of one's own, which has to find that), and its Markdown has no HTML.
. tests/fixtures/check.sh

rung=$(readlink -f "$RUNG")
dir=$work/telling-name
mkdir "$dir"
cp -R labs/two-proxies "$dir"
in_dir() { (cd "$dir" && XDG_STATE_HOME=$dir/state "$rung" "$@"); }
whole=$dir/two-proxies

: > "$work/.output"
while read -r command; do
	eval "in_dir $command" > /dev/null 2>&1
	[ $? -le 1 ] && good || bad "rung $command" "fails"
done << 'END'
search two-proxies --only=drop --node=bob -o searched
search "$whole" --only=drop --node=bob -o searched-by-path
sweep "$whole" --seed=1..2 --keep -o swept
run "$whole" -o run.jsonl
check two-proxies
hand-in "$whole" --student=ann -o handed.rung
report "$whole" --student=ann -o report.md
report "$whole" --student=ann -o report.html
worksheet first-call --teacher -o sheet.md
worksheet "$whole" --lang=zh -o sheet-zh.md
export "$whole" -f md -m -o ladder.md
export "$whole" -f html -o page.html
copy direct-call mine
END
in_dir link "$whole" > "$dir/link.txt"
ok "they were written" test -s "$dir/searched-by-path/search.json" -a -s "$dir/sheet-zh.md" \
	-a -s "$dir/handed.rung" -a -s "$dir/link.txt" -a -s "$dir/mine/README.md"
find "$dir" -type f ! -path "*/state/*" -exec grep -la "telling-name\|${rung%/*}" {} + > "$work/.output"
empty "no path in what is written"
awk 'FNR == 1 { block = 0 } /^ *```/ { block = !block; next }
	!block && !/^    / { gsub(/`[^`]*`/, "") } !block && /<[a-zA-Z\/!]/ && !/^    / { print FILENAME ": " $0 }' \
	"$dir"/*.md > "$work/.output"
empty "no HTML in Markdown"
finish
