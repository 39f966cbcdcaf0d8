# Every broken run of a lab is explained by a row of docs/HOLES.md.  HOLES=all takes
# all labs, which is an hour of processor time; else some that last less than a second each.
. tests/fixtures/check.sh

case ${HOLES:-} in
all) labs=$(cd labs && for lab in */lab.lua; do echo "${lab%/lab.lua}"; done) ;;
"") labs="direct-call busy cancel registration rfc3311-8 rfc3665-2.1 rfc3665-3.7
	rfc3680-6 rfc3891-7.1 rfc5407-3.1.2 rfc5407-3.1.3 rfc5407-3.2.3 rfc5407-3.2.4" ;;
*) labs=$HOLES ;;
esac
for lab in $labs; do
	"$RUNG" search "$lab" -f json > "$work/found" 2> "$work/.output"
	[ $? -le 1 ] || bad "$lab" "the search ends with an error"
	jq -r '.groups[] | select(.hole == "no row" or .outcome == "failed") |
		"\(.faults) × \(.how) --act \(.acts)"' "$work/found" > "$work/.output"
	if [ -s "$work/.output" ]; then
		bad "$lab" "broken without a row"
	else good; fi
done
finish
