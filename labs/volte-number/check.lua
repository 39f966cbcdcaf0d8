-- The tasks of volte-number; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.answer=1500ms..3000ms:250ms", "bob--pcscf.delay=5ms..25ms:5ms", "seed=1..999:1" }

task {
	draw = "method=INVITE kind=send to=3s",
	points = 2,
}

task {
	text = { "sip:bob@home.example" },
	wrong = {
		{ { "tel:+12015550102", "+12015550102" }, why = { "That is what was asked about.", zh = "那是所问的号码。" } },
		{ { "2.0.1.0.5.5.5.1.0.2.1.e164.arpa", "home.example" }, why = { "That is asked of the DNS; what comes of it?", zh = "那是向 DNS 查询的名字；查到了什么？" } },
	},
	rule = "enum-lookup",
	why = { "The lookup of the S-CSCF says what the DNS has answered.", zh = "S-CSCF 的查找记录说明 DNS 的答复。" },
	records = function(t) return t:first "kind=lookup op=enum" end,
}

task {
	choice = {
		{ "both say who that is, in case one is silent", zh = "两者都说那是谁，以防其中之一没有回答",
			why = { "ENUM says nothing of servers, the HSS nothing of numbers' names.", zh = "ENUM 不说服务器，HSS 不说号码对应的名字。" } },
		{ "ENUM is asked for the number, the HSS who calls", zh = "ENUM 查被叫号码，HSS 查主叫是谁",
			why = { "The LIR is about Bob, who is called.", zh = "LIR 问的是被叫 Bob。" } },
		{ "ENUM says who that is, the HSS on which server", zh = "ENUM 说那是谁，HSS 说在哪台服务器", right = true },
		{ "ENUM knows no name, so the HSS is asked instead", zh = "ENUM 不知道名字，于是改问 HSS",
			why = { "It has given a name.", zh = "它给出了名字。" } },
	},
	points = 2,
	records = function(t) return t:first "kind=send method=LIR" end,
}

task {
	text = { "tel:+12015550101", "<tel:+12015550101>", "+12015550101" },
	wrong = {
		{ { "sip:alice@home.example", "<sip:alice@home.example>" }, why = { "That the P-CSCF has put in; something came behind it.", zh = "那是 P-CSCF 填入的；后面还有一项。" } },
		{ { "tel:+12015550102", "+12015550102" }, why = { "That is Bob's.", zh = "那是 Bob 的。" } },
	},
	why = { "P-Asserted-Identity of the INVITE that the S-CSCF sends on.", zh = "S-CSCF 转发的 INVITE 中的 P-Asserted-Identity。" },
	records = function(t) return t:first "kind=send method=INVITE src=scscf" end,
}

task {
	number = function(t) return t:count "kind=send method=query src=scscf" end,
	wrong = {
		{ function(t) return t:count "kind=send method=query" end, why = { "Only what the S-CSCF itself asks.", zh = "只算 S-CSCF 自己的查询。" } },
		{ 1, why = { "First what the number is, then where that name is.", zh = "先问号码是什么，再问那个名字在哪里。" } },
	},
	why = { "By a name no number has to be asked for.", zh = "用名字呼叫时不必查号码。" },
	records = function(t) return t:first "kind=send method=query src=scscf" end,
}

task {
	goal = {
		{ "Bob's number is asked for, and the DNS is silent", zh = "查询 Bob 的号码，而 DNS 没有回答",
			function(t)
				local r = t:first "kind=send method=query dst=ns"
				return r ~= nil and t:count "kind=send method=answer src=ns" == 0, r
			end,
			why = { "node \"ns\":crash() before the call.", zh = "呼叫之前 node \"ns\":crash()。" } },
		{ "a call by number is refused", zh = "用号码的呼叫被拒绝",
			function(t) return t:first "kind=recv node=alice status=5xx cseq=INVITE" or t:first "kind=recv node=alice status=4xx cseq=INVITE" end },
		{ "and one by name is answered", zh = "而用名字的呼叫被接听",
			function(t) return t:first "kind=recv node=alice status=200 cseq=INVITE" end },
	},
	points = 3,
}
