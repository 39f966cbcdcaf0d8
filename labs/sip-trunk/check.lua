-- The tasks of sip-trunk; their texts are in README.md.
lesson { minutes = 50, level = 3 }
vary { "net--sp1.delay=5ms..45ms:5ms", "seed=1..999:1" }

-- The first INVITE of that kind from a moment on.
local function invite(t, way, from)
	return t:first("kind=send method=INVITE " .. way .. " from=" .. (from or "0s"))
end

task {
	text = { "+862155500102", "sip:+862155500102@sp.example;user=phone", "sip:+862155500102@sp.example" },
	points = 2,
	wrong = {
		{ "021-5550-0102", why = { "So he has dialled it; it does not leave his PBX like that.", zh = "他是这样拨的；它不会这样离开他的 PBX。" } },
		{ { "02155500102", "2155500102", "862155500102" }, why = { "Only in one form does it say by itself in which country that is.", zh = "只有一种写法自己就说明了在哪个国家。" } },
		{ { "+8602155500102", "+86021-5550-0102", "+8621-5550-0102" }, why = { "Where there is a country code the 0 goes, and so do the separators.", zh = "有了国家代码，0 就要去掉，分隔符也要去掉。" } },
		{ { "+862155500100", "sip:+862155500100@sp.example" }, why = { "That is the account, behind the provider.", zh = "那是账号，在运营商之后才出现。" } },
	},
	why = { "The Request-URI between pbxb and sp1 has it.", zh = "它在 pbxb 与 sp1 之间的请求 URI 中。" },
	records = function(t) return invite(t, "src=pbxb dst=sp1") end,
}

task {
	text = { "P-Called-Party-ID" },
	points = 2,
	wrong = {
		{ "To", why = { "That says what somebody has dialled, in whichever form he likes.", zh = "那里是主叫所拨的号码，写法随他。" } },
		{ "Request-URI", why = { "There stands the Contact of the account, the same for all of its numbers.", zh = "那里是账号的 Contact，它的所有号码都一样。" } },
		{ { "P-Asserted-Identity", "From" }, why = { "That says who calls.", zh = "那里说明是谁在呼叫。" } },
		{ "Contact", why = { "That is where the caller is.", zh = "那里是主叫所在之处。" } },
	},
	why = { "In the INVITE from the provider to pbxa look for the number of Anna's phone in E.164.", zh = "在运营商发给 pbxa 的 INVITE 中，寻找 Anna 的话机的 E.164 号码。" },
	records = function(t) return invite(t, "dst=pbxa", "15s") end,
}

task {
	choice = {
		{ "It says how often the PBX has registered since it was switched on.", zh = "它说明 PBX 自开机以来注册过多少次。",
			why = { "It stays the same when the registration is refreshed.", zh = "刷新注册时它不变。" } },
		{ "It proves to the provider that this PBX knows the password.", zh = "它向运营商证明这台 PBX 知道密码。",
			why = { "That is what Authorization is for; whoever listens can copy this one.", zh = "那是 Authorization 的事；谁监听都能抄走这个参数。" } },
		{ "It tells the provider to which of its two servers to send calls.", zh = "它告诉运营商把呼叫发往哪一台服务器。",
			why = { "The DNS names those; it is the PBX's own.", zh = "服务器由 DNS 给出；这个参数是 PBX 自己的。" } },
		{ "It marks what comes by this registration, over the trunk.", zh = "它标出经由这次注册、从中继进来的呼叫。", right = true },
	},
	points = 2,
	rule = "proxy-by-location",
	hint = { "Where does it turn up again, and what does the PBX conclude from it? (`trunk-registered.lua`)", zh = "它又出现在哪里，PBX 由此得出什么？（`trunk-registered.lua`）" },
}

task {
	number = 34,
	wrong = {
		{ 503, why = { "That is the status. Beside it stands a cause.", zh = "那是状态码。旁边还有一个原因值。" } },
		{ { 17, 42, 41 }, why = { "That would be another cause: read the Reason.", zh = "那是另一个原因：请看 Reason。" } },
		{ 305, why = { "That is a Warning's, of another call.", zh = "那是另一个呼叫的 Warning。" } },
	},
	why = { "The response to the call at 7 s has a Reason.", zh = "对 7 s 那个呼叫的响应中有 Reason。" },
	records = function(t) return t:first "kind=send status=503 src=pbxa" end,
}

task {
	time = function(t)
		return invite(t, "src=pbxb dst=sp2", "15s").time - invite(t, "src=pbxb dst=sp1", "15s").time
	end,
	tolerance = 0.002,
	points = 2,
	wrong = {
		{ 32, why = { "So long it takes with a server that says nothing. This one says something.", zh = "对什么也不说的服务器才需要这么久。这一台有回应。" } },
		{ 0.5, why = { "That is T1; nothing has to be sent again here.", zh = "那是 T1；这里没有什么需要重传。" } },
	},
	rule = "uac-failover",
	why = { "Take pbxb's INVITE to sp1 and the one that follows to sp2.", zh = "取 pbxb 发给 sp1 的 INVITE，以及随后发给 sp2 的那个。" },
	records = function(t) return { invite(t, "src=pbxb dst=sp1", "15s"), invite(t, "src=pbxb dst=sp2", "15s") } end,
}

local function registered(t)
	local seen, n = {}, 0
	for _, r in ipairs(t:all "kind=send method=REGISTER src=pbxa") do
		local mark = (r:header "Contact" or ""):match "rinstance=(%x+)"
		if mark and not seen[mark] then seen[mark], n = true, n + 1 end
	end
	return n
end

task {
	goal = {
		{ "pbxa has crashed and come back", zh = "pbxa 崩溃过，又恢复了",
			function(t) return t:first "kind=act node=pbxa verb=restart" end },
		{ "in between the provider says of a call of Bob's that nobody is there", zh = "其间，运营商对 Bob 的一个呼叫说无人注册",
			function(t) return t:first "kind=send status=404,480 src=sp1 dst=pbxb" end,
			why = { "As long as the binding stands the call is sent there, and dies of Timer B.", zh = "只要绑定还在，呼叫就会发往那里，直到定时器 B 超时。" } },
		{ "it has registered with two different values of rinstance", zh = "它以两个不同的 rinstance 值注册过",
			function(t) return registered(t) == 2 end },
		{ "and a later call of Bob's is answered by Anna", zh = "之后 Bob 的一个呼叫由 Anna 接听",
			function(t)
				local back = t:first "kind=act node=pbxa verb=restart"
				return back ~= nil and t:first("kind=send status=200 cseq=INVITE src=anna from=" .. back.time .. "s")
			end },
	},
	points = 3,
	hint = { "The registration lasts for a minute: `pbxa:crash()`, `sleep \"65s\"`, a call, `pbxa:restart()`, `sleep \"1s\"`, a call. The duration has to be longer.",
		zh = "注册持续一分钟：`pbxa:crash()`、`sleep \"65s\"`、一个呼叫、`pbxa:restart()`、`sleep \"1s\"`、一个呼叫。时长要更长。" },
}
