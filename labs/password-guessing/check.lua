-- The tasks of password-guessing; their texts are in README.md.
lesson { minutes = 35, level = 3 }
vary { "bob.password=summer,dragon,monkey,football", "lan--mallory.delay=10ms..60ms:5ms", "seed=1..999:1" }

local function refused(t)
	return t:all "kind=auth node=reg op=refuse"
end

-- The record in which the registrar takes a guess: the one before her binding.
local function taken(t)
	local hers = t:first("kind=binding node=reg op=add", function(r)
		return r.contact:find("192.0.2.66", 1, true) ~= nil
	end)
	return hers and t:last("kind=auth node=reg op=accept", function(r)
		return r.seq < hers.seq
	end)
end

local function asked(t)
	return t:all "kind=send method=REGISTER src=mallory"
end

task {
	choice = {
		{ "by requests without credentials, which only an attacker sends",
			zh = "凭不带凭据的请求，只有攻击者才发送它们",
			why = { "Each phone begins so: it has no nonce yet.", zh = "每部话机都这样开始：它还没有 nonce。" } },
		{ "by requests that come again with the same CSeq and branch",
			zh = "凭带着同样的 CSeq 和 branch 再来的请求",
			why = { "Those are retransmissions; each guess is a new request.", zh = "那是重传；每次猜测都是新的请求。" } },
		{ "by one 401 after another to requests that have credentials", right = true,
			zh = "凭对带凭据的请求接连不断的 401" },
		{ "by the 403 that a user gets whose password is not correct",
			zh = "凭密码不对的用户所得到的 403",
			why = { "A wrong password gets the challenge again. 403 is for what even the right one does not allow.", zh = "密码错误会再次得到质询。403 是连正确的密码也不允许的事。" } },
	},
	ahead = true,
	rule = "auth-wrong-password",
	records = function(t) return refused(t)[1] end,
}

task {
	number = function(t) return #refused(t) end,
	unit = { "guesses", zh = "次猜测" },
	rule = "auth-wrong-password",
	wrong = {
		{ function(t) return #refused(t) + 1 end,
			why = { "The last one was right, or the first was none: it had no credentials.", zh = "最后一次猜对了；而第一个请求不带凭据，不算猜测。" } },
		{ function(t) return #asked(t) end,
			why = { "So many REGISTERs she sends. The first has no credentials, and one is accepted.", zh = "她发送这么多个 REGISTER。第一个没有凭据，还有一个被接受。" } },
	},
	why = { "Count the records of the registrar that say `refuse`.", zh = "数注册服务器写着 `refuse` 的记录。" },
	hint = { "`kind=auth op=refuse` has one for each wrong password.", zh = "`kind=auth op=refuse`：每个错误的密码一条。" },
	records = refused,
	others = {
		{
			time = function(t) return refused(t)[1].time end,
			tolerance = "20ms",
			ask = { "Since when does somebody guess? Give the time at which the registrar refuses the first guess.\n\n    rung show password-guessing kind=auth", zh = "从什么时候起有人在猜？写出注册服务器拒绝第一次猜测的时间。\n\n    rung show password-guessing kind=auth" },
			rule = "auth-wrong-password",
			wrong = { { function(t) return asked(t)[1].time end, why = { "That request has no credentials: she only asks for a nonce.", zh = "那个请求不带凭据：她只是要一个 nonce。" } } },
			why = { "Look for the first record of the registrar that says `refuse`.", zh = "找注册服务器第一条写着 `refuse` 的记录。" },
			hint = { "`kind=auth op=refuse to=13s` begins with it.", zh = "`kind=auth op=refuse to=13s` 的第一条就是。" },
			records = function(t) return refused(t)[1] end,
		},
	},
}

task {
	find = { node = "reg", rule = "auth-accept", record = taken },
	points = 2,
	rule = "auth-accept",
	why = { "Look for the `auth` record of the registrar before Mallory's address is bound.", zh = "找 Mallory 的地址被绑定之前、注册服务器的 `auth` 记录。" },
	hint = { "Bob's phone is accepted as well: `kind=auth,binding node=reg from=10s` shows what belongs together.", zh = "Bob 的话机也被接受：`kind=auth,binding node=reg from=10s` 显示哪些属于一起。" },
	records = taken,
}

