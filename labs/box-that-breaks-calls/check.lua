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
			why = { "This would be the INVITE that comes through a proxy. Bob's dialog is with the box.", zh = "经过代理服务器才会这样。Bob 的对话是与设备建立的。" }, rule = "pair-call" },
		{ "A BYE to Bob's phone, and a new call when Alice is back again",
			zh = "一个发往 Bob 话机的 BYE，Alice 回来时再建立新呼叫",
			why = { "The call continues; only the media to her stop.", zh = "呼叫还在，只是不再向她发送。" } },
		{ "A re-INVITE to Bob's phone, before the box answers Alice's",
			zh = "一个发往 Bob 话机的 re-INVITE，先于对 Alice 的响应", right = true },
	},
	points = 2,
	rule = "pair-change",
	records = function(t) return t:all "kind=send cseq=INVITE dst=ash" end,
	ahead = true,
}

task {
	text = function(t) return host_of(acks_of_cedar(t).text) end,
	rule = "dialog-target",
	wrong = {
		{ "10.0.0.13", why = { "That would be right: it is the address on her network.", zh = "那才是对的：那是面向她的网络的接口。" } },
		{ "192.0.2.20", why = { "That is Bob's phone, which she can't reach.", zh = "那是 Bob 的话机，她到不了。" } },
		{ "10.0.0.2", why = { "That is gate, which is in her Route.", zh = "那是 gate，它在她的 Route 中。" }, rule = "dialog-route" },
	},
	why = { "Read the first line of the ACK in the call through `cedar`: its host is that of the Contact of the 200.",
		zh = "读经 `cedar` 的呼叫中 ACK 的第一行：其中的主机就是 200 的 Contact 所写的。" },
	records = acks_of_cedar,
	hint = { "RFC 3261 12.1.2 says which field of `200@cedar` becomes the remote target, and 12.2.1.1 into which line of a request it goes.",
		zh = "`200@cedar` 的哪个头字段成为远端目标，见 RFC 3261 第 12.1.2 节；它写进请求的哪一行，见第 12.2.1.1 节。" },
	others = {
		{
			text = function(t) return invite(t, "cedar", "bob"):header("Contact"):match "@([%d.]+)" end,
			rule = "dialog-target",
			wrong = {
				{ "192.0.2.13", why = { "That would be right: it is the address on his network.", zh = "那才是对的：那是面向他的网络的接口。" } },
				{ "10.0.0.7", why = { "That is Alice's phone: the box does hide it.", zh = "那是 Alice 的话机：设备确实隐藏了它。" } },
			},
			why = { "Read the Contact in the INVITE that `cedar` sends: which node receives it, and can that node reach this address?",
				zh = "读 `cedar` 发出的 INVITE 的 Contact：谁得到它，谁能发到那里？" },
			hint = { "A dialog has a remote target on either side (RFC 3261 12.1.1): Bob's phone takes it from `INVITE@cedar`.",
				zh = "对话双方各有一个远端目标（RFC 3261 第 12.1.1 节）：Bob 的话机从 `INVITE@cedar` 得到它。" },
			ask = { "`cedar`: the Contact that Bob's phone gets is where it sends its own requests, for example his BYE. Which address is it?\n\n    rung show box-that-breaks-calls -m method=INVITE src=cedar\n    rung show box-that-breaks-calls -m status=200 src=bob dst=cedar",
				zh = "`cedar`：按得到的 Contact，Bob 的话机自己的请求（例如他的 BYE）要发往哪个地址？\n\n    rung show box-that-breaks-calls -m method=INVITE src=cedar\n    rung show box-that-breaks-calls -m status=200 src=bob dst=cedar" },
		},
	},
}

task {
	number = function(t) return tonumber(invite(t, "gate", "fir"):header "Max-Forwards") - 1 end,
	rule = "pair-hops",
	wrong = {
		{ 70, why = { "Alice's phone has that. With this value each box in a loop lets a call continue for ever.", zh = "现在就是这个值。这样环路中的每台设备都让呼叫永远走下去。" } },
		{ 69, why = { "That is the value on arrival at the box, which counts as a hop as well.", zh = "这是它到达设备时的值；设备也算一跳。" } },
		{ 67, why = { "Bob's phone forwards nothing, and no node after the box has decremented it.", zh = "Bob 的话机不再转发；设备之后没有人再减一。" } },
	},
	why = { "Read Max-Forwards in the INVITE that arrives at `fir`. What does RFC 7332, section 5, say about the one that it sends?",
		zh = "读到达 `fir` 的 INVITE 的 Max-Forwards。对于发出的那个，RFC 7332 第 5 节怎样规定？" },
	records = function(t) return { invite(t, "gate", "fir"), invite(t, "fir", "bob") } end,
	hint = { "Another box counts as RFC 7332 5 requires: compare Max-Forwards of `INVITE@ash` with that of the INVITE that reaches it, `dst=ash method=INVITE`.",
		zh = "另一台设备按 RFC 7332 第 5 节计数：比较 `INVITE@ash` 的 Max-Forwards 与到达它的 INVITE 的（`dst=ash method=INVITE`）。" },
	others = {
		{
			number = function(t) return tonumber(invite(t, "fir", "bob"):header "Max-Forwards") end,
			rule = "pair-hops",
			wrong = {
				{ 69, why = { "That is the value on arrival at the box.", zh = "这是它到达设备时的值。" } },
				{ 68, why = { "That is the correct value (RFC 7332 5). What is the value here?", zh = "本应如此（RFC 7332 第 5 节）。实际是多少？" } },
			},
			why = { "Read it in the INVITE with `src=fir`: has the box decremented it, or started again?",
				zh = "读 `src=fir` 的 INVITE：设备把自己算进去了，还是重新开始？" },
			hint = { "Look at `INVITE@fir`: does it show that the request has passed a proxy before?",
				zh = "看 `INVITE@fir`：看得出此前经过了代理服务器吗？" },
			ask = { "`fir`: what is the Max-Forwards of the INVITE that reaches Bob's phone? Compare it with what the box has received.",
				zh = "`fir`：到达 Bob 的话机的 INVITE 的 Max-Forwards 是多少？与到达设备的那个比较。" },
		},
		{
			number = function(t) return tonumber(invite(t, "gate", "fir"):header "Max-Forwards") end,
			rule = "proxy-forward",
			wrong = {
				{ 70, why = { "That is the value from her phone to `gate`.", zh = "那是她的话机发给 `gate` 时的值。" } },
				{ 68, why = { "That is the correct value after the box.", zh = "那是它离开设备时应有的值。" } },
			},
			why = { "Alice's phone begins with 70. Which node is between her and the box?",
				zh = "Alice 的话机从 70 开始。她与设备之间有谁？" },
			hint = { "Take `dst=fir` and not `src=fir`: one proxy has handled it (RFC 3261 16.6, step 3).",
				zh = "看 `dst=fir`，不是 `src=fir`：它经过了一个代理服务器（RFC 3261 第 16.6 节第 3 步）。" },
			ask = { "`fir`: how many hops may the INVITE still make when it arrives at the box, by its Max-Forwards?",
				zh = "`fir`：按 Max-Forwards，INVITE 到达设备时还可以走几跳？" },
		},
	},
}

