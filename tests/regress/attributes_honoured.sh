#!/bin/sh
# Every attribute that docs/TOPOLOGY.md offers a role is honoured by that role: to
# give it another value makes another run.  Each row is a role, an attribute, a
# lab, a topology or a scene (below), a node there that plays the role, and none
# beside it that has the attribute, the value, and what else is set in both
# runs.  A role that is offered an attribute without a row fails, as does a row
# of what is not offered any more.
. tests/fixtures/check.sh

rows="$work/rows"
cat > "$rows" <<'ROWS'
ua|trust|labs/asserted-identity|bob|example.com
ua|identities|labs/asserted-identity|alice|sip:al@atlanta.example.com|alice.preferred=sip:al@atlanta.example.com
ua|redial|labs/busy|alice|true
proxy|fork|labs/early-dialogs|px|sequential
presence|auth|labs/handout-events|pa|true
presence|digest|labs/handout-events|pa|md5|pa.auth=true
presence|transport|labs/handout-events|pa|tcp
presence|watchers|labs/handout-events|pa|confirm
proxy|presence_agent|labs/handout-events|bil|atl
ua|presence|labs/handout-events|bob|self
handset|outbound|labs/handset-call|desk|
handset|answer|labs/handset-malformed|phone|3s
handset|clock|labs/handset-malformed|phone|20MHz
handset|codecs|labs/handset-malformed|phone|PCMA
handset|compact|labs/handset-malformed|phone|true
handset|cpi|labs/handset-malformed|phone|9
handset|expires|labs/handset-malformed|phone|7min
handset|firmware|labs/handset-malformed|phone|nowhere.elf
handset|language|labs/handset-malformed|phone|zh
handset|media|labs/handset-malformed|phone|true
handset|password|labs/handset-malformed|phone|zed
handset|phonebook|labs/handset-malformed|phone|Zed=sip:zed@example.com
handset|ram|labs/handset-malformed|phone|1MB
handset|register|labs/handset-malformed|phone|true
handset|sound|labs/handset-call|phone|tone|phone.media=true
handset|transport|labs/handset-malformed|phone|tcp
proxy|trying|labs/handset-transfer|px|3s
proxy|unlocated|labs/lying-location|px|504
registrar|inbound|labs/lying-location|reg|true
ua|global|labs/media-lines|bob|true
proxy|unanswered|labs/no-answer|bil|480
registrar|service_route|labs/no-answer|atl|bil
location|gone|labs/not-found|bil|bob
presence|blocked|labs/presence|pa|carol
presence|min_expires|labs/presence|pa|100s
presence|admitted|labs/presence|pa|sip:alice@atlanta.example.com|pa.watchers=confirm
redirect|location|labs/redirection|home|away
redirect|permanent|labs/redirection|home|true
redirect|transport|labs/redirection|home|tcp
ua|forward_busy|labs/redirection|desk|sip:zed@example.com
ua|redirect|labs/redirection|alice|ask
registrar|auth|labs/registration|reg|true
registrar|digest|labs/registration|reg|md5|reg.auth=true
registrar|min_expires|labs/registration|reg|100s
ua|update|labs/rfc3311-8|alice|ask
ua|refer_after|labs/rfc3515-4.1|bob|3s
location|think|labs/rfc3665-2.4|registrar|3s
registrar|transport|labs/rfc3665-2.4|registrar|tcp
ua|contact|labs/rfc3665-2.4|bob|sip:zed@192.0.2.77
ua|expires|labs/rfc3665-2.4|bob|7min
ua|password|labs/rfc3665-2.4|bob|zed
proxy|hss|topologies/ims.gv|icscf|
hss|networks|topologies/ims.gv|hss|elsewhere.example
proxy|serving|topologies/ims.gv|icscf|
proxy|settings|topologies/ims.gv|pcscf|scscf=192.0.2.99
registrar|hss|topologies/ims.gv|scscf|
registrar|third_party|topologies/ims.gv|scscf|
script|sim|scene:script|box|impi=box@a.example k=000000000000000000000000000000ff opc=1006020f0a478bf6b699f15c062e42b3
ua|sim|topologies/ims.gv|bob|impi=bob_private@home.example k=000000000000000000000000000000ff opc=1006020f0a478bf6b699f15c062e42b3
ua|ping|labs/rfc3665-2.4|bob|3s
ua|publish|labs/rfc3665-2.4|bob|open
ua|q|labs/rfc3665-2.4|bob|0.5
ua|register|labs/rfc3665-2.4|bob|true
ua|subscribe|labs/rfc3665-2.4|bob|dialog:zed
ua|transport|labs/rfc3665-2.4|bob|tcp
ua|aor|labs/rfc3665-2.5|bob|sip:zed@example.com
ua|registered|labs/rfc3665-2.5|bob|true
proxy|trust|labs/rfc3665-3.10|proxy1|example.com
redirect|use_proxy|labs/rfc3665-3.6|redirect|proxy3
ua|outbound|labs/rfc3665-3.7|alice|proxy2
ua|registers_for|labs/rfc3680-6|app|sip:zed@example.com
voicemail|answer|labs/rfc3842-4.1|vm|3s
voicemail|aor|labs/rfc3842-4.1|vm|sip:zed@example.com
voicemail|transport|labs/rfc3842-4.1|vm|tcp
ua|blocked|labs/rfc3856-8|server|sip:watcher@192.0.2.1
ua|watchers|labs/rfc3856-8|server|confirm
ua|admitted|labs/rfc3856-8|server|sip:watcher@192.0.2.1|server.watchers=confirm
ua|dialogs|labs/rfc3891-7.1|desk|none
ua|replaces|labs/rfc5359-2.11|bob|refuse
ua|accounts|labs/rfc5359-2.13|alice|zed:pw@example.com
ua|screen_in|labs/rfc5359-2.13|bob|example.com
proxy|announcement|labs/rfc5359-2.14|proxy|sip:zed@example.com
proxy|capacity|labs/rfc5359-2.14|proxy|0
proxy|stateless|labs/rfc5359-2.14|proxy|true
ua|screen_out|labs/rfc5359-2.14|alice|example.com
ua|waiting|labs/rfc5359-2.17|bob|true
ua|refer|labs/rfc5359-2.18|bob|refuse
ua|messages|labs/rfc5359-2.6|carol|refuse
proxy|diversion|labs/rfc5359-2.7|proxy|true
ua|services|labs/rfc5359-2.7|GW|phone
ua|find_me|labs/rfc5359-2.8|b1|sip:zed@example.com
proxy|ring_time|labs/rfc5359-2.9|proxy|3s
ua|answer|labs/rfc5407-3.1.1|bob|3s
ua|bandwidth|labs/rfc5407-3.1.1|alice|64
ua|codecs|labs/rfc5407-3.1.1|alice|PCMA
ua|forward_no_answer|labs/rfc5407-3.1.1|bob|sip:zed@example.com
ua|hangup|labs/rfc5407-3.1.1|alice|3s
ua|max_body|labs/rfc5407-3.1.1|bob|0
ua|min_se|labs/rfc5407-3.1.1|alice|3s
ua|no_answer|labs/rfc5407-3.1.1|bob|3s
ua|norefersub|labs/rfc5407-3.1.1|alice|supported
ua|packages|labs/rfc5407-3.1.1|alice|zed
ua|preferred|labs/rfc5407-3.1.1|alice|sip:zed@example.com
ua|privacy|labs/rfc5407-3.1.1|alice|id
ua|progress|labs/rfc5407-3.1.1|bob|183
ua|refresher|labs/rfc5407-3.1.1|alice|uac
ua|reliable|labs/rfc5407-3.1.1|alice|no
ua|require|labs/rfc5407-3.1.1|bob|zed
ua|session_expires|labs/rfc5407-3.1.1|alice|3s
ua|streams|labs/rfc5407-3.1.1|alice|audio video
proxy|early_ended|labs/sequential-forking|px|false
proxy|min_se|labs/session-timer|p1|3s
proxy|auth|labs/strict-router|atl|true
proxy|digest|labs/strict-router|atl|md5|atl.auth=true
controller|aor|labs/third-party|controller|sip:zed@example.com
controller|no_answer|labs/third-party|controller|3s
controller|transport|labs/third-party|controller|tcp
controller|via|labs/third-party|controller|box.a.example
b2bua|throughput|scene:flood|box|1|box.role=b2bua
sbc|throughput|scene:flood|box|1|box.role=sbc
proxy|throughput|scene:flood|box|1|box.role=proxy
proxy|oc|scene:flood|box|true|box.role=proxy
proxy|route|labs/programmed-proxy|px|nowhere.lua
b2bua|outbound|scene:boxed|box|px|box.role=b2bua
b2bua|accounts|scene:boxed|box|box:secret@example.com|box.role=b2bua box.outbound=px px.auth=all
b2bua|password|scene:boxed|box|secret|box.role=b2bua box.outbound=px px.auth=all
b2bua|capacity|scene:boxed|box|0|box.role=b2bua
b2bua|rewrite|scene:boxed|box|bob=eve|box.role=b2bua
b2bua|refers|scene:boxed|box|do|box.role=b2bua
b2bua|ring_time|scene:boxed|box|1ms|box.role=b2bua
sbc|ring_time|scene:boxed|box|1ms|box.role=sbc
sbc|outbound|scene:boxed|box|px|box.role=sbc
sbc|accounts|scene:boxed|box|box:secret@example.com|box.role=sbc box.outbound=px px.auth=all
sbc|password|scene:boxed|box|secret|box.role=sbc box.outbound=px px.auth=all
sbc|capacity|scene:boxed|box|0|box.role=sbc
sbc|rewrite|scene:boxed|box|bob=eve|box.role=sbc
sbc|refers|scene:boxed|box|do|box.role=sbc
controller|outbound|scene:control|ctl|px
ua|lines|scene:control|bob|1
controller|accounts|scene:control|ctl|ctl:secret@example.com|px.auth=all ctl.outbound=px
controller|password|scene:control|ctl|secret|px.auth=all ctl.outbound=px
proxy|recurse|scene:elsewhere|px|true
proxy|inbound|scene:entries|px|true
redirect|inbound|scene:entries|red|true
location|ambiguous|scene:names|px|true
location|number_length|scene:names|px|4
registrar|default_expires|scene:names|px|5min
b2bua|allow|topologies/b2bua.gv|box|Subject
b2bua|anchors|topologies/b2bua.gv|box|true
b2bua|latching|scene:latch|sbc|true|sbc.role=b2bua sbc.anchors=true
b2bua|aor|topologies/b2bua.gv|box|sip:zed@example.com
b2bua|transcode|topologies/b2bua.gv|box|true|box.anchors=true alice.codecs=PCMU
b2bua|codecs|topologies/b2bua.gv|box|PCMA
b2bua|faults|topologies/b2bua.gv|box|call-id
b2bua|hides|topologies/b2bua.gv|box|true
b2bua|min_se|topologies/b2bua.gv|box|100s
b2bua|refresher|topologies/b2bua.gv|box|uas
b2bua|reliable|topologies/b2bua.gv|box|no
b2bua|session_expires|topologies/b2bua.gv|box|100s
b2bua|strip|topologies/b2bua.gv|box|User-Agent
b2bua|transport|topologies/b2bua.gv|box|tcp
b2bua|via|topologies/b2bua.gv|box|box.a.example
proxy|history|topologies/forwarding.gv|proxy|true
proxy|path|topologies/forwarding.gv|proxy|true
proxy|record_route|topologies/forwarding.gv|proxy|false
proxy|session_expires|topologies/forwarding.gv|proxy|3s
proxy|strict_routing|topologies/forwarding.gv|proxy|true
handset|aor|topologies/handset.gv|phone|sip:zed@example.com
presence|inbound|topologies/presence.gv|pa|true
ua|alternative|topologies/race.gv|bob|sip:zed@example.com
ua|busy|topologies/race.gv|bob|true
ua|do_not_disturb|topologies/race.gv|bob|true
ua|forward|topologies/race.gv|bob|sip:zed@example.com
redirect|unlocated|topologies/redirect.gv|red|504|loc.think=2s
sbc|anchors|topologies/sbc.gv|sbc|false
sbc|latching|scene:latch|sbc|false
sbc|aor|topologies/sbc.gv|sbc|sip:zed@example.com
sbc|transcode|topologies/sbc.gv|sbc|true|alice.codecs=PCMU
sbc|codecs|topologies/sbc.gv|sbc|PCMA
sbc|faults|topologies/sbc.gv|sbc|call-id
sbc|hides|topologies/sbc.gv|sbc|false
sbc|min_se|topologies/sbc.gv|sbc|100s
sbc|refresher|topologies/sbc.gv|sbc|uas
sbc|reliable|topologies/sbc.gv|sbc|no
sbc|session_expires|topologies/sbc.gv|sbc|100s
sbc|transport|topologies/sbc.gv|sbc|tcp
sbc|via|topologies/sbc.gv|sbc|sbc.a.example
sbc|allow|topologies/sbc.gv|sbc|Subject|sbc.hides=false
sbc|strip|topologies/sbc.gv|sbc|User-Agent|sbc.hides=false
proxy|transport|topologies/stateless.gv|edge1|tcp
ua|use_proxy|topologies/stateless.gv|bob|edge1
proxy|location|topologies/twenty.gv|w_edge|n_px
registrar|location|topologies/twenty.gv|s_reg|n_px
voicemail|adaptive|topologies/voicemail.gv|vm|true|vm.media=true alice.media=true
voicemail|buffer|topologies/voicemail.gv|vm|20ms|vm.media=true alice.media=true
voicemail|codecs|topologies/voicemail.gv|vm|PCMA
voicemail|media|topologies/voicemail.gv|vm|true
voicemail|rtcp_mux|topologies/voicemail.gv|vm|true|vm.media=true alice.media=true alice.rtcp_mux=true
voicemail|rtcp_xr|topologies/voicemail.gv|vm|true|vm.media=true alice.media=true alice.rtcp_xr=true
voicemail|srtp|topologies/voicemail.gv|vm|offer|vm.media=true alice.media=true alice.srtp=offer bob.srtp=offer
voicemail|inbound|topologies/voicemail.gv|vm|
voicemail|mailboxes|topologies/voicemail.gv|vm|zed
voicemail|record|topologies/voicemail.gv|vm|2s
script|aor|scene:script|box|sip:zed@example.com
script|accounts|scene:script|box|box:pw@a.example
script|inbound|scene:entry|box|true
script|via|scene:script|box|box.a.example
script|outbound|scene:script|box|reg
script|password|scene:script|box|pw
script|program|scene:script|box|other.lua
script|settings|topologies/gb28181.gv|recorder|cameras=2
script|transactions|topologies/script.gv|echo|false
script|transport|scene:script|box|tcp
menu|adaptive|topologies/menu.gv|ivr|true|ivr.media=true alice.media=true
menu|buffer|topologies/menu.gv|ivr|20ms|ivr.media=true alice.media=true
menu|codecs|topologies/menu.gv|ivr|PCMA
menu|media|topologies/menu.gv|ivr|true
menu|rtcp_mux|topologies/menu.gv|ivr|true|ivr.media=true alice.media=true alice.rtcp_mux=true
menu|rtcp_xr|topologies/menu.gv|ivr|true|ivr.media=true alice.media=true alice.rtcp_xr=true
menu|srtp|topologies/menu.gv|ivr|offer|ivr.media=true alice.media=true alice.srtp=offer
menu|aor|topologies/menu.gv|ivr|sip:zed@example.com
menu|inbound|topologies/menu.gv|ivr|
menu|menu|topologies/menu.gv|ivr|
menu|transport|topologies/menu.gv|ivr|tcp
queue|aor|scene:calls|help|sip:zed@example.com
queue|auth|scene:calls|help|true
queue|digest|scene:calls|help|md5|help.auth=true
queue|allow|scene:calls|help|Subject
queue|anchors|scene:calls|help|true
queue|capacity|scene:calls|help|0
queue|codecs|scene:calls|help|PCMA
queue|default_expires|scene:calls|help|5min
queue|faults|scene:calls|help|call-id
queue|hides|scene:calls|help|true
queue|hours|scene:calls|help|08:00-09:00
queue|inbound|topologies/queue.gv|help|false
queue|min_expires|scene:calls|help|200s
queue|min_se|scene:calls|help|100s
queue|overflow|scene:calls|help|sip:carol@192.0.2.33|help.room=0
queue|refresher|scene:calls|help|uas
queue|reliable|scene:calls|help|no
queue|rest|scene:calls|help|3s
queue|ring_time|scene:calls|help|1s
queue|room|scene:calls|help|0
queue|session_expires|scene:calls|help|200s
queue|staff|scene:calls|help|ann
queue|strategy|scene:calls|help|all
queue|strip|scene:calls|help|User-Agent
queue|throughput|scene:calls|help|1
queue|transport|scene:calls|help|tcp
queue|wrap_up|scene:calls|help|40s
conference|accounts|scene:talks|conf|conf:secret@example.com|px.auth=all conf.outbound=px
conference|adaptive|scene:talks|conf|true|conf.media=true alice.media=true
conference|aor|scene:talks|conf|sip:zed@example.com
conference|bandwidth|scene:talks|conf|64
conference|buffer|scene:talks|conf|20ms|conf.media=true alice.media=true
conference|codecs|scene:talks|conf|PCMA
conference|ends|scene:talks|conf|last
conference|factory|scene:talks|conf|redirect
conference|inbound|scene:talks|conf|false
conference|media|scene:talks|conf|true
conference|rtcp_mux|scene:talks|conf|true|conf.media=true alice.media=true alice.rtcp_mux=true
conference|rtcp_xr|scene:talks|conf|true|conf.media=true alice.media=true alice.rtcp_xr=true
conference|srtp|scene:talks|conf|offer|conf.media=true alice.media=true alice.srtp=offer
conference|min_se|scene:talks|conf|100s
conference|most|scene:talks|conf|2
conference|outbound|scene:talks|conf|px
conference|password|scene:talks|conf|secret|px.auth=all conf.outbound=px conf.aor=sip:conf@example.com
conference|refresher|scene:talks|conf|uas
conference|rooms|scene:talks|conf|sales
conference|session_expires|scene:talks|conf|100s
conference|streams|scene:talks|conf|audio video
conference|transport|scene:talks|conf|tcp
conference|via|scene:talks|conf|box.a.example
ua|conferences|scene:talks|alice|unaware
gateway|accounts|scene:trunks|gw|gw:secret@a.example|px.auth=all gw.password=zed
gateway|aor|scene:trunks|gw|sip:zed@example.com
gateway|codecs|scene:trunks|gw|PCMA
gateway|continuity|scene:trunks|gw|good
gateway|country|scene:trunks|gw|49
gateway|inbound|scene:trunks|gw|false
gateway|interworking|scene:trunks|gw|true
gateway|isup|scene:trunks|gw|sip-t
gateway|media|scene:trunks|gw|true
gateway|outbound|scene:trunks|gw|
gateway|overlap|scene:trunks|gw|collect
gateway|password|scene:trunks|gw|secret|px.auth=all alice.password=zed gw.domain=a.example gw.inbound=false
gateway|point_code|scene:trunks|gw|7
gateway|routes|scene:trunks|gw|212:nobody
gateway|rtcp_mux|scene:trunks|gw|true|gw.media=true alice.media=true alice.rtcp_mux=true
gateway|rtcp_xr|scene:trunks|gw|true|gw.media=true alice.media=true alice.rtcp_xr=true
gateway|srtp|scene:trunks|gw|offer|gw.media=true alice.media=true alice.srtp=offer
gateway|t11|scene:trunks|gw|0s
gateway|transport|scene:trunks|gw|tcp
gateway|trunks|scene:trunks|gw|ex:7
gateway|uri|scene:trunks|gw|tel
gateway|via|scene:trunks|gw|gw.a.example
switch|acm|scene:trunks|ex|early
switch|continuity|scene:trunks|ex|good
switch|interworking|scene:trunks|ex|true
switch|pick_up|scene:trunks|ex|1s
switch|point_code|scene:trunks|ex|7
switch|refuses|scene:trunks|ex|2125550101:17
switch|rings_out|scene:trunks|ex|1s
switch|routes|scene:trunks|ex|1:nobody
switch|t6|scene:trunks|ex|2s
switch|telephones|scene:trunks|ex|2125550102
switch|trunks|scene:trunks|ex|gw:7
stun|fingerprint|scene:remedies|st|false
ua|stun|scene:remedies|bob|st
ua|stun_tries|scene:remedies|bob|2|bob.stun=nobody
ua|rport|scene:remedies|bob|false
ua|keepalive|scene:remedies|bob|crlf
ua|keepalive_every|scene:remedies|bob|10s|bob.keepalive=crlf
ua|flows|scene:remedies|bob|1
ua|media|labs/two-proxies|alice|true
mgc|aor|labs/media-gateway|mgc|sip:zed@example.com
mgc|transport|labs/media-gateway|mgc|tcp
mgc|inbound|labs/media-gateway|mgc||mgc.trunk=exchange.example
mgc|gateways|labs/media-gateway|mgc|mg1
mgc|digit_map|labs/media-gateway|mgc|(8x.)
mgc|trunk|labs/media-gateway|mgc|exchange.example
mgc|megaco_form|labs/media-gateway|mgc|short
mg|megaco_form|labs/media-gateway|mg1|short
mg|controller|labs/media-gateway|mg1|
mg|telephones|labs/media-gateway|mg1|A1=8009
mg|codecs|labs/media-gateway|mg1|PCMA
mg|media|labs/media-gateway|mg1|false
ua|dtmf|labs/dtmf|phone|events|phone.media=true bob.media=true phone.codecs=PCMU,telephone-event bob.codecs=PCMU,telephone-event
ua|sound|labs/two-proxies|alice|tone|alice.media=true bob.media=true
ua|media_transport|labs/two-proxies|alice|tcp|alice.media=true bob.media=true bob.media_transport=tcp
ua|media_setup|labs/two-proxies|alice|active|alice.media=true bob.media=true bob.media_transport=tcp alice.media_transport=tcp
ua|ice|labs/two-proxies|alice|full|alice.media=true bob.media=true bob.ice=lite
ua|maxptime|labs/two-proxies|alice|10|alice.media=true bob.media=true
ua|ptime|labs/two-proxies|alice|60|alice.media=true bob.media=true
ua|rtcp_mux|labs/two-proxies|alice|true|alice.media=true bob.media=true bob.rtcp_mux=true
ua|rtcp_xr|labs/two-proxies|alice|true|alice.media=true bob.media=true bob.rtcp_xr=true
ua|early_sound|labs/two-proxies|bob|music|alice.media=true bob.media=true bob.progress=183
ua|hold_music|labs/rfc5359-2.1|bob|true|bob.media=true alice.media=true
ua|buffer|labs/two-proxies|alice|20ms|alice.media=true bob.media=true
ua|adaptive|labs/two-proxies|alice|true|alice.media=true bob.media=true
ua|srtp|labs/two-proxies|alice|offer|alice.media=true bob.media=true bob.srtp=offer
proxy|via|labs/two-proxies|px|proxy.example.com
ua|via|labs/two-proxies|alice|alice.example.com
ua|browser|topologies/websocket.gv|bob|false
ua|instance|scene:remedies|bob|urn:x:1|bob.flows=1
ua|gruu|scene:remedies|bob|public
proxy|edge_proxy|scene:remedies|near|true|bob.flows=1 bob.outbound=near
proxy|alias|scene:remedies|near|true|bob.outbound=near
registrar|alias|scene:remedies|server|true
registrar|flow_timer|scene:remedies|server|10s|bob.flows=1
nat|mapping|scene:nat|home|address
nat|ports|scene:nat|home|random
nat|timeout|scene:nat|home|10s
nat|refresh|scene:nat|home|both
nat|bindings|scene:nat|home|1
nat|filtering|scene:nat|home|endpoint
nat|alg|scene:nat|home|contact
nat|hairpin|scene:nat|home|false
nat|tcp_timeout|scene:nat|home|2h|bob.transport=tcp
nat|tcp_transitory|scene:nat|home|5min|bob.transport=tcp
dns|bailiwick|labs/dns-poisoned|ns1|true
dns|hints|topologies/dns.gv|ns1|ns1
proxy|enum|scene:number|px|e164.arpa
dns|lies|topologies/dns.gv|ns2|px2.biloxi.example.com=192.0.2.66
dns|recursion|topologies/dns.gv|ns1|false
dns|reply|topologies/dns.gv|ns2|truncated
dns|think|topologies/dns.gv|ns2|1s
dns|ttl|topologies/dns.gv|ns2|7min
dns|zone|topologies/dns.gv|ns2|nowhere.zone
proxy|srv|scene:served|px|5 5
registrar|srv|scene:served|px|5 5
redirect|srv|scene:served|red|5 5
ROWS

