-- The tasks of bad-certificates; their texts are in README.md.
lesson { minutes = 35, level = 2 }
vary { "north.certificate_fault=expired,self-signed,garbled",
	"east.certificate_fault=unknown-issuer,self-signed,expired", "seed=1..999:1" }

-- What px has found of the certificate of a company.
local function found(t, domain)
	return t:first("kind=auth node=px realm=" .. domain)
end

-- What it has said to it, behind that.
local function refusal(t, domain)
	local check = found(t, domain)
	return t:first("kind=bad node=px", function(r) return r.cause and r.cause.seq == check.seq end)
end

local function invite(t, company)
	return t:first("method=INVITE kind=send src=alice", function(r)
		return r.text:find("@" .. company .. ".example", 1, true)
	end)
end

task {
	text = function(t) return refusal(t, "north.example").at end,
	rule = "tls-alert",
	wrong = {
		{ "bad-certificate", why = { "Names of alerts have no hyphens.", zh = "告警的名称中没有连字符。" } },
		{ function(t) return found(t, "north.example").reason end,
			why = { "That is the result of the check. The alert is what TLS sends then.", zh = "那是检查的结果。告警是 TLS 随后所说的。" } },
	},
	why = { "Look at the first `bad` record of `px`, or at the arrow of the alert in the ladder.", zh = "看 `px` 的第一条 `bad` 记录，或者消息流程图中警报的箭头。" },
	records = function(t) return refusal(t, "north.example") end,
	hint = { "`node=px kind=bad to=2s` shows one record; the names of alerts are those of RFC 8446 6.2, written with underscores.",
		zh = "`node=px kind=bad to=2s` 只留下一条记录；告警的名称见 RFC 8446 第 6.2 节，以下划线连接。" },
}

task {
	text = function(t) return found(t, "east.example").reason end,
	points = 2,
	rule = "tls-alert",
	wrong = {
		{ function(t) return refusal(t, "east.example").at end,
			why = { "That is the alert. Several reasons have the same alert.", zh = "那是告警。几种原因用同一种告警。" } },
	},
	why = { "Look at the `auth` record in which `px` has looked for `east.example`.", zh = "看 `px` 寻找 `east.example` 时的那条 `auth` 记录。" },
	records = function(t) return found(t, "east.example") end,
	hint = { "`kind=auth realm=east.example` is the check itself, before the alert: the word after the names is its result.",
		zh = "`kind=auth realm=east.example` 是检查本身，在告警之前：名称之后的词就是结果。" },
	others = {
		{
			text = function(t) return found(t, "north.example").reason end,
			rule = "tls-alert",
			wrong = {
				{ function(t) return refusal(t, "north.example").at end, why = { "That is the alert. What was the result of the check before it?", zh = "那是告警。在它之前查出了什么？" } },
			},
			why = { "Look at the `auth` record in which `px` has looked for `north.example`.",
				zh = "看 `px` 寻找 `north.example` 时的那条 `auth` 记录。" },
			hint = { "It is the cause of the alert of task 1: `rung explain` on that `bad` record leads to it.",
				zh = "任务 1 的告警由它引起：对那条 `bad` 记录用 `rung explain` 可以追溯。" },
			ask = { "What is wrong with North's certificate? Write the `reason` of the record.",
				zh = "北方公司的证书有什么问题？写出该记录的 `reason`。" },
		},
	},
}

task {
	find = {
		node = "px",
		rule = "tls-server",
		record = function(t) return found(t, "south.example") end,
	},
	points = 3,
	why = { "It is the record where a domain is compared with the names in a certificate, before the alert.", zh = "是把域与证书中的名称相比较的那条记录，在告警之前。" },
	hint = { "It is a record of `kind=auth`; South is called last.", zh = "它是一条 `kind=auth` 记录；南方公司最后被呼叫。" },
	others = {
		{
			find = {
				node = "px",
				rule = "tls-server",
				record = function(t) return found(t, "east.example") end,
			},
			why = { "It is the record where the certificate is checked, before the alert to East.",
				zh = "是检查证书的那条记录，在发给东方公司的告警之前。" },
			hint = { "`node=px kind=auth` has three of them; which company is called at 2.1 s?",
				zh = "`node=px kind=auth` 有三条；2.1 s 时呼叫的是谁？" },
			ask = { "Find where `px` decides that East is not trusted: `node=… rule=… record=…`.",
				zh = "找出 `px` 判定东方公司不可信的记录：`node=… rule=… record=…`。" },
		},
		{
			find = {
				node = "px",
				rule = "tls-alert",
				record = function(t) return refusal(t, "south.example") end,
			},
			why = { "It is not the record where the names are compared, but what follows from it on the connection: it names an alert.",
				zh = "不是比较名称的那条记录，而是由它在连接上引发的：其中有一种告警。" },
			hint = { "It is the last record of `kind=bad` before the third 500.",
				zh = "它是第三个 500 之前的最后一条 `kind=bad` 记录。" },
			ask = { "Find where `px` tells South that it is not the domain that it looked for: `node=… rule=… record=…`.",
				zh = "找出 `px` 告知南方公司它不是所要找的一方的记录：`node=… rule=… record=…`。" },
		},
	},
}

