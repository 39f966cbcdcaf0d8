-- The tasks of handout-boxes; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "bob.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

local function is(t, name, role)
	local node = name and t:node(name)
	return node ~= nil and node.role:find(role, 1, true) ~= nil
end

-- 1: PRACK acknowledges the 200
task {
	run = {
		{ "a PRACK names a provisional response, by its RSeq", zh = "PRACK 用 RSeq 指明一个临时响应",
			function(t)
				for _, r in ipairs(t:all "kind=send method=PRACK") do
					local rseq = (r:header "RAck" or ""):match "^(%d+)"
					local of = rseq and t:first("kind=send status=1xx", function(s)
						return s.call_id == r.call_id and s:header "RSeq" == rseq
					end)
					if of then return true, r end
				end
				return false
			end, rule = "prack-send" },
		{ "the 200 to the INVITE comes later, and still gets an ACK", zh = "INVITE 的 200 来得更晚，而且照样有 ACK",
			function(t)
				for _, r in ipairs(t:all "kind=send method=PRACK") do
					local ack = t:first("kind=send method=ACK", function(s) return s.call_id == r.call_id and s.seq > r.seq end)
					local ok = ack and t:first("kind=send status=200 cseq=INVITE", function(s) return s.call_id == r.call_id end)
					if ok and ok.seq > r.seq then return true, ack end
				end
				return false
			end, rule = "invite-ack" },
	},
	key = "reliable-provisional",
	rule = "prack-send",
	why = { "The run needs a PRACK: compare its RAck with the RSeq of the response before it.",
		zh = "这次运行里要有 PRACK：把它的 RAck 与之前响应的 RSeq 比较。" },
	hint = { "In `rung labs` look under \"Calls, and how they change\" for a 1xx that must not be lost: is `method=PRACK` or `status=200 cseq=INVITE` earlier there? RFC 3262 4.",
		zh = "在 `rung labs` 的“呼叫及其变化”中找不能丢失 1xx 的实验：那里 `method=PRACK` 与 `status=200 cseq=INVITE` 哪个更早？RFC 3262 4。" },
}

-- 2: a 202 to REFER says that the call is transferred
task {
	run = {
		{ "a REFER is accepted with 202", zh = "REFER 以 202 被接受",
			function(t)
				return t:first "kind=send status=202 cseq=REFER"
			end, rule = "refer-accept" },
		{ "and a NOTIFY reports afterwards that the new call was rejected", zh = "随后的 NOTIFY 说明新的呼叫被拒绝",
			function(t)
				for _, ok in ipairs(t:all "kind=send status=202 cseq=REFER") do
					local told = t:first("kind=send method=NOTIFY", function(r)
						return r.call_id == ok.call_id and r.seq > ok.seq and (r.body or ""):match "^SIP/2.0 [3-6]%d%d"
					end)
					if told then return true, told end
				end
				return false
			end, rule = "notify-final" },
	},
	key = "transfer --set carol.busy=true",
	rule = "refer-accept",
	why = { "The run needs a transfer to a phone that does not answer the call: what is sent before that is known?",
		zh = "这次运行里要有一次转接，目标不接这个呼叫：在得知这一点之前说了什么？" },
	hint = { "`rung labs` has a transfer under \"Calls of three\": if the third phone does not answer the call (attributes of `ua` in docs/TOPOLOGY.md), what is in the body of the last `method=NOTIFY`? RFC 3515 2.4.",
		zh = "`rung labs` 的“三方参与的呼叫”中有一个转接：若第三方不接听（`ua` 的属性见 docs/TOPOLOGY.md），最后一个 `method=NOTIFY` 的消息体是什么？RFC 3515 2.4。" },
}

