-- The tasks of box-that-breaks-calls; their texts are in README.md.
lesson { minutes = 50, level = 3 }
vary { "bob.answer=1000ms..3000ms:250ms", "alice--gate.delay=5ms..25ms:5ms", "seed=1..999:1" }

-- What oak says to Alice's INVITE.
local function of_oak(t)
	return t:all "kind=send status=180,200 cseq=INVITE src=oak"
end

local function host_of(uri)
	return uri:match "@([%d.]+)"
end

local function acks_of_cedar(t)
	return t:first("kind=send method=ACK src=alice", function(r) return r.text:find "^ACK sip:cedar@" end)
end

local function invite(t, src, dst)
	return t:first("kind=send method=INVITE src=" .. src .. " dst=" .. dst)
end

-- What RAck says of the first 183 of the phone NAME, PLUS so many numbers on.
local function rack(t, name, plus)
	local r = t:first("kind=send status=183 src=" .. name)

	return string.format("%d %s", tonumber(r:header "RSeq") + (plus or 0), r:header "CSeq")
end

task {
	choice = {
		{ "An INFO to Bob's phone, by which it hears that Alice holds",
			zh = "一个发往 Bob 话机的 INFO，说明 Alice 已保持呼叫",
			why = { "A hold is a matter of the session description, and changes with it.", zh = "保持是会话描述的事，随它而变。" } },
		{ "Alice's INVITE at Bob's phone, with her Via and her Call-ID",
			zh = "Alice 的 INVITE 到达 Bob 的话机，带着她的 Via 和 Call-ID",
			why = { "So it would come through a proxy. Bob's dialog is with the box.", zh = "经过代理服务器才会这样。Bob 的对话是与设备建立的。" }, rule = "pair-call" },
		{ "A BYE to Bob's phone, and a new call when Alice is back again",
			zh = "一个发往 Bob 话机的 BYE，Alice 回来时再建立新呼叫",
			why = { "The call goes on; it is only that nothing is to be sent to her.", zh = "呼叫还在，只是不再向她发送。" } },
		{ "A re-INVITE to Bob's phone, before the box answers Alice's",
			zh = "一个发往 Bob 话机的 re-INVITE，先于对 Alice 的响应", right = true },
	},
	points = 2,
	rule = "pair-change",
	records = function(t) return t:all "kind=send cseq=INVITE dst=ash" end,
}

task {
	text = function(t) return host_of(acks_of_cedar(t).text) end,
	rule = "dialog-target",
	wrong = {
		{ "10.0.0.13", why = { "That would be right: it is the face that looks to her network.", zh = "那才是对的：那是面向她的网络的接口。" } },
		{ "192.0.2.20", why = { "That is Bob's phone, which she can't reach.", zh = "那是 Bob 的话机，她到不了。" } },
		{ "10.0.0.2", why = { "That is gate, which stands in her Route.", zh = "那是 gate，它在她的 Route 中。" }, rule = "dialog-route" },
	},
	why = { "Read the first line of the ACK in the call by `cedar`: its host is what the Contact of the 200 has said.",
		zh = "读经 `cedar` 的呼叫中 ACK 的第一行：其中的主机就是 200 的 Contact 所写的。" },
	records = acks_of_cedar,
}

task {
	number = function(t) return tonumber(invite(t, "gate", "fir"):header "Max-Forwards") - 1 end,
	rule = "pair-hops",
	wrong = {
		{ 70, why = { "That it has. With it each box in a circle lets a call go on for ever.", zh = "现在就是这个值。这样环路中的每台设备都让呼叫永远走下去。" } },
		{ 69, why = { "So it comes to the box, which counts as a hop as well.", zh = "这是它到达设备时的值；设备也算一跳。" } },
		{ 67, why = { "Bob's phone passes nothing on; nobody has taken one off behind the box.", zh = "Bob 的话机不再转发；设备之后没有人再减一。" } },
	},
	why = { "Read Max-Forwards in the INVITE that comes to `fir`. What does RFC 7332, section 5, say of the one that goes out?",
		zh = "读到达 `fir` 的 INVITE 的 Max-Forwards。对于发出的那个，RFC 7332 第 5 节怎样规定？" },
	records = function(t) return { invite(t, "gate", "fir"), invite(t, "fir", "bob") } end,
}

task {
	find = {
		node = "oak",
		rule = "record-route-copied",
		record = of_oak,
	},
	points = 3,
	hint = { "How does who is called make a dialog? (RFC 3261, section 12.1)", zh = "被叫怎样建立对话？（RFC 3261 第 12.1 节）" },
	why = { "Alice's ACK and BYE go straight to the box, and there is no path. She has learnt her route from a response: compare it with the request that it answers.",
		zh = "Alice 的 ACK 和 BYE 直接发往设备，而那里没有路。她的路由来自一个响应：把它与它所响应的请求比较。" },
	records = of_oak,
}

task {
	text = function(t) return rack(t, "mobile") end,
	rule = "prack-order",
	points = 2,
	wrong = {
		{ function(t) return rack(t, "desk") end,
			why = { "That one the box has sent: it is the desk phone's.", zh = "这是设备已发送的，给桌面话机的。" } },
		{ function(t) return rack(t, "desk", 1) end,
			why = { "So the box thinks. It is the next number of the desk phone, in another dialog.",
				zh = "设备就是这样想的。这是桌面话机的下一个编号，在另一个对话中。" } },
		{ function(t) return rack(t, "mobile", 1) end,
			why = { "That would be for the next 183; the mobile still waits with its first.",
				zh = "那是给下一个 183 的；手机还在等第一个的确认。" } },
	},
	why = { "RAck repeats two fields of the response that it confirms. Find the 183 that comes to `pine` more than once.",
		zh = "RAck 重复它所确认的响应的两个字段。找出不止一次到达 `pine` 的那个 183。" },
	records = function(t) return { t:first "kind=send status=183 src=mobile", t:first "kind=send method=PRACK src=pine" } end,
}

task {
	goal = {
		{ "Alice's phone offers PCMU and PCMA to birch", zh = "Alice 的话机向 birch 提议 PCMU 和 PCMA",
			function(t)
				local r = invite(t, "gate", "birch")
				return r ~= nil and r.text:find "PCMU" ~= nil and r.text:find "PCMA" ~= nil, r
			end },
		{ "birch offers PCMU alone to Bob's phone", zh = "birch 向 Bob 的话机只提议 PCMU",
			function(t)
				local r = invite(t, "birch", "bob")
				return r ~= nil and r.text:find "PCMU" ~= nil and r.text:find "PCMA" == nil, r
			end },
		{ "the call is answered, and Alice's phone is told PCMU", zh = "呼叫被接听，Alice 的话机得到 PCMU",
			function(t)
				local r = t:first "kind=send status=200 cseq=INVITE src=birch"
				return r ~= nil and r.text:find "PCMU" ~= nil and r.text:find "PCMA" == nil, r
			end, rule = "pair-answer" },
	},
	points = 3,
	hint = { "What the box lets through stands in its attribute codecs.", zh = "设备允许什么，写在它的属性 codecs 中。" },
}
