-- The tasks of loop-and-spiral; their texts are in README.md.
lesson { minutes = 30, level = 3 }
-- Task 3 names a time: the lines stay as they are.
vary { "seed=1..999:1" }

-- The INVITE for support, as it comes back to atl.
local function came_back(t)
	return t:last "method=INVITE src=bil dst=atl kind=send"
end

task {
	choice = {
		{ "Via: the one of atl stands in it already the second time", zh = "Via：第二次时其中已经有 atl 的", rule = "proxy-loop",
			why = { "So it does both times, for sales, too. That a request comes back is not forbidden.",
				zh = "两个呼叫都是这样，sales 也有。请求回来并不被禁止。" } },
		{ "the Request-URI: the same for support, not for sales", right = true, rule = "proxy-loop",
			zh = "Request-URI：support 没变，sales 变了" },
		{ "Call-ID: the same for support, a new one for sales", zh = "Call-ID：support 相同，sales 是新的", rule = "proxy-loop",
			why = { "It is the same all the way in either call.", zh = "在每个呼叫中它始终相同。" } },
		{ "Max-Forwards: it is smaller for support than for sales", zh = "Max-Forwards：support 的比 sales 的小", rule = "proxy-max-forwards",
			why = { "It is 68 both times; it counts hops, whatever they are.", zh = "两次都是 68；它只数跳数。" } },
	},
	points = 2,
	records = function(t) return t:all "method=INVITE src=bil dst=atl kind=send" end,
}

task {
	find = {
		node = "atl",
		rule = "proxy-loop",
		record = function(t) return t:first "status=482 kind=send" end,
	},
	points = 3,
	why = { "A loop is refused by who sees the same request again unchanged. Take the first send of a 482, and what `rung explain` says of it.",
		zh = "拒绝环路的，是再次见到同一个未变的请求的节点。看第一次发送 482 的记录，以及 `rung explain` 怎样说。" },
}

task {
	draw = "method=INVITE,ACK kind=send from=4.1s",
	points = 3,
	hint = { "A 482 is acknowledged hop by hop.", zh = "482 逐跳确认。" },
}

task {
	number = function(t) return tonumber(came_back(t):header "Max-Forwards") end,
	rule = "proxy-max-forwards",
	wrong = {
		{ 70, why = { "So Alice's phone has sent it; each proxy takes one off.", zh = "那是 Alice 的话机发出时的值；每台代理服务器减一。" } },
		{ 69, why = { "So bil gets it; bil takes one off as well.", zh = "那是 bil 收到时的值；bil 也减一。" } },
		{ 67, why = { "So atl would have passed it on.", zh = "那是 atl 若再转发时的值。" } },
	},
	why = { "Read Max-Forwards in the INVITE as `bil` sends it back to `atl`: each proxy on the way has taken one off.",
		zh = "读 `bil` 发回 `atl` 的 INVITE 的 Max-Forwards：途中每个代理服务器都减去一。" },
	records = came_back,
}

task {
	number = function(t)
		local r, n = t:first "method=INVITE dst=bob kind=send", 0
		while r:header("Record-Route", n + 1) do
			n = n + 1
		end
		return n
	end,
	points = 2,
	rule = "proxy-forward",
	wrong = {
		{ 2, why = { "Two proxies, but atl is passed twice, and records its route each time.", zh = "代理服务器是两台，但 atl 经过两次，每次都记录路由。" } },
		{ 4, why = { "Phones record none.", zh = "话机不记录。" } },
	},
	why = { "Count the Record-Route fields in the INVITE that arrives at Bob's phone: one for each time that a proxy passed it on.",
		zh = "数到达 Bob 的话机的 INVITE 的 Record-Route：代理服务器每转发一次就有一个。" },
	records = function(t) return t:first "method=INVITE dst=bob kind=send" end,
}

task {
	goal = {
		{ "an INVITE goes by the third name, help", zh = "INVITE 经过第三个名字 help",
			function(t)
				return t:first("method=INVITE kind=send", function(r) return r.text:find("^INVITE sip:help@atlanta") end)
			end },
		{ "bil notices the loop, and atl does not", zh = "发现环路的是 bil，不是 atl",
			function(t)
				local r = t:first "status=482 kind=send"
				return r ~= nil and r.src == "bil" and r.rule == "proxy-loop", r
			end, rule = "proxy-loop",
			why = { "Who sees the same Request-URI for the second time first?", zh = "谁先第二次看到同样的 Request-URI？" } },
	},
	points = 3,
}
