-- The tasks of calls-abroad; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "mallory.settings=talk=12,talk=13,talk=14,talk=15,talk=16", "lan--mallory.delay=10ms..40ms:5ms", "seed=1..999:1" }

-- The first call of Mallory's that is answered, and her BYE for it.
local function answered(t)
	return t:first "kind=send status=200 cseq=INVITE src=px dst=mallory"
end

local function ended(t)
	return t:first "kind=send method=BYE src=mallory"
end

-- The INVITE to the gateway that is hers: Alice's own comes before 5 s.
local function out(t)
	return t:first("kind=send method=INVITE src=px dst=gw", function(r) return r.time > 4 end)
end

-- The decision of the dial plan that has led to it.
local function decided(t)
	local first = out(t)
	return first and t:last("kind=route node=px rule=proxy-program verdict=parallel", function(r) return r.seq < first.seq end)
end

-- An INVITE of hers has reached the gateway: one that goes on with her Call-ID.
local function hers(t)
	local ids = {}
	for _, r in ipairs(t:all "kind=send method=INVITE src=mallory") do ids[r.call_id] = true end
	return t:first("kind=send method=INVITE dst=gw", function(r) return ids[r.call_id] end), next(ids) ~= nil
end

local function abroad(t, who)
	return t:first("kind=send status=200 cseq=INVITE src=px dst=" .. who, function(r)
		return r:header("To"):find("sip:900", 1, true) ~= nil
	end)
end

task {
	choice = {
		{ "It asks her for a password, as it does with Alice for the same kind of call",
			zh = "它向她索要密码，就像 Alice 打同类呼叫时一样",
			why = { "It asks who claims to be of its own domain. What does she claim?", zh = "它向自称属于本域的人索要。她自称是谁？" } },
		{ "It looks the number up, finds nobody of that name, and sends her a 404",
			zh = "它查找这个号码，找不到叫这个名字的人，给她发送 404",
			why = { "So it does with a prefix that the dial plan does not know.", zh = "对拨号方案不知道的前缀才是这样。" } },
		{ "It sends her call to the gateway, since the dial plan reads only the number", right = true,
			zh = "它把她的呼叫发给网关，因为拨号方案只看号码" },
		{ "It rejects her call with 403, since a stranger has no right to a line",
			zh = "它以 403 拒绝她的呼叫，因为陌生人没有使用外线的权利",
			why = { "Read `dialplan.lua`: with `abroad=anybody`, what does it ask?", zh = "读 `dialplan.lua`：设 `abroad=anybody` 时它问什么？" } },
	},
	ahead = true,
	rule = "proxy-program",
	records = out,
}

task {
	number = 500,
	rule = "proxy-503",
	wrong = {
		{ 503, why = { "The gateway says that. What does a proxy make of it?", zh = "那是网关说的。代理服务器把它变成什么？" } },
		{ 200, why = { "That was her first call, when the circuits were free.", zh = "那是她的第一个呼叫，当时电路空闲。" } },
		{ { 404, 486 }, why = { "The number exists and is free. What is missing on the way to it?", zh = "号码存在而且空闲。去那里的路上缺什么？" } },
	},
	why = { "Look at the last response that px sends to Alice's phone for this INVITE.", zh = "看 px 就这个 INVITE 发给 Alice 的话机的最后一个响应。" },
	hint = { "RFC 3261, section 16.7, step 6, says what a proxy does with a 503 that it has received.", zh = "RFC 3261 第 16.7 节第 6 步说明代理服务器怎样处理收到的 503。" },
	records = function(t) return t:last "kind=send cseq=INVITE src=px dst=alice" end,
	others = {
		{
			number = function(t) return t:count "kind=send status=404 src=px dst=mallory" end,
			unit = { "prefixes", zh = "个前缀" },
			ask = { "How many prefixes does Mallory try in vain before one leads abroad?\n\n    rung show calls-abroad -m cseq=INVITE dst=mallory", zh = "在一个前缀通向国外之前，Mallory 白试了几个前缀？\n\n    rung show calls-abroad -m cseq=INVITE dst=mallory" },
			rule = "location-query",
			wrong = {
				{ function(t) return t:count "kind=send method=INVITE src=mallory" end, why = { "So many INVITEs she sends; some of them are answered.", zh = "她发送这么多个 INVITE；其中有被接听的。" } },
				{ function(t) return t:count "kind=send status=404 src=px dst=mallory" + 1 end, why = { "The last of them was not in vain.", zh = "最后一个没有白试。" } },
			},
			why = { "Count the 404s that px sends her.", zh = "数 px 发给她的 404。" },
			hint = { "`-m status=404 dst=mallory` has one for each.", zh = "`-m status=404 dst=mallory`：每个一条。" },
			records = function(t) return t:first "kind=send status=404 src=px dst=mallory" end,
		},
	},
}

