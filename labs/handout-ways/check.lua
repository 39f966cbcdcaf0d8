-- The tasks of handout-ways; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "bob.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

local function is(t, name, role)
	local node = name and t:node(name)
	return node ~= nil and node.role:find(role, 1, true) ~= nil
end

-- The 200 to the request R, on its hop.
local function accepted(t, r)
	return t:first("kind=send status=200 dst=" .. r.src, function(ok)
		return ok.call_id == r.call_id and ok.cseq == r.cseq and ok.src == r.dst
	end)
end

-- Where the SDP of message R wants media: "192.0.2.1:49170".
local function media(r)
	local sdp = (r.text or ""):match "\r\n\r\n(.*)$" or ""
	local host, port = sdp:match "\nc=IN IP%d (%S+)", sdp:match "\nm=%S+ (%d+)"
	return host and port and host .. ":" .. port
end

-- 1: a redirect server passes the request on
task {
	run = {
		{ "a redirect server answers an INVITE with 3xx, and sends no INVITE itself",
			zh = "重定向服务器用 3xx 响应 INVITE，自己不发送 INVITE",
			function(t)
				for _, r in ipairs(t:all "kind=send cseq=INVITE") do
					if r.status and r.status >= 300 and r.status < 400 and is(t, r.src, "redirect") then
						return t:count("kind=send method=INVITE src=" .. r.src) == 0, r
					end
				end
				return false
			end },
		{ "the caller sends a new INVITE to another address", zh = "询问者向别处重新发送 INVITE",
			function(t)
				for _, r in ipairs(t:all "kind=send cseq=INVITE") do
					if r.status and r.status >= 300 and r.status < 400 and is(t, r.src, "redirect") then
						for _, again in ipairs(t:all("kind=send method=INVITE src=" .. r.dst)) do
							if again.seq > r.seq and again.call_id == r.call_id and
								again.dst ~= r.src then
								return true, again
							end
						end
					end
				end
				return false
			end, rule = "redirect-follow" },
	},
	key = "redirection",
	rule = "redirect-302",
	why = { "The run needs a redirect server: look which INVITEs it sends, and which node sends the next one.",
		zh = "这次运行里要有重定向服务器：看它发送了哪些 INVITE，下一个 INVITE 由谁发送。" },
	hint = { "`status=302` and the next `method=INVITE kind=send`: whose is it? RFC 3261 8.3.",
		zh = "`status=302` 和下一个 `method=INVITE kind=send`：由谁发送？RFC 3261 8.3。" },
}

-- 2: to end a session one asks the server
task {
	run = {
		{ "a BYE goes directly from one phone to the other, through no server",
			zh = "BYE 从一部话机直接到达另一部，不经过任何服务器",
			function(t)
				return t:first("kind=send method=BYE", function(r) return is(t, r.src, "ua") and is(t, r.dst, "ua") end)
			end, rule = "dialog-route" },
		{ "and is accepted", zh = "并被接受",
			function(t)
				for _, r in ipairs(t:all "kind=send method=BYE") do
					local ok = is(t, r.src, "ua") and is(t, r.dst, "ua") and accepted(t, r)
					if ok then return true, ok end
				end
				return false
			end },
	},
	key = "handout-ways",
	rule = "dialog-route",
	why = { "The run needs a BYE whose source and destination are both phones, and its 200.",
		zh = "这次运行里要有一个源和目的都是话机的 BYE，以及它的 200。" },
	hint = { "`method=BYE kind=send`: `src` and `dst` of each; look at the lab of this handout before you look elsewhere.",
		zh = "`method=BYE kind=send`：各自的 `src` 和 `dst`；先看眼前，再找别处。" },
}

