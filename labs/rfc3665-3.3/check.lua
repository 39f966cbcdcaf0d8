-- The tasks of rfc3665-3.3; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..50ms:10ms", "seed=1..999:1" }

-- What the Proxy-Authorization for REALM has.
local function credentials(r, realm)
	for i = 1, 4 do
		local value = r:header("Proxy-Authorization", i)
		if value and value:find('realm="' .. realm .. '"', 1, true) then
			return value
		end
	end
end

task {
	find = {
		node = "proxy2",
		record = function(t)
			local r = t:first "status=407 src=proxy2 kind=send"
			return { r, r:arrival(), t:first "kind=auth node=proxy2 op=challenge" }
		end,
	},
	rule = "auth-407",
	why = { "Read `realm` in the challenges: each server challenges for its own domain. Which node has made the last, and in which record?",
		zh = "读各个质询中的 `realm`：每个服务器为自己的域询问。最后一个由谁产生，在哪条记录中？" },
	hint = { "Go back from the second challenge that Alice's phone gets: has proxy1 made it itself, or received it before? See `status=407 node=proxy1`, and the realm in each.",
		zh = "从 Alice 的话机第二次收到的往回找：是 proxy1 自己生成的，还是先收到的？看 `status=407 node=proxy1`，以及各自的 realm。" },
	records = function(t) return t:first "status=407 src=proxy2 kind=send" end,
	others = {
		{ find = { node = "alice", record = function(t) return t:last "kind=auth node=alice op=answer" end }, rule = "auth-answer-proxy",
			ask = { "Find the record in which the credentials for Bob's domain are made: `node=… record=…`.\n\n    rung show rfc3665-3.3 kind=auth", zh = "找出产生用于 Bob 的域的凭据的记录：`node=… record=…`。\n\n    rung show rfc3665-3.3 kind=auth" },
			why = { "Only the server that checks it knows that password, and who else?", zh = "除了检验的服务器，没有别的服务器知道这个密码；还有谁知道？" },
			hint = { "`INVITE@alice#3` has credentials that `INVITE@alice#2` has not: what is between the challenge and the later of the two in `node=alice`?",
				zh = "`INVITE@alice#3` 有 `INVITE@alice#2` 没有的凭据：在 `node=alice` 中，质询与后一个 INVITE 之间是什么？" },
			records = function(t) return t:last "kind=auth node=alice op=answer" end },
		{ find = { node = "proxy1", record = function(t) return t:first "kind=auth node=proxy1 op=accept" end }, rule = "auth-accept",
			ask = { "Find the record in which Alice's credentials are accepted for the first time: `node=… record=…`.\n\n    rung show rfc3665-3.3 kind=auth", zh = "找出 Alice 的凭据第一次被认定正确的记录：`node=… record=…`。\n\n    rung show rfc3665-3.3 kind=auth" },
			why = { "Her second INVITE has them. Which node checks them, and then forwards it?", zh = "她的第二个 INVITE 带有凭据。由谁检验，然后转发？" },
			hint = { "It comes before the second challenge: `kind=auth to=1.05s`.", zh = "它在第二个质询之前：`kind=auth to=1.05s`。" },
			records = function(t) return t:first "kind=auth node=proxy1 op=accept" end },
	},
}

task {
	choice = {
		{ "It acknowledges it, and passes it on to Alice's phone.", right = true, rule = "proxy-final",
			zh = "它先确认，再转发给 Alice 的话机。" },
		{ "It puts Alice's credentials in and sends the INVITE once more.", zh = "它加上 Alice 的凭据，再发一次 INVITE。", rule = "auth-407",
			why = { "It does not know that password; and a new request would need another CSeq, which only Alice's phone can set.",
				zh = "它不知道这个密码；而且新请求需要新的 CSeq，只有 Alice 的话机能给出。" } },
		{ "It puts a 401 of its own in its place for the rest of the way.", zh = "它代之以自己的 401，用于其余的路径。", rule = "auth-407",
			why = { "401 is for user agents and registrars; the challenge is forwarded unchanged.", zh = "401 由用户代理和注册服务器使用；质询原样转发。" } },
		{ "It forwards it, and Alice's phone sends proxy2 the ACK.", zh = "它向上转发，由 Alice 的话机向 proxy2 发送 ACK。",
			why = { "An ACK for a 407 goes one hop, and Alice's phone is two hops from proxy2.",
				zh = "对 407 的 ACK 只走一跳，而 Alice 的话机到 proxy2 有两跳。" } },
	},
	points = 2,
	records = function(t) return t:last "status=407 src=proxy1 kind=send" end,
	ahead = true,
}

