-- 实验里发生什么。全部动词见 docs/SCENARIO.md；`rung run 文件夹` 运行它，
-- `rung play 文件夹` 显示它。
lab {
	title = "自己的实验",
	-- 在本文件旁边。
	topology = "network.gv",
	duration = "30s",
}

-- 脚本要用到的拓扑节点。
local alice, bob = node "alice", node "bob"

-- 有事情到来时谁做什么：Bob 的话机自动接听（拓扑中的 answer="2s"），
-- 五秒后 Bob 挂断。
bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)

-- 依次自动发生的事。
script(function()
	wait(bob, "registered")
	sleep "1s"
	alice:invite "sip:bob@example.com"
end)
