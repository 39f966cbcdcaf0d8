# Of no node that holds something it is said "Nothing is here now.": in the middle of
# a run, each that has an answered call, users, terminations, bound ports, is told with
# it.  Only roles below keep nothing of what passes.
. tests/fixtures/check.sh

# Of each node that holds something at MIDDLE: its name and what.  What is held is known
# by messages alone: what begins it, at whom, and what ends it.
cat > "$work/holds.awk" << 'E1'
	function field(name,    at, text) {
		at = index($0, "\"" name "\":")
		if (at == 0)
			return ""
		text = substr($0, at + length(name) + 3)
		if (substr(text, 1, 1) == "\"")
			return substr(text, 2, index(substr(text, 2), "\"") - 1)
		match(text, /^[0-9]*/)
		return substr(text, 1, RLENGTH)
	}
	BEGIN {
		# Roles that keep nothing of the calls that pass, or of what they answer.
		n = split("proxy dns stun redirect nat registrar location script", word, " ")
		for (i = 1; i <= n; i++)
			passes[word[i]] = 1
		# What a role sends when it begins to hold something.
		begins["hss"] = "^SAA$"
		begins["mg"] = "^Reply Add$"
	}
	FNR == 1 && NR == FNR {
		rest = $0
		while (match(rest, /"name":"[^"]*","role":"[^"]*"/)) {
			split(substr(rest, RSTART, RLENGTH), part, "\"")
			role[part[4]] = part[8]
			rest = substr(rest, RSTART + RLENGTH)
		}
	}
	NR == FNR {
		if (/"kind":"(send|recv|act)"/) {
			t = field("t")
			if (first == "")
				first = t
			last = t
		}
		next
	}
	FNR == 1 {
		middle = first + (last - first) / 2
		printf "%.3f\n", middle / 1e9
		next
	}
	/"kind":"act"/ && field("t") + 0 <= middle && /"verb":"crash"/ {
		down[field("on")] = 1
	}
	/"kind":"send"/ && field("t") + 0 <= middle {
		src = field("src"); dst = field("dst"); id = field("call_id")
		if (field("start") == 200 && field("cseq") ~ / INVITE$/)
			calls[id] = calls[id] " " src " " dst
		if (field("start") == "BYE" || field("start") == "REFER")
			delete calls[id]
		if (src in role && role[src] in begins && field("start") ~ begins[role[src]])
			holds[src] = role[src]
	}
	END {
		for (id in calls) {
			n = split(calls[id], word, " ")
			for (i = 1; i <= n; i++)
				if (word[i] in role && !(role[word[i]] in passes))
					holds[word[i]] = "a call"
		}
		for (node in holds)
			if (!(node in down))
				print node, holds[node]
	}
E1
seen=0
for file in $(labs_some labs/media-gateway labs/ims-call labs/conference labs/call-centre); do
	case $file in labs/handset-*) continue ;; esac
	find_trace "$file" protocol
	awk -f "$work/holds.awk" "$trace" "$trace" > "$work/holds"
	middle=$(head -n 1 "$work/holds")
	"$RUNG" show --at="${middle}s" "$trace" > "$work/at"
	sed 1d "$work/holds" | while read -r node what; do
		echo "$node"
		grep -q "^$node .*──" "$work/at" ||
			echo "$file: at $middle s $node holds $what" >> "$work/mute"
	done > "$work/nodes"
	seen=$((seen + $(wc -l < "$work/nodes")))
done
touch "$work/mute"
cp "$work/mute" "$work/.output"
empty "whoever holds something is told with it"
ok "many do" test "$seen" -ge 30
echo "$seen nodes"
finish
