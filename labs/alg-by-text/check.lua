-- The tasks of alg-by-text; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary {
	"carl.ping=1500ms..6500ms:500ms",
	"dora.ptime=20..60:10",
	"net--bob.delay=5ms..40ms:1ms",
	"seed=1..999:1",
}

-- The INVITEs that leave the office, and the last of them, for Dora's call.
local function leaving(t)
	return t:all "kind=send method=INVITE src=alg dst=bob"
end

local function hers(t)
	local all = leaving(t)
	return all[#all]
end

-- The end of Bob's last stream.
local function sent(t)
	return t:last "kind=media node=bob op=stop"
end

local function hears(t, who, from, to)
	return t:first("kind=media op=hear node=" .. who, function(r) return r.time > from and r.time < to end)
end

task {
	choice = {
		{ "The first packet with sound that comes from Dora's phone",
			zh = "来自 Dora 的话机的第一个声音数据包",
			why = { "Some servers go by that. A phone goes by the description.", zh = "有些服务器这样做。话机按描述来做。" } },
		{ "The INVITE, as it is when it arrives at Bob's phone", right = true,
			zh = "到达 Bob 的话机时的那个 INVITE" },
		{ "The 200 of Bob's phone, which Dora's phone then obeys",
			zh = "Bob 的话机的 200，Dora 的话机随后照它做",
			why = { "That one says where Dora's sound goes, and it arrives.", zh = "它说明 Dora 的声音去哪里，而那声音到达了。" } },
		{ "The INVITE, as it is when it leaves Dora's phone",
			zh = "离开 Dora 的话机时的那个 INVITE",
			why = { "Bob's phone does not know that one. What is between them?", zh = "Bob 的话机不知道那一个。它们之间有什么？" } },
	},
	ahead = true,
	rule = "media-place",
	hint = { "RFC 3264, section 5.1: which address and port has a description?", zh = "RFC 3264 第 5.1 节：描述中有什么地址和端口？" },
	records = hers,
}

task {
	find = { node = "alg", rule = { "media-place", "media-heard" }, record = hers },
	points = 2,
	rule = "media-place",
	why = { "Compare the lines c= of the two INVITEs in that list, and the same of Carl's call.", zh = "比较列表中两个 INVITE 的 c= 行，再与 Carl 的呼叫的比较。" },
	hint = { "`method=INVITE kind=send from=20s` has two records. `rung help clauses` lists the rules of that section; the one that fits says where media go.", zh = "`method=INVITE kind=send from=20s` 有两条记录。`rung help clauses` 列出那一节的规则；合适的那条说明媒体去哪里。" },
	records = hers,
}

task {
	number = 8,
	rule = "media-place",
	wrong = {
		{ 4, why = { "Another order would help these two phones. Which line takes a part of an address for a whole one?", zh = "换一个次序能帮助这两部话机。哪一行把地址的一部分当作整个地址？" } },
		{ { 15, 16 }, why = { "Those lines say who calls, and where requests go. Sound goes by the description.", zh = "那两行说明谁在呼叫、请求发往哪里。声音按描述走。" } },
		{ 19, why = { "The answer of somebody outside has an address that Dora's phone can reach.", zh = "外面的应答中的地址是 Dora 的话机能到达的。" } },
	},
	why = { "Which line makes the address in the INVITE to Bob?", zh = "哪一行产生发给 Bob 的 INVITE 中的地址？" },
	hint = { "Write down what line 8 does to `c=IN IP4 10.0.0.20`, first with 10.0.0.2.", zh = "写出第 8 行对 `c=IN IP4 10.0.0.20` 做了什么，先用 10.0.0.2。" },
	records = hers,
}

task {
	number = function(t) return sent(t).packets end,
	unit = { "packets", zh = "个数据包" },
	rule = "media-heard",
	wrong = {
		{ function(t) return t:first("kind=media node=bob op=stop").packets end, why = { "Those are of Carl's call.", zh = "那是 Carl 的呼叫的。" } },
		{ function(t) return t:last("kind=media node=bob op=heard").packets end, why = { "So many packets of Dora's arrive at Bob's phone.", zh = "有这么多个 Dora 的数据包到达 Bob 的话机。" } },
	},
	why = { "Look for the end of what Bob's phone sends in that call: none of it arrives.", zh = "找 Bob 的话机在那个呼叫中发送的结束记录：一个也没有到达。" },
	hint = { "`kind=media node=bob op=stop from=20s` has one record.", zh = "`kind=media node=bob op=stop from=20s` 只有一条记录。" },
	records = sent,
}

task {
	agent = {
		{ "Each INVITE that leaves the office has the address of the NAT", zh = "离开办公室的每个 INVITE 都有 NAT 的地址",
			function(t)
				local all = leaving(t)
				for _, r in ipairs(all) do
					if not r.body:find("c=IN IP4 203.0.113.7\r\n", 1, true) then return false, r end
				end
				return #all == 2, all[1]
			end, rule = "media-place",
			why = { "Write down the line c= before and after.", zh = "写出改动前后的 c= 行。" } },
		{ "Carl and Dora hear Bob", zh = "Carl 和 Dora 听得见 Bob",
			function(t)
				local last = hears(t, "dora", 20, 30)
				return hears(t, "carl", 1, 20) ~= nil and last ~= nil, last or hers(t)
			end, rule = "media-heard",
			why = { "Bob's sound goes where the INVITE says.", zh = "Bob 的声音发往 INVITE 所说的地方。" } },
		{ "No description that leaves the office has a private address", zh = "离开办公室的描述都没有私有地址",
			function(t)
				for _, r in ipairs(leaving(t)) do
					if r.body:find("10.0.0.", 1, true) then return false, r end
				end
				return hears(t, "bob", 20, 30) ~= nil, hers(t)
			end, rule = "media-private",
			why = { "The line o= has an address as well.", zh = "o= 行也有地址。" } },
		{ "If Dora's phone is 10.0.0.21, no part of its address is replaced", zh = "Dora 的话机是 10.0.0.21 时，它的地址没有被部分替换",
			function(t)
				local carls, r = leaving(t)[1], hers(t)
				return r ~= nil and carls.body:find("c=IN IP4 203.0.113.7\r\n", 1, true) ~= nil and (r.body:find("c=IN IP4 203.0.113.7\r\n", 1, true)
					or r.body:find("c=IN IP4 10.0.0.21\r\n", 1, true)) ~= nil, r
			end, rule = "media-place", set = "dora.addr=10.0.0.21",
			why = { "Another order of the table helps two phones, and not the next one.", zh = "换表的次序只帮得了两部话机，帮不了下一部。" } },
		program = "alg.lua",
		node = "alg",
		points = 3,
	},
	hint = { "Replace the whole address of a line, whichever phone it is: `IN IP4 10%.[%d.]+` is a pattern of Lua for it.", zh = "替换一行中的整个地址，无论是哪部话机：`IN IP4 10%.[%d.]+` 就是这样的 Lua 模式。" },
}
