# In a Chinese ladder no timer goes by its English name: those of programs
# ("after 1 s"), of keep-alives, of queues and menus did, in 20 labs.
. tests/fixtures/check.sh
RUNG_SHARE=$PWD
export RUNG_SHARE

# A row of nothing but a word in small letters, and how long.
for lab in labs/*/lab.lua; do
	lab=${lab%/lab.lua}
	find_trace "$lab" protocol
	"$RUNG" --lang=zh export "$trace" -f txt -o "$work/ladder"
	ok "$lab has a ladder" test -s "$work/ladder"
	fails "$lab: no timer's English name" 1 \
		grep -E '┊ [a-z][a-z -]*[a-z] [0-9.]+ (ms|s|min|h)\b' "$work/ladder"
done
says "what a program waits for" "┊ 1 s 后" \
	"$RUNG" --lang=zh export agent-transaction -f txt -o -
says "… in English" "┊ after 1 s" \
	"$RUNG" --lang=en export agent-transaction -f txt -o -
says "and what a timer is called" "程序定时器" \
	"$RUNG" --lang=zh show agent-transaction kind=timer
finish