task {
	choice = {
		{ "It was issued for the hoster's server, whose address the DNS does not give", zh = "它是为托管商的服务器签发的，而 DNS 没有给出该地址",
			why = { "The DNS does return it: the connection was made.", zh = "DNS 给出了地址：连接已经建立。" } },
		{ "It names the hoster, while px looks for the domain of the URI, wherever that leads", right = true,
			zh = "它写的是托管商的名字，而 px 找的是 URI 中的域" },
		{ "It names two identities; a server may have only a single one", zh = "它写有两个身份；服务器只能有一个才可信",
			why = { "One match is enough, however many names there are (RFC 5922 7.3).", zh = "不论有多少个，有一个相符就够了（RFC 5922 第 7.3 节）。" } },
		{ "It names no user, and a call is for one: help, sales or south at that domain", zh = "它没有写用户，而呼叫总是找该域中的某个用户",
			why = { "A server speaks for a domain. Names with a user part are not compared (7.1).", zh = "服务器代表的是域。带用户的名称不参与比较（第 7.1 节）。" } },
	},
	rule = "tls-server",
	hint = { "In `kind=auth realm=south.example`, see which name `px` has looked for and which names it has found (RFC 5922 7.3): who could change a response of the DNS?", zh = "看 `kind=auth realm=south.example`：`px` 要找什么，找到了什么（RFC 5922 第 7.3 节）？谁能改动 DNS 的应答？" },
}

task {
	choice = {
		{ "The alert, which px copies into the Reason of its answer", zh = "那条告警，px 把它抄进响应的 Reason",
			why = { "Read the message: does it have a Reason?", zh = "读这条消息：有 Reason 吗？" } },
		{ "503, since px has reached no server of that domain at all", zh = "503，因为 px 根本没有连上该域的服务器",
			why = { "A transport failure counts as 503, but a proxy does not forward it as 503 (RFC 3261 16.7).", zh = "传输失败算作 503，但不会照样转发（RFC 3261 第 16.7 节）。" } },
		{ "500 and nothing else: the rest is between px and North", right = true, zh = "只有 500：其余的只有 px 和北方公司知道" },
		{ "The certificate, so that the caller can judge for herself", zh = "那份证书，主叫可以自己判断",
			why = { "Certificates go to the peer of one connection; her connection ends at px.", zh = "证书只出示给同一条连接的另一端；她的连接止于 px。" } },
	},
	rule = "proxy-503",
	hint = { "`kind=bad node=px` shows one connection: how many connections are there between Alice and North, and on which of them is the alert?", zh = "`kind=bad node=px` 说的是一条连接：Alice 与北方公司之间有几条，告警在哪一条上？" },
	ahead = function(t) return t:first "kind=send status=500 dst=alice" end,
}

task {
	goal = {
		{ "South answers Alice's call", zh = "南方公司接听 Alice 的呼叫",
			function(t)
				local call = invite(t, "south")
				return t:first("status=200 cseq=INVITE kind=send dst=alice", function(r)
					return call and r.call_id == call.call_id
				end)
			end, rule = "tls-server",
			why = { "One of the names in its certificate has to be the domain that `px` looks for.", zh = "它的证书中要有一个名称是 `px` 所要找的域。" } },
		{ "its certificate still has the hoster's name", zh = "它的证书中也有托管商的名称",
			function(t)
				local check = found(t, "south.example")
				return check ~= nil and check.names:find("hoster.example", 1, true) ~= nil, check
			end },
		{ "its issuer is one that px trusted before", zh = "由 px 一直信任的签发者签发",
			function(t)
				local check = found(t, "south.example")
				return check ~= nil and check.issuer == "rung root CA", check
			end },
		{ "the other two are still rejected", zh = "另外两家仍然被拒绝",
			function(t)
				return refusal(t, "north.example") ~= nil and refusal(t, "east.example") ~= nil
			end },
	},
	points = 3,
	hint = { "The settings of a certificate are in docs/TOPOLOGY.md: `name=` takes several names, separated by commas.", zh = "证书的各个词见 docs/TOPOLOGY.md：`name=` 中的名称以逗号分隔。" },
}
