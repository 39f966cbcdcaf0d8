-- The tasks of trapezoid-dns; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "ns1--ns2.delay=20ms..80ms:10ms", "px1--ns1.delay=4ms..12ms:2ms", "seed=1..999:1" }

-- The first INVITE that px1 sends on.
local function onward(t)
	return t:first "method=INVITE kind=send src=px1"
end

-- The first lookup of px1 that tells servers.
local function servers(t)
	return t:first "kind=lookup node=px1 op=servers"
end

-- What px1 has sent to its name server before that INVITE.
local function questions(t)
	return t:all("kind=send src=px1 dst=ns1", function(r) return r.time < onward(t).time end)
end

task {
	number = function(t) return #questions(t) end,
	unit = { "questions", zh = "次询问" },
	rule = "dns-ask",
	wrong = {
		{ 1, why = { "One name is asked for, but for records of one type at a time.", zh = "每次询问只问一种类型的记录。" } },
	},
	why = { "Count what `px1` sends to `ns1`, not what `ns1` sends to `ns2` nor any answer.",
		zh = "数 `px1` 发给 `ns1` 的，不是 `ns1` 发给 `ns2` 的，也不是答复。" },
	records = function(t) return questions(t) end,
}

task {
	time = function(t)
		return onward(t).time - t:first("method=INVITE src=alice kind=send"):arrival().time
	end,
	tolerance = "1ms",
	points = 2,
	rule = "dns-recursion",
	why = { "It begins when the INVITE arrives at `px1` and ends when `px1` sends it to `px2`.",
		zh = "从 INVITE 到达 `px1` 开始，到 `px1` 把它发给 `px2` 为止。" },
	records = onward,
}

task {
	find = {
		node = "px1",
		rule = "dns-srv",
		record = servers,
	},
	points = 3,
	why = { "It is a decision of whoever has to send the INVITE on, made when the answers have come; the address of one server is another.",
		zh = "它是要转发 INVITE 的一方在得到答复时作出的决定；单个服务器的地址是另一条。" },
	hint = { "It is a `lookup` record; `rung explain` with its number names the rule.",
		zh = "它是一条 `lookup` 记录；用它的编号运行 `rung explain`，会给出规则。" },
}

task {
	choice = {
		{ "Only the name server of a proxy's own house may be asked for SRV and A records.",
			zh = "SRV 和 A 记录只能询问代理服务器本域的域名服务器。",
			why = { "Whoever has the zone may be asked for each of its records.", zh = "谁有这个区域，谁就可以被询问其中的每种记录。" } },
		{ "Its first answer has brought SRV and A records along, which ns1 keeps for their TTL.", right = true,
			zh = "它的第一个答复附带了 SRV 和 A 记录，ns1 在 TTL 内保存它们。" },
		{ "The NAPTR record itself contains the port and the address of the server to be used.",
			zh = "NAPTR 记录自身就含有要用的服务器的端口和地址。",
			why = { "It contains a name for which SRV records are asked.", zh = "它含有一个名字，要用它再询问 SRV 记录。" } },
		{ "ns1 has learnt the addresses of Biloxi's servers when the phones registered.",
			zh = "话机注册时，ns1 已得知 Biloxi 各服务器的地址。",
			why = { "A registration says where a phone is, and nobody tells a name server of it.",
				zh = "注册说明话机在哪里，没有人把它告诉域名服务器。" } },
	},
	points = 2,
	rule = "dns-additional",
	hint = { "Look at all sections of what `ns2` says.", zh = "看 `ns2` 的答复的各个部分。" },
}

task {
	goal = {
		{ "two calls are answered", zh = "两次呼叫都被接听",
			function(t)
				return t:count "status=200 cseq=INVITE kind=send dst=alice" >= 2
			end },
		{ "px1 asks its name server again between its first INVITE and its second",
			zh = "px1 在它的第一个 INVITE 与第二个之间再次询问域名服务器",
			function(t)
				local first, last = onward(t), t:last "method=INVITE kind=send src=px1"
				return t:first("kind=send src=px1 dst=ns1", function(r)
					return first and r.time > first.time and r.time < last.time
				end)
			end, rule = "dns-expired" },
	},
	points = 3,
	hint = { "For how many seconds may what Biloxi says be kept?", zh = "Biloxi 的答复可以保存多少秒？" },
}
