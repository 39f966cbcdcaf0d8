-- The tasks of rfc5407-3.1.1; their texts are in README.md.
lesson { minutes = 20, level = 2 }
vary { "alice--bob.delay=80ms..140ms:10ms" }

-- In which state the last of those records before record AT has left it.
local function state_at(t, filter, at)
	local state
	for _, r in ipairs(t:all(filter)) do
		if r.seq < at.seq then
			state = r.to
		end
	end
	return state
end

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
			why = { "Two INVITEs with one Call-ID may arrive along two paths, from a proxy that forks: the second one is answered, with 482.",
				zh = "分叉的代理服务器可能让 Call-ID 相同的两个 INVITE 经不同路径到达：第二个也有自己的响应，即 482。" },
			rule = "uas-merged" },
		{ "by its CSeq number, which is higher than that of the first",
			zh = "凭 CSeq 编号，它比第一个的大",
			why = { "Nothing differs: a transaction retransmits the same bytes.",
				zh = "两者没有任何不同：事务重传的是同样的字节。" },
			rule = "ict-timer-a" },
		{ "by its topmost Via, whose branch is the same",
			zh = "凭最上面的 Via 的 branch，它与第一个相同",
			right = true, rule = "ist-request" },
		{ "by its From tag alone, which is Alice's in this call",
			zh = "只凭 From tag，它在这次呼叫中属于 Alice",
			why = { "All requests of Alice's in this call have it, even the BYE.",
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
			why = { "That is how RFC 3261 had it; the second INVITE would have been a new call.",
				zh = "RFC 3261 原来如此规定；那样第二个 INVITE 就成了新呼叫。" } },
		{ "confirmed", rule = "ist-ack",
			why = { "That is the state after the ACK for 300 to 699.",
				zh = "那是收到对 300 至 699 的 ACK 之后的状态。" } },
	},
	rule = "ist-accepted",
	why = { "Look in the records of the state machine IST at Bob's phone for its state before the second INVITE arrives.",
		zh = "在 Bob 的话机的 IST 状态机的记录中，看第二个 INVITE 到达之前的状态。" },
	records = function(t) return repeated(t):arrival() end,
	points = 2,
	ahead = true,
	hint = { "RFC 6026, 7.1 names the state of a server transaction after a 2xx; in `machine=IST kind=fsm` it begins after `200@bob`.",
		zh = "服务器事务在 2xx 之后的状态，见 RFC 6026 第 7.1 节；在 `machine=IST kind=fsm` 中，它始于 `200@bob` 之时。" },
	others = {
		{
			text = function(t) return state_at(t, "kind=dialog node=bob", repeated(t):arrival()) end,
			ask = { "Before you look at the run: in which state will Bob's dialog be when the second INVITE arrives? Write the word of the records.\n\n    rung show rfc5407-3.1.1 kind=dialog node=bob",
				zh = "先不看运行：第二个 INVITE 到达时，Bob 的对话会处于什么状态？用记录中的词回答。\n\n    rung show rfc5407-3.1.1 kind=dialog node=bob" },
			ahead = true,
			wrong = {
				{ "early", why = { "It was, until Bob answered.", zh = "Bob 接听之前是这样。" } },
				{ "confirmed", why = { "For that Bob's phone still needs something from Alice's.", zh = "要这样，Bob 的话机还需要 Alice 的话机的一条消息。" } },
				{ "accepted", why = { "That is a state of his INVITE server transaction; the dialog has other words.", zh = "那是他的 INVITE 服务器事务的状态；对话用别的词。" } },
			},
			rule = "dialog-established",
			why = { "Take the last record of kind dialog at Bob's phone before the second INVITE arrives: the state after the arrow.",
				zh = "取第二个 INVITE 到达之前 Bob 的话机的最后一条 dialog 记录：箭头之后的状态。" },
			hint = { "RFC 5407, section 2, has its own word for the time between 200 and ACK; `kind=dialog node=bob to=1.55s` ends before the second INVITE arrives.",
				zh = "200 与 ACK 之间的状态，RFC 5407 第 2 节另有名称；`kind=dialog node=bob to=1.55s` 在第二个 INVITE 到达之前为止。" },
			records = function(t) return repeated(t):arrival() end,
		},
		{
			text = function(t) return state_at(t, "kind=fsm node=alice machine=ICT", repeated(t)) end,
			ask = { "Before you look at the run: in which state will the INVITE client transaction of Alice's phone be when it sends the second INVITE?\n\n    rung show rfc5407-3.1.1 kind=fsm,timer node=alice",
				zh = "先不看运行：Alice 的话机发送第二个 INVITE 时，它的 INVITE 客户端事务会处于什么状态？\n\n    rung show rfc5407-3.1.1 kind=fsm,timer node=alice" },
			ahead = true,
			wrong = {
				{ "proceeding", why = { "That needs a provisional response, and the 180 is lost.", zh = "那需要一个临时响应，而 180 丢失了。" } },
				{ "accepted", why = { "That is its state when the 200 has arrived.", zh = "200 到达之后才是这样。" } },
				{ "trying", why = { "That is the first state of a request other than INVITE.", zh = "那是非 INVITE 请求的第一个状态。" } },
			},
			rule = "ict-timer-a",
			why = { "See which state the state machine ICT at Alice's phone has when Timer A fires.",
				zh = "看定时器 A 到期时 Alice 的话机的 ICT 状态机的记录。" },
			hint = { "In which single state does Timer A fire, RFC 3261, figure 5? Compare `machine=ICT node=alice kind=fsm` with the time of `node=alice name=A op=fire`.",
				zh = "定时器 A 只在哪个状态到时，见 RFC 3261 图 5？把 `machine=ICT node=alice kind=fsm` 与 `node=alice name=A op=fire` 的时刻对照。" },
			records = repeated,
		},
	},
}

