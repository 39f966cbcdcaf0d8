-- The tasks of video-added; their texts are in README.md.
lesson { minutes = 30, level = 2 }
vary { "alice--net.delay=10ms..90ms:10ms", "seed=1..999:1" }

local function stop(t, node, kind)
	return t:last("kind=media op=stop node=" .. node, function(r) return r.type == kind end)
end

task {
	time = function(t) return stop(t, "alice", "video").time - stop(t, "bob", "video").time end,
	tolerance = "2ms",
	points = 2,
	wrong = {
		{ 0, why = { "The two phones do not stop at the same moment: each must receive a message first.", zh = "两部话机不在同一时刻停止：各自都要先得知。" } },
		{ function(t) return 2 * (stop(t, "alice", "video").time - stop(t, "bob", "video").time) end,
			why = { "That is the way there and back. Bob's has stopped when the offer arrived.", zh = "那是往返。提议到达时，Bob 的已经结束。" } },
	},
	why = { "Take the times of the two records in which video ends.", zh = "取视频结束的两条记录的时间。" },
	records = function(t) return { stop(t, "bob", "video"), stop(t, "alice", "video") } end,
	ahead = true,
	hint = { "`INVITE@alice#3` turns the camera off: RFC 3264, 8.2 says after which message each side sends no more. Compare its arrival with that of `200@bob#3`.",
		zh = "`INVITE@alice#3` 去掉摄像头：双方各从哪条消息起不再发送，见 RFC 3264 第 8.2 节。把它的到达与 `200@bob#3` 的到达比较。" },
}

task {
	number = function(t) return stop(t, "bob", "video").packets end,
	unit = { "packets", zh = "个数据包" },
	wrong = {
		{ function(t) return stop(t, "bob", "audio").packets end, why = { "That is the number of audio packets.", zh = "那是声音的。" } },
		{ function(t) return stop(t, "alice", "video").packets end, why = { "That is the number that Alice's phone has sent.", zh = "那是 Alice 的话机发送的。" } },
		{ { 29, 30 }, why = { "That is about the number of frames, and most have several packets.", zh = "画面大约有这么多，而多数画面有几个数据包。" } },
	},
	why = { "It is in the record in which Bob's video ends.", zh = "在 Bob 的视频结束的记录里。" },
	records = function(t) return stop(t, "bob", "video") end,
	hint = { "`kind=media op=stop node=bob` has one record for each of his streams: the payload type in it distinguishes audio from video, as the `m=` lines of `200@bob#2` do.",
		zh = "`kind=media op=stop node=bob` 对他的每个媒体流有一条记录：其中的负载类型区分声音与图像，如 `200@bob#2` 的 `m=` 行。" },
}

task {
	choice = {
		{ "By its size, which is smaller than that of those before it in the picture.",
			zh = "凭它的大小：在同一幅画面中，它比前面的数据包都要小。",
			why = { "That may be true or not: a frame can fill its packets exactly.", zh = "也许如此，也许不是：画面可能正好装满数据包。" } },
		{ "By the sequence number, which begins with 0 in each of the pictures.",
			zh = "凭序号，它在每一幅画面开始时都重新从 0 算起。",
			why = { "It counts from packet to packet, whatever is in them.", zh = "它逐个数据包递增，不论装的是什么。" } },
		{ "By the next one, which comes after a pause of 66 ms and belongs to another.",
			zh = "凭下一个数据包，它在 66 ms 的停顿之后到来，属于另一幅。",
			why = { "Then each frame would be shown one frame too late, and jitter would cause errors.", zh = "那样每幅画面都会晚一幅才显示，而且会被抖动扰乱。" } },
		{ "By the marker in its head, a bit which is set in this packet alone.", right = true,
			zh = "凭头中的标记位，画面中的其他数据包没有它。" },
	},
	points = 2,
	hint = { "RFC 3550 5.1 shows the header of a packet: what is in its second byte besides the payload type, and how does it change from packet to packet?", zh = "RFC 3550 第 5.1 节画出数据包的头：第二个字节中除负载类型外还有什么，各个数据包之间有何变化？" },
}

