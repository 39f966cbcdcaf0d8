# The rooms that room page may know, by src/LAYERS, and those that they may.
/^[a-z]+(\/[a-z0-9]+)*:/ {
	name = $1
	sub(/:$/, "", name)
	may[name] = $0
	sub(/^[a-z0-9\/]+: */, "", may[name])
}
function add(room, list, n, i) {
	if (room in seen || !(room in may)) return
	seen[room] = 1
	n = split(may[room], list, " ")
	for (i = 1; i <= n; i++) add(list[i])
	printf "%s ", room
}
END { add("page") }
