-- Three phones talk through a mixer, a fourth is rejected;
-- Carol is muted for a while.
lab {
	title = "A mixed conference",
	topology = "standup.gv",
	duration = "35s",
}

local conf, alice, bob = node "conf", node "alice", node "bob"
local carol, dora = node "carol", node "dora"

local function join(who)
	local call = who:invite "sip:standup@conf.example.com"
	sleep "1s"
	return call
end

script(function()
	sleep "1s"
	join(alice)
	join(bob)
	join(carol)
	note "Dora tries, too."
	join(dora)
	sleep "6s"
	note "A dog barks at Carol's: she is muted."
	conf:mute(carol)
	sleep "6s"
	conf:unmute(carol)
	sleep "8s"
	conf:disband()
end)