# What each role has that is reached by TLS and asks name servers: one who looks
# at its certificate, and shows one, asks it; two name servers answer it.
while read -r role more; do
	program=
	[ "$role" != script ] || program=', program="box.lua"'
	mkdir "$work/tls-$role" "$work/dns-$role"
	echo 'function on_start() end' |
		tee "$work/tls-$role/box.lua" > "$work/dns-$role/box.lua"
	cat > "$work/tls-$role/t.gv" <<GV
graph t {
	alice [role=ua, addr="192.0.2.1", transport=tls, client_certificate=true]
	box [role="$role${more:+ $more}", addr="192.0.2.2"$program]
	alice -- box
}
GV
	cat > "$work/tls-$role/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
script(function()
	node("alice"):send { method = "OPTIONS",
		uri = "sip:zed@192.0.2.2;transport=tls" }
end)
LUA
	cat > "$work/dns-$role/t.gv" <<GV
graph t {
	box [role="$role${more:+ $more}"$program]
	ns1 [role=dns]
	ns2 [role=dns]
	bob [role=proxy, domain="b.example"]
	box -- r; ns1 -- r; ns2 -- r; bob -- r
}
GV
	cat > "$work/dns-$role/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
script(function()
	node("box"):send { method = "OPTIONS", uri = "sip:zed@b.example" }
end)
LUA
	while read -r scene attr value also; do
		echo "$role|$attr|scene:$scene-$role|box|$value|$also"
	done <<'ATTRS'