task {
	draw = "src=alice kind=send",
	rule = "ict-timer-a",
	hint = { "Two things make her phone send again: a timer, `kind=timer node=alice op=fire to=2s`, and an arrival, `dst=alice kind=recv`.",
		zh = "有两种情形使她的话机再次发送：定时器，见 `kind=timer node=alice op=fire to=2s`；以及收到的，见 `dst=alice kind=recv`。" },
	others = {
		{
			draw = "src=bob kind=send",
			ask = { "Draw everything that Bob's phone sends, including what is lost: one line for each arrow, such as `bob -> alice 486`.\n\n    rung show rfc5407-3.1.1 src=bob kind=send",
				zh = "画出 Bob 的话机发送的一切，丢失的也算：每行一个箭头，例如 `bob -> alice 486`。\n\n    rung show rfc5407-3.1.1 src=bob kind=send" },
			rule = "ist-accepted",
			hint = { "`dst=bob kind=recv` has what he receives: RFC 6026, 7.1 says what a server transaction does with an INVITE that arrives again after its 2xx.",
				zh = "`dst=bob kind=recv` 是他收到的：服务器事务在发出 2xx 之后怎样处理再次到来的 INVITE，见 RFC 6026 第 7.1 节。" },
		},
		{
			time = function(t)
				return t:first("kind=send method=ACK").time - t:first("kind=send method=INVITE").time
			end,
			ask = { "How long after her first INVITE does Alice's phone send its ACK?\n\n    rung show rfc5407-3.1.1 method=INVITE,ACK kind=send",
				zh = "Alice 的话机在第一个 INVITE 之后多久发送 ACK？\n\n    rung show rfc5407-3.1.1 method=INVITE,ACK kind=send" },
			wrong = {
				{ function(t) return t:first("kind=send method=ACK").time - repeated(t).time end, why = { "That is counted from the second INVITE.", zh = "这是从第二个 INVITE 算起的。" } },
				{ function(t) return t:first("kind=recv method=ACK").time - t:first("kind=send method=INVITE").time end, why = { "At that time it has arrived at Bob's phone.", zh = "那时它已到达 Bob。" } },
			},
			why = { "Take two transmissions of Alice's phone: its first INVITE and its ACK. Subtract their times.",
				zh = "只看 Alice 的话机的两次发送：它的第一个 INVITE 和它的 ACK。两个时刻相减。" },
			hint = { "Begin at `INVITE@alice`; the ACK is sent at the moment at which `200@bob` arrives.",
				zh = "从 `INVITE@alice` 开始；`200@bob` 到达的时刻就发出 ACK。" },
			records = function(t) return t:first "kind=send method=ACK" end,
		},
	},
}

task {
	goal = {
		{ "the 180 is lost, as in the lab", zh = "180 与实验中一样丢失",
			function(t) return t:count "kind=drop status=180" == 1, t:first "kind=drop status=180" end },
		{ "an ACK is lost", zh = "有一个 ACK 丢失",
			function(t) return t:count "kind=drop method=ACK" > 0, t:first "kind=drop method=ACK" end },
		{ "Bob's phone retransmits the 200 by its own timer", zh = "Bob 的话机由自己的定时器重传 200",
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
			why = { "Bob's phone needs an ACK: make the run long enough.",
				zh = "Bob 的话机需要一个 ACK：让运行时间足够长。" } },
	},
	points = 3,
	hint = { "`kind=timer node=bob name=2xx` shows the length at first. Your run must last until it fires, and another ACK has arrived after that.", zh = "`kind=timer node=bob name=2xx` 说明它最初设为多久。运行要持续到它到时，再加上另一个 ACK 的路程。" },
}
