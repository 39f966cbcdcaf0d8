-- A voice menu: its settings say whom the digits 1 to 3 call, or what they play, and which digit counts where none is pressed.
settings "says=text! 1=text 2=text 3=text none=text ring=time plays=time rounds=number"
function on_call(call)
	call:ring(settings.ring or "1s")
	call:answer()
	for _ = 1, tonumber(settings.rounds or 3) do
		call:play(settings.says:gsub("_", " "), settings.plays or "4s", { barge = true })
		local digit = call:collect(1, "3s")
		local target = settings[digit ~= "" and digit or settings.none or "none"]
		if target and target:find "^sip" and call:transfer(target) then return end
		if target then call:play(target:find "^sip" and "nobody is there" or target:gsub("_", " "), "2s") end
	end
	call:play("good bye", "1s")
end
