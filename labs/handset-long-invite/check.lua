-- The tasks of handset-long-invite; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary {
	"long.codecs=" ..
	"PCMU PCMA G722 G729 G723 G728 iLBC speex opus AMR AMR-WB GSM L16 DVI4 LPC QCELP EVS," ..
	"PCMU PCMA G722 G729 G723 G728 iLBC speex opus AMR AMR-WB GSM L16 DVI4 LPC QCELP," ..
	"PCMU PCMA G722 G729 G723 G728 iLBC speex opus AMR GSM L16 DVI4 LPC QCELP EVS," ..
	"PCMU PCMA G722 G729 G723 G728 iLBC speex opus AMR AMR-WB GSM L16 EVS," ..
	"PCMU PCMA G729 G723 iLBC speex opus AMR AMR-WB GSM L16 DVI4 LPC QCELP EVS," ..
	"PCMU PCMA G722 G729 G723 G728 iLBC speex opus AMR AMR-WB GSM EVS," ..
	"PCMU PCMA G722 G729 G728 iLBC speex opus AMR-WB GSM L16 DVI4 LPC QCELP," ..
	"PCMU PCMA G722 G729 G723 speex opus AMR AMR-WB GSM L16 LPC QCELP EVS," ..
	"PCMU PCMA G729 G723 G728 iLBC opus AMR AMR-WB L16 DVI4 EVS",
	"seed=1..999:1",
}

-- What NODE computed between the INVITE and its 180.
local function computed(t, node)
	return t:first("status=180 kind=send src=" .. node).cause
end

-- The INVITE as it reaches NODE.
local function reaching(t, node)
	return t:first("method=INVITE kind=send dst=" .. node)
end

local function written(t, node)
	return t:first("method=INVITE kind=send src=" .. node)
end

local function a_byte(t)
	return (computed(t, "short").count - computed(t, "long").count) /
	    (reaching(t, "short").size - reaching(t, "long").size)
end

-- By so many bytes the description in Long's INVITE is longer.
local function longer(t)
	return #written(t, "long").body - #written(t, "short").body
end

task {
	choice = {
		{ "the compact names: nearly every line is shorter", zh = "紧凑的字段名：几乎每一行都更短",
			why = { "Count: eight names, some 50 bytes together.",
				zh = "数一数：八个字段名，共约 50 字节。" } },
		{ "the formats: a line of SDP each", zh = "格式：每种在 SDP 中占一行", right = true },
		{ "the formats and the compact names alike", zh = "格式和紧凑的字段名相当",
			why = { "Compare the two Content-Lengths: the bodies alone differ by some hundred bytes.",
				zh = "比较两个 Content-Length：仅消息体就相差几百字节。" } },
		{ "the proxy's Via and Record-Route", zh = "代理服务器的 Via 和 Record-Route",
			why = { "Those are added to both, 120 bytes each.", zh = "两个 INVITE 都加上了，各 120 字节。" } },
	},
	rule = "offer-make",
	records = function(t) return { written(t, "long"), written(t, "short") } end,
	ahead = true,
}

task {
	number = function(t) return computed(t, "short").count end,
	tolerance = 500,
	unit = { "instructions", zh = "条指令" },
	wrong = {
		{ function(t) return computed(t, "long").count end,
			why = { "Those are Long's, for the INVITE that comes later.", zh = "那是 Long 为后来的 INVITE 执行的。" } },
		{ function(t) return written(t, "long").cause.count end,
			why = { "Those were executed by Long to write the INVITE; Short must read it.", zh = "那是 Long 书写 INVITE 所用的；Short 要读取它。" } },
		{ 19, why = { "That is the time in milliseconds.", zh = "那是以毫秒计的时间。" } },
	},
	why = { "The record before Short's 180 has the number of instructions that Short has executed since the INVITE arrived; `rung explain` shows it.",
		zh = "Short 的 180 之前的那条记录说明从 INVITE 到达起 Short 执行了多少条指令；`rung explain` 会显示它。" },
	records = function(t) return computed(t, "short") end,
	hint = { "The number next to `cause` in `180@short` is that of the record; the one of `180@long` is about the other handset, the one of `INVITE@long` about writing.",
		zh = "`180@short` 的 `cause` 旁就是那条记录的编号；`180@long` 的说的是另一部话机，`INVITE@long` 的说的是写。" },
}

