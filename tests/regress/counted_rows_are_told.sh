# The table that make count-page has written has the rows of tests/bench/count_work.c and of
# count_files.c, and so have the limits.
. tests/fixtures/check.sh

sed -nE 's/^	\{ "([^"]*)", run_.*/\1/p' tests/bench/count_work.c > "$work/rows"
sed -nE 's/^	\{ "(a [^"]*)", .*/\1/p' tests/bench/count_files.c >> "$work/rows"
sed -nE '/^<!-- counted,/,/^<!-- end of counted/s/^\| (.*) \| [0-9]+ \| [0-9]+ \| [0-9]+ \| .* times \| .*/\1/p' \
	tests/bench/README.md > "$work/told"
sed -nE 's/^[0-9]+ [0-9]+ (.*)/\1/p' tests/bench/limits > "$work/limited"
ok "there are some" grep -q camera "$work/rows"
ok "they are the same" diff "$work/rows" "$work/told"
ok "and limited" diff "$work/rows" "$work/limited"
finish
