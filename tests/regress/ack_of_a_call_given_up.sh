# A program's call that was given up before its ACK was acknowledged with a description where
# its INVITE had the offer already; and the answer that refuses what an answer offers had the
# o= line of the other side.
. tests/fixtures/check.sh

# Each call of the run is taken back, or hung up, behind each record: what inspect says of it.
acts() { # FILE ACT FROM TO: the runs, and how many have an error of inspect
	n=0 bad=0 record=$3
	while [ "$record" -le "$4" ]; do
		if "$RUNG" run -q "$1" --act "$record:$2" -o "$work/run.jsonl" 2> /dev/null; then
			n=$((n + 1))
			! "$RUNG" inspect "$work/run.jsonl" | grep -q '^error' || bad=$((bad + 1))
		fi
		record=$((record + 1))
	done
	echo "$((n > 0)) $bad"
}

gives "a call that had the offer: runs, errors" "1 0" acts labs/h323-gateway gw/1.cancel 40 48
gives "one that waits for an offer" "1 0" acts labs/h323-gateway gw/2.cancel 130 138
gives "a platform's" "1 0" acts topologies/gb28181-cascade.gv upper/1.cancel 244 254
finish