tls tls 1.2
tls certificate key=rsa
tls certificate_fault expired
tls client_certificate true
tls trusts nobody box.client_certificate=true
dns dns ns2
ATTRS
done >> "$rows" <<'ROLES'
ua
voicemail
menu
controller
b2bua
sbc
queue
conference
script
gateway
proxy
registrar location
redirect location
presence
ROLES

# Places for what no lab has: a controller and two callers at once; names and
# numbers that are looked up; two servers where a domain may be entered; a user
# whom his proxy finds at another domain's redirect server; a box before a proxy
# that asks for passwords.
mkdir -p "$work/control" "$work/names" "$work/entries" "$work/elsewhere" \
	"$work/boxed"
cat > "$work/control/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	ctl [role=controller]
	px [role=proxy, inbound=true]
	bob [role=ua, addr="192.0.2.33", answer="1s"]
	carol [role=ua, addr="192.0.2.34", answer="1s"]
	dave [role=ua, addr="192.0.2.35"]
	ctl -- r; px -- r; bob -- r; carol -- r; dave -- r
}
GV
cat > "$work/control/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "30s" }
script(function()
	node("ctl"):connect("sip:bob@192.0.2.33", "sip:carol@192.0.2.34")
	node("dave"):invite "sip:bob@192.0.2.33"
end)
LUA
cat > "$work/names/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	px [role="proxy registrar location"]
	a [role=ua, aor="sip:ann.smith@example.com", registered=true]
	b [role=ua, aor="sip:bob.smith@example.com", registered=true]
	px -- a; px -- b
}
GV
cat > "$work/names/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "30s" }
script(function()
	node("a"):send { method = "REGISTER", uri = "sip:example.com", headers = {
		To = "<sip:ann.smith@example.com>",
		From = "<sip:ann.smith@example.com>;tag=1",
		Contact = "<sip:ann.smith@192.0.2.9>" } }
	node("a"):invite "sip:smith@example.com"
	node("b"):invite "sip:123@example.com"
end)
LUA
cat > "$work/entries/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	px [role=proxy]
	red [role=redirect, use_proxy=px]
	bob [role=ua, domain="b.example"]
	px -- red; px -- bob
}
GV
cat > "$work/entries/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "30s" }
script(function() node("bob"):invite "sip:carol@example.com" end)
LUA