task {
	draw = "cseq=INVITE,ACK from=4500ms",
	rule = "reinvite-ok",
	hint = { "The camera was turned on, `cseq=INVITE,ACK from=3s to=3.5s kind=send`, with the same number of messages in the same directions: RFC 3261, 14.1.",
		zh = "打开摄像头时也是这样，`cseq=INVITE,ACK from=3s to=3.5s kind=send`：消息的数目和方向相同，RFC 3261 第 14.1 节。" },
	others = {
		{
			number = 200,
			ask = { "Now Bob has no camera. Which status does Alice's re-INVITE get?\n\n    rung show video-added --set bob.streams=audio -m cseq=INVITE from=3s to=3.2s",
				zh = "现在 Bob 没有摄像机。Alice 的 re-INVITE 得到哪个状态码？\n\n    rung show video-added --set bob.streams=audio -m cseq=INVITE from=3s to=3.2s" },
			wrong = {
				{ 488, why = { "It would, if nothing in the offer were possible. The audio is possible.", zh = "如果提议中什么都不行，就会这样。而声音是可以的。" } },
				{ { 415, 606 }, why = { "This is not necessary: an answer can reject a single stream.", zh = "不需要这样：应答可以不要某个流。" } },
			},
			why = { "Look for the response to the re-INVITE, and at the port of the second m= line in it.",
				zh = "找对 re-INVITE 的响应，并看其中第二个 m= 行的端口。" },
			hint = { "RFC 3264, 6 lets an answer reject one stream without rejecting the offer, by its port. RFC 3261, 13.3.1.3 has the status for an offer of which nothing is possible: which is it with `--set bob.streams=audio -m src=bob from=3s to=4s`?",
				zh = "RFC 3264 第 6 节允许应答用端口拒绝一个媒体流，而不拒绝整个提议。提议中什么都不合适时的状态码见 RFC 3261 第 13.3.1.3 节：`--set bob.streams=audio -m src=bob from=3s to=4s` 属于哪一种？" },
		},
	},
}

task {
	choice = {
		{ "A picture with one small hole, which the sound of the moment fills again.",
			zh = "画面上有一个小洞，由当时的声音填补。",
			why = { "The data in the other packets can't be decoded without the one before.", zh = "缺了前一个，其他数据包里的内容就读不出来。" } },
		{ "The same as otherwise, as its packet is sent again when nobody acknowledges it.",
			zh = "与平时一样，因为无人确认时数据包会重发。",
			why = { "RTP acknowledges nothing.", zh = "RTP 什么也不确认。" } },
		{ "Nothing good until the next key frame: all between says only what changes.", right = true,
			zh = "直到下一个关键帧都没有好的画面：其间的都只说明变化。" },
		{ "One picture of 15 is missing, which is hardly seen, and then all is well.",
			zh = "十五幅中缺一幅，几乎看不出来，然后一切正常。",
			why = { "That is so for a frame to which no other refers.", zh = "只有没有别的画面参照它时才是这样。" } },
	},
	points = 2,
	hint = { "RFC 4585 6.3.1 is for a receiver that has lost a part of a picture: what does it ask for by RTCP, and why is the next frame not enough?", zh = "RFC 4585 第 6.3.1 节是为丢失部分画面的接收方写的：它用 RTCP 请求什么，为什么有下一幅还不够？" },
}

task {
	goal = {
		{ "the first INVITE offers video", zh = "第一个 INVITE 提议视频",
			function(t)
				local r = t:first "kind=send method=INVITE src=alice"
				return r ~= nil and r.text:find "m=video [1-9]" ~= nil, r
			end,
			why = { "What is the value of Alice's `streams` as they stand?", zh = "Alice 的 `streams` 原来有什么？" } },
		{ "video flows both ways", zh = "视频双向发送",
			function(t) return stop(t, "alice", "video") ~= nil and stop(t, "bob", "video") ~= nil end },
		{ "it ends at least two seconds before the audio does", zh = "它比声音至少早两秒结束",
			function(t)
				for _, name in ipairs { "alice", "bob" } do
					local v, a = stop(t, name, "video"), stop(t, name, "audio")
					if not v or not a or a.time - v.time < 2 then return false end
				end
				return true, stop(t, "alice", "video")
			end },
	},
	points = 3,
	hint = { "In docs/TOPOLOGY.md look up `streams`: given by `alice:set` above the script it is valid from the first INVITE on. What removes video is in `lab.lua` already.", zh = "在 docs/TOPOLOGY.md 中查 `streams`：在脚本之前用 `alice:set` 设置，从第一个 INVITE 起就有效。去掉视频的语句 `lab.lua` 中已有。" },
}
