-- Answers whoever asks, echoes what it is told a second later, and passes all
-- else on to the proxy.
store.starts = (store.starts or 0) + 1

function on_start()
	print "The program begins."
end

function on_request(m)
	if m.method == "OPTIONS" then
		return reply(m, 200, { headers = {
			Allow = "OPTIONS, MESSAGE", ["X-Starts"] = store.starts } })
	end
	if m.method == "MESSAGE" and uri(m.uri).user == "echo" then
		reply(m, 202)
		after("1s", function()
			send { method = "MESSAGE", uri = "sip:alice@192.0.2.1",
				to = m:get "From", from = m:get "To",
				call_id = m:get "Call-ID", body = m.body, type = "text/plain" }
		end)
		return
	end
	forward(m, "sip:bob@192.0.2.3", { record_route = true })
end
