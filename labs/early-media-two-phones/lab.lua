-- Alice calls Bob; two of his phones send sound before one of them answers,
-- and that one hangs up.
lab {
	title = "Early media of two phones",
	topology = "early.gv",
	duration = "20s",
}

at("1s", function() node("alice"):invite "sip:bob@example.com" end)

node("mobile"):on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
