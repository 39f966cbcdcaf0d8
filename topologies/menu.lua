-- What the voice menu of menu.gv does with a call: 1 is sales, 2 the desk, 3 the
-- hours; who presses nothing is put through to sales, too.
local who = { ["1"] = "sip:sales@192.0.2.3", ["2"] = "sip:desk@192.0.2.4" }

function on_call(call)
	call:ring("1s")
	call:answer()
	for _ = 1, 3 do
		call:play("1 for sales, 2 for the desk, 3 for our hours", "4s", { barge = true })
		local digit = call:collect(1, "3s")
		if digit == "" then digit = "1" end
		if who[digit] then
			if call:transfer(who[digit]) then return end
			call:play("nobody is there", "2s")
		elseif digit == "3" then
			call:play("from nine to five", "2s")
		end
	end
	call:play("good bye", "1s")
end
