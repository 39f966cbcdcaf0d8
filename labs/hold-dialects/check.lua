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
		{ { "sendonly", "a=sendonly" }, why = { "That is in the offer. From the peer's view it has another name.", zh = "那是提议的。从另一侧看，名称不同。" } },
		{ { "inactive", "a=inactive" }, why = { "Then Alice would hear no music.", zh = "那样 Alice 就听不到音乐。" } },
		{ { "sendrecv", "a=sendrecv" }, why = { "The offer leaves only one direction.", zh = "提议只留下一个方向。" } },
	},
	why = { "Look at the last lines of the SDP in the 200 from Alice's phone.", zh = "看 Alice 的话机的 200 中 SDP 的最后几行。" },
	records = function(t) return t:first "kind=send status=200 src=alice dst=dora cseq=INVITE from=3s" end,
	hint = { "`200/INVITE@alice#4` answers it; RFC 3264 6.1 says what it may contain.",
		zh = "对它的应答是 `200/INVITE@alice#4`；RFC 3264 6.1 说明那里可以写什么。" },
	others = {
		{ text = { "inactive", "a=inactive" },
			wrong = {
				{ { "recvonly", "a=recvonly" }, why = { "That is her answer to Dora, who leaves a direction for her music.", zh = "她这样应答 Dora，Dora 给音乐留了一个方向。" } },
				{ { "sendonly", "a=sendonly", "sendrecv", "a=sendrecv" }, why = { "An answer can't have more than the offer leaves.", zh = "应答不能超出提议所留的。" } },
			},
			records = function(t) return t:first "kind=send status=200 src=alice dst=ines cseq=INVITE from=3.5s" end,
			ask = { "Before you look at the run: with which direction attribute will Alice's phone answer Ines's hold?\n\n    rung show hold-dialects -m src=alice dst=ines from=4s to=4.1s",
				zh = "先不看运行：Alice 的话机会用哪个方向属性应答 Ines 的保持？\n\n    rung show hold-dialects -m src=alice dst=ines from=4s to=4.1s" },
			why = { "Look at the last lines of the SDP in the 200 that Ines gets.",
				zh = "看 Ines 得到的 200 中 SDP 的最后几行。" },
			hint = { "RFC 3264 6.1 says which direction may answer which offer; the offer is `-m method=INVITE src=ines from=4s to=4.1s`.",
				zh = "提议的每种方向可以怎样应答，见 RFC 3264 6.1；提议是 `-m method=INVITE src=ines from=4s to=4.1s`。" }, ahead = true },
		{ text = { "sendrecv", "a=sendrecv" },
			wrong = {
				{ { "sendonly", "a=sendonly" }, why = { "That one put Alice on hold.", zh = "她是用那个保持的。" } },
				{ { "recvonly", "a=recvonly", "inactive", "a=inactive" }, why = { "Then Alice still could not be heard, or could not hear.", zh = "那样仍会有一方听不到。" } },
			},
			records = function(t) return t:first "kind=send method=INVITE src=dora from=4.5s" end,
			ask = { "Before you look at the run: with which direction attribute will Dora's phone resume the call?\n\n    rung show hold-dialects -m method=INVITE src=dora from=5s to=5.1s",
				zh = "先不看运行：Dora 的话机会用哪个方向属性解除保持？\n\n    rung show hold-dialects -m method=INVITE src=dora from=5s to=5.1s" },
			why = { "It is the last line of the SDP in the offer that comes two seconds after the hold.",
				zh = "它是保持两秒之后那个提议中 SDP 的最后一行。" },
			hint = { "Compare her third INVITE, `INVITE@dora#3`, with the second.",
				zh = "把她的第三个 INVITE `INVITE@dora#3` 与第二个对照。" }, ahead = true },
	},
	ahead = true,
}

task {
	find = {
		node = "ines",
		record = function(t)
			local offer = t:first "kind=send method=INVITE src=ines from=3.5s"
			return { hold(t, "ines"), t:first "kind=media op=stop node=ines", offer, offer:arrival() }
		end,
	},
	why = { "See which of the three phones ends its RTP when it holds.", zh = "看三部话机中哪一部在保持时结束了它的 RTP。" },
	records = function(t) return hold(t, "ines") end,
	hint = { "`kind=media op=stop from=3s to=6s`: whose phone is it, and what did that phone offer at that time?",
		zh = "`kind=media op=stop from=3s to=6s`：是谁的话机，它那时说了什么？" },
	others = {
		{ draw = "node=otto proto=sip kind=send from=4.5s to=6.5s",
			rule = "reinvite-send",
			ask = { "Draw how Otto puts Alice on hold, from his offer to the last message for it, one line each, `otto -> alice INVITE`.\n\n    rung show hold-dialects node=otto from=4.5s to=6.5s",
				zh = "画出 Otto 怎样保持 Alice，从他的提议到为此发送的最后一条消息，每条一行，如 `otto -> alice INVITE`。\n\n    rung show hold-dialects node=otto from=4.5s to=6.5s" },
			hint = { "A re-INVITE is an INVITE, with everything that belongs to one (RFC 3261 14.1); `src=alice dst=otto from=4.5s to=6.5s` is her part. She does not ring.",
				zh = "re-INVITE 也是 INVITE，该有的都有（RFC 3261 14.1）；`src=alice dst=otto from=4.5s to=6.5s` 是她的一方。她的话机不振铃。" } },
		{ draw = "cseq=BYE kind=send",
			rule = "bye-send",
			ask = { "Draw how the three calls end, one line for each message, `X -> Y BYE`. Does it matter which phone was holding?\n\n    rung show hold-dialects cseq=BYE kind=send",
				zh = "画出三个呼叫怎样结束，每条消息一行，如 `X -> Y BYE`。这与谁保持过有关系吗？\n\n    rung show hold-dialects cseq=BYE kind=send" },
			hint = { "`method=BYE kind=send` shows which phone hangs up; its peer answers the BYE, RFC 3261 15.1.2.",
				zh = "`method=BYE kind=send` 说明谁与谁挂断；收到 BYE 的一方响应它，见 RFC 3261 15.1.2。" } },
	},
}

