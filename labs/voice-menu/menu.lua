-- What the company's voice menu does with a call.
local people = { ["1"] = "sip:sales@192.0.2.3", ["2"] = "sip:desk@192.0.2.4" }
function on_call(call)
	call:ring("1s")
	call:answer()
	for _ = 1, 3 do
		call:play("1 for sales, 2 for the desk", "4s", { barge = true })
		local digit = call:collect(1, "3s")
		local target = people[digit]
		if target and call:transfer(target) then return end
		if target then call:play("nobody is there", "2s") end
	end
	call:play("good bye", "1s")
end
