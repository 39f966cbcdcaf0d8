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

task {
	text = { "Alerting" },
	wrong = {
		{ "CallProceeding", why = { "That it has sent at once, before anything came from Alice.", zh = "那是它立即发送的，当时 Alice 那边还没有来任何消息。" } },
		{ "Progress", why = { "That is for a 183.", zh = "那是对应 183 的。" } },
		{ "Connect", why = { "That is for her 200.", zh = "那是对应 200 的。" } },
	},
	why = { "Which message goes out right behind the 180 that has come?", zh = "收到 180 之后紧接着发出的是哪条消息？" },
}

task {
	choice = {
		{ "in the INVITE, which has what Setup has said", zh = "在 INVITE 里，内容来自 Setup",
			why = { "Setup has no fastStart: the terminal has not said yet what it receives.", zh = "Setup 没有 fastStart：终端还没有说它接收什么。" } },
		{ "in Alice's 200, and the answer is in the ACK", zh = "在 Alice 的 200 里，应答在 ACK 里", right = true },
		{ "in Alice's 180, and the answer is in the 200", zh = "在 Alice 的 180 里，应答在 200 里",
			why = { "Her 180 is not reliable and has no description.", zh = "她的 180 不可靠，也没有会话描述。" } },
		{ "nowhere: slow start needs no description", zh = "哪里也没有：慢速启动不需要会话描述",
			why = { "Without an exchange of descriptions there is no session.", zh = "没有会话描述的交换就没有会话。" } },
	},
	rule = "offer-none",
	points = 2,
}

task {
	number = needed,
	points = 2,
	wrong = {
		{ function(t) return needed(t) - 4 end, why = { "What comes before Connect counts, too.", zh = "Connect 之前的也要算上。" } },
	},
	why = { "Four up to Connect, then capabilities, master and slave, and a channel each way, each with its Ack.", zh = "到 Connect 为止四条，然后是能力集、主从判定和每个方向一条通道，各有其 Ack。" },
}

task {
	text = { "inConference" },
	wrong = {
		{ { "unreachableDestination", "adaptiveBusy" }, why = { "That is for another status: see the table in gateway.lua.", zh = "那对应另一个状态码：请看 gateway.lua 里的表。" } },
	},
	why = { "The field `reason` of the third ReleaseComplete.", zh = "第三个 ReleaseComplete 的 `reason` 字段。" },
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
			why = { "Her call is there when its 200 has its ACK.", zh = "她的 200 得到 ACK 之后，呼叫就建立了。" } },
	},
	points = 3,
}
