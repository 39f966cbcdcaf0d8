-- A phone of an IMS network calls two telephones: one answers, one is busy.
lab {
	title = "From VoLTE to a telephone",
	topology = "volte-telephone.gv",
	duration = "12s",
}

local alice = node "alice"

script(function()
	sleep "1s"
	local call = alice:invite "tel:+13145552222"
	if wait(call, "confirmed", "6s") then
		sleep "1s"
		call:bye()
	end
	sleep "2s"
	alice:invite "tel:+13145553333"
	sleep "2s"
end)
