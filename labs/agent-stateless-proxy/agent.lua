-- Sends on whatever comes.  Each time under another branch, as if it were new.
function on_request(m)
	forward(m)
end

function on_response(m)
	forward(m)
end