cat > "$work/elsewhere/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	px [role="proxy location"]
	red [role="redirect location", domain="old.example"]
	bob [role=ua, addr="192.0.2.33"]
	alice [role=ua]
	px -- red; px -- alice; px -- bob
	px [ip_forward=true]
}
GV
cat > "$work/elsewhere/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "30s" }
script(function()
	node("px"):bind("bob", "sip:bob@old.example")
	node("red"):bind("sip:bob@old.example", "sip:bob@192.0.2.33")
	node("alice"):invite "sip:bob@example.com"
end)
LUA

cat > "$work/boxed/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	alice [role=ua, outbound=box]
	box [role=b2bua]
	px [role=proxy, inbound=true]
	bob [role=ua, addr="192.0.2.33", answer="1s"]
	alice -- r; box -- r; px -- r; bob -- r
}
GV
cat > "$work/boxed/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "30s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.33"
	sleep "3s"
	if call.state == "confirmed" then
		call:transfer "sip:bob@192.0.2.33"
	end
end)
LUA

mkdir -p "$work/flood"
cat > "$work/flood/t.gv" <<'GV'
graph t {
	alice [role=ua, outbound=box]
	box [role=b2bua]
	bob [role=ua]
	alice -- box -- bob
}
GV
cat > "$work/flood/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "30s" }
script(function()
	for i = 1, 6 do
		node("alice"):invite "bob"
	end
end)
LUA