task {
	number = function(t) return stopped(t).packets end,
	unit = { "packets", zh = "个数据包" },
	wrong = {
		{ sent,
			why = { "That is the number at the end of the call.", zh = "那是到呼叫结束时的数目。" } },
		{ 100, why = { "That would be two seconds; the hold needs time to arrive first.", zh = "那是两秒；保持还要先到达那里。" } },
	},
	why = { "It is in the record in which that stream ends for the first time.", zh = "在这个媒体流第一次结束的记录里。" },
	records = stopped,
	hint = { "`kind=media op=stop node=alice text=192.0.2.3` is what she sends to Otto's address: of the two take the first.",
		zh = "`kind=media op=stop node=alice text=192.0.2.3` 是她发往 Otto 的地址的：两条中取第一条。" },
}

task {
	choice = {
		{ "By the version in the line o=, which is 1 higher than in the offer before it.",
			zh = "凭 o= 一行中的版本号，它比前一个提议的大 1。",
			why = { "It says that something has changed, not what.", zh = "它说明有不同，而没说哪里不同。" } },
		{ "By the address in the line c=, which is nobody's, so that there is no way to it.", right = true,
			zh = "凭 c= 一行中的地址，它不属于任何人。" },
		{ "By the port in the line m=, which is 0 both in the offer and in its answer.",
			zh = "凭 m= 一行中的端口，它在提议中是 0，在应答中也是 0。",
			why = { "That would end the stream, and the port is as before.", zh = "那会结束这个媒体流，而端口和以前一样。" } },
		{ "By the line a=ptime, which is missing in an offer that is meant to hold.",
			zh = "凭 a=ptime 一行，它在表示保持的提议中消失。",
			why = { "Compare the offers: it is in all of them.", zh = "比较各个提议：每个都有它。" } },
	},
	points = 2,
	hint = { "Compare the description of `-m method=INVITE src=dora from=3s to=3.5s` with that of `-m method=INVITE src=otto from=5s to=5.5s`, line by line.",
		zh = "把 `-m method=INVITE src=dora from=3s to=3.5s` 的描述与 `-m method=INVITE src=otto from=5s to=5.5s` 的逐行比较。" },
}

task {
	choice = {
		{ "Since it takes two messages more than the others, which a busy proxy may lose.",
			zh = "因为它比其他方式多用两条消息，而繁忙的代理服务器可能丢失。",
			why = { "All three are one re-INVITE. Count.", zh = "三者都是一个 re-INVITE。数一数。" } },
		{ "Since a phone that gets it must hang up when nobody takes it off again.",
			zh = "因为收到它的话机在无人解除保持时必须挂断。",
			why = { "No rule says so about any hold.", zh = "没有哪条规则对任何一种保持这样规定。" } },
		{ "Since RTCP has nowhere to go either, and IPv6 lacks an address like that.", right = true,
			zh = "因为 RTCP 同样无处可发，而且 IPv6 缺少对应的地址。" },
		{ "Since the music gets a payload type of its own, which older phones reject.",
			zh = "因为音乐要用自己的载荷类型，而较旧的话机会拒绝。",
			why = { "Music uses the codec of the call.", zh = "音乐用呼叫的编解码器。" } },
	},
	points = 2,
	hint = { "The address in c= is for everything that a phone sends, RTP and RTCP (RFC 3550 6): see `-m method=INVITE src=otto from=5s to=5.5s`. RFC 3264 8.4 says what is missing then.",
		zh = "c= 中的一个地址用于话机发送的一切，RTP 和 RTCP（RFC 3550 6）：看 `-m method=INVITE src=otto from=5s to=5.5s`。这时谁缺少什么，见 RFC 3264 8.4。" },
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
		{ "Dora puts Alice on hold, and her music continues", zh = "Dora 保持 Alice，她的音乐继续", function(t) return plays(t, "dora") end },
		{ "so does Ines", zh = "Ines 也是", function(t) return plays(t, "ines") end,
			why = { "Which direction does the music need, and which one is Ines's?", zh = "音乐需要哪个方向，Ines 的是哪个？" } },
		{ "and Otto", zh = "Otto 也是", function(t) return plays(t, "otto") end },
		{ "Alice sends nothing to them during the hold", zh = "其间 Alice 什么也不发给他们",
			function(t) return t:count "kind=media op=stop node=alice" >= 6 end,
			why = { "Each of her streams ends twice, if it was on hold once.", zh = "她的每个媒体流若保持过一次，就结束两次。" } },
	},
	points = 3,
	hint = { "docs/SCENARIO.md has the values of `how` in `hold`; `kind=media op=agree from=3s to=6s` shows the resulting direction of each: with which of them can the music flow?", zh = "`hold` 的 `how` 有哪些值，见 docs/SCENARIO.md；`kind=media op=agree from=3s to=6s` 说明各自得到的方向：哪一个方向下保持者的音乐可以发送？" },
}