-- 3: BYE always goes straight
task {
	run = {
		{ "a BYE goes through a proxy that has added itself to Record-Route",
			zh = "BYE 经过一台写入了 Record-Route 的代理服务器",
			function(t)
				return t:first("kind=send method=BYE", function(r) return is(t, r.dst, "proxy") and r:header "Route" end)
			end, rule = "dialog-route" },
		{ "and is accepted by the other phone", zh = "并被另一部话机接受",
			function(t)
				for _, r in ipairs(t:all "kind=send method=BYE") do
					local ok = is(t, r.dst, "proxy") and r:header "Route" and accepted(t, r)
					if ok then return true, ok end
				end
				return false
			end },
	},
	key = "two-proxies",
	rule = "dialog-route",
	why = { "The run needs a proxy that stays in the path: a BYE with a Route to the proxy that is answered.",
		zh = "这次运行里要有一个留在路径上的代理服务器：带 Route、发往它并得到响应的 BYE。" },
	hint = { "`-m method=BYE`: is there a Route, and which node wrote the Record-Route that it comes from? RFC 3261 16.6.",
		zh = "`-m method=BYE`：有没有 Route，它来自谁写的 Record-Route？RFC 3261 16.6。" },
}

-- 4: SIP carries the voice
task {
	run = {
		{ "the INVITE of a call goes through two proxies", zh = "呼叫的 INVITE 经过两个代理服务器",
			function(t)
				return t:first("kind=send method=INVITE", function(r)
					return is(t, r.src, "proxy") and is(t, r.dst, "proxy")
				end)
			end },
		{ "the SDP names an address and port that no SIP message is sent to or comes from",
			zh = "SDP 指定的地址和端口，没有任何 SIP 消息到达或发出",
			function(t)
				local used = {}
				for _, s in ipairs(t:all "kind=send proto=sip") do
					used[s.src_addr] = true
					if s.dst_addr then used[s.dst_addr] = true end
				end
				return t:first("kind=send proto=sip", function(s) return media(s) and not used[media(s)] end)
			end },
	},
	key = "two-proxies",
	rule = "offer-answer",
	why = { "The run needs a call through a proxy with a session description; compare its `c=` and `m=` with the addresses of the messages.",
		zh = "这次运行里要有经过代理服务器、带会话描述的呼叫；把其中的 `c=` 和 `m=` 与消息的地址比较。" },
	hint = { "First the path: find an INVITE of `kind=send method=INVITE` from proxy to proxy, as in labs with two domains. Then the port after `m=audio`: does any `dst_addr` of `proto=sip` have it?",
		zh = "先看路径：`kind=send method=INVITE` 中有一个从代理服务器到代理服务器，有两个域的实验才有。再看 `m=audio` 之后的端口：`proto=sip` 的 `dst_addr` 中有它吗？" },
}

-- 5: a fork's second 200 is dropped by the proxy
task {
	run = {
		{ "a proxy forwards two 200s with different tags to one INVITE",
			zh = "代理服务器对一个 INVITE 转发两个 tag 不同的 200",
			function(t)
				local first = {}
				for _, ok in ipairs(t:all "kind=send status=200 cseq=INVITE") do
					if is(t, ok.src, "proxy") then
						local tag = ok:header("To"):match "tag=([^;]+)"
						local name = ok.src .. " " .. ok.call_id .. " " .. ok.branch
						if first[name] and first[name] ~= tag then return true, ok end
						first[name] = first[name] or tag
					end
				end
				return false
			end, rule = "proxy-2xx" },
		{ "the caller acknowledges both, and ends one of the calls at once",
			zh = "主叫确认两者，并立即结束其中一个呼叫",
			function(t)
				for _, bye in ipairs(t:all "kind=send method=BYE") do
					local tags, n, last = {}, 0
					for _, ack in ipairs(t:all("kind=send method=ACK src=" .. bye.src)) do
						local tag = ack:header("To"):match "tag=([^;]+)"
						if ack.call_id == bye.call_id and tag and not tags[tag] then
							tags[tag] = true
							n = n + 1
							last = ack
						end
					end
					if n > 1 and bye.time - last.time < 0.5 then return true, bye end
				end
				return false
			end },
	},
	key = "forking",
	rule = "proxy-2xx",
	points = 2,
	why = { "The run needs a fork at which two phones answer with 200; see which 200s reach the caller, and what it sends then.",
		zh = "这次运行里要有两部话机都以 200 响应的分叉；看哪些 200 到达主叫，以及它随后发送什么。" },
	hint = { "In a lab where several phones of one user answer, look at the To tags of `status=200 cseq=INVITE kind=send` from the proxy; RFC 3261 16.7 step 5.",
		zh = "在一个用户有几部话机接听的实验中，看代理服务器发送的 `status=200 cseq=INVITE kind=send` 的 To tag；RFC 3261 16.7 第 5 步。" },
}
