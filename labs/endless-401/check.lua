-- The tasks of endless-401; their texts are in README.md.
lesson { minutes = 30, level = 2 }

-- When Bob corrects the password: before the second attempt, the third or the fourth.
local settings = {}
for _, corrected in ipairs { 5, 7, 10, 14, 19, 23 } do
	settings[#settings + 1] = "typed=zanzibra right=zanzibar corrected=" .. corrected
end

vary {
	"desk.settings=" .. table.concat(settings, ","),
	"mobile.ping=1s,1500ms,2s,3s,4s,6s",
	"desk--reg.delay=5ms..40ms:1ms",
	"seed=1..999:1",
}

local function field(r, name)
	return (r:header "Authorization" or ""):match(name .. '="([^"]*)"')
end

-- The desk phone's REGISTERs with credentials.
local function answers(t)
	return t:all("kind=send method=REGISTER src=desk", function(r) return r:header "Authorization" ~= nil end)
end

local function first(t)
	return answers(t)[1]
end

local function second(t)
	return answers(t)[2]
end

local function different(t)
	local seen, n = {}, 0
	for _, r in ipairs(answers(t)) do
		local response = field(r, "response")
		if not seen[response] then n = n + 1 end
		seen[response] = true
	end
	return n
end

-- Those that leave with the wrong password, though Bob has corrected it.
local function late(t)
	local corrected = t:first("kind=note node=desk text=corrected").time
	return t:all("kind=send method=REGISTER src=desk", function(r)
		return r.time > corrected and r:header "Authorization" ~= nil
	end)
end

local function cseq(r)
	return tonumber(r:header("CSeq"):match "%d+")
end

-- The nonce of the last challenge that has come before R.
local function asked(t, r)
	local last = t:last("kind=recv status=401 dst=desk", function(c) return c.seq < r.seq end)
	return last and last:header("WWW-Authenticate"):match 'nonce="([^"]+)"'
end

task {
	number = different,
	rule = "auth-retry",
	wrong = {
		{ 2, why = { "So it would be if each password were used, and always with the same nonce.", zh = "两个密码都用上、而 nonce 总是同一个时才是这样。" } },
		{ function(t) return #answers(t) end, why = { "So many requests have credentials. Compare the last field of each of them.", zh = "带凭据的请求有这么多个。比较它们各自最后的字段。" } },
	},
	ahead = true,
	why = { "Compare the `response` of each Authorization in the capture.", zh = "比较抓包中各个 Authorization 的 `response`。" },
	hint = { "A response is made of the password and the nonce. Does any of the two change in what the phone sends?", zh = "response 由密码和 nonce 算出。话机发送的内容中，这两者有哪个变化？" },
	records = first,
	others = {
		{ number = function(t) return #late(t) end,
			rule = "auth-retry",
			wrong = {
				{ function(t) return #answers(t) end, why = { "So many have credentials in the whole run. The first of them had to be rejected.", zh = "整个运行中带凭据的有这么多个。最前面的本来就该被拒绝。" } },
				{ function(t)
					local corrected = t:first("kind=note node=desk text=corrected").time
					return t:count("kind=send method=REGISTER src=desk", function(r) return r.time > corrected end)
				end, why = { "Each attempt is two requests, and only the second one has credentials.", zh = "每次尝试是两个请求，只有第二个带凭据。" } },
			},
			ahead = true,
			why = { "Find the time at which Bob corrects the password, and count the requests with Authorization after it.", zh = "找出 Bob 改正密码的时间，再数此后带 Authorization 的请求。" },
			hint = { "`node=desk kind=note` has the time; in `method=REGISTER src=desk kind=send`, every second record is a request with credentials.", zh = "`node=desk kind=note` 有这个时间；在 `method=REGISTER src=desk kind=send` 中，每两条有一条是带凭据的请求。" },
			records = function(t) return late(t)[1] end,
			ask = { "Before you look at the run: when Bob has corrected his password, the phone tries again every 8 s, and in vain. How many of its REGISTERs with credentials does the registrar reject from then to the end, at 70 s?\n\n    rung show endless-401 node=desk kind=note\n    rung show endless-401 -m method=REGISTER src=desk kind=send",
				zh = "先不看运行：Bob 改正密码之后，话机仍每 8 s 徒劳地再试一次。从那时到 70 s 运行结束，它的带凭据的 REGISTER 有多少个被注册服务器拒绝？\n\n    rung show endless-401 node=desk kind=note\n    rung show endless-401 -m method=REGISTER src=desk kind=send" } },
		{ number = function(t) return cseq(late(t)[1]) end,
			rule = "auth-retry",
			wrong = {
				{ function(t) return cseq(late(t)[1]) - 1 end, why = { "That request has no credentials, so it gets a 401 with any password.", zh = "那个请求没有凭据，无论密码是什么都得到 401。" } },
				{ 2, why = { "That one is with the wrong password, before Bob has corrected it.", zh = "那一个用的是错误的密码，在 Bob 改正之前。" } },
			},
			ahead = true,
			why = { "Find the time at which Bob corrects the password, and the next request with Authorization.", zh = "找出 Bob 改正密码的时间，再找下一个带 Authorization 的请求。" },
			hint = { "`node=desk kind=note` has the time; open the records of `method=REGISTER src=desk kind=send` that follow it.", zh = "`node=desk kind=note` 有这个时间；打开 `method=REGISTER src=desk kind=send` 中此后的记录。" },
			records = function(t) return late(t)[1] end,
			ask = { "Before you look at the run: Bob corrects his password, and the next REGISTER with credentials should get a 200. Which number will that REGISTER have in its CSeq?\n\n    rung show endless-401 node=desk kind=note\n    rung show endless-401 -m method=REGISTER src=desk kind=send",
				zh = "先不看运行：Bob 改正密码之后，下一个带凭据的 REGISTER 本该得到 200。它的 CSeq 中的数是几？\n\n    rung show endless-401 node=desk kind=note\n    rung show endless-401 -m method=REGISTER src=desk kind=send" } },
	},
}

task {
	find = { node = "desk", rule = { "auth-retry", "auth-refused", "auth-answer", "digest-count" }, record = second },
	points = 2,
	rule = "auth-retry",
	why = { "Compare the nonce of each request with that of the 401 before it.", zh = "把各个请求的 nonce 与它之前的 401 的比较。" },
	hint = { "`method=REGISTER src=desk kind=send to=12s` has four records; two of them have credentials. `rung inspect` names the section.", zh = "`method=REGISTER src=desk kind=send to=12s` 有四条记录，其中两条有凭据。`rung inspect` 给出章节。" },
	records = second,
}

task {
	number = 42,
	rule = "auth-retry",
	wrong = {
		{ 43, why = { "That line sends the credentials that another one has chosen.", zh = "那一行发送别的行选定的凭据。" } },
		{ 28, why = { "That line is right: the new password is there. Who uses it?", zh = "那一行是对的：新的密码已经在了。谁用它？" } },
		{ { 18, 19, 20, 21 }, why = { "That function takes the nonce of the challenge that it is given. How often does it run?", zh = "这个函数取它所得到的质询的 nonce。它运行几次？" } },
	},
	why = { "Which line decides whether new credentials are made?", zh = "哪一行决定是否生成新的凭据？" },
	hint = { "Follow the variable `kept`: when is it set, and when a second time?", zh = "跟踪变量 `kept`：它什么时候被赋值，第二次又是什么时候？" },
	records = second,
}

task {
	choice = {
		{ "By the address: it is that of Bob's own desk phone, and not of a stranger",
			zh = "凭地址：那是 Bob 自己的桌面话机，不是陌生人的",
			why = { "A program on that machine could guess as well, and addresses can be forged.", zh = "那台机器上的程序也可能猜，而且地址可以伪造。" } },
		{ "By the pause: somebody who guesses does not wait eight seconds each time",
			zh = "凭停顿：猜密码的人不会每次等八秒",
			why = { "A patient one does, in order not to be seen.", zh = "有耐心的人会，为了不被看见。" } },
		{ "By the status: a registrar that is attacked says 403 instead of a 401",
			zh = "凭状态码：受到攻击的注册服务器返回 403，而不是 401",
			why = { "A registrar answers each wrong password alike.", zh = "注册服务器对每个错误的密码都同样响应。" } },
		{ "By the response: the same one again can't be the try of another password", right = true,
			zh = "凭 response：同一个值再来一次，不可能是在试另一个密码" },
	},
	points = 1,
	rule = "attack-guess",
	hint = { "Compare with the lab `password-guessing`: `rung show password-guessing -m method=REGISTER src=mallory kind=send`.", zh = "与实验 `password-guessing` 比较：`rung show password-guessing -m method=REGISTER src=mallory kind=send`。" },
	records = second,
}

task {
	agent = {
		{ "The desk phone is registered when the password is right, and again 40 s later", zh = "密码正确时桌面话机注册上，40 s 之后再次注册上",
			function(t)
				local ok = t:all "kind=recv status=200 cseq=REGISTER dst=desk"
				return #ok >= 2, ok[1]
			end, rule = "auth-answer",
			why = { "Which password is in the credentials that it sends now?", zh = "它现在发送的凭据中是哪个密码？" } },
		{ "Each of its credentials has the nonce of the challenge before", zh = "它的每份凭据都带着前一个质询的 nonce",
			function(t)
				local all = answers(t)
				for _, r in ipairs(all) do
					if field(r, "nonce") ~= asked(t, r) then return false, r end
				end
				return #all > 1, all[1]
			end, rule = "auth-retry",
			why = { "Where do the credentials take their nonce from?", zh = "凭据的 nonce 取自哪里？" } },
		{ "No response is sent twice", zh = "没有一个 response 发送两次",
			function(t) return different(t) == #answers(t) and #answers(t) > 1, second(t) end, rule = "auth-retry",
			why = { "A phone must not repeat credentials that were rejected (RFC 3261, section 22.1).", zh = "被拒绝的凭据不得再次发送（RFC 3261 第 22.1 节）。" } },
		program = "phone.lua",
		node = "desk",
		points = 3,
	},
	hint = { "Keep the password, which changes, and not the credentials that were made of it.", zh = "要保留的是会变的密码，而不是由它算出的内容。" },
}