# A program that registers and is refused.
mkdir -p "$work/script"
cat > "$work/script/t.gv" <<'GV'
graph t {
	graph [domain="a.example"]
	box [role=script, program="box.lua"]
	reg [role="registrar location proxy", auth=true, inbound=true]
	alice [role=ua, password=other]
	box -- reg
	alice -- reg
}
GV
cat > "$work/script/box.lua" <<'LUA'
function on_start()
	send { method = "REGISTER", uri = "sip:a.example", to = "<sip:box@a.example>" }
	send { method = "OPTIONS", uri = "sip:zed@192.0.2.200" }
end
LUA
sed 's/OPTIONS/MESSAGE/' "$work/script/box.lua" > "$work/script/other.lua"
cat > "$work/script/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
script(function()
	sleep "30s"
end)
LUA
# … and one that a domain's requests come to, or not.
mkdir -p "$work/entry"
cp "$work/script/box.lua" "$work/entry"
cat > "$work/entry/t.gv" <<'GV'
graph t {
	box [role=script, program="box.lua", domain="b.example"]
	alice [role=ua]
	box -- alice
}
GV
cat > "$work/entry/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
script(function()
	pcall(function()
		node("alice"):message("sip:bob@b.example", "hello")
	end)
end)
LUA

# A queue whose agents are one who answers, one who does not, and one who has
# not said for how long he is there; conferences that are called and that call.
# A gateway and an exchange: calls in both directions.
mkdir -p "$work/trunks"
cat > "$work/trunks/t.gv" <<'GV'
graph t {
	alice [role=ua, domain="a.example", outbound=px, answer="1s",
	       aor="sip:+13145551111@a.example", registered=true]
	px [role="proxy registrar location", domain="a.example"]
	gw [role=gateway, domain="gw.example", inbound=true, outbound=px,
	    trunks="ex:7-9"]
	ex [role=switch, trunks="gw:7-9", telephones="2125550101 2125550109"]
	alice -- px -- gw -- ex
}
GV
cat > "$work/trunks/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
local alice, ex = node "alice", node "ex"
script(function()
	alice:invite "sip:+12125550101@gw.example"
	sleep "4s"
	pcall(function() ex:put_down "2125550101" end)
	sleep "5s"
	pcall(function() ex:hang_up "2125550101" end)
	pcall(function() ex:dial { digits = "001314555", later = "1111", from = "2125550109" } end)
	sleep "10s"
	alice:invite "sip:5550101@gw.example"
	sleep "2s"
end)
LUA

