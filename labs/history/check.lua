-- The tasks of history; their texts are in README.md.
lesson { minutes = 25, level = 2 }
vary { "assistant.answer=1s..3s:1s", "seed=1..999:1" }

local function forwarded(t)
	return t:first "method=INVITE dst=assistant kind=send"
end

local function entries(t)
	local list = {}
	for entry in forwarded(t):header("History-Info"):gmatch "[^,]+" do
		list[#list + 1] = entry
	end
	return list
end

task {
	number = function(t) return #entries(t) end,
	unit = { "entries", zh = "个条目" },
	rule = "history-added",
	wrong = {
		{ 2, why = { "Bob himself is an entry as well: the URI that Alice called.", zh = "Bob 本身也是一个条目：Alice 呼叫的 URI。" } },
		{ 1, why = { "The field is one; its entries stand apart by commas.", zh = "字段是一个；条目以逗号分隔。" } },
	},
	why = { "Count the URIs in History-Info of the INVITE to the assistant: each has an index.",
		zh = "数发给助理的 INVITE 的 History-Info 中的 URI：每个都有 index。" },
	records = forwarded,
}

task {
	text = function(t)
		for _, entry in ipairs(entries(t)) do
			if entry:find("assistant", 1, true) then
				return entry:match "index=([%d.]+)"
			end
		end
	end,
	points = 2,
	rule = "history-added",
	wrong = {
		{ "2", why = { "Each index begins with that of the entry from which it comes: Bob, 1.", zh = "每个索引以它所来自的条目的索引开头：Bob，1。" } },
		{ "1.1.1", why = { "That would be a way on from Bob's phone. The proxy took another way from Bob.", zh = "那是从 Bob 的话机继续走的路。代理服务器是从 Bob 走了另一条路。" } },
		{ "1.1", why = { "That is Bob's phone, which was tried first.", zh = "那是先试过的 Bob 的话机。" } },
	},
	why = { "Each entry ends with `index=`: read that of the entry with the assistant's URI.",
		zh = "每个条目末尾有 `index=`：读助理的 URI 所在条目的那个。" },
	records = forwarded,
}

task {
	number = function(t) return tonumber(forwarded(t):header("History-Info"):match "cause%%3D(%d+)") end,
	rule = "history-added",
	wrong = {
		{ 302, why = { "Nobody redirected; the phone refused.", zh = "没有重定向；是话机拒绝了。" } },
		{ 181, why = { "So the proxy tells Alice; the reason is what Bob's phone said.", zh = "那是代理服务器告诉 Alice 的；原因是 Bob 的话机所说的。" } },
	},
	why = { "Look in History-Info for `Reason`, which is written in escaped form: its cause is the status of Bob's phone.",
		zh = "在 History-Info 中找以转义形式写出的 `Reason`：它的 cause 是 Bob 的话机返回的状态码。" },
	records = function(t) return { forwarded(t), t:first "status=486 kind=send" } end,
}

task {
	choice = {
		{ "Every response carries all the request's fields back.", zh = "每个响应都带回请求的全部字段。", rule = "history-told",
			why = { "Only Via, From, To, Call-ID and CSeq come back by themselves.", zh = "只有 Via、From、To、Call-ID 和 CSeq 会自动返回。" } },
		{ "Her INVITE asks for it, by Supported: histinfo.", right = true, rule = "history-told",
			zh = "她用 Supported: histinfo 要求它。" },
		{ "The assistant wants her to know, and puts it into the 200.", zh = "助理想让她知道，把它写进了 200。", rule = "history-told",
			why = { "The assistant's 200 has no such field; the proxy adds it.", zh = "助理的 200 没有这个字段；是代理服务器加上的。" } },
		{ "She is a user of the proxy's own domain, who may know.", zh = "她是该代理服务器本域的用户，可以知道。", rule = "history-told",
			why = { "She is of atlanta.example.com, the proxy of biloxi.example.com.", zh = "她属于 atlanta.example.com，代理服务器属于 biloxi.example.com。" } },
	},
	points = 2,
	records = function(t) return { t:first "method=INVITE src=alice kind=send", t:first "status=200 cseq=INVITE dst=alice kind=send" } end,
}

task {
	build = {
		{ "the assistant takes the call", zh = "助理接听呼叫",
			function(t)
				local r = t:first "status=200 cseq=INVITE src=assistant kind=send"
				return r ~= nil, r
			end },
		{ "Bob's phone hears nothing of it", zh = "Bob 的话机没有收到任何消息",
			function(t) return t:count "method=INVITE dst=bob kind=send" == 0 end, rule = "service-forward" },
		{ "Diversion says reason=unconditional", zh = "Diversion 写着 reason=unconditional",
			function(t)
				local r = forwarded(t)
				local d = r and r:header "Diversion"
				return d ~= nil and d:find("reason=unconditional", 1, true) ~= nil and
				    d:find("sip:bob@biloxi.example.com", 1, true) ~= nil, r
			end, rule = "diversion-added" },
	},
	points = 3,
}
