goal(function(t)
	return t:first("kind=recv status=200 cseq=INVITE dst=alice")
end, { "Alice hears that Bob has answered", zh = "Alice 得知 Bob 已接听" })
