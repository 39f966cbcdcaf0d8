#!/bin/sh
# Random networks (tests/roles/random_net.h) of seeds that were not tried before, on all
# processors: $SEEDS of them, else as many as SECONDS are enough for.  The first seed is
# $BASE * 100000; the base is today's date unless $BASE is set.
#
#	sh tests/soak.sh build/san/tests/roles/test_random_net SECONDS
#
# The status is 1 if a program was aborted or a sanitizer has reported something.  Anything
# else that is found is printed with its seed, and the status stays 0.
set -u

if [ "$1" = --one ]; then
	folder=$2 program=$3 end=$4 seed=$5
	# At 255 xargs starts nothing more.
	[ "$(date +%s)" -lt "$end" ] || exit 255
	RANDOM_NET=$seed timeout -k 5 600 "$program" > "$folder/$seed" 2>&1
	case $?$(tail -n 1 "$folder/$seed") in
	0random_net:*) echo "$seed" >> "$folder/good" ;;
	1random_net:*) echo "$seed" >> "$folder/found" ;;
	*) echo "$seed" >> "$folder/aborted" ;;
	esac
	exit 0
fi

# shellcheck source=tests/sanitizers.sh
. tests/sanitizers.sh
# shellcheck source=tests/machine.sh
. tests/machine.sh
program=$1
began=$(date +%s)
base=${BASE:-$(date +%Y%m%d)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
touch "$folder/good" "$folder/found" "$folder/aborted"

count() { # KIND
	wc -l < "$folder/$1"
}

end=$((began + $2)) most=99999 what="$2 s"
if [ -n "${SEEDS:-}" ]; then
	end=$((began + 1000000)) most=$SEEDS what="$SEEDS seeds"
fi
echo "soak: base $base, $what"
seq -f %.0f $((base * 100000)) $((base * 100000 + most - 1)) |
	xargs -P "${JOBS:-$(nproc 2> /dev/null || echo 2)}" -n 1 \
		sh "$0" --one "$folder" "$program" "$end" 2> "$folder/xargs"
sort "$folder/found" | while read -r seed; do
	echo "seed $seed disagrees:"
	grep '^  ' "$folder/$seed" | head -n 8
done
sort "$folder/aborted" | while read -r seed; do
	echo "seed $seed ABORTED; correct that, and add the seed to tests/roles/random_net.seeds:"
	echo "    RANDOM_NET=$seed $program"
	head -n 80 "$folder/$seed"
done
echo "soak: base $base, $(($(count good) + $(count found) + $(count aborted))) seeds tried in" \
	"$(($(date +%s) - began)) s, $(count aborted) aborted, $(count found) disagree"
[ "$(count aborted)" = 0 ] && [ -s "$folder/good" ]