task {
	number = a_byte,
	tolerance = 2,
	points = 2,
	unit = { "instructions", zh = "条指令" },
	wrong = {
		{ function(t) return computed(t, "short").count / reaching(t, "short").size end,
			why = { "Much of the work is the same for any INVITE. Divide the difference of the instructions by that of the bytes.",
				zh = "很多工作对任何 INVITE 都要做。请用指令数之差除以字节数之差。" } },
		{ 1, why = { "Each byte is read many times: copied, searched, compared.", zh = "每个字节要被处理许多次：复制、查找、比较。" } },
		{ function(t)
			return (computed(t, "short").count - computed(t, "long").count) /
			    (written(t, "long").size - written(t, "short").size)
		end,
			why = { "Count the bytes as they arrive: the proxy has added some.", zh = "应取到达时的字节数：代理服务器加上了自己的部分。" } },
	},
	why = { "Divide a difference by a difference: the instructions of the two readers, and the sizes of the two INVITEs as they arrive.",
		zh = "用差除以差：两个读取者的指令数之差，除以两个 INVITE 到达时的大小之差。" },
	records = function(t) return { computed(t, "short"), computed(t, "long") } end,
	hint = { "How many more bytes has Short read than Long, and how many more instructions did that take? The sizes are in `method=INVITE src=px kind=send`.",
		zh = "Short 比 Long 多读多少字节，多执行多少条指令？大小在 `method=INVITE src=px kind=send` 中。" },
	others = {
		{ number = function(t) return written(t, "long").cause.count end,
			tolerance = 500,
			unit = { "instructions", zh = "条指令" },
			wrong = {
				{ function(t) return computed(t, "short").count end, why = { "Those were executed by Short to read it.", zh = "那是 Short 读取它所用的。" } },
			},
			records = function(t) return written(t, "long").cause end,
			ask = { "What does an INVITE cost its writer? Write how many instructions Long executes to make its own.\n\n    rung explain handset-long-invite INVITE@long",
				zh = "编写 INVITE 的一方付出多少？写出 Long 为编写自己的 INVITE 执行了多少条指令。\n\n    rung explain handset-long-invite INVITE@long" },
			why = { "Find the record that caused Long's INVITE: it has the number of instructions for it.",
				zh = "找到引起 Long 的 INVITE 的记录：它说明为此执行了多少。" },
			hint = { "The record directly before `INVITE@long` is of `kind=board`.",
				zh = "`INVITE@long` 之前的那条记录是 `kind=board`。" } },
		{ number = longer,
			tolerance = 1,
			unit = { "bytes", zh = "字节" },
			wrong = {
				{ function(t) return written(t, "long").size - written(t, "short").size end,
					why = { "Those are whole messages. The names of header fields are in them.", zh = "那是整条消息，包括头字段的名称。" } },
			},
			records = function(t) return { written(t, "long"), written(t, "short") } end,
			ask = { "Of the difference in bytes between the two INVITEs, as they are sent first, how much is in their bodies?\n\n    rung show handset-long-invite -m method=INVITE src=long\n    rung show handset-long-invite -m method=INVITE src=short",
				zh = "两个 INVITE 写出时字节数的差别中，有多少在消息体里？\n\n    rung show handset-long-invite -m method=INVITE src=long\n    rung show handset-long-invite -m method=INVITE src=short" },
			why = { "Each INVITE says how long its body is; subtract one from the other.",
				zh = "每个 INVITE 都写明消息体有多长；两者相减。" },
			hint = { "Content-Length is in both; in the compact form of RFC 3261 7.3.3 it is a single letter.",
				zh = "两者都有 Content-Length；在 RFC 3261 7.3.3 的紧凑形式中它是一个字母。" } },
	},
}

