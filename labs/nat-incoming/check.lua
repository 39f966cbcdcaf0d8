-- The tasks of nat-incoming; their texts are in README.md.
lesson { minutes = 50, level = 2 }
vary { "net--alice.delay=10ms..60ms:10ms", "seed=1..999:1" }

local OUTER = "203.0.113.7"

local function registered(t)
	return t:first "kind=recv status=200 cseq=REGISTER dst=bob"
end

-- The INVITEs of Carol's, by their Call-IDs, in order.
local function calls(t)
	local list, seen = {}, {}
	for _, r in ipairs(t:all "kind=send method=INVITE src=carol") do
		if not seen[r.call_id] then
			seen[r.call_id] = true
			list[#list + 1] = r
		end
	end
	return list
end

-- The first message of CALL that is lost, as its `drop` and the `nat` before it.
local function lost(t, call)
	return t:first("kind=drop", function(r) return call and r.of.call_id == call.call_id end)
end

-- Has whoever has sent CALL heard a 200 to it?
local function answered(t, call)
	return t:first("kind=recv status=200 cseq=INVITE", function(r)
		return r.node == call.src and r.of.call_id == call.call_id
	end)
end

task {
	number = function(t)
		return tonumber(registered(t):header("Via"):match "rport=(%d+)")
	end,
	rule = "via-rport",
	wrong = {
		{ 5060, why = { "That is the port from which Bob's phone has sent it, and which is in its Via. What does the server see?",
			zh = "Bob 的话机这样发送，它的 Via 也这样写。服务器看到的是什么？" } },
	},
	why = { "The server writes into the top Via of its 200 where the REGISTER came from: read `rport` there.",
		zh = "服务器在它的 200 最上面的 Via 中写明 REGISTER 从哪里来：读其中的 `rport`。" },
	records = registered,
	hint = { "`kind=nat op=made to=1s` shows what the NAT has put in place of his address; the server copies that into his Via by RFC 3581 4.",
		zh = "`kind=nat op=made to=1s` 说明 NAT 用什么替换了他的地址；服务器按 RFC 3581 4 把它写入他的 Via。" },
}

task {
	find = {
		node = "home",
		rule = "nat-private",
		record = function(t)
			local drop = lost(t, calls(t)[1])
			return { drop, drop.of, drop.cause }
		end,
	},
	points = 2,
	why = { "Follow her INVITE from the server: a `drop` record shows where it ends, and `rung explain` with its number names the rule.",
		zh = "从服务器起跟踪她的 INVITE：一条 `drop` 记录说明它在哪里终止，用它的编号运行 `rung explain`，会给出规则。" },
	records = function(t) return lost(t, calls(t)[1]) end,
	hint = { "Of the records of `kind=drop` take the first that is about INVITE; use its number for `rung explain`.", zh = "在 `kind=drop` 的记录中，第一条写着 INVITE 的；把编号交给 `rung explain`。" },
	others = {
		{ find = { node = "home", rule = "nat-private", record = function(t)
			local drop = t:first("kind=drop", function(r) return r.of.method == "BYE" end)
			return { drop, drop.of, drop.cause }
		end },
			ask = { "Find the first message of Alice's that is lost: `node=… rule=… record=…`. The node is the one that loses the message.\n\n    rung show nat-incoming kind=drop", zh = "找出 Alice 的第一条丢失的消息：`node=… rule=… record=…`。节点填丢失它的那一个。\n\n    rung show nat-incoming kind=drop" },
			why = { "She hangs up at 6 s: a `drop` record shows where that ends, and `rung explain` with its number names the rule.", zh = "她在 6 s 挂断：一条 `drop` 记录说明那条消息在哪里终止，用它的编号运行 `rung explain`，会给出规则。" },
			hint = { "What does she send once they have talked? `kind=drop to=10s` shows where it ends.", zh = "通话之后她发送什么？`kind=drop to=10s` 显示它在哪里终止。" },
			records = function(t) return t:first("kind=drop", function(r) return r.of.method == "BYE" end) end },
		{ find = { node = "home", rule = "nat-timer", record = function(t) return t:first "kind=nat node=home op=expired" end },
			ask = { "Find the record in which the mapping for Bob's phone ends: `node=… rule=… record=…`.\n\n    rung show nat-incoming kind=nat", zh = "找出 Bob 的话机的映射结束的记录：`node=… rule=… record=…`。\n\n    rung show nat-incoming kind=nat" },
			why = { "It ends when nothing has been sent out for its lifetime; the ACK was the last message sent out.", zh = "在规定时间内没有数据出去，它就结束；最后出去的是 ACK。" },
			hint = { "Count 30 s from the last message that Bob's phone sends (`src=bob kind=send`), and look at `kind=nat` then.", zh = "从 Bob 的话机最后一次发送（`src=bob kind=send`）起算 30 s，再看那时的 `kind=nat`。" },
			records = function(t) return t:first "kind=nat node=home op=expired" end },
	},
}

task {
	choice = {
		{ "Responses pass the filter of a NAT, since it knows them by their CSeq; requests never do",
			zh = "NAT 的过滤凭 CSeq 认出响应并放行；请求从来不能通过",
			why = { "A NAT knows only addresses and ports. With the right address a request comes in as well.", zh = "NAT 只认地址和端口。地址正确时，请求也能进来。" } },
		{ "The mapping of Bob's phone was over at 15 s, when the first of Carol's calls began",
			zh = "在 15 s，Carol 的第一个呼叫开始时，Bob 的话机的映射已经到期",
			why = { "It lasts for 30 s after the ACK.", zh = "它在 ACK 之后还有 30 s。" } },
		{ "A response goes whence its request came; an INVITE goes for the Contact that Bob registered", right = true,
			zh = "响应回到请求的来处；INVITE 发往 Bob 注册的 Contact" },
		{ "Carol's phone sends its INVITE directly, past the server, from where the filter lets nothing in",
			zh = "Carol 的话机绕过服务器自己发送 INVITE，而过滤不放行来自那里的任何数据",
			why = { "Look at the ladder: her phone sends to the server, its outbound proxy.", zh = "请看消息流程图：她的话机发往服务器，即它的出站代理服务器。" } },
	},
	points = 2,
	rule = "response-place",
	hint = { "Open one record of `method=INVITE src=server dst=bob` and one of `status=200 cseq=INVITE src=server dst=bob` by their numbers: what is the `dst_addr` of each, and where has the server got it from (RFC 3261 18.2.2)?",
		zh = "用编号打开 `method=INVITE src=server dst=bob` 和 `status=200 cseq=INVITE src=server dst=bob` 的各一条记录：各自的 `dst_addr` 是什么，服务器从哪里得到它（RFC 3261 18.2.2）？" },
	others = {
		{ choice = {
			{ "Without `rport` the server drops the INVITE, as it can't know where to answer it",
				zh = "没有 `rport` 时，服务器不知道向哪里应答，因此丢弃 INVITE",
				why = { "The server answers 100 at once: see where that is sent.", zh = "服务器立即应答 100：看它发往哪里。" } },
			{ "Without `rport` the answer goes to port 5060, for which the NAT has no binding", right = true,
				zh = "没有 `rport` 时，响应发往端口 5060，而 NAT 没有这个端口的映射" },
			{ "Without `rport` the NAT makes no mapping, so that nothing of Bob's phone gets out",
				zh = "没有 `rport` 时，NAT 不建立映射，因此 Bob 的话机什么也发不出去",
				why = { "A NAT does not read the Via, and the REGISTER does reach the server.", zh = "NAT 不读 Via，而且 REGISTER 确实到达了服务器。" } },
			{ "Without `rport` the answer is sent to 192.168.1.20, an address that has no route there",
				zh = "没有 `rport` 时，响应发往 192.168.1.20，而没有路通往这个地址",
				why = { "The server sees from which address a request comes, and always writes `received`.", zh = "服务器看得到请求来自哪个地址，并写入 `received`，不管有没有人要求。" } },
		},
			ask = { "Your column \"why\", in the row without any remedy, `false/////`: not even call 1 is set up. Why?\n\n    rung run --set bob.rport=false nat-incoming -o none.jsonl\n    rung show none.jsonl -m src=server", zh = "您写的“原因”一列中，没有任何办法的那一行 `false/////`：连呼叫 1 也没有建立。为什么？\n\n    rung run --set bob.rport=false nat-incoming -o none.jsonl\n    rung show none.jsonl -m src=server" },
			hint = { "Compare the top Via of the 100 with where it is sent: `none.jsonl src=server status=100`.", zh = "比较 100 最上面的 Via 和它发往的地方：`none.jsonl src=server status=100`。" },
			rule = "via-rport" },
		{ choice = {
			{ "The keepalives go to everybody who calls, so that each caller finds a mapping of its own",
				zh = "保活发往每个呼叫的人，因此每个主叫都有自己的映射",
				why = { "See to which node the phone sends its empty lines.", zh = "看话机把空行发给谁。" } },
			{ "A NAT whose mapping is kept open filters no more: whoever knows the port may come in",
				zh = "映射保持打开的 NAT 不再过滤：知道端口的人都可以进来",
				why = { "The filter does not depend on the lifetime. Which node sends to Bob's phone here?", zh = "过滤与时间是两回事。这里是谁向 Bob 发送？" } },
			{ "The alias tells Carol's phone the external port, so that it sends from an address that may come in",
				zh = "alias 把外部端口告诉 Carol 的话机，因此它从可以进来的地址发送",
				why = { "The alias stays at the server; her phone knows nothing about it.", zh = "alias 只留在服务器；她的话机不知道它。" } },
			{ "Each call comes from the server, by the very binding that Bob's phone has made to it", right = true,
				zh = "每个呼叫都来自服务器，走的正是 Bob 的话机对服务器建立的映射" },
		},
			ask = { "Your column \"why\", in the row of alias and keepalive behind a symmetric NAT: all three calls are set up. Why does the type of NAT not matter?\n\n    rung run --set server.alias=true --set bob.keepalive=crlf --set home.mapping=address-port nat-incoming -o kept.jsonl\n    rung show kept.jsonl src=server kind=send", zh = "您写的“原因”一列中，alias 加保活、symmetric NAT 的那一行：三个呼叫都建立了。为什么 NAT 的类型没有影响？\n\n    rung run --set server.alias=true --set bob.keepalive=crlf --set home.mapping=address-port nat-incoming -o kept.jsonl\n    rung show kept.jsonl src=server kind=send" },
			hint = { "A symmetric NAT has one port for each destination: `kept.jsonl kind=nat op=made` names them.", zh = "symmetric NAT 对 Bob 发往的每一方各有一个端口：`kept.jsonl kind=nat op=made` 列出它们。" },
			rule = "nat-mapping" },
		{ choice = {
			{ "The server sends to the flow over which the REGISTER came, which the phone keeps open", right = true,
				zh = "服务器发往 REGISTER 来时的那条流，而话机使它保持打开" },
			{ "The server sends to the Contact, into which a phone with flows writes its external address",
				zh = "服务器发往 Contact，而使用流的话机在其中写入它的外部地址",
				why = { "Read the Contact of the REGISTER: it is the private address.", zh = "读 REGISTER 的 Contact：那是私有地址。" } },
			{ "The phone opens a flow to each of the others as it starts, and their calls come in by these",
				zh = "话机启动时对其他每一方各打开一条流，他们的呼叫从这些流进来",
				why = { "`flows=1` is one flow, to its outbound proxy.", zh = "`flows=1` 是一条流，通往它的出站代理服务器。" } },
			{ "The server keeps the flow open by itself, with a request to the phone every few seconds",
				zh = "服务器自己使流保持打开，每隔几秒向话机发送一个询问",
				why = { "See which node sends the messages that keep it open.", zh = "看保持它的数据由谁先发送。" } },
		},
			ask = { "Your column \"why\", in the rows of outbound: all three calls are set up, though no server stores an alias. Why?\n\n    rung run --set bob.flows=1 nat-incoming -o flow.jsonl\n    rung show flow.jsonl node=bob kind=send", zh = "您写的“原因”一列中，outbound 的各行：三个呼叫都建立了，虽然没有人记下 alias。为什么？\n\n    rung run --set bob.flows=1 nat-incoming -o flow.jsonl\n    rung show flow.jsonl node=bob kind=send" },
			hint = { "The Contact of `flow.jsonl method=REGISTER src=bob` has a private address, and `reg-id`: how does the server still find the path (`flow.jsonl kind=route node=server from=10s`), and which node sends first what keeps that open (`flow.jsonl proto=stun kind=send`)?", zh = "`flow.jsonl method=REGISTER src=bob` 的 Contact 是私有地址，带 `reg-id`：服务器仍凭什么找到去处（`flow.jsonl kind=route node=server from=10s`）？使它保持打开的数据由谁先发送（`flow.jsonl proto=stun kind=send`）？" },
			rule = "flow-route" },
	},
}

task {
	choice = {
		{ "His registration, and in it an address for which the NAT has no binding left", right = true,
			zh = "他的注册仍在，但其中的地址在 NAT 中已没有映射" },
		{ "Nothing: a registration by an alias ends together with the NAT's mapping for it",
			zh = "什么也没有：用 alias 的注册与 NAT 的映射一起结束",
			why = { "Nobody tells the server that the NAT has removed the mapping. Why does it send the INVITE at all?", zh = "NAT 遗忘时没有人告诉服务器。否则它为什么还会发出 INVITE？" } },
		{ "The private address alone, since an alias counts for the first call that uses it",
			zh = "只有私有地址，因为 alias 只对使用它的第一个呼叫有效",
			why = { "See where the second INVITE is sent to.", zh = "看第二个 INVITE 发往哪里。" } },
		{ "The address of a new mapping, which the filter opens to no one before Bob sends",
			zh = "一个新映射的地址，在 Bob 发送之前，过滤对谁都不开放",
			why = { "Only an outgoing packet creates a mapping, and none was sent.", zh = "只有向外发送才会产生映射，而这里没有发送。" } },
	},
	points = 2,
	rule = "nat-timer",
	hint = { "For how long has Bob registered (`-m status=200 cseq=REGISTER dst=bob`), and for how long does the NAT keep the mapping for him (`kind=nat node=home to=60s`)?",
		zh = "Bob 注册了多久（`-m status=200 cseq=REGISTER dst=bob`）？NAT 为他建立的又保留多久（`kind=nat node=home to=60s`）？" },
	ahead = function() end,
}

-- A message of kind STATUS or METHOD that FILTER finds has TEXT in its Contact.
local function has_contact(t, filter, text)
	for _, r in ipairs(t:all(filter)) do
		local contact = r:header "Contact"
		if contact and contact:find(text, 1, true) then return true, r end
	end
	return false
end

task {
	run = {
		{ "Bob's phone registers the address that it has learnt by STUN", zh = "Bob 的话机注册 STUN 告诉它的地址",
			function(t)
				return has_contact(t, "kind=send method=REGISTER src=bob", OUTER)
			end, rule = "stun-contact" },
		{ "It keeps its mapping alive: from 30 s on it has always sent something within the last 30 s", zh = "它保持着映射：从 30 s 起，它总在最近 30 s 之内发送过数据",
			function(t)
				local last = 0
				for _, r in ipairs(t:all "kind=send src=bob") do
					if r.time - last > 30 then return false, r end
					last = r.time
				end
				return t.duration - last <= 30
			end, rule = "keepalive-send",
			why = { "Look at the times at which Bob's phone sends something.", zh = "看 Bob 的话机发送数据的各个时刻。" } },
		{ "no call to Bob reaches his phone", zh = "对 Bob 的呼叫没有一个到达他的话机",
			function(t)
				local first = t:first "kind=send method=INVITE src=server"
				return first ~= nil and t:count "kind=recv method=INVITE dst=bob" == 0 and
					t:count "kind=send method=INVITE src=carol" > 0, first
			end,
			why = { "With this NAT other hosts can also use the address that STUN has returned.", zh = "在这种 NAT 之后，STUN 告诉的地址对其他人也有用。" } },
	},
	key = "nat-incoming --set bob.stun=stun --set bob.keepalive=crlf --set home.mapping=address-port",
	points = 2,
	why = { "The run needs a phone that uses STUN and keeps its mapping alive, and still each INVITE to it is lost at the NAT.",
		zh = "这次运行里话机要用 STUN 询问并保持映射，而对它的每个 INVITE 仍在 NAT 处丢失。" },
	hint = { "In the table of the sweep the rows of STUN are not all equal: `call 2` and `call 3` show which to run.", zh = "结果表中 STUN 的几行并不都一样：`呼叫 2` 和 `呼叫 3` 两列说明该运行哪一行。" },
}

-- The NAT is a symmetric one from the beginning, by what the script sets.
local function is_symmetric(t)
	local first
	for _, r in ipairs(t:all "kind=act node=home") do
		local set = r.args or ""
		if not set:find '"mapping":"address%-port"' or
		    not set:find '"filtering":"address%-port"' or r.time > 0 then
			return false, r
		end
		first = first or r
	end
	return first ~= nil, first
end

task {
	goal = {
		{ "The NAT is symmetric, and Bob's phone registers its private address", zh = "NAT 是 symmetric，Bob 的话机注册它的私有地址",
			function(t)
				return is_symmetric(t) and
					has_contact(t, "kind=send method=REGISTER src=bob", "192.168.1.20")
			end,
			why = { "Leave the line with `home` as it is, and don't let Bob's phone know its external address.", zh = "让 `home` 的那一行保持原样，也不要把外部地址告诉 Bob 的话机。" } },
		{ "Bob's phone receives Alice's BYE", zh = "Bob 得知 Alice 挂断",
			function(t)
				local bye = t:first "kind=send method=BYE src=alice"
				return t:first("kind=recv method=BYE dst=bob", function(r) return bye and r.of.call_id == bye.call_id end)
			end },
		{ "Carol calls twice, more than 60 s apart, and both are answered", zh = "Carol 呼叫两次，相隔 60 s 以上，两次都被接听",
			function(t)
				local list = calls(t)
				local one, two = list[1], list[#list]
				if one == nil or two.time - one.time < 60 then return false end
				return answered(t, one) ~= nil and answered(t, two) ~= nil, answered(t, two)
			end, rule = "nat-timer",
			why = { "What keeps a mapping alive that carries no calls?", zh = "没有人使用的映射靠什么保持？" } },
	},
	points = 3,
}
