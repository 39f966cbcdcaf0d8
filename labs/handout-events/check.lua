-- The tasks of handout-events; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "lan1--lan2.delay=10ms..60ms:10ms", "seed=1..999:1" }

-- The final 2xx on the hop of request R.
local function accepted(t, r)
	return t:first("kind=send dst=" .. r.src .. " status=2xx", function(ok) return ok.branch == r.branch end)
end

-- 1: the notifier answers NOTIFY
task {
	run = {
		{ "a NOTIFY is answered with 200 by the node that has subscribed",
			zh = "NOTIFY 由订阅的节点用 200 响应",
			function(t)
				for _, s in ipairs(t:all "kind=send method=SUBSCRIBE") do
					for _, ok in ipairs(t:all("kind=send status=200 cseq=NOTIFY src=" .. s.src)) do
						if ok.call_id == s.call_id and not s.fwd then return true, ok end
					end
				end
				return false
			end, rule = "notify-recv",
			why = { "Which node has sent the SUBSCRIBE, and which the 200 with CSeq NOTIFY?",
				zh = "谁发送了 SUBSCRIBE？谁发送了 CSeq 为 NOTIFY 的 200？" } },
	},
	key = "presence",
	rule = "notify-recv",
	why = { "The run needs a subscription: look which node sends the SUBSCRIBE, and which the 200 whose CSeq says NOTIFY.",
		zh = "这次运行里要有订阅：看谁发送 SUBSCRIBE，谁发送 CSeq 为 NOTIFY 的 200。" },
	hint = { "`cseq=NOTIFY` shows request and response: compare with `method=SUBSCRIBE`, RFC 6665 4.1.3.",
		zh = "`cseq=NOTIFY` 显示请求和响应：与 `method=SUBSCRIBE` 比较，RFC 6665 4.1.3。" },
}

-- 2: PUBLISH must have Expires and Min-Expires
task {
	run = {
		{ "a PUBLISH without Min-Expires is accepted", zh = "没有 Min-Expires 的 PUBLISH 被接受",
			function(t)
				return t:first("kind=send method=PUBLISH", function(r)
					return not r:header "Min-Expires" and accepted(t, r)
				end)
			end, rule = "publish-accept" },
	},
	key = "rfc3903-15",
	rule = "publish-brief",
	why = { "The run needs a PUBLISH that is accepted; read its header fields.",
		zh = "这次运行里要有一个被接受的 PUBLISH；读它的头字段。" },
	hint = { "`cseq=PUBLISH kind=send` shows each PUBLISH of your run with its response: is there a 200, and has the PUBLISH before it that field? RFC 3903 6 says which side writes it, and when; compare `--set pa.min_expires=2h`.",
		zh = "`cseq=PUBLISH kind=send` 显示您的运行中每个 PUBLISH 及其响应：有 200 吗？它之前的 PUBLISH 有那个字段吗？由哪一方、何时写它，见 RFC 3903 第 6 节；可与 `--set pa.min_expires=2h` 比较。" },
}

-- 3: UPDATE only before the answer
task {
	run = {
		{ "an UPDATE is sent in an established call, and accepted",
			zh = "在已建立的呼叫中发送了 UPDATE，并被接受",
			function(t)
				for _, r in ipairs(t:all "kind=send method=UPDATE") do
					for _, ack in ipairs(t:all "kind=send method=ACK") do
						if ack.call_id == r.call_id and ack.seq < r.seq and accepted(t, r) then
							return true, r
						end
					end
				end
				return false
			end, rule = "update-send",
			why = { "The UPDATE must be between the ACK and the BYE.", zh = "在 ACK 和 BYE 之间。" } },
	},
	key = "session-timer",
	rule = "update-send",
	why = { "The run needs an UPDATE that is sent after the ACK of the call, and its 200.",
		zh = "这次运行里要有一个在呼叫的 ACK 之后发送的 UPDATE，以及它的 200。" },
	hint = { "`method=UPDATE` after `method=ACK`: one group of labs keeps a call alive by it, RFC 4028; RFC 3311 5.1 says when it may be sent.",
		zh = "`method=UPDATE` 在 `method=ACK` 之后：有一组实验用它维持呼叫，RFC 4028；何时可以发送，见 RFC 3311 5.1。" },
}

-- 4: digest encrypts
task {
	run = {
		{ "a request with credentials is accepted", zh = "一个带有凭据的请求被接受",
			function(t)
				return t:first("kind=send proto=sip", function(r)
					return r.method and (r:header "Authorization" or r:header "Proxy-Authorization") and accepted(t, r)
				end)
			end, rule = "auth-accept" },
		{ "its sender, its target and its purpose can be read as in any other request",
			zh = "其中谁向谁请求什么，与其他请求一样可以直接读到",
			function(t)
				return t:first("kind=send proto=sip", function(r)
					local c = r.method and (r:header "Authorization" or r:header "Proxy-Authorization")
					return c and accepted(t, r) and c:find 'username="' and r:header "From" and r:header "Contact"
				end)
			end },
	},
	key = "rfc3665-2.1",
	rule = "auth-accept",
	why = { "The run needs a request with credentials that is accepted; read it with `-m`: which part of it can't be read?",
		zh = "这次运行里要有一个带凭据且被接受的请求；用 `-m` 读它：有什么是读不出来的？" },
	hint = { "Take a lab of \"Passwords and identities\" in `rung labs`: in which lines of the request with credentials do you read its sender, its target and its purpose?",
		zh = "取 `rung labs` 的“密码与身份”中的一个实验：在带凭据的请求的哪几行可以读到谁请求、请求谁、请求什么？" },
}