task {
	draw = "status=200 cseq=INVITE kind=send to=4s",
	rule = "proxy-2xx",
	records = function(t) return t:first "status=200 cseq=INVITE src=short kind=send" end,
	hint = { "`cseq=INVITE status=200 to=4s`: the response returns along the path of the INVITE, RFC 3261 16.7.",
		zh = "`cseq=INVITE status=200 to=4s`：应答沿 INVITE 的来路返回，RFC 3261 16.7。" },
	others = {
		{ text = function(t)
				local answer = t:first "status=200 cseq=INVITE src=short kind=send"
				local types = answer.text:match "RTP/AVP ([%d ]+)"
				return { types, (types:gsub(" ", ", ")), (types:gsub(" ", ",")) }
			end,
			rule = "offer-answer",
			wrong = {
				{ "0", why = { "PCMU is the only sound. 101 is next to it: telephone-event, keys in the stream.", zh = "声音只有 PCMU。旁边还有 101：telephone-event，即流中的按键。" } },
				{ function(t)
					local types = written(t, "long").text:match "RTP/AVP ([%d ]+)"
					return { types, (types:gsub(" ", ", ")) }
				end,
					why = { "All of them were offered. An answer keeps those that the answerer can use.", zh = "这些都是所提供的。应答只保留应答者能用的。" } },
				{ "PCMU", why = { "That is a name; the question asks for the numbers.", zh = "那是名称；这里问的是数字。" } },
			},
			why = { "Read `m=audio` in the session description of Short's 200: all numbers after RTP/AVP.",
				zh = "读 Short 的 200 的会话描述中的 `m=audio`：RTP/AVP 之后的所有数字。" },
			records = function(t) return t:first "status=200 cseq=INVITE src=short kind=send" end,
			ask = { "Which payload types does Short's answer keep of all that Long has offered (RFC 3264, section 6.1)? Write the numbers after `RTP/AVP` in its 200.\n\n    rung show handset-long-invite -m status=200 cseq=INVITE src=short",
				zh = "Short 的应答保留了 Long 所提供的哪些载荷类型（RFC 3264 第 6.1 节）？写出它的 200 中 `RTP/AVP` 之后的数字。\n\n    rung show handset-long-invite -m status=200 cseq=INVITE src=short" },
			hint = { "Read the m= line of `200/INVITE@short`; RFC 3264 6.1 says what it may contain.",
				zh = "`200/INVITE@short` 的 m= 行；RFC 3264 6.1 说明那里可以写什么。" } },
		{ text = { "m", "m:" },
			wrong = {
				{ { "c", "t", "f", "i", "v", "l", "k" }, why = { "That letter is for another field (RFC 3261 7.3.3).", zh = "那个字母是另一个字段的（RFC 3261 第 7.3.3 节）。" } },
			},
			ask = { "In its 200 Short abbreviates the header field with its own address by one letter. Which letter?\n\n    rung show handset-long-invite -m status=200 cseq=INVITE src=short",
				zh = "Short 在它的 200 中用一个字母写明可以在哪里找到它。是哪个字母？\n\n    rung show handset-long-invite -m status=200 cseq=INVITE src=short" },
			why = { "It is the field with the callee's own address, not From, To or Via.",
				zh = "指的是被叫自己地址的字段，不是 From、To 或 Via。" },
			hint = { "Compare with what Long writes in full, `200/INVITE@long`: which field has the address of its own host?",
				zh = "与 Long 写的全称 `200/INVITE@long` 比较：哪个字段有它自己主机的地址？" } },
	},
}

task {
	number = function(t) return 1300 - reaching(t, "short").size end,
	tolerance = 1,
	unit = { "bytes", zh = "字节" },
	rule = "transport-size",
	wrong = {
		{ function(t) return 1300 - written(t, "long").size end,
			why = { "That is the number at Long. The proxy adds a Via, a Record-Route and Max-Breadth, and its copy is the largest.",
				zh = "Long 发出时是这样。代理服务器加上 Via、Record-Route 和 Max-Breadth，它的副本才是最大的。" } },
		{ function(t) return 1500 - reaching(t, "short").size end,
			why = { "1500 is the size of a packet; 200 bytes are reserved for the response, which may be larger.",
				zh = "1500 是一个数据包的容量。要为可能更大的响应留出 200 字节。" } },
		{ function(t) return 65535 - reaching(t, "short").size end,
			why = { "A datagram may be that large, in many fragments. SIP requests may not.", zh = "数据报可以这么大，分成许多片。SIP 请求不可以。" } },
	},
	why = { "Find the largest size of an INVITE in the run, at any hop, and subtract it from the limit.",
		zh = "找出这次运行中（不论哪一跳）最大的 INVITE，用上限减去它的大小。" },
	records = function(t) return reaching(t, "short") end,
	hint = { "Each of the two INVITEs is sent twice, and the proxy adds to it: compare `size` in `INVITE@long` and `INVITE@px`; RFC 3261 18.1.1 has the limit.",
		zh = "两个 INVITE 各发送两次，代理服务器还会加内容：比较 `INVITE@long` 与 `INVITE@px` 的 `size`；上限见 RFC 3261 18.1.1。" },
}

task {
	goal = {
		{ "Long calls Short, and Short calls Long", zh = "Long 呼叫 Short，Short 也呼叫 Long",
			function(t) return written(t, "long") ~= nil and written(t, "short") ~= nil end },
		{ "Long's INVITE has no more bytes than Short's", zh = "Long 的 INVITE 不比 Short 的长",
			function(t)
				local a, b = written(t, "long"), written(t, "short")
				return a ~= nil and b ~= nil and a.size <= b.size, a
			end,
			why = { "One of the two changes, formats or names, is not enough.", zh = "格式和字段名，只改其中之一不够。" } },
		{ "Short still writes in its compact form, with one format", zh = "Short 仍用紧凑形式，只提供一种格式",
			function(t)
				local b = written(t, "short")
				return b ~= nil and b.size <= 690, b
			end },
		{ "both calls are answered", zh = "两个呼叫都被接听",
			function(t)
				return t:count "status=200 cseq=INVITE src=short kind=send" > 0 and
				    t:count "status=200 cseq=INVITE src=long kind=send" > 0
			end, rule = "offer-answer" },
	},
	points = 3,
	hint = { "Compare the two nodes in `long.gv`: Short has attributes there that Long has not, or has with other values.", zh = "比较 `long.gv` 中的两个节点：Short 有 Long 没有的属性，或者同一属性的值不同。" },
}