task {
	find = {
		node = "oak",
		rule = "record-route-copied",
		record = of_oak,
	},
	points = 3,
	why = { "Alice's ACK and BYE go directly to the box, and there is no path. Her phone has learnt its route from a response: compare the response with the request that it answers.",
		zh = "Alice 的 ACK 和 BYE 直接发往设备，而那里没有路。她的路由来自一个响应：把它与它所响应的请求比较。" },
	records = of_oak,
	hint = { "`gate` has added something to the INVITE by which it stays in the path: does each response of `src=oak` return it (RFC 3261 12.1.1)?",
		zh = "`gate` 在 INVITE 中加入了使它留在路径上的内容：`src=oak` 的每个响应都交还它吗（RFC 3261 第 12.1.1 节）？" },
	others = {
		{
			find = {
				node = "elm",
				rule = "pair-call",
				record = function(t) return invite(t, "elm", "bob") end,
			},
			why = { "Her address is 10.0.0.7. Look for it in everything that the box sends to Bob's phone, and compare the field with that of the call through `ash`: which value should the box have chosen itself?",
				zh = "她的地址是 10.0.0.7。在设备发给 Bob 话机的消息中找它，并把那个头字段与经 `ash` 的呼叫比较：设备自己的呼叫应有什么？" },
			hint = { "Search `src=elm dst=bob` for 10.0.0.7. RFC 7092 describes back-to-back user agents.",
				zh = "在 `src=elm dst=bob` 中查找 10.0.0.7。背靠背用户代理见 RFC 7092。" },
			ask = { "`elm`: from which message does Bob's phone learn the address of Alice's? Find it, and the rule that it breaks: `node=… rule=… record=…`.\n\n    rung show box-that-breaks-calls -m method=INVITE src=elm\n    rung show box-that-breaks-calls -m method=INVITE dst=elm",
				zh = "`elm`：Bob 的话机由哪条消息得知 Alice 话机的地址？找出它以及所违反的章节：`node=… rule=… record=…`。\n\n    rung show box-that-breaks-calls -m method=INVITE src=elm\n    rung show box-that-breaks-calls -m method=INVITE dst=elm" },
		},
	},
}

task {
	text = function(t) return rack(t, "mobile") end,
	rule = "prack-order",
	points = 2,
	wrong = {
		{ function(t) return rack(t, "desk") end,
			why = { "The box has sent that one: it is for the desk phone.", zh = "这是设备已发送的，给桌面话机的。" } },
		{ function(t) return rack(t, "desk", 1) end,
			why = { "That is what the box expects. It is the next number of the desk phone, which is another dialog.",
				zh = "设备就是这样想的。这是桌面话机的下一个编号，在另一个对话中。" } },
		{ function(t) return rack(t, "mobile", 1) end,
			why = { "That would be for the next 183; the mobile still waits for the PRACK to its first.",
				zh = "那是给下一个 183 的；手机还在等第一个的确认。" } },
	},
	why = { "RAck has the values of two fields of the response that it confirms. Find the 183 that arrives at `pine` more than once.",
		zh = "RAck 重复它所确认的响应的两个字段。找出不止一次到达 `pine` 的那个 183。" },
	records = function(t) return { t:first "kind=send status=183 src=mobile", t:first "kind=send method=PRACK src=pine" } end,
	hint = { "The mobile waits in `node=mobile kind=timer`; what it has sent is `183@mobile`.",
		zh = "手机在等待，见 `node=mobile kind=timer`；它发送的是 `183@mobile`。" },
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
		{ "the call is answered, and Alice's phone gets PCMU", zh = "呼叫被接听，Alice 的话机得到 PCMU",
			function(t)
				local r = t:first "kind=send status=200 cseq=INVITE src=birch"
				return r ~= nil and r.text:find "PCMU" ~= nil and r.text:find "PCMA" == nil, r
			end, rule = "pair-answer" },
	},
	points = 3,
	hint = { "`488@birch` has no cause on Bob's side: the codecs that the box allows are its attribute `codecs` (docs/TOPOLOGY.md); compare them with those of both phones.", zh = "`488@birch` 的起因不在 Bob 一侧：设备允许什么，是它的属性 `codecs`（docs/TOPOLOGY.md），与两部话机的比较。" },
}