mkdir -p "$work/calls" "$work/talks"
cat > "$work/calls/t.gv" <<'GV'
graph t {
	graph [start="2026-01-05T07:00:00Z"]
	{
		node [domain="shop.example.com"]
		help [role=queue, inbound=true]
		ann [role=ua, answer="3s", register=true, expires="100s"]
		ben [role=ua, answer=never, register=true]
	}
	{
		node [hangup="60s"]
		alice [role=ua, addr="192.0.2.31"]
		bob [role=ua, addr="192.0.2.32"]
	}
	carol [role=ua, addr="192.0.2.33", answer="1s"]
	help -- r; ann -- r; ben -- r; alice -- r; bob -- r; carol -- r
}
GV
cat > "$work/calls/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "5min" }
script(function()
	node("ann"):send { method = "REGISTER", uri = "sip:shop.example.com",
		headers = {
			To = "<sip:eve@shop.example.com>",
			From = "<sip:ann@shop.example.com>;tag=1",
			Contact = "<sip:eve@192.0.2.9>" } }
	sleep "1s"
	local call = node("alice"):invite "sip:help@shop.example.com"
	for _, who in ipairs { "bob", "carol", "bob", "carol" } do
		node(who):invite "sip:help@shop.example.com"
	end
	sleep "40s"
	if call.state == "confirmed" then
		call:transfer "sip:carol@192.0.2.33"
	end
end)
LUA
cat > "$work/talks/t.gv" <<'GV'
graph t {
	conf [role=conference, domain="conf.example.com", inbound=true,
		rooms=lecture]
	px [role=proxy, inbound=true, domain="example.com"]
	{
		node [answer="1s", refer=anywhere, domain="example.com"]
		alice [role=ua, addr="192.0.2.1"]
		bob [role=ua, addr="192.0.2.2"]
		carol [role=ua, addr="192.0.2.3"]
		dora [role=ua, addr="192.0.2.4"]
	}
	conf -- r; px -- r; alice -- r; bob -- r; carol -- r; dora -- r
}
GV
cat > "$work/talks/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "60s" }
script(function()
	local alice, bob = node "alice", node "bob"
	local hers = alice:invite "sip:lecture@conf.example.com"
	local his = bob:invite "sip:carol@192.0.2.3"
	sleep "3s"
	if hers.state == "confirmed" then
		node("conf"):bring("sip:dora@192.0.2.4", { room = "lecture" })
	end
	local made = his:confer "conf"
	sleep "5s"
	if made.state == "confirmed" then made:bye() end
end)
LUA

