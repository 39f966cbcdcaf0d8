-- What the voice menu of call-centre.gv asks, and to which queue it sends whom.
local queues = { ["1"] = "sip:sales@shop.example.com", ["2"] = "sip:billing@shop.example.com" }

function on_call(call)
	call:ring("500ms")
	call:answer()
	for _ = 1, 2 do
		call:play("1 for sales, 2 for bills", "3s", { barge = true })
		local queue = queues[call:collect(1, "3s")]
		if queue then
			if call:transfer(queue) then return end
			call:play("nobody has time", "2s")
		end
	end
	call:play("good bye", "1s")
end
