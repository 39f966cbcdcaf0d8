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
	text = function(t)
		return t:last("status=407 dst=alice kind=send"):header("Proxy-Authenticate"):match 'realm="([^"]*)"'
	end,
	rule = "auth-407",
	wrong = {
		{ "atlanta.example.com", why = { "That was the first: proxy1 asks for its own domain.", zh = "那是第一个：proxy1 为自己的域询问。" } },
		{ "proxy2", why = { "A realm is a text that the server has chosen, here its domain.", zh = "realm 是服务器选定的文本，这里是它的域名。" } },
	},
	why = { "Read `realm` in the Proxy-Authenticate of the last 407: it is the domain of the server that asks.",
		zh = "读最后一个 407 的 Proxy-Authenticate 中的 `realm`：它是要求密码的服务器的域。" },
	records = function(t) return t:last "status=407 dst=alice kind=send" end,
}

task {
	choice = {
		{ "It acknowledges it, and passes it on to Alice's phone.", right = true, rule = "proxy-final",
			zh = "它先确认，再转发给 Alice 的话机。" },
		{ "It puts Alice's credentials in and sends the INVITE once more.", zh = "它加上 Alice 的凭据，再发一次 INVITE。", rule = "auth-407",
			why = { "It knows no such password; and a new request would need another CSeq, which only Alice's phone can give.",
				zh = "它不知道这个密码；而且新请求需要新的 CSeq，只有 Alice 的话机能给出。" } },
		{ "It puts a 401 of its own in its place for the rest of the way.", zh = "它代之以自己的 401，用于其余的路径。", rule = "auth-407",
			why = { "401 is what user agents and registrars say; the challenge goes on unchanged.", zh = "401 由用户代理和注册服务器使用；质询原样转发。" } },
		{ "It passes it on, and Alice's phone sends proxy2 the ACK.", zh = "它向上转发，由 Alice 的话机向 proxy2 发送 ACK。",
			why = { "An ACK for a 407 goes one hop, and Alice's phone is two from proxy2.",
				zh = "对 407 的 ACK 只走一跳，而 Alice 的话机到 proxy2 有两跳。" } },
	},
	points = 2,
	records = function(t) return t:last "status=407 src=proxy1 kind=send" end,
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
		{ "2", why = { "The field has eight hexadecimal digits: write it as it stands there.", zh = "该字段是八位十六进制数字：请照原样写。" } },
	},
	why = { "Find in the third INVITE the field with the realm of proxy1, and read `nc`: how often has that nonce been used?",
		zh = "在第三个 INVITE 中找带有 proxy1 的 realm 的字段，读 `nc`：该 nonce 用过几次？" },
	records = function(t) return t:all "method=INVITE src=alice kind=send" end,
}

task {
	choice = {
		{ "by the order in which they stand", zh = "按它们的先后顺序", rule = "auth-other-realm",
			why = { "The order means nothing.", zh = "顺序没有意义。" } },
		{ "by the user name that stands in it", zh = "按其中写的用户名", rule = "auth-other-realm",
			why = { "Both have the same here: alice.", zh = "这里两份相同：alice。" } },
		{ "by the realm that stands in it", right = true, zh = "按其中写的 realm", rule = "auth-other-realm" },
		{ "by the Request-URI in it", zh = "按其中的请求 URI", rule = "auth-other-realm",
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
		{ "her phone has sent two INVITEs, and Bob's phone has none", zh = "她的话机发了两个 INVITE，Bob 的话机一个也没收到",
			function(t)
				return t:count "method=INVITE src=alice kind=send" == 2 and
				    t:count "method=INVITE dst=bob kind=send" == 0
			end,
			why = { "With a wrong password there would be three. Let her have no account at all.", zh = "密码错误时会有三个。让她根本没有账户。" } },
	},
	points = 3,
}
