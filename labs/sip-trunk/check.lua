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
		{ "021-5550-0102", why = { "That is how he has dialled it; his PBX does not send it like that.", zh = "他是这样拨的；它不会这样离开他的 PBX。" } },
		{ { "02155500102", "2155500102", "862155500102" }, why = { "Only one form of the number says in which country it is.", zh = "只有一种写法自己就说明了在哪个国家。" } },
		{ { "+8602155500102", "+86021-5550-0102", "+8621-5550-0102" }, why = { "With a country code, the 0 and the separators are removed.", zh = "有了国家代码，0 就要去掉，分隔符也要去掉。" } },
		{ { "+862155500100", "sip:+862155500100@sp.example" }, why = { "That is the account, on the other side of the provider.", zh = "那是账号，在运营商之后才出现。" } },
	},
	why = { "The Request-URI between pbxb and sp1 has it.", zh = "它在 pbxb 与 sp1 之间的请求 URI 中。" },
	records = function(t) return invite(t, "src=pbxb dst=sp1") end,
	hint = { "Change it as Alice's number was changed, between her dialling and the first line of `-m method=INVITE src=pbxa to=2s`: E.164 begins with the country, here China.",
		zh = "像 Alice 的呼叫中那样处理这个号码，即从她所拨的号码到 `-m method=INVITE src=pbxa to=2s` 的首行：E.164 要求国家码在前，这里是中国的。" },
	others = {
		{
			text = { "+862988800201", "sip:+862988800201@sp.example;user=phone", "sip:+862988800201@sp.example" },
			ask = { "Alice has dialled 02988800201. As which number does her PBX send it?\n\n    rung show sip-trunk -m method=INVITE src=pbxa to=2s",
				zh = "Alice 拨的是 02988800201。它以哪个号码离开她的 PBX？\n\n    rung show sip-trunk -m method=INVITE src=pbxa to=2s" },
			wrong = {
				{ "02988800201", why = { "That is how she has dialled it; her PBX does not send it like that.", zh = "她是这样拨的；它不会这样离开她的 PBX。" } },
				{ { "2988800201", "862988800201", "002988800201" }, why = { "Only one form of the number says in which country it is.", zh = "只有一种写法自己就说明了在哪个国家。" } },
				{ "+8602988800201", why = { "With a country code, the 0 is removed.", zh = "有了国家代码，0 就要去掉。" } },
			},
			why = { "The Request-URI between pbxa and sp1 has it.",
				zh = "它在 pbxa 与 sp1 之间的请求 URI 中。" },
			hint = { "Which digit only says, within the country, that an area code follows (E.164), and what replaces it? Bob's number was changed in the same way: `-m method=INVITE src=pbxb dst=sp1 from=15s`.",
				zh = "哪一位数字只在国内表示后面是区号（E.164），由什么取代它？Bob 所拨的号码也经过同样的处理：`-m method=INVITE src=pbxb dst=sp1 from=15s`。" },
			records = function(t) return invite(t, "src=pbxa dst=sp1") end,
		},
		{
			text = { "+862988800202", "sip:+862988800202@sp.example;user=phone", "sip:+862988800202@sp.example" },
			ask = { "Anna has dialled tel:+86-29-8880-0202. As which number does her PBX send it?\n\n    rung show sip-trunk -m method=INVITE src=pbxa from=2500ms to=4s",
				zh = "Anna 拨的是 tel:+86-29-8880-0202。它以哪个号码离开她的 PBX？\n\n    rung show sip-trunk -m method=INVITE src=pbxa from=2500ms to=4s" },
			wrong = {
				{ { "+86-29-8880-0202", "tel:+86-29-8880-0202" }, why = { "That is how her phone has it; her PBX does not send it like that.", zh = "她的话机是这样写的；它不会这样离开她的 PBX。" } },
				{ { "02988800202", "862988800202" }, why = { "Only one form of the number says in which country it is.", zh = "只有一种写法自己就说明了在哪个国家。" } },
			},
			why = { "The Request-URI between pbxa and sp1 has it.",
				zh = "它在 pbxa 与 sp1 之间的请求 URI 中。" },
			hint = { "RFC 3966, 5.1.1 lists the visual separators that a number may have, and that have no meaning. Compare with how Alice's digits were changed in `-m method=INVITE src=sp1 to=2s`.",
				zh = "RFC 3966 第 5.1.1 节列出号码中可有的分隔符，它们没有含义。比较 Alice 所拨的数字在 `-m method=INVITE src=sp1 to=2s` 中的样子。" },
			records = function(t) return invite(t, "src=pbxa dst=sp1", "2500ms") end,
		},
	},
}

