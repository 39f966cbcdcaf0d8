# A search tried what befalls a network, and nothing that people do: no call was
# given up, no node started again while all was quiet, no user removed.
. tests/fixtures/check.sh

search() { "$RUNG" search "$@" 2>&1; }
says "each call is taken back before its answer" "alice/1.cancel" search direct-call --only=act
says "… and hung up after it" "alice/1.bye" search direct-call --only=act
says "a node starts again at rest" ".restart" search direct-call --only=rest
says "a remark says so where it can be done nowhere" "--try=alice.fly: that can be done at no step" \
	search direct-call --only=act --try=alice.fly
says "what is no act is refused" "bad: expected" search direct-call --try=bad
says "a second call" "alice.invite:target=bob" search direct-call --only=act --try=alice.invite:target=bob
says "a user of a home network" "hss.deregister:user=bob" search ims-call --only=act --try=hss.deregister:user=bob
search direct-call --only=act,rest --try=alice.invite:target=bob > "$work/whole"
"$RUNG" search direct-call --only=act,rest --try=alice.invite:target=bob --folder="$work/f" --runs=5 > "$work/.output" 2>&1
search --folder="$work/f" > "$work/more"
ok "the folder alone goes on with the same acts" diff "$work/whole" "$work/more"
search direct-call --only=act,rest --try=alice.invite:target=bob --jobs=1 > "$work/one"
ok "one process tells the same" diff "$work/whole" "$work/one"
says "what was asked for can't be changed there" "can't be changed" search --folder="$work/f" --try=alice.invite:target=bob
finish