# A phone behind a NAT, and what may help it.
mkdir -p "$work/remedies"
cat > "$work/remedies/t.gv" <<'GV'
graph {
	bob [role=ua, domain="example.com", outbound=server, register=true,
	     addr="192.168.1.20"]
	home [role=nat, faces="inside=192.168.1.1 outside=203.0.113.7",
	      ports=sequential]
	bob -- home:inside
	near [role=proxy, domain="example.net", addr="192.0.2.11"]
	server [role="proxy registrar location", domain="example.com",
	        addr="192.0.2.10"]
	st [role=stun, addr="192.0.2.70"]
	asker [role=ua, addr="192.0.2.31", stun=st]
	nobody [role=stun, addr="192.0.2.71"]
	alice [role=ua, domain="example.com", outbound=server,
	       addr="192.0.2.30"]
	net; home:outside -- net
	net -- { near server st asker alice }
	gone; nobody -- gone; gone -- net [loss="100%"]
}
GV
cat > "$work/remedies/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "100s" }
script(function()
	sleep "60s"
	node("alice"):invite "bob"
end)
LUA

# Behind a NAT, whom one from outside and one from inside call where it is seen.
mkdir -p "$work/latch"
cat > "$work/latch/t.gv" <<'GV'
graph {
	alice [role=ua, addr="10.0.0.7", outbound=sbc, media=true]
	nat   [role=nat, faces="inside=10.0.0.1 outside=198.51.100.1"]
	net   [role=""]
	sbc   [role=sbc, addr="192.0.2.1"]
	bob   [role=ua, addr="192.0.2.20", outbound=sbc, media=true, answer="1s"]
	alice -- nat:inside
	nat:outside -- net
	net -- { sbc bob }
}
GV
cat > "$work/latch/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "10s" }
script(function()
	node("alice"):invite "sip:bob@192.0.2.20"
end)
LUA

