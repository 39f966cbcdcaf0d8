-- The tasks of h323-gateway; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "alice.answer=1000ms..3000ms:250ms", "seed=1..999:1" }

local function setups(t)
	return t:all("kind=send proto=h323 src=terminal", function(r) return r.start == "Setup" end)
end

-- Messages of H.323 from the second Setup to the second ACK.
local function needed(t)
	local from, n = setups(t)[2].seq, 0
	local to = t:all "kind=send method=ACK src=gw dst=alice"[2].seq
	for _, r in ipairs(t:all "kind=send proto=h323") do
		if r.seq >= from and r.seq < to then n = n + 1 end
	end
	return n
end

-- Messages of SIP between the gateway and Alice in the second call.
local function spoken(t)
	local n = 0
	for _, r in ipairs(t:all "kind=send proto=sip from=10s to=20s") do n = n + 1 end
	return n
end

-- Messages of H.323 of the call to Bob.
local function refused(t)
	local from, to, n = setups(t)[3].seq, setups(t)[4].seq, 0
	for _, r in ipairs(t:all "kind=send proto=h323") do
		if r.seq >= from and r.seq < to then n = n + 1 end
	end
	return n
end

task {
	text = { "Alerting" },
	wrong = {
		{ "CallProceeding", why = { "It has sent that at once, before anything arrived from Alice.", zh = "那是它立即发送的，当时 Alice 那边还没有来任何消息。" } },
		{ "Progress", why = { "That is for a 183.", zh = "那是对应 183 的。" } },
		{ "Connect", why = { "That is for her 200.", zh = "那是对应 200 的。" } },
	},
	why = { "Which message is sent directly after the 180 has arrived?", zh = "收到 180 之后紧接着发出的是哪条消息？" },
	hint = { "`src=gw dst=terminal` between `180@alice` and the 200.",
		zh = "`180@alice` 与 200 之间的 `src=gw dst=terminal`。" },
	others = {
		{ text = { "CallProceeding" },
			wrong = {
				{ "Alerting", why = { "For that, Alice's phone must ring first.", zh = "那要等 Alice 的话机先振铃。" } },
				{ "Connect", why = { "That is for her 200.", zh = "那是对应 200 的。" } },
			},
			ask = { "What does the gateway send to the terminal at once, before anybody has answered its INVITE?",
				zh = "在还没有人响应它的 INVITE 之前，网关立即向终端发送什么？" },
			why = { "It has the function of a 100, and is sent directly after the Setup has arrived.",
				zh = "它的作用与 100 相同，Setup 一到就发出。" },
			hint = { "Look after the first record of `src=terminal kind=send`: its arrival causes two messages.",
				zh = "看 `src=terminal kind=send` 的第一条记录之后：它到达时引出两条消息。" } },
		{ text = { "Connect" },
			wrong = {
				{ "Alerting", why = { "That is for the 180.", zh = "那是对应 180 的。" } },
				{ "CallProceeding", why = { "It has sent that at once, before anything arrived from Alice.", zh = "那是它立即发送的，当时 Alice 那边还没有来任何消息。" } },
			},
			ask = { "What does the gateway send to the terminal when Alice has answered?",
				zh = "Alice 接听时，网关向终端发送什么？" },
			why = { "Which message is sent directly after the 200 has arrived?",
				zh = "收到 200 之后紧接着发出的是哪条消息？" },
			hint = { "`200@alice` has arrived at gw; the next record of `src=gw dst=terminal`.",
				zh = "`200@alice` 到达 gw；看下一条 `src=gw dst=terminal` 的记录。" } },
	},
}

task {
	choice = {
		{ "in the INVITE, which has what Setup has said", zh = "在 INVITE 里，内容来自 Setup",
			why = { "Setup has no fastStart: the terminal has not yet said where it receives.", zh = "Setup 没有 fastStart：终端还没有说它接收什么。" } },
		{ "in Alice's 200, and the answer is in the ACK", zh = "在 Alice 的 200 里，应答在 ACK 里", right = true },
		{ "in Alice's 180, and the answer is in the 200", zh = "在 Alice 的 180 里，应答在 200 里",
			why = { "Her 180 is not reliable and has no description.", zh = "她的 180 不可靠，也没有会话描述。" } },
		{ "nowhere: slow start needs no description", zh = "哪里也没有：慢速启动不需要会话描述",
			why = { "Without an exchange of descriptions there is no session.", zh = "没有会话描述的交换就没有会话。" } },
	},
	rule = "offer-none",
	points = 2,
	ahead = function(t) return t:first "kind=send from=10s" end,
}