task {
	choice = {
		{ "`reg.digest=all`: the registrar asks for SHA-256 instead of MD5",
			zh = "`reg.digest=all`：注册服务器索要 SHA-256，而不是 MD5",
			why = { "She computes the one as fast as the other: a guess is a guess.", zh = "两者她算得一样快：猜测还是猜测。" } },
		{ "`px.settings=lock=source`: who guesses too fast is locked out",
			zh = "`px.settings=lock=source`：猜得太快的人被锁定",
			why = { "At this pace there are never more than three wrong ones within a minute.", zh = "按这个节奏，一分钟内错误从不超过三次。" } },
		{ "`bob.password=vL8rZ2qTnY`: a password that is in no such list", right = true,
			zh = "`bob.password=vL8rZ2qTnY`：一个不在这类清单中的密码" },
		{ "`bob.expires=600s`: the phone sends its password less often",
			zh = "`bob.expires=600s`：话机更少发送密码",
			why = { "No phone sends its password, and she does not need what Bob's phone sends.", zh = "没有话机发送密码，而且她不需要 Bob 的话机发送的内容。" } },
	},
	points = 2,
	rule = "auth-accept",
	hint = { "Add each setting to `rung show password-guessing --set mallory.settings=every=25 kind=binding`: in which run is there no record with 192.0.2.66?", zh = "把各个设置加到 `rung show password-guessing --set mallory.settings=every=25 kind=binding` 上：哪个运行没有 192.0.2.66 的记录？" },
	records = taken,
}

task {
	choice = {
		{ "Mallory's guesses go on, since each of them has another nonce in its credentials",
			zh = "Mallory 的猜测继续，因为每次的凭据中 nonce 不同",
			why = { "The program counts by the user in To.", zh = "程序按 To 中的用户计数。" } },
		{ "Nothing is worse: Bob's phone has the right password, and is never counted",
			zh = "没有什么变坏：Bob 的话机密码正确，从不计数",
			why = { "His own requests are not counted. Whose name stands in Mallory's?", zh = "他自己的请求不计数。Mallory 的请求里写着谁的名字？" } },
		{ "Every user of the proxy is refused for a minute after Mallory's fourth guess",
			zh = "Mallory 第四次猜测之后，代理服务器的每个用户都被拒绝一分钟",
			why = { "The count is kept for each name apart.", zh = "每个名字分开计数。" } },
		{ "Bob's own phone is rejected as well: anybody can lock him out by guessing badly", right = true,
			zh = "Bob 自己的话机也被拒绝：任何人乱猜就能把他锁在外面" },
	},
	points = 2,
	rule = "proxy-program-refuses",
	hint = { "Compare `-m cseq=REGISTER src=px dst=bob` in that run with the same as the lab stands.", zh = "把那个运行的 `-m cseq=REGISTER src=px dst=bob` 与实验原样的比较。" },
	records = function(t) return refused(t)[4] end,
}

task {
	goal = {
		{ "The registrar refuses two guesses of Mallory's or more", zh = "注册服务器拒绝 Mallory 的猜测两次以上",
			function(t) return #refused(t) >= 2, refused(t)[1] end, rule = "auth-wrong-password",
			why = { "She has to be there, and to guess.", zh = "她必须在，而且必须猜。" } },
		{ "The proxy rejects a REGISTER of hers with 403, and she never gets a 200", zh = "代理服务器以 403 拒绝她的一个 REGISTER，她从未得到 200",
			function(t)
				return t:first "kind=send status=403 src=px dst=mallory" and not t:first "kind=send status=200 dst=mallory",
					t:first "kind=send status=403 src=px dst=mallory"
			end,
			why = { "Which setting of the proxy's program locks her out, and how slowly may she guess?", zh = "代理服务器的程序的哪个设置把她锁定？她可以猜得多慢？" } },
		{ "Bob's phone registers three times or more after that, and is never refused with 403", zh = "此后 Bob 的话机注册三次以上，从未被 403 拒绝",
			function(t)
				local lock = t:first "kind=send status=403 src=px dst=mallory"
				local well = lock and t:all("kind=send status=200 cseq=REGISTER src=px dst=bob", function(r)
					return r.seq > lock.seq
				end) or {}
				return #well >= 3 and not t:first "kind=send status=403 dst=bob", well[1]
			end,
			why = { "Whom does the program lock out: an address, or a name?", zh = "程序锁定的是地址，还是名字？" } },
	},
	points = 3,
}
