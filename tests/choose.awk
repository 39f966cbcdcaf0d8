# Which tests of a queue one run takes, where it may compute for BUDGET seconds in
# those that take longer: all that take less than a second, and that tests/order
# gives the word "always"; of the others those about what has changed, the quickest
# first, for two thirds of the BUDGET at most; then, from a place in the list that
# TURN says, so many as there is time for, so that each has its turn.  BUDGET "all"
# takes all.
#
#	awk -v budget=90 -v turn=7 -f tests/choose.awk tests/order CHANGED QUEUE
#
# A test with "parts=8" behind it takes an eighth of itself (its_turn in tests/fixtures).
#
# CHANGED has a source on each line; QUEUE "BUILD SOURCE", and is printed in its
# order without those that are left out.
FILENAME == ARGV[1] {
	if (/^#/)
		next
	seconds[$2] = $1 / (match($0, /parts=/) ? substr($0, RSTART + 6) + 0 : 1)
	always[$2] = / always/
	next
}
FILENAME == ARGV[2] { changed[$1] = 1; next }
{
	queue[++n] = $0
	source[n] = $2
	if (budget == "all" || seconds[$2] < 1 || always[$2])
		take[n] = 1
	else
		later[++others] = n
}

function takes(i, most) {
	if (take[i] || spent + seconds[source[i]] > most)
		return
	take[i] = 1
	spent += seconds[source[i]]
}

END {
	for (k = others; k >= 1; k--)
		if (source[later[k]] in changed)
			takes(later[k], budget * 2 / 3)
	# Neighbours in the list take as long: the next is far away.
	stride = int(others * 0.618) + 1
	while (gcd(stride, others) > 1)
		stride++
	for (k = 0; k < others; k++)
		takes(later[(turn + k * stride) % others + 1], budget)
	for (i = 1; i <= n; i++)
		if (take[i])
			print queue[i]
}

function gcd(a, b,    rest) {
	while (b > 0) {
		rest = a % b
		a = b
		b = rest
	}
	return a
}