task {
	number = needed,
	points = 2,
	wrong = {
		{ function(t) return needed(t) - 4 end, why = { "What comes before Connect counts as well.", zh = "Connect 之前的也要算上。" } },
	},
	why = { "Count four up to Connect, then capabilities, master and slave, and a channel in each direction, each with its Ack.", zh = "到 Connect 为止四条，然后是能力集、主从判定和每个方向一条通道，各有其 Ack。" },
	hint = { "`proto=h323 kind=send from=10s` has them, as far as `ACK@gw#2`.",
		zh = "`proto=h323 kind=send from=10s`，数到 `ACK@gw#2` 为止。" },
	others = {
		{ number = spoken,
			wrong = {
				{ function(t) return spoken(t) - 2 end, why = { "What ends the call counts as well.", zh = "结束呼叫的也要算上。" } },
			},
			ask = { "How many messages of SIP do the gateway and Alice's phone send each other in the second call, from its INVITE to the end?\n\n    rung show h323-gateway proto=sip kind=send",
				zh = "第二个呼叫中，从 INVITE 到结束，网关和 Alice 的话机互相发送多少条 SIP 消息？\n\n    rung show h323-gateway proto=sip kind=send" },
			why = { "A call has an INVITE with its responses and ACK, and a BYE with its response.",
				zh = "一个呼叫有 INVITE 及其响应和 ACK，还有 BYE 及其响应。" },
			hint = { "The second call is from 10 s to 20 s in the table: `proto=sip kind=send from=10s to=20s`.",
				zh = "第二个呼叫占表中的 10 s 到 20 s：`proto=sip kind=send from=10s to=20s`。" } },
		{ number = refused,
			wrong = {
				{ function(t) return refused(t) + 1 end, why = { "Bob's phone does not ring.", zh = "Bob 的话机没有振铃。" } },
				{ function(t) return refused(t) - 1 end, why = { "What the gateway sends before Bob answers counts as well.", zh = "Bob 响应之前网关所说的也要算上。" } },
			},
			ask = { "How many messages of H.323 does the call to Bob need, from its Setup until the terminal knows that he is busy?\n\n    rung show h323-gateway proto=h323 kind=send",
				zh = "呼叫 Bob 从 Setup 起，到终端得知他忙为止，需要多少条 H.323 消息？\n\n    rung show h323-gateway proto=h323 kind=send" },
			why = { "Read the call from its Setup to the message that ends it, and count each that is sent.",
				zh = "从 Setup 读到结束呼叫的那条消息，发送的每一条都算。" },
			hint = { "Count `proto=h323 kind=send from=20s to=25s`: both directions.",
				zh = "数 `proto=h323 kind=send from=20s to=25s`：两个方向都算。" } },
	},
}

task {
	draw = "node=bob proto=sip kind=send",
	rule = "ict-ack",
	hint = { "Bob's phone rejects: what must the gateway send after a rejection (RFC 3261 17.1.1.3)? `node=bob proto=sip` has the whole call.",
		zh = "Bob 的话机拒绝：网关对拒绝还要做什么（RFC 3261 第 17.1.1.3 节）？整个呼叫见 `node=bob proto=sip`。" },
	others = {
		{ text = { "inConference" },
			wrong = {
				{ { "unreachableDestination", "adaptiveBusy" }, why = { "That is for another status: see the table in gateway.lua.", zh = "那对应另一个状态码：请看 gateway.lua 里的表。" } },
			},
			ask = { "Which reason has the ReleaseComplete for Bob's 486?\n\n    rung show h323-gateway -m src=gw dst=terminal",
				zh = "Bob 的 486 对应的 ReleaseComplete 带有哪个原因？\n\n    rung show h323-gateway -m src=gw dst=terminal" },
			why = { "The field `reason` of the third ReleaseComplete.",
				zh = "第三个 ReleaseComplete 的 `reason` 字段。" },
			hint = { "`-m src=gw dst=terminal from=20s to=21s` prints the fields of its messages: H.225.0 has its own words for what Q.850 calls 17.",
				zh = "`-m src=gw dst=terminal from=20s to=21s` 打印出各条消息的字段：Q.850 的 17 在 H.225.0 中另有说法。" } },
		{ text = { "unreachableDestination" },
			wrong = {
				{ { "inConference", "adaptiveBusy" }, why = { "That is for another status: see the table in gateway.lua.", zh = "那对应另一个状态码：请看 gateway.lua 里的表。" } },
				{ { "404", "Not Found" }, why = { "That is the word of SIP.", zh = "那是 SIP 的说法。" } },
			},
			ask = { "Which reason has the ReleaseComplete of the call to Zoe?\n\n    rung show h323-gateway -m src=gw dst=terminal",
				zh = "呼叫 Zoe 的 ReleaseComplete 带有哪个原因？\n\n    rung show h323-gateway -m src=gw dst=terminal" },
			why = { "The field `reason` of the last ReleaseComplete.",
				zh = "最后一个 ReleaseComplete 的 `reason` 字段。" },
			hint = { "Nobody is registered as Zoe: `-m src=gw dst=terminal from=25s` prints the last of its messages to the terminal.",
				zh = "没有人注册为 Zoe：`-m src=gw dst=terminal from=25s` 打印出最后一条消息告诉终端的内容。" } },
	},
}

task {
	goal = {
		{ "Alice has sent a BYE to the gateway", zh = "Alice 向网关发送了 BYE",
			function(t)
				local r = t:first "kind=send method=BYE src=alice"
				return r ~= nil, r
			end },
		{ "the gateway has told the terminal by ReleaseComplete within 100 ms", zh = "网关在 100 毫秒内用 ReleaseComplete 告知终端",
			function(t)
				local bye = t:first "kind=send method=BYE src=alice"
				for _, r in ipairs(t:all "kind=send proto=h323 src=gw") do
					if bye and r.start == "ReleaseComplete" and r.time >= bye.time and r.time < bye.time + 0.1 then
						return true, r
					end
				end
				return false
			end,
			why = { "Her call is set up when her 200 has its ACK.", zh = "她的 200 得到 ACK 之后，呼叫就建立了。" } },
	},
	points = 3,
}
