-- The tasks of handout-names; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "bob.answer=1000ms..4000ms:500ms", "seed=1..999:1" }

-- The servers that SRV records have named, in the order in which they are
-- tried: { name =, priority =, weight = }.
local function servers(r)
	local list = {}
	for name, priority, weight in (r.targets or ""):gmatch '"([^":]+):%d+ %((%d+) (%d+)%)"' do
		list[#list + 1] = { name = name, priority = tonumber(priority), weight = tonumber(weight) }
	end
	return list
end

-- The first request behind record R for the same target, from its node to a server called NAME.
local function asked(t, r, name)
	for _, a in ipairs(t:all("kind=lookup op=addresses node=" .. r.node)) do
		local address = a.aor == name and a.seq > r.seq and (a.targets or ""):match '"([^"]+)"'
		local s = address and t:first("kind=send proto=sip src=" .. r.node, function(s)
			return s.method and s.seq > a.seq and s.text:find(r.aor, 1, true) and
				s.dst_addr:find(address .. ":", 1, true) == 1
		end)
		if s then return s end
	end
end

-- 1: a weight is a share of each ten
task {
	run = {
		{ "servers of one priority are ordered by a random number",
			zh = "优先级相同的服务器按抽取的数排出先后",
			function(t)
				return t:first("kind=lookup op=servers", function(r)
					local s = servers(r)
					return r.drawn and s[2] and s[1].priority == s[2].priority
				end)
			end, rule = "dns-srv" },
		{ "in ten consecutive draws a server was first more often, or less often, than its share of the weights",
			zh = "连续十次中，某台服务器排在首位的次数多于或少于按权重应占的份额",
			function(t)
				local first = {}
				for _, r in ipairs(t:all("kind=lookup op=servers", function(r) return r.drawn ~= nil end)) do
					local s, sum = servers(r), 0
					for _, server in ipairs(s) do sum = sum + server.weight end
					if s[1] and sum > 0 then
						local name = r.aor .. " " .. s[1].name
						first[#first + 1] = { name = name, share = 10 * s[1].weight / sum }
					end
					local n, last = 0, first[#first]
					for i = math.max(1, #first - 9), #first do
						if first[i].name == last.name then n = n + 1 end
					end
					if #first >= 10 and math.abs(n - last.share) >= 1 then return true, r end
				end
				return false
			end, rule = "dns-srv" },
	},
	key = "dns-weights",
	points = 2,
	rule = "dns-srv",
	why = { "The run needs many requests for a domain with several servers of one priority: count which is first in ten of them.",
		zh = "这次运行里要有许多请求发往一个有几台同优先级服务器的域：数一数其中十次谁排在首位。" },
	hint = { "In \"Names and name servers\" of `rung labs` one lab has more than ten draws: `kind=lookup op=servers` shows each, and the first of its `targets` is the outcome; RFC 3263 4.2 and RFC 2782.",
		zh = "`rung labs` 的“名字与域名服务器”中有一个实验抽取十次以上：每次见 `kind=lookup op=servers`，`targets` 的第一个就是结果；RFC 3263 4.2 和 RFC 2782。" },
}

-- 2: a port in the URI keeps SRV
task {
	run = {
		{ "a URI with a port is reached without any SRV record", zh = "带端口的 URI 不经任何 SRV 记录就被解析",
			function(t)
				return t:first("kind=lookup op=servers rule=dns-port-given")
			end, rule = "dns-port-given" },
		{ "though its domain has SRV records, which are queried if the URI has no port",
			zh = "尽管该域有 SRV 记录，URI 不带端口时就会查询它们",
			function(t)
				for _, r in ipairs(t:all "kind=lookup op=servers rule=dns-port-given") do
					local domain = r.aor:match "@([^:;]+)" or r.aor:match "^sips?:([^:;]+)"
					local other = domain and t:first("kind=lookup op=servers", function(s)
						return servers(s)[1] and s.aor:match "@([^;]+)$" == domain
					end)
					if other then return true, other end
				end
				return false
			end, rule = "dns-srv" },
	},
	key = "dns-shortcut",
	rule = "dns-port-given",
	why = { "The run needs one domain in two URIs, with a port and without: compare what is looked up for each.",
		zh = "这次运行里要有同一个域的两种 URI，带端口的和不带端口的：比较为各自查询了什么。" },
	hint = { "A lab that calls one domain with a port and without: two records of `kind=lookup op=servers`, of which one has nothing in brackets in its `targets`. RFC 3263 4.2.",
		zh = "找一个既带端口又不带端口呼叫同一个域的实验：`kind=lookup op=servers` 有两条记录，其中一条的 `targets` 里没有括号。RFC 3263 4.2。" },
}

-- 3: the greatest priority comes first
task {
	run = {
		{ "of servers with different priorities the one with the lowest number is first",
			zh = "优先级不同的服务器中，数值最小的排在首位",
			function(t)
				return t:first("kind=lookup op=servers", function(r)
					local s = servers(r)
					return s[2] and s[1].priority < s[#s].priority
				end)
			end, rule = "dns-srv" },
		{ "and the request goes there", zh = "请求也发往那里",
			function(t)
				for _, r in ipairs(t:all "kind=lookup op=servers") do
					local s = servers(r)
					local sent = s[2] and s[1].priority < s[#s].priority and asked(t, r, s[1].name)
					if sent then return true, sent end
				end
				return false
			end, rule = "dns-host" },
	},
	key = "dns-failover",
	rule = "dns-srv",
	why = { "The run needs a domain whose servers have different priorities: which one is tried before the other?",
		zh = "这次运行里要有一个域，其服务器的优先级各不相同：先询问哪一台？" },
	hint = { "Look at the first number in brackets in `targets` of `op=servers`, and then at `kind=send` of the same node.",
		zh = "`op=servers` 的 `targets` 中括号里的第一个数，然后看同一节点的 `kind=send`。" },
}

-- 4: a domain is a host
task {
	run = {
		{ "the name server names a host for the domain, with a different name",
			zh = "域名服务器为该域给出一台名字不同的主机",
			function(t)
				return t:first("kind=lookup op=servers", function(r)
					local s = servers(r)
					return s[1] and not r.aor:find("@" .. s[1].name, 1, true)
				end)
			end, rule = "dns-srv" },
		{ "the request for the domain goes to the address of that host", zh = "发给该域的请求到了那台主机的地址",
			function(t)
				for _, r in ipairs(t:all "kind=lookup op=servers") do
					local s = servers(r)
					local sent = s[1] and not r.aor:find("@" .. s[1].name, 1, true) and asked(t, r, s[1].name)
					if sent then return true, sent end
				end
				return false
			end, rule = "dns-host" },
	},
	key = "handout-names",
	rule = "dns-srv",
	why = { "The run needs a domain that is looked up in the DNS: whose address does the request go to?",
		zh = "这次运行里要有一个在 DNS 中查询的域：请求发往的是谁的地址？" },
	hint = { "Look at `kind=lookup`, all records of one request: which name is in `op=addresses`? Look at the lab of this handout before you look elsewhere.",
		zh = "一个请求的所有 `kind=lookup`：`op=addresses` 中是哪个名字？先看眼前，再找别处。" },
}

-- 5: when the first server does not answer the call has failed
task {
	run = {
		{ "an INVITE that the first server does not answer goes to the next one, in the same call",
			zh = "第一台服务器没有响应的 INVITE 在同一呼叫中发往下一台",
			function(t)
				for _, r in ipairs(t:all "kind=lookup op=servers") do
					local s = servers(r)
					local one = s[2] and asked(t, r, s[1].name)
					local two = one and one.method == "INVITE" and asked(t, r, s[2].name)
					if two and two.call_id == one.call_id and two.branch ~= one.branch then return true, two end
				end
				return false
			end, rule = "uac-failover" },
		{ "and that call is answered", zh = "而且该呼叫被接听",
			function(t)
				for _, r in ipairs(t:all "kind=lookup op=servers") do
					local s = servers(r)
					local one = s[2] and asked(t, r, s[1].name)
					local two = one and one.method == "INVITE" and asked(t, r, s[2].name)
					local ok = two and two.call_id == one.call_id and
						t:first("kind=send status=200 cseq=INVITE src=" .. (two.dst or "?"),
							function(ok) return ok.call_id == two.call_id end)
					if ok then return true, ok end
				end
				return false
			end },
	},
	key = "dns-failover",
	rule = "uac-failover",
	why = { "The run needs a domain with two servers, of which the first is down: follow one Call-ID for more than 32 s.",
		zh = "这次运行里要有一个域，它有两台服务器，第一台已停机：跟着一个 Call-ID 看 32 秒以上。" },
	hint = { "`method=INVITE kind=send` of the proxy before the dead server: what does it send when `name=B` has fired? RFC 3263 4.3.",
		zh = "停机服务器之前的那台代理服务器的 `method=INVITE kind=send`：`name=B` 触发之后它发送什么？RFC 3263 4.3。" },
}
