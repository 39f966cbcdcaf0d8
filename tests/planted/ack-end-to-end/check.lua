goal(function(t)
	return t:first("kind=recv method=ACK src=px dst=bob")
end, { "Bob's 486 is acknowledged", zh = "Bob 的 486 得到确认" })
