goal(function(t)
	local last = t:last "kind=binding"
	return last == nil or last.op == "remove" or last.op == "expire", last
end, { "At the end no binding is left", zh = "最后不留下任何绑定" })
