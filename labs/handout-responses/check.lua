-- The tasks of handout-responses; their texts are in README.md.
lesson { minutes = 30, level = 1 }
vary { "bob.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

-- The first final answer to an INVITE whose status is from FROM to TO and that
-- GOOD is true of.
local function refusal(t, from, to, good)
	return t:first("kind=send cseq=INVITE", function(r)
		return r.status and r.status >= from and r.status <= to and (not good or good(r))
	end)
end

-- The call that node NAME has made with CALL_ID was answered.
local function was_answered(t, call_id)
	return t:first("kind=send status=200 cseq=INVITE", function(r) return r.call_id == call_id end) ~= nil
end

-- A node has refused to read REQUEST, as it arrived.
local function unreadable(t, request)
	return t:first("kind=bad", function(bad) return bad.cause == request end) ~= nil
end

-- 1: 4xx is a syntax error
task {
	run = {
		{ "a request that is well formed, and not cancelled, gets a 4xx",
			zh = "一个格式正确、也没有被 CANCEL 取消的请求得到 4xx",
			function(t)
				for _, r in ipairs(t:all "kind=send proto=sip") do
					if r.status and r.status > 400 and r.status < 500 and r.status ~= 487 then
						local request = r.cause
						while request and request.kind ~= "recv" do request = request.cause end
						if request and not unreadable(t, request) then return true, r end
					end
				end
				return false
			end },
	},
	key = "busy",
	why = { "The run needs a request without an error that is rejected with a 4xx; 400 does not refute the sentence, nor does 487, which says that a CANCEL has come.",
		zh = "这次运行里要有一个没有错误却得到 4xx 的请求；400 本身不能反驳这句话，487 也不能，它只说明来了 CANCEL。" },
	hint = { "`status=4xx cseq=INVITE`: what does a phone answer that is in a call already? RFC 3261 21.4.",
		zh = "`status=4xx cseq=INVITE`：已在通话中的话机怎样响应？RFC 3261 21.4。" },
}

-- 2: 6xx is for servers that are faulty
task {
	run = {
		{ "a phone that works answers an INVITE with 6xx", zh = "一部正常工作的话机用 6xx 响应 INVITE",
			function(t)
				local r = refusal(t, 600, 699, function(r)
					return t:node(r.src).role:find "ua" ~= nil
				end)
				return r ~= nil, r
			end,
			why = { "None of rung's labs does so as it stands: look for an attribute with which a phone answers for all phones of its user.",
				zh = "现成的实验中没有这样的响应：请找一个让话机代表用户所有话机的属性。" } },
		{ "no server of the run has failed: no 5xx, no crash", zh = "运行中没有服务器出故障：没有 5xx，没有崩溃",
			function(t)
				for _, r in ipairs(t:all "kind=send proto=sip") do
					if r.status and r.status >= 500 and r.status < 600 then return false, r end
				end
				local r = t:first "kind=act verb=crash"
				return r == nil, r
			end },
	},
	key = "busy --set bob.global=true",
	points = 2,
	rule = "invite-everywhere",
	why = { "The run needs an INVITE that a phone rejects with a status of 600 or more, while no server fails.",
		zh = "这次运行里要有一个被话机以 600 以上的状态码拒绝的 INVITE，而没有服务器出错。" },
	hint = { "Search the attributes of `ua` in docs/TOPOLOGY.md for one with which a phone rejects for all phones of its user, and set it in a lab with a rejection; then `status=6xx` finds something.",
		zh = "在 docs/TOPOLOGY.md 的 `ua` 属性中找一个使话机代表该用户的所有话机拒绝的，在有拒绝的实验中设置它；之后 `status=6xx` 就能找到记录。" },
}

-- 3: after a 408 there is no second try
task {
	run = {
		{ "a caller gets 408", zh = "主叫收到 408",
			function(t)
				local r = refusal(t, 408, 408)
				return r ~= nil, r
			end },
		{ "its next call to the same URI is answered", zh = "它对同一 URI 的下一次呼叫被接听",
			function(t)
				local r = refusal(t, 408, 408)
				if not r then return false end
				return t:first("kind=send method=INVITE src=" .. r.dst, function(again)
					return again.seq > r.seq and again.call_id ~= r.call_id and
						again:header "To" == r:header("To"):gsub(";tag=.*", "") and
						was_answered(t, again.call_id)
				end)
			end },
	},
	key = "handout-responses",
	rule = "proxy-408",
	why = { "The run needs a 408, and a new call from the same caller to the same URI that is answered.",
		zh = "这次运行里要有一个 408，以及同一主叫对同一 URI 的、被接听的新呼叫。" },
	hint = { "`cseq=INVITE status=408`, and then `method=INVITE` with another Call-ID.",
		zh = "`cseq=INVITE status=408`，然后看 Call-ID 不同的 `method=INVITE`。" },
}

-- 4: 408 is what one hears of a phone that rings too long
task {
	run = {
		{ "a caller gets a ringing response, and the call fails",
			zh = "主叫得知正在振铃，而呼叫没有成功",
			function(t)
				for _, ring in ipairs(t:all "kind=send status=180") do
					for _, over in ipairs(t:all("kind=send cseq=INVITE dst=" .. ring.dst)) do
						if over.call_id == ring.call_id and over.seq > ring.seq and
							over.status and over.status >= 300 and
							not was_answered(t, ring.call_id) then
							return true, over
						end
					end
				end
				return false
			end },
		{ "no caller gets 408", zh = "没有人收到 408",
			function(t)
				local r = t:first("kind=send proto=sip", function(r) return r.status == 408 end)
				return r == nil, r
			end },
	},
	key = "rfc3665-3.8",
	why = { "The run needs a call that rings and is never answered, and no 408 in it. Which status does the caller get then?",
		zh = "这次运行里要有一次振铃而无人接听的呼叫，并且没有人收到 408。主叫这时收到哪个状态码？" },
	hint = { "`status=180`, and then what ends the INVITE: which node can end a call that rings for ever? RFC 3261 9.",
		zh = "`status=180`，然后看什么结束了 INVITE：一直振铃的呼叫可以由谁结束？RFC 3261 9。" },
}

-- 5: after a 6xx the call is completed
task {
	run = {
		{ "an INVITE gets a 6xx", zh = "一个 INVITE 得到 6xx",
			function(t)
				local r = refusal(t, 600, 699)
				return r ~= nil, r
			end },
		{ "the caller's phone acknowledges it, and its call is over without having been answered",
			zh = "主叫话机确认了它，呼叫未经接听就结束了",
			function(t)
				local r = refusal(t, 600, 699)
				if not r or was_answered(t, r.call_id) then return false, r end
				return t:first("kind=send method=ACK", function(ack) return ack.call_id == r.call_id and ack.seq > r.seq end)
			end, rule = "ict-ack" },
	},
	key = "busy --set bob.global=true",
	rule = "ict-ack",
	why = { "The run needs an INVITE with a final response of 600 or more: was anything answered in that call?",
		zh = "这次运行里要有一个最终响应在 600 以上的 INVITE：这次呼叫接通了吗？" },
	hint = { "`status=6xx` and `kind=call`: in which state is the caller's call then?",
		zh = "`status=6xx` 和 `kind=call`：这时主叫的呼叫处于什么状态？" },
}

-- 6: 100 goes from end to end
task {
	run = {
		{ "a proxy gets a 100", zh = "一台代理服务器收到 100",
			function(t)
				return t:first("kind=recv status=100", function(r) return t:node(r.node).role:find "proxy" end)
			end,
			why = { "There must be two proxies in a row.", zh = "必须有前后两台代理服务器。" } },
		{ "and does not forward it", zh = "而不转发它",
			function(t)
				local heard = {}
				for _, r in ipairs(t:all "kind=recv status=100") do heard[r.seq] = true end
				for _, r in ipairs(t:all "kind=send status=100") do
					if r.fwd and heard[r.fwd] then return false, r end
				end
				return next(heard) ~= nil
			end },
	},
	key = "two-proxies",
	rule = "proxy-100",
	why = { "The run needs a proxy that gets a 100 from the next proxy; see what it forwards.",
		zh = "这次运行里要有一个从下一个代理服务器收到 100 的代理服务器；看它往回发送了什么。" },
	hint = { "`status=100 kind=send`: is any of them the cause of another? RFC 3261 16.7 step 5.",
		zh = "`status=100 kind=send`：其中有没有一个是另一个的起因？RFC 3261 16.7 第 5 步。" },
}
