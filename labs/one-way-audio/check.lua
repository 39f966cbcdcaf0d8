-- The tasks of one-way-audio; their texts are in README.md.
lesson { minutes = 45, level = 3 }
vary { "net--hugo.delay=10ms..90ms:10ms", "net--carol.delay=10ms..50ms:10ms", "seed=1..999:1" }

local function media(t, node, op)
	return t:last("kind=media node=" .. node .. " op=" .. op)
end

local function missed(t)
	return media(t, "gina", "stop").packets - media(t, "hugo", "heard").packets
end

-- Carol's INVITEs: the call, the hold, and what should have ended it.
local function invites(t)
	return t:all "kind=send method=INVITE src=carol"
end

task {
	text = { "192.168.1.20", "192.168.1.20:49170" },
	wrong = {
		{ { "203.0.113.7", "203.0.113.7:49170" }, why = { "There her packets come from. Is it what her phone has said?", zh = "她的数据包来自那里。她的话机是这么说的吗？" } },
		{ { "192.0.2.30", "192.0.2.30:49170" }, why = { "That is his own.", zh = "那是他自己的。" } },
		{ { "192.168.1.1", "192.168.1.1:49170" }, why = { "The NAT has that at its inner side, and nobody sends to it.", zh = "那是 NAT 内侧的地址，没有人发往它。" } },
	},
	why = { "It stands behind the arrow where Bob's RTP begins, and in the SDP of Alice's INVITE.", zh = "它在 Bob 的 RTP 开始的记录的箭头之后，也在 Alice 的 INVITE 的 SDP 中。" },
	records = function(t) return t:first "kind=media node=bob op=flow" end,
}

task {
	text = { "sendonly", "a=sendonly" },
	points = 2,
	wrong = {
		{ { "sendrecv", "a=sendrecv" }, why = { "So it should have been.", zh = "本应如此。" } },
		{ { "recvonly", "a=recvonly" }, why = { "That is what Dora's phone answers to it.", zh = "那是 Dora 的话机对它的应答。" } },
		{ { "inactive", "a=inactive" }, why = { "Then Dora would not hear her, either.", zh = "那样 Dora 也听不到她。" } },
	},
	why = { "It is the last line but one of the SDP, or the last, in the third INVITE; without such a line both directions are meant.",
		zh = "在第三个 INVITE 的 SDP 的末尾；没有这一行，就是双向。" },
	records = function(t) return invites(t)[3] end,
	hint = { "Her phone has offered the session three times. What does each of them say?", zh = "她的话机提议了三次会话。每一次说了什么？" },
}

task {
	number = 49153,
	points = 2,
	wrong = {
		{ 49170, why = { "That Erin's phone has said, and the NAT has left it as it was.", zh = "那是 Erin 的话机说的，NAT 原样留下。" } },
		{ 49152, why = { "By that one her signalling goes.", zh = "她的信令经由那个端口。" } },
		{ { 49171, 49154 }, why = { "Those are of RTCP, which is sent beside.", zh = "那些是另外发送的 RTCP 的。" } },
	},
	why = { "Which outer port did the NAT choose when Erin's first packet of sound went out?", zh = "Erin 的第一个声音的数据包出去时，NAT 选了哪个外侧端口？" },
}

task {
	number = missed,
	tolerance = 3,
	unit = { "packets", zh = "个数据包" },
	points = 2,
	wrong = {
		{ function(t) return media(t, "gina", "stop").packets end,
			why = { "So many has her phone sent at all.", zh = "那是她的话机发送的总数。" } },
		{ function(t) return media(t, "hugo", "heard").packets end,
			why = { "So many has he heard.", zh = "那是他听到的数目。" } },
	},
	why = { "Take what her phone has sent by the end, and what his has heard.", zh = "取她的话机到最后所发送的，以及他的所听到的。" },
	records = function(t) return { media(t, "gina", "stop"), media(t, "hugo", "heard") } end,
}

task {
	choice = {
		{ "Send back to where her packets come from, whatever her SDP says (RFC 7362).", right = true,
			zh = "不论她的 SDP 怎么说，把声音发回她的数据包所来之处（RFC 7362）。" },
		{ "Answer with a=recvonly, so that her phone has to offer another address to him.",
			zh = "用 a=recvonly 应答，使她的话机必须提议另一个地址。",
			why = { "Then he sends nothing at all, and her phone knows no other address.", zh = "那样他什么也不发送，而她的话机不知道别的地址。" } },
		{ "Take the signalling over TCP, whose connection carries the sound back as well.",
			zh = "信令改用 TCP，它的连接也把声音带回去。",
			why = { "Sound has a way of its own, and its address comes from SDP all the same.", zh = "声音有自己的路，地址仍然来自 SDP。" } },
		{ "Send the 200 again and again, until the NAT has a binding for the sound, too.",
			zh = "反复发送 200，直到 NAT 也有了声音的绑定。",
			why = { "There is one, which her own packets have made. Nobody uses it.", zh = "绑定已经有了，是她自己的数据包建立的，只是没有人用。" } },
	},
	points = 2,
	hint = { "Which binding has the NAT for her sound, and who could know of it?", zh = "NAT 为她的声音建立了哪个绑定，谁能得知它？" },
}

-- So many packets have come to NAME's phone.
local function came(t, name)
	local packets = 0
	for _, r in ipairs(t:all("kind=media op=heard node=" .. name)) do
		packets = packets + r.packets
	end
	return packets
end

task {
	goal = {
		{ "Carol hears Dora, but for the time of the hold", zh = "除保持的时间之外，Carol 听到 Dora",
			function(t) return came(t, "carol") > 200, media(t, "carol", "heard") end,
			why = { "How does a phone say that it wants to hear again?", zh = "话机怎样说明它要重新收听？" } },
		{ "she has held her", zh = "她保持过 Dora",
			function(t)
				return t:first("kind=send method=INVITE src=carol", function(r) return r.text:find "a=sendonly" end) ~= nil
			end },
		{ "Hugo hears Gina until the end", zh = "Hugo 直到最后都听到 Gina",
			function(t) return came(t, "hugo") > 220, media(t, "hugo", "heard") end,
			why = { "Who has to be told of his new address, by which request?", zh = "他的新地址要告诉谁，用什么请求？" } },
		{ "his phone has another address than before", zh = "他的话机换了地址",
			function(t)
				return t:first("kind=act node=hugo verb=set") ~= nil
			end },
	},
	points = 3,
	hint = { "`call:resume()`, and `call:reinvite()` by the phone that has moved.", zh = "`call:resume()`；以及由换了网络的话机执行 `call:reinvite()`。" },
}