task {
	draw = "method=INVITE from=15s to=18s",
	points = 2,
	rule = "uac-failover",
	hint = { "`kind=route from=16s to=17s` has each choice of a next hop on its way; `status=503 kind=send from=16s to=17s` says which of them failed.",
		zh = "`kind=route from=16s to=17s` 是途中每次对下一跳的选择；`status=503 kind=send from=16s to=17s` 说明其中哪一次走不通。" },
	others = {
		{
			text = { "P-Called-Party-ID" },
			ask = { "Which header field tells `pbxa` that Bob's call at 16 s is for Anna?\n\n    rung show sip-trunk -m method=INVITE dst=pbxa from=15s",
				zh = "`pbxa` 凭哪个头字段知道 Bob 在 16 s 的呼叫是给 Anna 的？\n\n    rung show sip-trunk -m method=INVITE dst=pbxa from=15s" },
			wrong = {
				{ "To", why = { "That says what somebody has dialled, in any form.", zh = "那里是主叫所拨的号码，写法随他。" } },
				{ "Request-URI", why = { "That contains the Contact of the account, the same for all of its numbers.", zh = "那里是账号的 Contact，它的所有号码都一样。" } },
				{ { "P-Asserted-Identity", "From" }, why = { "That says who calls.", zh = "那里说明是谁在呼叫。" } },
				{ "Contact", why = { "That is where the caller is.", zh = "那里是主叫所在之处。" } },
			},
			why = { "In the INVITE from the provider to pbxa look for the number of Anna's phone in E.164.",
				zh = "在运营商发给 pbxa 的 INVITE 中，寻找 Anna 的话机的 E.164 号码。" },
			hint = { "RFC 7315 has a field for what was in the Request-URI before: `-m method=INVITE dst=pbxa from=15s`.",
				zh = "RFC 7315 有一个字段，记录请求 URI 中原来的内容：`-m method=INVITE dst=pbxa from=15s`。" },
			records = function(t) return invite(t, "dst=pbxa", "15s") end,
		},
		{
			draw = "method=INVITE to=2500ms",
			ask = { "Draw the INVITEs of Alice's first call, one line for each hop, such as `alice -> pbxa BYE`. Why does no registrar see it?\n\n    rung show sip-trunk method=INVITE kind=send to=2500ms",
				zh = "画出 Alice 的第一个呼叫的 INVITE，每一跳一行，如 `alice -> pbxa BYE`。为什么注册服务器看不到它？\n\n    rung show sip-trunk method=INVITE kind=send to=2500ms" },
			rule = "proxy-program",
			hint = { "Each line of `kind=route from=1s to=1.5s` with a `→` is one hop: see which node finds the next one in its own table (location), and which has it in its configuration (program).",
				zh = "`kind=route from=1s to=1.5s` 中带 `→` 的每一行是一跳：看谁在自己的表中找到下一跳（location），谁早已写好（program）。" },
		},
	},
}

task {
	choice = {
		{ "It says how often the PBX has registered since it was switched on.", zh = "它说明 PBX 自开机以来注册过多少次。",
			why = { "It stays the same when the registration is refreshed.", zh = "刷新注册时它不变。" } },
		{ "It proves to the provider that this PBX knows the password.", zh = "它向运营商证明这台 PBX 知道密码。",
			why = { "Authorization is for that; whoever listens can copy this parameter.", zh = "那是 Authorization 的事；谁监听都能抄走这个参数。" } },
		{ "It tells the provider to which of its two servers to send calls.", zh = "它告诉运营商把呼叫发往哪一台服务器。",
			why = { "The DNS does this; the parameter belongs to the PBX.", zh = "服务器由 DNS 给出；这个参数是 PBX 自己的。" } },
		{ "It marks what comes by this registration, over the trunk.", zh = "它标出经由这次注册进来的呼叫。", right = true },
	},
	points = 2,
	rule = "proxy-by-location",
	hint = { "It is again in the first line of `-m method=INVITE src=reg dst=pbxa`: who could write it without having received it from the provider? See how `trunk-registered.lua` checks it.", zh = "它再次出现在 `-m method=INVITE src=reg dst=pbxa` 的首行：不从运营商得知它的，谁能写出？看 `trunk-registered.lua` 怎样检查它。" },
}