mkdir -p "$work/nat"
cat > "$work/nat/t.gv" <<'GV'
graph {
	bob [role=ua, domain="example.com", outbound=server, register=true,
	     addr="192.168.1.20"]
	carol [role=ua, addr="192.168.1.21"]
	home [role=nat, faces="inside=192.168.1.1 outside=203.0.113.7"]
	bob -- home:inside; carol -- home:inside
	server [role="proxy registrar location", domain="example.com",
	        addr="192.0.2.10"]
	alice [role=ua, addr="192.0.2.30"]
	net; home:outside -- net; net -- { server alice }
}
GV
cat > "$work/nat/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "400s" }
script(function()
	sleep "2s"
	node("carol"):options "sip:alice@192.0.2.30"
	sleep "2s"
	node("alice"):options "sip:carol@203.0.113.7:49152"
	node("alice"):options "sip:bob@203.0.113.7:5060"
	node("carol"):options "sip:bob@203.0.113.7:5060"
end)
LUA

# Servers of two domains that a name server leads to.
mkdir -p "$work/served"
cat > "$work/served/t.gv" <<'GV'
graph t {
	ns [role=dns]
	px [role="proxy registrar location", domain="a.example"]
	red [role="redirect location", domain="b.example"]
	alice [role=ua]
	ns -- r; px -- r; red -- r; alice -- r
}
GV
cat > "$work/served/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "20s" }
script(function()
	for _, domain in ipairs { "a", "b" } do
		pcall(function()
			node("alice"):message("sip:bob@" .. domain .. ".example", "hello")
		end)
	end
end)
LUA

# A telephone number, of which a name server may know.
mkdir -p "$work/number"
cat > "$work/number/t.gv" <<'GV'
graph t {
	ns [role=dns]
	px [role=proxy, domain="a.example"]
	alice [role=ua, outbound=px]
	ns -- r; px -- r; alice -- r
}
GV
cat > "$work/number/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "20s" }
script(function()
	node("alice"):options "tel:+15550100"
end)
LUA

# The records of a run, or why there is none.
outcome() { # SETTING…
	source=$place
	case $place in scene:*) source=$work/${place#scene:}/lab.lua ;; esac
	# Who talks sends fifty packets a second, as long as nobody hangs up; a
	# handset's board computes as long as it has power.
	until=2h
	case "$place $*" in
	labs/handset-transfer*) until=30s ;;
	*/handset* | labs/dtmf*) until=9s ;;
	*media=true* | scene:latch*) until=30s ;;
	esac
	if "$RUNG" run -q --until=$until -o "$work/o.jsonl" "$source" "$@" \
		> "$work/said" 2>&1; then
		tail -n +2 "$work/o.jsonl"
	else cat "$work/said"; fi
}

# Rows of one place stand together, so that it is run once as it is.
before=''
while IFS='|' read -r role attr place node value also; do
	others=''
	for setting in $also; do others="$others --set=$setting"; done
	# shellcheck disable=SC2086
	[ "$before" = "$place $also" ] || outcome $others > "$work/without"
	before="$place $also"
	# shellcheck disable=SC2086
	outcome "--set=$node.$attr=$value" $others > "$work/with"
	if cmp -s "$work/without" "$work/with"; then
		cp "$work/said" "$work/.output"
		bad "$role, $attr" "$node.$attr=$value changes nothing in $place"
	else good; fi
done < "$rows"

# The reference's rows: an attribute and the roles that have it, both in
# backticks; "any" is for every node.
sed -n '/^### Attributes of nodes/,/^### Attributes of links/p' \
	docs/TOPOLOGY.md | awk -F '|' 'NF > 6 && $2 ~ /`/ {
		gsub(/[` ]/, "", $2); gsub(/[` ]/, "", $5)
		n = split($5, roles, ",")
		for (i = 1; i <= n; i++)
			if (roles[i] != "any") print roles[i] "|" $2
	}' | sort > "$work/offered"
cut -d '|' -f 1,2 "$rows" | sort > "$work/asked"
if diff "$work/offered" "$work/asked" > "$work/.output"; then good; else
	bad "every role is asked for each of its attributes" \
		"< is offered, > has a row"
fi
finish
