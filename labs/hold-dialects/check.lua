-- The tasks of hold-dialects; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "net--otto.delay=10ms..120ms:10ms", "seed=1..999:1" }

local HOLDS = { dora = "sendonly", ines = "inactive", otto = "sendonly" }

-- NAME's phone holds Alice's: what it agrees to then.
local function hold(t, name)
	return t:first("kind=media op=agree node=" .. name, function(r) return r.direction == HOLDS[name] end)
end

-- The first end of what Alice's phone sends to Otto: the third call's.
local function stopped(t)
	return t:first("kind=media op=stop node=alice", function(r) return r.call == "alice/3" end)
end

-- All that Alice's phone sends in that call.
local function sent(t)
	local n = 0
	for _, r in ipairs(t:all "kind=media op=stop node=alice") do
		if r.call == "alice/3" then n = n + r.packets end
	end
	return n
end

task {
	text = { "recvonly", "a=recvonly" },
	wrong = {
		{ { "sendonly", "a=sendonly" }, why = { "That is the offer's. Seen from the other side it has another name.", zh = "那是提议的。从另一侧看，名称不同。" } },
		{ { "inactive", "a=inactive" }, why = { "Then Alice would hear no music.", zh = "那样 Alice 就听不到音乐。" } },
		{ { "sendrecv", "a=sendrecv" }, why = { "The offer leaves one direction alone.", zh = "提议只留下一个方向。" } },
	},
	why = { "Look at the last lines of the SDP in the 200 from Alice's phone.", zh = "看 Alice 的话机的 200 中 SDP 的最后几行。" },
	records = function(t) return t:first "kind=send status=200 src=alice dst=dora cseq=INVITE from=3s" end,
}

task {
	text = { "ines" },
	wrong = {
		{ "dora", why = { "Her phone goes on sending, a melody.", zh = "她的话机继续发送，是一段旋律。" } },
		{ "otto", why = { "He has said where not to send. What he sends himself is another matter.", zh = "他说了不要往哪里发。他自己发什么是另一回事。" } },
	},
	why = { "Look which of the three phones ends its RTP when it holds.", zh = "看三部话机中哪一部在保持时结束了它的 RTP。" },
	records = function(t) return hold(t, "ines") end,
}

task {
	number = function(t) return stopped(t).packets end,
	unit = { "packets", zh = "个数据包" },
	wrong = {
		{ sent,
			why = { "So many are there by the end of the call.", zh = "那是到呼叫结束时的数目。" } },
		{ 100, why = { "That would be two seconds; the hold has to come there first.", zh = "那是两秒；保持还要先到达那里。" } },
	},
	why = { "It is in the record in which that stream ends for the first time.", zh = "在这个媒体流第一次结束的记录里。" },
	records = stopped,
}

task {
	choice = {
		{ "By the version in the line o=, which is 1 higher than in the offer before it.",
			zh = "凭 o= 一行中的版本号，它比前一个提议的大 1。",
			why = { "It says that something is different, not what.", zh = "它说明有不同，而没说哪里不同。" } },
		{ "By the address in the line c=, which is nobody's, so that there is no way to it.", right = true,
			zh = "凭 c= 一行中的地址，它不属于任何人，无处可发。" },
		{ "By the port in the line m=, which is 0 in the offer and in its answer, too.",
			zh = "凭 m= 一行中的端口，它在提议和应答中都是 0。",
			why = { "That would end the stream, and the port is as before.", zh = "那会结束这个媒体流，而端口和以前一样。" } },
		{ "By the line a=ptime, which goes away in an offer that is meant to hold.",
			zh = "凭 a=ptime 一行，它在表示保持的提议中消失。",
			why = { "Compare the offers: it is in all of them.", zh = "比较各个提议：每个都有它。" } },
	},
	points = 2,
	hint = { "Lay the offers at 3 s and at 5 s side by side.", zh = "把 3 s 与 5 s 的提议并排比较。" },
}

task {
	choice = {
		{ "Since it takes two messages more than the others, which a busy proxy may lose.",
			zh = "因为它比其他方式多用两条消息，而繁忙的代理服务器可能丢失。",
			why = { "All three are one re-INVITE. Count.", zh = "三者都是一个 re-INVITE。数一数。" } },
		{ "Since a phone that gets it must hang up when nobody takes it off again.",
			zh = "因为收到它的话机在无人解除保持时必须挂断。",
			why = { "No rule says so of any hold.", zh = "没有哪条规则对任何一种保持这样规定。" } },
		{ "Since RTCP has nowhere to go, either, and IPv6 has no such address for it.", right = true,
			zh = "因为 RTCP 也无处可发，而且 IPv6 没有对应的地址。" },
		{ "Since the music gets a payload type of its own, which older phones refuse.",
			zh = "因为音乐要用自己的载荷类型，而较旧的话机会拒绝。",
			why = { "Music goes by the codec of the call.", zh = "音乐用呼叫的编解码器。" } },
	},
	points = 2,
	hint = { "What else goes to the address in c=, and who wants it during a hold? (RFC 3264 8.4)", zh = "还有什么发往 c= 的地址，保持期间谁需要它？（RFC 3264 第 8.4 节）" },
}

-- What was sent by NAME's phone while it was holding: as long as it says something else than its user.
local function plays(t, name)
	local r = hold(t, name) or t:first("kind=media op=agree node=" .. name, function(r) return r.direction == "sendonly" end)
	if not r or r.direction ~= "sendonly" then return false end
	for _, s in ipairs(t:all("kind=media op=stop node=" .. name)) do
		if s.time > r.time and s.time < r.time + 1.9 then return false end
	end
	return true, r
end

task {
	goal = {
		{ "Dora holds Alice, and her music goes on", zh = "Dora 保持 Alice，她的音乐继续", function(t) return plays(t, "dora") end },
		{ "so does Ines", zh = "Ines 也是", function(t) return plays(t, "ines") end,
			why = { "Which direction does the music need, and which one is Ines's?", zh = "音乐需要哪个方向，Ines 的是哪个？" } },
		{ "and Otto", zh = "Otto 也是", function(t) return plays(t, "otto") end },
		{ "Alice sends nothing to them meanwhile", zh = "其间 Alice 什么也不发给他们",
			function(t) return t:count "kind=media op=stop node=alice" >= 6 end,
			why = { "Each stream of hers ends twice, if it was held once.", zh = "她的每个媒体流若保持过一次，就结束两次。" } },
	},
	points = 3,
	hint = { "Another `how` in `call:hold`.", zh = "`call:hold` 中换一个 `how`。" },
}