-- 3: one 486 ends a fork
task {
	run = {
		{ "a proxy gets a 486 from one of several phones to which it has forked a call",
			zh = "代理服务器为一个呼叫询问多部话机，从其中一部得到 486",
			function(t)
				return t:first("kind=send status=486 cseq=INVITE", function(r)
					local others = t:first("kind=send method=INVITE src=" .. (r.dst or "?"), function(s)
						return s.call_id == r.call_id and s.dst ~= r.src
					end)
					return is(t, r.dst, "proxy") and others ~= nil
				end)
			end, rule = "proxy-response" },
		{ "and forwards the 200 of another one", zh = "并转发另一部的 200",
			function(t)
				for _, r in ipairs(t:all "kind=send status=486 cseq=INVITE") do
					local ok = is(t, r.dst, "proxy") and t:first("kind=send status=200 cseq=INVITE src=" .. r.dst, function(s)
						return s.call_id == r.call_id and s.seq > r.seq
					end)
					if ok then return true, ok end
				end
				return false
			end, rule = "proxy-2xx" },
	},
	key = "sequential-forking",
	rule = "proxy-response",
	why = { "The run needs a user with several phones, one of them busy: does the 486 reach the caller?",
		zh = "这次运行里要有一个有多部话机的用户，其中一部忙：486 到达主叫了吗？" },
	hint = { "A lab with several phones for one user, one of them busy: what does the `dst` of `status=486 kind=send` do next (RFC 3261 16.7 step 5)?",
		zh = "找一个用户有几部话机、其中一部忙的实验：`status=486 kind=send` 的 `dst` 接着做什么（RFC 3261 16.7 第 5 步）？" },
}

-- 4: who mixes is the focus
task {
	run = {
		{ "a phone mixes the sound of two of its calls", zh = "一部话机把自己两个呼叫中的话混合起来",
			function(t)
				return t:first("kind=call", function(r) return r.mixed ~= nil and is(t, r.node, "ua") end)
			end, rule = "join-mix" },
		{ "and is no focus: none of its messages says so in Contact", zh = "而它不是 focus：它的消息都没有在 Contact 中这样说",
			function(t)
				local mixer = t:first("kind=call", function(r) return r.mixed ~= nil and is(t, r.node, "ua") end)
				return mixer and t:count("kind=send proto=sip", function(s)
					return (s:header "Contact" or ""):find("isfocus", 1, true) ~= nil
				end) == 0, mixer
			end },
	},
	key = "rfc5359-2.10",
	rule = "join-mix",
	why = { "The run needs three phones that talk with each other without a conference server: which one mixes the voices, and what does its Contact say?",
		zh = "这次运行里要有三方不经会议服务器互相通话：谁把声音混合起来，它的 Contact 怎么说？" },
	hint = { "The services of RFC 5359 have calls of three without a server: in `kind=call` a record with `mixed` names the phone that mixes the voices. RFC 4353 2 has both words, RFC 3911 4 says how a participant joins.",
		zh = "RFC 5359 的业务中有不用服务器的三方通话：`kind=call` 中带 `mixed` 的记录写出谁混合语音。RFC 4353 2 有这两个词，RFC 3911 4 说明如何加入。" },
}

-- 5: a B2BUA is a proxy with a memory
task {
	run = {
		{ "a B2BUA that has got an INVITE sends one of its own, with another Call-ID and From tag",
			zh = "设备收到 INVITE 后发送自己的 INVITE，Call-ID 和 From tag 都不同",
			function(t)
				for _, r in ipairs(t:all("kind=send method=INVITE", function(r) return is(t, r.dst, "b2bua") end)) do
					local own = t:first("kind=send method=INVITE src=" .. r.dst, function(s)
						return s.seq > r.seq and not s.fwd and s.call_id ~= r.call_id and s:header "From" ~= r:header "From"
					end)
					if own then return true, own end
				end
				return false
			end, rule = "pair-call" },
		{ "and acknowledges the 200 itself", zh = "并自己确认 200",
			function(t)
				for _, ok in ipairs(t:all("kind=send status=200 cseq=INVITE", function(r) return is(t, r.dst, "b2bua") end)) do
					local ack = t:first("kind=send method=ACK src=" .. ok.dst, function(s)
						return s.call_id == ok.call_id and s.seq > ok.seq and not s.fwd
					end)
					if ack then return true, ack end
				end
				return false
			end, rule = "invite-ack" },
	},
	key = "handout-boxes",
	rule = "pair-call",
	why = { "The run needs a back-to-back user agent: compare Call-ID, tags and Via of the two INVITEs on its two sides.",
		zh = "这次运行里要有一台由两个用户代理组成的设备：比较它两侧两个 INVITE 的 Call-ID、tag 和 Via。" },
	hint = { "`-m method=INVITE kind=send`: is there anything in the second that a proxy may not change? RFC 3261 16.6; RFC 7092 3.1.2 says which nodes may. Look at the lab of this handout.",
		zh = "`-m method=INVITE kind=send`：第二个里有没有代理服务器不得改变的东西？RFC 3261 16.6；谁可以改变，见 RFC 7092 3.1.2。先看眼前。" },
}
