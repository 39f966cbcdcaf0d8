-- The tasks of pick-up; their texts are in README.md.
lesson { minutes = 30, level = 3 }
vary { "bob--router.delay=5ms..30ms:5ms", "seed=1..999:1" }

local function pickup(t)
	return t:first "kind=send method=INVITE src=carol"
end

task {
	choice = {
		{ "Bob's phone, which rings and can give the call away", zh = "Bob 的话机：在振铃的是它，它可以把呼叫交出",
			why = { "An early dialog is replaced at the side that has called. Bob's phone would answer 481.",
				zh = "早期对话只能在主叫一侧被取代。Bob 的话机会返回 481。" }, rule = "replaces-early" },
		{ "Alice's phone, which has made the call and can take it back",
			zh = "Alice 的话机：呼叫由它发起，它可以撤回", right = true },
		{ "a server, which knows the call and passes it on to Carol", zh = "一台服务器：它知道这个呼叫，把它转给 Carol",
			why = { "There is none. The phones do it all; the INVITE goes to the Contact of Alice's phone.",
				zh = "这里没有服务器，全由话机完成；INVITE 发往 Alice 的话机的 Contact。" } },
		{ "Bob's phone, so that it redirects Alice to Carol with a 302", zh = "Bob 的话机，由它用 302 把 Alice 重定向到 Carol",
			why = { "Look at the Request-URI. That would be another service: call forwarding.",
				zh = "看看请求 URI。那是另一种业务：呼叫前转。" } },
	},
	rule = "replaces-accept",
	records = pickup,
	hint = { "Read the first line of Carol's INVITE.", zh = "看 Carol 的 INVITE 的第一行。" },
}

-- The phone that has written the tag in its From or its answer's To.
local function maker(t)
	local tag = pickup(t):header("Replaces"):match "to%-tag=([^;]+)"
	if t:first("kind=send method=INVITE dst=bob"):header("From"):find(tag, 1, true) then
		return "alice"
	end
	if t:first("kind=send status=180 src=bob"):header("To"):find(tag, 1, true) then
		return "bob"
	end
end

task {
	text = maker,
	rule = "replaces-send",
	wrong = {
		{ "bob", why = { "Bob's tag stands in the To of the old call, it is true. But to-tag and from-tag are meant from the side of who gets this INVITE: its own tag is the to-tag.",
			zh = "Bob 的 tag 确实在旧呼叫的 To 中。但 to-tag 和 from-tag 是从收到这个 INVITE 的一方来看的：它自己的 tag 是 to-tag。" } },
		{ "carol", why = { "Carol has no part in the dialog that is named.", zh = "Carol 不属于所指明的对话。" } },
	},
	why = { "Look for the response or request in which that tag first stands, and who sent it.",
		zh = "找最先出现这个 tag 的响应或请求，看由谁发送。" },
	records = function(t) return { pickup(t), t:first "kind=send method=INVITE dst=bob" } end,
	hint = { "Look for the value in the INVITE and in the 180 of the old call.", zh = "在旧呼叫的 INVITE 和 180 中查找这个值。" },
}

task {
	find = {
		rule = { "replaces-accept", "cancel-send" },
		record = function(t)
			local cancel = t:first "kind=send method=CANCEL src=alice"
			return { cancel, cancel:arrival() }
		end,
	},
	points = 2,
	why = { "A BYE ends what was answered. The call to Bob is not: it is taken back.",
		zh = "BYE 结束已接听的呼叫。给 Bob 的呼叫没有被接听：要把它撤回。" },
	records = function(t) return t:first "kind=send method=CANCEL src=alice" end,
}

task {
	number = function(t) return t:last("kind=send src=bob cseq=INVITE").status end,
	wrong = {
		{ 200, why = { "The 200 of Bob's phone answers the CANCEL. The INVITE is answered besides.",
			zh = "Bob 的话机的 200 是对 CANCEL 的响应。INVITE 另有响应。" }, rule = "cancel-recv" },
		{ 486, why = { "Bob's phone is not busy; its call was taken back.", zh = "Bob 的话机并不忙；是呼叫被撤回。" } },
		{ 180, why = { "A provisional response ends nothing.", zh = "临时响应不结束任何事务。" } },
		{ 481, why = { "That would be the answer to a Replaces that names no call.", zh = "Replaces 所指的呼叫不存在时，响应才是这个。" } },
	},
	rule = "cancel-487",
	why = { "Take the last response of Bob's phone whose CSeq says INVITE and that goes to the way of Alice's call.",
		zh = "取 Bob 的话机对 Alice 的呼叫发送的、CSeq 为 INVITE 的最后一个响应。" },
	records = function(t) return t:last "kind=send src=bob cseq=INVITE" end,
}

task { predict = 4 }

task {
	goal = {
		{ "Bob takes the call 2.5 s after it began to ring", zh = "Bob 在振铃 2.5 s 之后接听",
			function(t)
				local ring, taken = t:first "kind=send src=bob status=180", t:first "kind=send src=bob status=200 cseq=INVITE"
				return ring ~= nil and taken ~= nil and math.abs(taken.time - ring.time - 2.5) < 0.01, taken
			end },
		{ "Carol's INVITE asks for the place of a call that rings, and no other", zh = "Carol 的 INVITE 只要求取代正在振铃的呼叫",
			function(t)
				local r = pickup(t)
				return r ~= nil and (r:header "Replaces" or ""):find "early%-only" ~= nil, r
			end, rule = "replaces-answered" },
		{ "Carol hears 486", zh = "Carol 收到 486",
			function(t) return t:first "kind=recv dst=carol status=486" ~= nil, t:first "kind=recv dst=carol status=486" end,
			rule = "replaces-answered" },
		{ "Alice and Bob are not cut off", zh = "Alice 与 Bob 的通话没有被切断",
			function(t) return t:count "kind=send method=BYE" == 0 and t:count "kind=send method=CANCEL" == 0 end },
	},
	points = 3,
	hint = { "The script says when Bob's phone answers: never.", zh = "脚本规定了 Bob 的话机何时接听：never。" },
}
