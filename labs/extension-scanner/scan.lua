-- Mallory asks for one extension after the other, by OPTIONS, which rings no
-- phone, and notes which of them there are.
local first, last = 1000, 1019
local found = {}

local function ask(number)
	send {
		method = "OPTIONS", uri = "sip:" .. number .. "@example.com",
		from = "sip:friend@elsewhere.example",
	}
	if number < last then
		after("100ms", function() ask(number + 1) end)
	else
		after("2s", function()
			print("There are: " .. (#found > 0 and table.concat(found, ", ") or "none known"))
		end)
	end
end

function on_start()
	after("5s", function() ask(first) end)
end

-- 404: nobody.  200: a phone has answered.  480: somebody whose phone is off.
function on_reply(m, answer)
	if answer.status == 200 or answer.status == 480 then
		found[#found + 1] = uri(m.uri).user .. " (" .. answer.status .. ")"
	end
end