task {
	text = function(t)
		return credentials(t:last "method=INVITE src=alice kind=send", "atlanta.example.com"):match "nc=(%x+)"
	end,
	points = 2,
	rule = "auth-ahead",
	wrong = {
		{ "00000001", why = { "With this nonce the second INVITE had 1; the third uses it again.", zh = "用这个 nonce 的第二个 INVITE 是 1；第三个再次使用它。" } },
		{ "00000003", why = { "The first INVITE had no credentials, so nothing was counted yet.", zh = "第一个 INVITE 没有凭据，所以还没有计数。" } },
		{ "2", why = { "The field has eight hexadecimal digits: write it as it is there.", zh = "该字段是八位十六进制数字：请照原样写。" } },
	},
	why = { "Find in the third INVITE the field with the realm of proxy1, and read `nc`: how often has that nonce been used?",
		zh = "在第三个 INVITE 中找带有 proxy1 的 realm 的字段，读 `nc`：该 nonce 用过几次？" },
	records = function(t) return t:all "method=INVITE src=alice kind=send" end,
	hint = { "In `INVITE@alice#3` look for the field whose realm is her own domain.", zh = "在 `INVITE@alice#3` 中找 realm 是她自己的域的那个字段。" },
	others = {
		{ text = function(t) return credentials(t:last "method=INVITE src=alice kind=send", "biloxi.example.com"):match "nc=(%x+)" end, rule = "auth-answer-proxy",
			ask = { "The third INVITE has two Proxy-Authorization fields. What is the value of `nc` in the one for proxy2?\n\n    rung show rfc3665-3.3 -m method=INVITE src=alice", zh = "第三个 INVITE 有两个 Proxy-Authorization 字段。给 proxy2 的那个中，`nc` 是什么值？\n\n    rung show rfc3665-3.3 -m method=INVITE src=alice" },
			wrong = { { "00000002", why = { "The other one has that: its nonce has been used before.", zh = "另一个才是：它的 nonce 先前用过。" } }, { "1", why = { "The field has eight hexadecimal digits: write it as it is there.", zh = "该字段是八位十六进制数字：请照原样写。" } } },
			why = { "Find the field with the realm of Bob's domain, and read `nc`: how often has that nonce been used?", zh = "找带有 Bob 的域的 realm 的字段，读 `nc`：该 nonce 用过几次？" },
			hint = { "The nonce of the second 407 is new to `INVITE@alice#3`.", zh = "第二个 407 的 nonce 对 `INVITE@alice#3` 是新的。" },
			records = function(t) return t:all "method=INVITE src=alice kind=send" end },
		{ number = function(t) return t:count "method=ACK kind=send to=1.5s" end, rule = "ict-ack", unit = { "ACKs", zh = "个 ACK" },
			ask = { "How many ACKs are sent in the whole run, counting each hop?\n\n    rung show rfc3665-3.3 method=ACK kind=send", zh = "在整个运行中，每一跳算一个，一共发送多少个 ACK？\n\n    rung show rfc3665-3.3 method=ACK kind=send" },
			wrong = { { 3, why = { "A rejection is acknowledged on each hop.", zh = "被拒绝的在每一跳上都要确认。" } }, { 5, why = { "The second 407 has come over two hops.", zh = "第二个 407 走了两跳。" } }, { 4, why = { "The 200 has its own, from end to end.", zh = "200 有自己的，端到端。" } } },
			why = { "Count for each 407 the hops that it takes, and for the 200 those of its ACK.", zh = "对每个 407 数它走的跳数，对 200 数其 ACK 的跳数。" },
			hint = { "Each of `status=407 kind=recv` is acknowledged on its own hop; then `ACK@alice#3` passes the servers in its Route, to Bob's phone.",
				zh = "`status=407 kind=recv` 的每一个在它那一跳上确认；然后 `ACK@alice#3` 经过它的 Route 中的服务器，到 Bob 的话机。" },
			records = function(t) return t:all "method=ACK kind=send" end },
	},
}

task {
	choice = {
		{ "by the order in which they appear", zh = "按其中写的先后顺序", rule = "auth-other-realm",
			why = { "The order means nothing.", zh = "顺序没有意义。" } },
		{ "by the user name that is in it", zh = "按其中写的用户名", rule = "auth-other-realm",
			why = { "Both have the same here: alice.", zh = "这里两份相同：alice。" } },
		{ "by the realm that stands in it", right = true, zh = "按其中写的 realm", rule = "auth-other-realm" },
		{ "by the Request-URI that is in it", zh = "按其中写的请求 URI", rule = "auth-other-realm",
			why = { "It is the same in both.", zh = "两份中的相同。" } },
	},
	records = function(t) return t:last "method=INVITE src=alice kind=send" end,
}

task {
	goal = {
		{ "proxy1 lets Alice's INVITE through", zh = "proxy1 放行 Alice 的 INVITE",
			function(t)
				local r = t:first "method=INVITE src=proxy1 dst=proxy2 kind=send"
				return r ~= nil, r
			end },
		{ "her call ends with 407", zh = "她的呼叫以 407 结束",
			function(t)
				local r = t:last "kind=call node=alice"
				return r ~= nil and r.state == "terminated" and r.status == 407, r
			end, rule = "auth-no-password" },
		{ "her phone has sent two INVITEs, and Bob's phone has received none", zh = "她的话机发了两个 INVITE，Bob 的话机一个也没收到",
			function(t)
				return t:count "method=INVITE src=alice kind=send" == 2 and
				    t:count "method=INVITE dst=bob kind=send" == 0
			end,
			why = { "With a wrong password there would be three. She must have no account at all.", zh = "密码错误时会有三个。让她根本没有账户。" } },
	},
	points = 3,
}
