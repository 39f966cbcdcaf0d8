-- The tasks of rfc5407-3.1.1; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

local function repeated(t)
	return t:last "kind=send method=INVITE"
end

-- The state that the repeated INVITE finds.
local function found(t)
	local state
	for _, r in ipairs(t:all "kind=fsm node=bob") do
		if r.machine == "IST" and r.event == "request" then
			state = r.to
		end
	end
	return state
end

task {
	choice = {
		{ "by its Call-ID: a Call-ID stands for one call",
			zh = "凭 Call-ID：一个 Call-ID 就是一个呼叫",
			why = { "Two INVITEs with one Call-ID may arrive by two ways, from a proxy that forks: the second one is answered, with 482.",
				zh = "分叉的代理服务器可能让 Call-ID 相同的两个 INVITE 经不同路径到达：第二个也有自己的响应，即 482。" },
			rule = "uas-merged" },
		{ "by its CSeq number, which is higher than that of the first",
			zh = "凭 CSeq 编号，它比第一个的大",
			why = { "Nothing is different in it: a transaction repeats the same bytes.",
				zh = "两者没有任何不同：事务重传的是同样的字节。" },
			rule = "ict-timer-a" },
		{ "by the branch of its topmost Via, which is the same",
			zh = "凭最上面的 Via 的 branch，它与第一个相同",
			right = true, rule = "ist-request" },
		{ "by its From tag alone, which is Alice's in this call",
			zh = "只凭 From tag，它在这次呼叫中属于 Alice",
			why = { "All requests of Alice's in this call have it, the BYE too.",
				zh = "Alice 在这个呼叫中的所有请求都有它，BYE 也有。" } },
	},
	points = 2,
	records = repeated,
}

task {
	text = found,
	wrong = {
		{ "completed", rule = "ist-final",
			why = { "That is the state after 300 to 699. After a 2xx it is another one.",
				zh = "那是发出 300 至 699 之后的状态；2xx 之后是另一个。" } },
		{ "proceeding",
			why = { "It was, until Bob answered.", zh = "Bob 接听之前是这样。" } },
		{ "terminated", rule = "ist-accepted",
			why = { "So RFC 3261 had it; the second INVITE would have been a new call.",
				zh = "RFC 3261 原来如此规定；那样第二个 INVITE 就成了新呼叫。" } },
		{ "confirmed", rule = "ist-ack",
			why = { "That is the state after the ACK for 300 to 699.",
				zh = "那是收到对 300 至 699 的 ACK 之后的状态。" } },
	},
	rule = "ist-accepted",
	why = { "Look in the records of the machine IST at Bob's phone for its state before the second INVITE arrives.",
		zh = "在 Bob 的话机的 IST 状态机的记录中，看第二个 INVITE 到达之前的状态。" },
	records = function(t) return repeated(t):arrival() end,
	points = 2,
}

task {
	time = function(t)
		return t:first("kind=send method=ACK").time - t:first("kind=send method=INVITE").time
	end,
	wrong = {
		{ function(t) return t:first("kind=send method=ACK").time - repeated(t).time end,
			why = { "That is counted from the second INVITE.", zh = "这是从第二个 INVITE 算起的。" } },
		{ function(t) return t:first("kind=recv method=ACK").time - t:first("kind=send method=INVITE").time end,
			why = { "Then it has arrived at Bob's.", zh = "那时它已到达 Bob。" } },
		{ function(t) return t:first("kind=send method=ACK").time end,
			why = { "That is the time of the run; Alice called later than at 0.",
				zh = "这是从运行开始算起的时间；Alice 并不是在 0 时呼叫的。" } },
	},
	why = { "Two sends of Alice's phone count: its first INVITE and its ACK. Subtract their times.",
		zh = "只看 Alice 的话机的两次发送：它的第一个 INVITE 和它的 ACK。两个时刻相减。" },
	hint = { "Two sends: the first INVITE and the ACK.", zh = "看两次发送：第一个 INVITE 和 ACK。" },
	records = function(t) return t:first "kind=send method=ACK" end,
}

task {
	goal = {
		{ "the 180 is lost, as in the lab", zh = "180 与实验中一样丢失",
			function(t) return t:count "kind=drop status=180" == 1, t:first "kind=drop status=180" end },
		{ "an ACK is lost", zh = "有一个 ACK 丢失",
			function(t) return t:count "kind=drop method=ACK" > 0, t:first "kind=drop method=ACK" end },
		{ "Bob's phone repeats the 200 by its own timer", zh = "Bob 的话机由自己的定时器重传 200",
			function(t)
				local fired = t:first "kind=timer node=bob name=2xx op=fire"
				return fired ~= nil and t:count "kind=send src=bob status=200" > 1, fired
			end, rule = "invite-2xx-again",
			why = { "The 200 must be sent at least twice.", zh = "200 至少要发送两次。" } },
		{ "at the end both talk", zh = "最后双方在通话",
			function(t)
				for _, name in ipairs { "alice", "bob" } do
					local last = t:last { kind = "call", node = name }
					if last == nil or last.state ~= "confirmed" then
						return false, last
					end
				end
				return true
			end, rule = "invite-ack",
			why = { "Bob's phone needs an ACK: give the run time enough.",
				zh = "Bob 的话机需要一个 ACK：让运行时间足够长。" } },
	},
	points = 3,
	hint = { "The first 2xx timer runs for T1, 500 ms.", zh = "2xx 的第一个定时器是 T1，500 ms。" },
}