task {
	find = { node = "px", rule = "proxy-program", record = decided },
	points = 2,
	rule = "proxy-program",
	why = { "Look for the first `route` record after 5 s that names a line of `dialplan.lua` and a target at the gateway's address.", zh = "找 5 s 之后写着 `dialplan.lua` 的一行、目标在网关地址的第一条 `route` 记录。" },
	hint = { "`kind=route node=px verdict=parallel from=4s` has a record for each of her calls; `rung explain` has the rule.", zh = "`kind=route node=px verdict=parallel from=4s`：她的每个呼叫一条；`rung explain` 给出规则。" },
	records = decided,
}

task {
	time = function(t) return ended(t).time - answered(t).time end,
	tolerance = "30ms",
	rule = "bye-send",
	wrong = {
		{ function(t) return ended(t).time end, why = { "That is when she hangs up.", zh = "那是她挂断的时间。" } },
		{ function(t) return ended(t).time - out(t).time end, why = { "That is since the call reached the gateway. It rang for a while.", zh = "那是从呼叫到达网关算起。它振铃了一会儿。" } },
	},
	why = { "Subtract: from the first 200 to her INVITE until the first BYE that she sends.", zh = "相减：从对她的 INVITE 的第一个 200，到她发送的第一个 BYE。" },
	hint = { "Both are at her line: `-m status=200 cseq=INVITE dst=mallory to=10s` and `-m method=BYE src=mallory`.", zh = "两者都在她的线路上：`-m status=200 cseq=INVITE dst=mallory to=10s` 和 `-m method=BYE src=mallory`。" },
	records = ended,
}

task {
	choice = {
		{ "`px.auth=all`: whoever calls has to show first that he knows some password of the office",
			zh = "`px.auth=all`：呼叫的人须先证明自己知道办公室的某个密码",
			why = { "She knows one, that of the lobby phone. And Carol knows none.", zh = "她知道一个：大堂话机的。而 Carol 一个也不知道。" } },
		{ "`abroad=known`: whoever calls abroad has to be one of the office's own users",
			zh = "`abroad=known`：打到国外的人须是办公室自己的用户",
			why = { "As a stranger she gets a 403. And with the lobby phone's name?", zh = "以陌生人的身份她得到 403。以大堂话机的名义呢？" } },
		{ "`abroad=alice`: whoever calls abroad has to be a user whom the dial plan names", right = true,
			zh = "`abroad=alice`：打到国外的人须是拨号方案点名的用户" },
		{ "TLS from Mallory to the server: whoever calls can't hide behind a false address",
			zh = "Mallory 到服务器用 TLS：呼叫的人不能躲在假地址之后",
			why = { "Her address is not false. The certificate is the server's.", zh = "她的地址并不假。证书是服务器的。" } },
	},
	points = 2,
	rule = "proxy-program-refuses",
	hint = { "Look at INVITEs to the gateway that are neither of 1 s nor of 15 s: `-m method=INVITE dst=gw from=4s to=14s`.", zh = "看发给网关、既非 1 s 也非 15 s 的 INVITE：`-m method=INVITE dst=gw from=4s to=14s`。" },
	records = out,
}

task {
	goal = {
		{ "Mallory tries, also with the name of the lobby phone, and nothing of hers reaches the gateway", zh = "Mallory 尝试，也以大堂话机的名义，而她的呼叫一个也到不了网关",
			function(t)
				local reached, tried = hers(t)
				local lobby = t:first("kind=send method=INVITE src=mallory", function(r)
					return r:header("From"):find("lobby", 1, true) ~= nil and r:header "Proxy-Authorization" ~= nil
				end)
				return tried and lobby and not reached, reached or lobby
			end, rule = "proxy-program-refuses",
			why = { "Whom does the dial plan have to name, so that the lobby phone's password is not enough?", zh = "拨号方案须点名谁，才使大堂话机的密码不够用？" } },
		{ "A call of Alice's to a number abroad is answered", zh = "Alice 打到国外的一个呼叫被接听",
			function(t) return abroad(t, "alice") end, rule = "proxy-program",
			why = { "She dials 9, 00 and the number.", zh = "她拨 9、00 和号码。" } },
		{ "A call of Bob's to a number abroad is answered", zh = "Bob 打到国外的一个呼叫被接听",
			function(t) return abroad(t, "bob") end, rule = "proxy-program",
			why = { "The setting takes several names, with commas between.", zh = "这个设置可以写多个名字，用逗号隔开。" } },
		{ "Carol calls Bob, and gets a 200", zh = "Carol 呼叫 Bob，得到 200",
			function(t) return t:first "kind=send status=200 cseq=INVITE src=px dst=carol" end, rule = "location-query",
			why = { "She has no password here, and needs none for Bob.", zh = "她在这里没有密码，呼叫 Bob 也不需要。" } },
	},
	points = 3,
}
