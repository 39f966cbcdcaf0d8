-- The tasks of handout-nat; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "bob.keepalive_every=15s..27s:3s", "seed=1..999:1" }

-- The REGISTERs that a NAT has passed on: where each was seen to come from,
-- and its 200.
local function translated(t)
	local list = {}
	for _, r in ipairs(t:all "kind=send method=REGISTER") do
		local came = r:arrival()
		local ok = came and came.src_addr ~= r.src_addr and t:first("kind=send status=200 cseq=REGISTER dst=" .. r.src,
			function(ok) return ok.branch == r.branch end)
		if ok then list[#list + 1] = { request = r, from = came.src_addr, came = came, ok = ok } end
	end
	return list
end

-- The first message behind record R that is lost for one of REASONS on its way to ADDRESS.
local function lost(t, r, address, reasons)
	return t:first("kind=drop", function(d)
		return d.seq > r.seq and reasons[d.reason] and d.of and d.of.dst_addr == address
	end)
end

-- 1: rport keeps the way open
task {
	run = {
		{ "a phone behind a NAT registers with rport, and the 200 comes back to it", zh = "NAT 后面的话机带 rport 注册，200 回到了它那里",
			function(t)
				for _, x in ipairs(translated(t)) do
					if x.request:header("Via"):find(";rport", 1, true) and x.ok:arrival() then return true, x.ok end
				end
				return false
			end, rule = "via-rport" },
		{ "later a request to that address is lost: the NAT has removed the mapping",
			zh = "后来沿这条路返回的请求丢失了：NAT 已忘记这部话机",
			function(t)
				for _, x in ipairs(translated(t)) do
					local d = x.request:header("Via"):find(";rport", 1, true) and
						lost(t, x.ok, x.from, { ["no-binding"] = true })
					if d then return true, d end
				end
				return false
			end, rule = "nat-timer" },
	},
	key = "nat-two",
	rule = "nat-timer",
	points = 2,
	why = { "The run needs a phone behind a NAT that sends nothing for some time after it has registered, and is called then.",
		zh = "这次运行里要有一部 NAT 后面的话机，注册之后静默一段时间，然后被呼叫。" },
	hint = { "In the labs \"Behind a NAT\" of `rung labs` look for `kind=drop` with the reason `no-binding`: how long ago was the phone's last message? RFC 4787 4.3.",
		zh = "在 `rung labs` 的“NAT 之后”各实验中找原因为 `no-binding` 的 `kind=drop`：离话机的上一条消息有多久？RFC 4787 4.3。" },
}

-- 2: STUN helps behind any NAT
task {
	run = {
		{ "a phone registers the address that a STUN server has told it", zh = "话机注册了 STUN 服务器告诉它的地址",
			function(t)
				for _, x in ipairs(translated(t)) do
					local address = (x.request:header "Contact" or ""):match "@([%d.]+:%d+)"
					local told = address and address ~= x.request.src_addr and
						t:first("kind=send proto=stun dst=" .. x.request.src, function(s)
							return s.dst_addr == address
						end)
					if told then return true, x.request end
				end
				return false
			end, rule = "stun-contact" },
		{ "and what is sent there does not come in: the NAT has that port open only for the STUN server",
			zh = "而发往该地址的消息进不来：NAT 的这个端口只对 STUN 服务器开放",
			function(t)
				for _, x in ipairs(translated(t)) do
					local address = (x.request:header "Contact" or ""):match "@([%d.]+:%d+)"
					local told = address and address ~= x.request.src_addr and
						t:first("kind=send proto=stun dst=" .. x.request.src, function(s)
							return s.dst_addr == address
						end)
					local d = told and x.from ~= address and lost(t, told, address, { filtered = true })
					if d then return true, d end
				end
				return false
			end, rule = "nat-filter" },
	},
	key = "nat-incoming --set bob.stun=stun --set home.mapping=address-port",
	rule = "nat-mapping",
	points = 2,
	why = { "The run needs a STUN server and a NAT that uses another port for each destination: which port is registered, and from which does the REGISTER come?",
		zh = "这次运行里要有 STUN 服务器，以及对每个对端使用不同端口的 NAT：注册的是哪个端口，REGISTER 又来自哪个？" },
	hint = { "`proto=stun` and `kind=nat op=made`: how many external ports has one phone? The handout of `nat-incoming` has the settings for both, `bob.stun` and `home.mapping`.",
		zh = "`proto=stun` 和 `kind=nat op=made`：一部话机，有几个外部端口？`nat-incoming` 的讲义中有这两项设置 `bob.stun` 和 `home.mapping`。" },
}

-- The bindings of a phone with its keep-alives: calls FN with the keep-alive that has come and what the registrar's
-- record for the phone says next.
local function kept(t, fn)
	for _, b in ipairs(t:all "kind=binding op=add") do
		local phone = b.cause and b.cause.of and b.cause.of.src
		local ping = phone and t:first("kind=send src=" .. phone, function(s)
			return (s.proto == "crlf" or s.proto == "stun") and s.seq > b.seq and s.dst_addr == b.cause.of.dst_addr and s:arrival()
		end)
		local after = ping and t:first("kind=binding", function(x)
			return x.seq > ping.seq and x.aor == b.aor and x.contact == b.contact
		end)
		if after then
			local right, r = fn(ping, after)
			if right then return true, r end
		end
	end
	return false
end

-- 3: a keep-alive renews the registration
task {
	run = {
		{ "keepalives of a registered phone reach the server, which changes nothing because of them",
			zh = "已注册的话机的保活到达服务器，服务器不因此记下任何东西",
			function(t)
				return kept(t, function(ping, after)
					return t:count("kind=binding", function(b) return b.cause and b.cause.seq == ping:arrival().seq end) == 0, ping
				end)
			end, rule = "keepalive-send" },
		{ "the binding still expires, or only a REGISTER renews it", zh = "绑定照样到期，或者要由 REGISTER 来刷新",
			function(t)
				return kept(t, function(_, after)
					local of = after.cause and after.cause.of
					return after.op == "expire" or after.op == "refresh" and of and of.method == "REGISTER", after
				end)
			end, rule = "location-store" },
	},
	key = "handout-nat",
	rule = "keepalive-send",
	why = { "The run needs a phone with keepalives whose registration expires before the end of the run: what changes the binding at the registrar?",
		zh = "这次运行里要有一部发送保活的话机，其注册在运行结束之前到期：是什么改变了注册服务器上的绑定？" },
	hint = { "Compare `kind=binding` with `proto=crlf`: what comes directly before each `refresh`? Look at the lab of this handout before you look elsewhere.",
		zh = "`kind=binding` 与 `proto=crlf` 对照：每个 `refresh` 之前来的是什么？先看眼前，再找别处。" },
}

-- 4: a NAT writes its address into messages
task {
	run = {
		{ "a REGISTER arrives from another address than it was sent from", zh = "REGISTER 到达时的来源地址与发送时不同",
			function(t)
				local x = translated(t)[1]
				return x ~= nil, x and x.came
			end, rule = "nat-mapping" },
		{ "and its Contact still has the address that it was sent from", zh = "而其中的 Contact 仍是发送时的地址",
			function(t)
				for _, x in ipairs(translated(t)) do
					local came = x.came:header "Contact" or x.request:header "Contact" or ""
					if came:find("@" .. x.request.src_addr, 1, true) and x.from ~= x.request.src_addr and
					    t:count("kind=nat op=rewritten") == 0 then
						return true, x.came
					end
				end
				return false
			end },
	},
	key = "nat-incoming",
	rule = "nat-mapping",
	why = { "The run needs a phone behind a NAT without an ALG for SIP: which parts of its REGISTER have changed on arrival?",
		zh = "这次运行里要有一部 NAT 后面的话机，NAT 没有 SIP 网关：它的 REGISTER 到达时哪些部分变了？" },
	hint = { "In the labs of \"Behind a NAT\" in `rung labs`, open a record of `method=REGISTER kind=recv` by its number for its `src_addr`, and compare it with the Contact that `-m method=REGISTER` shows. RFC 4787 7 is about ALGs, which change more.",
		zh = "看 `rung labs` 中“NAT 之后”的实验：用编号打开 `method=REGISTER kind=recv` 的一条记录，看 `src_addr`，与 `-m method=REGISTER` 显示的 Contact 比较。改动更多的网关见 RFC 4787 7。" },
}

-- 5: neighbours reach each other by their outer addresses
task {
	run = {
		{ "a phone sends to the external address of the NAT that it is behind", zh = "话机向自己所在的 NAT 的外部地址发送",
			function(t)
				return t:first "kind=nat op=no-hairpin"
			end, rule = "nat-hairpin" },
		{ "and that NAT loses what was sent to its neighbour", zh = "而这个 NAT 把给邻居的消息丢失了",
			function(t)
				return t:first("kind=drop", function(d) return d.reason == "no-hairpin" and d.of and d.of.proto == "sip" end)
			end, rule = "nat-hairpin" },
	},
	key = "nat-two --set server.record_route=false --set cgn.hairpin=false",
	rule = "nat-hairpin",
	why = { "The run needs two phones behind one NAT that send to each other without the server, by its external addresses.",
		zh = "这次运行里要有同一个 NAT 后面的两部话机，它们绕过服务器，用 NAT 外侧的地址通信。" },
	hint = { "Open the pane `Network` of the lab with two neighbours, in which the server leaves the path: RFC 4787 6. What does its `## Try` suggest?",
		zh = "看有两个邻居的实验的 `Network` 面板，其中服务器离开路径：RFC 4787 6。它的“动手试试”里有什么？" },
}
