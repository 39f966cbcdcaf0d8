-- Alice calls Bob, and hears his tone for three seconds.
lab { title = "A phone in Python", topology = "phone.gv" }
script(function()
	sleep "1s"
	local call = node("alice"):invite "sip:bob@a.example"
	sleep "4s"
	call:bye()
end)