task {
	number = 34,
	wrong = {
		{ 503, why = { "That is the status. A cause is given in addition to it.", zh = "那是状态码。旁边还有一个原因值。" } },
		{ { 17, 42, 41 }, why = { "That would be another cause: read the Reason.", zh = "那是另一个原因：请看 Reason。" } },
		{ 305, why = { "That belongs to a Warning, of another call.", zh = "那是另一个呼叫的 Warning。" } },
	},
	why = { "The response to the call at 7 s has a Reason.", zh = "对 7 s 那个呼叫的响应中有 Reason。" },
	records = function(t) return t:first "kind=send status=503 src=pbxa" end,
	hint = { "The Reason is in `-m dst=alice status=503`: the cause is from Q.850, and is not the status.",
		zh = "Reason 在 `-m dst=alice status=503` 中：原因值是 Q.850 的，不是状态码。" },
	others = {
		{
			number = 305,
			ask = { "Aldo's phone has only G.729. Which code has the Warning that it receives at 5 s?\n\n    rung show sip-trunk -m dst=aldo",
				zh = "Aldo 的话机只会 G.729。它在 5 s 得到的 Warning 是哪个代码？\n\n    rung show sip-trunk -m dst=aldo" },
			wrong = {
				{ 488, why = { "That is the status. Warning has its own code.", zh = "那是状态码。Warning 有自己的代码。" } },
				{ 34, why = { "That belongs to a Reason, of another call.", zh = "那是另一个呼叫的 Reason。" } },
				{ { 304, 302, 399 }, why = { "Read the Warning: is it about the medium or its format?", zh = "请读 Warning：是媒体，还是它的格式？" } },
			},
			why = { "The response to Aldo's call has a Warning.",
				zh = "对 Aldo 的呼叫的响应中有 Warning。" },
			hint = { "RFC 3261, section 20.43, lists the codes; the one of this run is in `-m dst=aldo from=5s`.",
				zh = "RFC 3261 第 20.43 节列出这些代码；这次运行的在 `-m dst=aldo from=5s` 中。" },
			records = function(t) return t:first "kind=send status=488 src=pbxa" end,
		},
	},
}

task {
	time = function(t)
		return invite(t, "src=pbxb dst=sp2", "15s").time - invite(t, "src=pbxb dst=sp1", "15s").time
	end,
	tolerance = 0.002,
	points = 2,
	wrong = {
		{ 32, why = { "That is the time for a server that does not answer. This one answers.", zh = "对什么也不说的服务器才需要这么久。这一台有回应。" } },
		{ 0.5, why = { "That is T1; nothing is retransmitted here.", zh = "那是 T1；这里没有什么需要重传。" } },
	},
	rule = "uac-failover",
	why = { "Take pbxb's INVITE to sp1 and the one that follows to sp2.", zh = "取 pbxb 发给 sp1 的 INVITE，以及随后发给 sp2 的那个。" },
	records = function(t) return { invite(t, "src=pbxb dst=sp1", "15s"), invite(t, "src=pbxb dst=sp2", "15s") } end,
	ahead = true,
	hint = { "`src=pbxb,sp1 dst=pbxb,sp1 kind=send from=16s to=17s` is the whole exchange with `sp1`: the PBX continues as soon as the rejection has arrived.",
		zh = "`src=pbxb,sp1 dst=pbxb,sp1 kind=send from=16s to=17s` 是与 `sp1` 的全部往来：拒绝一到，PBX 就继续。" },
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
			why = { "As long as the binding exists, the call is sent there, and ends by Timer B.", zh = "只要绑定还在，呼叫就会发往那里，直到定时器 B 超时。" } },
		{ "it has registered with two different values of rinstance", zh = "它以两个不同的 rinstance 值注册过",
			function(t) return registered(t) == 2 end },
		{ "and a later call of Bob's is answered by Anna", zh = "之后 Bob 的一个呼叫由 Anna 接听",
			function(t)
				local back = t:first "kind=act node=pbxa verb=restart"
				return back ~= nil and t:first("kind=send status=200 cseq=INVITE src=anna from=" .. back.time .. "s")
			end },
	},
	points = 3,
	hint = { "How long the registration lasts is in Contact of `-m status=200 cseq=REGISTER dst=pbxa`. Bob's call in vain must come after that, but before `pbxa:restart()`; check that the `duration` of the lab is long enough for everything.",
		zh = "注册持续多久，写在 `-m status=200 cseq=REGISTER dst=pbxa` 的 Contact 中。Bob 打不通的呼叫要在那之后、`pbxa:restart()` 之前；实验的 `duration` 要容得下这一切。" },
}
