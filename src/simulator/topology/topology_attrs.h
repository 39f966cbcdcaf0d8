/*
 * rung's own attributes of topology files: one row each, from which come the
 * checks, the suggestions and the reference in docs/TOPOLOGY.md.
 *
 * Columns: name; who may have it, and EXPERIMENTAL if it may change in any
 * version; the roles, or traits of roles, that it belongs to; the form of its
 * value; what the form needs (words, or the least and greatest integer; of a
 * time the least in seconds, and the greatest number without a unit that is
 * taken for seconds without a remark); the values this version can use (ALL,
 * NONE, or words); the value where none is given ("" for none); what it does.
 */
#ifndef TOPOLOGY_TOPOLOGY_ATTRS_H
#define TOPOLOGY_TOPOLOGY_ATTRS_H

#include "base/i18n.h"

#define ALL  NULL
#define NONE ""
/* Beside its owners (docs/BUILD.md: stable, experimental). */
#define EXPERIMENTAL 16U

/* RFC 3323 4.2, RFC 3325 9.3, RFC 7044 10.1. */
#define PRIVACY_WORDS "header session user none critical id history"

/* clang-format off */
#define TOPOLOGY_ATTRS(X)                                                      \
	X(seed, GRAPH, ANY, INTEGER, "0 18446744073709551615", ALL, "1",       \
	    N_("the seed of the run's random numbers"))                        \
	X(duration, GRAPH, ANY, TIME, "0 199", ALL, "",                        \
	    N_("virtual time after which the run ends"))                       \
	X(start, GRAPH, ANY, DATE, "", ALL, "",                                \
	    N_("the date at time 0; default 2020-01-01T00:00:00Z"))                                         \
	X(domain, GRAPH | CLUSTER | NODE, ANY, HOST, "", ALL, "",              \
	    N_("the SIP domain; default: the domain of the node's innermost cluster, or of the graph"))                         \
	X(label, GRAPH | CLUSTER | NODE, ANY, FREE, "", ALL, "",               \
	    N_("a label for people; on the graph, the title of the run"))        \
	X(role, NODE, ANY, ROLES, "", ALL, "",                                 \
	    N_("the roles of the node, one or more words; a node without a role is a router"))                                                 \
	X(addr, NODE, ANY, ADDRESS, "", ALL, "",                               \
	    N_("its IP address, optionally with a port; default: an address is assigned"))\
	X(faces, NODE | EXPERIMENTAL, ANY, FACES, "", ALL, "",                                \
	    N_("its addresses, if it has several, each with a name; a link names the face at which it ends (bob -- sbc:inside)"))                \
	X(outside, NODE, ANY, BOOL, "", ALL, "false",                          \
	    N_("a real program plays this node (rung live): its messages come from outside the run, and messages to it leave the run"))     \
	X(aor, NODE, AGENTS, URI, "", ALL, "",                                 \
	    N_("the address-of-record of its user; several phones can share one; default: made from the node's name and domain"))     \
	X(password, NODE, CALLERS | R(handset), FREE, "", ALL, "",             \
	    N_("the password of its user, for servers that require authentication"))          \
	X(accounts, NODE, CALLERS, ACCOUNTS, "", ALL, "",                      \
	    N_("further credentials of its user, \"name:password@realm\", separated by spaces"))        \
	X(sim, NODE, R(ua) | R(script), SIM, "", ALL, "",                      \
	    N_("the data of its SIM, which the home subscriber server of its domain also knows, \"impi=bob@a.example k=… opc=… sqn=…\": private identity, key, operator's key, last sequence number"))  \
	X(outbound, NODE, CALLERS | R(handset), NODE_NAMES, "", ALL, "",       \
	    N_("the proxies that receive all its requests (a preloaded Route); if one does not answer, the next is used"))                  \
	X(transport, NODE, AGENTS | SERVERS | R(presence), WORD, "udp tcp tls ws wss",\
	    ALL, "udp",                                                        \
	    N_("the transport at which it is reached, and which carries the requests that it originates"))                                          \
	X(browser, NODE, PHONES, BOOL, "", ALL, "false",                       \
	    N_("with transport ws or wss: it is a phone in a browser (RFC 7118). It accepts no connections and is called over its own; its Via and Contact contain a name that is not resolved"))                                                          \
	X(tls, NODE, SPEAKERS, WORDS, "1.2 1.3", ALL,                          \
	    "1.2 1.3",                                                         \
	    N_("the TLS versions that it supports"))                          \
	X(certificate, NODE, SPEAKERS, CERTIFICATE, "", ALL, "",               \
	    N_("the contents of its certificate, \"name=sip:a.example,a.example issuer=CA from=2020-01-01 until=2021-01-01 key=rsa\"; defaults: its own names and addresses, issued by the root that all nodes trust"))                                         \
	X(certificate_fault, NODE, SPEAKERS, WORD,                             \
	    "wrong-name expired self-signed unknown-issuer garbled downgrade", \
	    ALL, "",                                                           \
	    N_("the error in its certificate; downgrade: a node on the path removes TLS 1.3 from the offer"))             \
	X(trusts, NODE, SPEAKERS, FREE, "", ALL,                               \
	    "rung root CA",                                                    \
	    N_("the issuers that it trusts, separated by commas"))                                                     \
	X(client_certificate, NODE, SPEAKERS, BOOL, "",                        \
	    ALL, "false",                                                      \
	    N_("requires a certificate from TLS clients, and sends its own if a server requires one"))                                        \
	X(register, NODE, PHONES | R(handset), BOOL, "", ALL, "false",         \
	    N_("registers automatically when the run starts, refreshes, and tries again after a failure"))                                 \
	X(registered, NODE, PHONES, BOOL, "", ALL, "false",                    \
	    N_("is registered before the run begins: its binding exists, and it has a nonce of each server that requires passwords"))     \
	X(registers_for, NODE, PHONES, WHOM, "", ALL, "",                      \
	    N_("the addresses-of-record of other users whose bindings it may change"))                                                      \
	X(expires, NODE, PHONES | R(handset), TIME, "0 86400", ALL, "1h",      \
	    N_("the lifetime that it requests for a registration"))             \
	X(contact, NODE, PHONES, URI, "", ALL, "",                             \
	    N_("the Contact that it sends; default: made from its address"))   \
	X(q, NODE, PHONES, QVALUE, "", ALL, "1",                               \
	    N_("the preference of its Contact among the contacts of one user"))       \
	X(answer, NODE, PHONES | R(handset) | R(voicemail), TIME_OR_NEVER,     \
	    "0 199", ALL, "2s",                                                \
	    N_("how long it rings before it answers a call automatically; a handset without this waits for keys"))             \
	X(hangup, NODE, PHONES, TIME, "0 199", ALL, "",                        \
	    N_("the duration after which it ends the call automatically"))        \
	X(busy, NODE, PHONES, BOOL, "", ALL, "false",                          \
	    N_("rejects every call with 486 Busy Here"))                       \
	X(do_not_disturb, NODE, PHONES, BOOL, "", ALL, "false",                \
	    N_("rejects every call with 480, without ringing"))                \
	X(no_answer, NODE, PHONES | R(controller), TIME, "0 199", ALL, "",     \
	    N_("how long it rings before it rejects the call with 480; on a controller, how long the second party rings"))          \
	X(progress, NODE, PHONES, WORD, "180 183 none", ALL, "180",            \
	    N_("its response before it answers: 180 Ringing, 183 Session Progress with media, or none"))                             \
	X(hides, NODE, BOXES, BOOL, "", ALL, "",                               \
	    N_("hides the network of each side from the other: proxies, product names, the path of a call; default true on an SBC"))    \
	X(anchors, NODE, BOXES, BOOL, "", ALL, "",                             \
	    N_("relays media through its own addresses and ports, on both legs; default true on an SBC"))  \
	X(latching, NODE, PASSERS, BOOL, "", ALL, "",                          \
	    N_("sends relayed media back to the address from which the peer's media come, not to the address in SDP; default true on an SBC"))                   \
	X(transcode, NODE, PASSERS, BOOL, "", ALL, "false",                    \
	    N_("if media go through it: converts between PCMU and PCMA when each leg supports only one of them"))           \
	X(strip, NODE, BOXES, FIELDS, "", ALL, "",                             \
	    N_("header fields that it does not copy to the other leg, separated by spaces"))  \
	X(allow, NODE, BOXES, FIELDS, "", ALL, "",                             \
	    N_("the only header fields that it copies to the other leg"))      \
	X(rewrite, NODE, PASSERS, REWRITES, "", ALL, "",                       \
	    N_("number prefixes that it replaces, \"00=+ 0=+49\": the first prefix that matches the user part is replaced"))                     \
	X(refers, NODE, PASSERS, WORDS, "pass do rollback", ALL, "pass",       \
	    N_("how it handles a REFER in a call: it relays it, or executes it itself; with \"do rollback\", the first call also resumes if the target hangs up before the transferor does")) \
	X(faults, NODE, BOXES, WORDS, PAIR_FAULT_WORDS, ALL, "",               \
	    N_("errors that have been found in real B2BUAs, words separated by spaces: it keeps the Call-ID on both legs (call-id), starts Max-Forwards again (max-forwards), loses the Record-Route of its 2xx (record-route), uses the address of the other leg in Contact (contact), answers a hold itself (hold), counts RSeq as if all early dialogs were one (rseq)"))                \
	X(reliable, NODE, PHONES | BOXES, WORD, "no supported required", ALL,  \
	    "supported",                                                       \
	    N_("reliable provisional responses (100rel, RFC 3262): not supported, used if the peer or a script requests them, or always used"))     \
	X(update, NODE, PHONES, WORD, "accept ask", ALL, "accept",             \
	    N_("how it handles an UPDATE that changes the session: it accepts it, or rejects it with 504 because its user must be asked"))  \
	X(refuse_changes, NODE, PHONES, INTEGER, "300 699", ALL, "",           \
	    N_("the status, for example 488, with which it rejects each change of its calls (re-INVITE, and UPDATE with an offer); the calls continue unchanged"))                                \
	X(lines, NODE, PHONES, INTEGER, "1 1000", ALL, "",                     \
	    N_("the maximum number of calls at the same time; further calls get 486"))          \
	X(waiting, NODE, PHONES, BOOL, "", ALL, "false",                       \
	    N_("a call that finds no free line waits, with 182 Queued"))     \
	X(global, NODE, PHONES, BOOL, "", ALL, "false",                        \
	    N_("responds for all phones of its user: 600, 603, 604 and 606 instead of 486, 480, 404 and 488"))                            \
	X(max_body, NODE, PHONES, INTEGER, "0 65535", ALL, "",                 \
	    N_("the maximum size of a body in bytes; larger bodies get 413"))                \
	X(require, NODE, PHONES, OPTION_TAG, "", ALL, "",                      \
	    N_("an extension that callers must support; others get 421"))            \
	X(forward, NODE, PHONES, URI, "", ALL, "",                             \
	    N_("redirects every call with 302 Moved Temporarily"))       \
	X(forward_busy, NODE, PHONES, URI, "", ALL, "",                        \
	    N_("redirects calls that it would reject with 486"))             \
	X(forward_no_answer, NODE, PHONES, URI, "", ALL, "",                   \
	    N_("redirects calls that are not answered in time"))               \
	X(find_me, NODE, PHONES, URIS, "", ALL, "",                            \
	    N_("the places of its user: URIs separated by spaces, which a proxy (services=proxy) tries one after another"))            \
	X(preferred, NODE, PHONES, URI, "", ALL, "",                           \
	    N_("the identity that it asks the network to assert (P-Preferred-Identity)"))                                      \
	X(privacy, NODE, PHONES, PRIVACY, PRIVACY_WORDS, ALL, "",              \
	    N_("the privacy that its user requests: values of Privacy (RFC 3323) such as id or \"id;critical\"; From is then anonymous"))                                              \
	X(screen_in, NODE, PHONES, WHOM, "", ALL, "",                          \
	    N_("the callers that its user blocks: URIs, domains and local user names, separated by spaces; the proxy that required authentication rejects them with 403"))                             \
	X(screen_out, NODE, PHONES, WHOM, "", ALL, "",                         \
	    N_("the callees that its user may not call, in the same form"))                        \
	X(identities, NODE, PHONES, URIS, "", ALL, "",                         \
	    N_("further URIs of its user, next to the address-of-record; a proxy may assert them"))                                       \
	X(services, NODE, PHONES, WORD, "phone proxy", ALL, "phone",           \
	    N_("which node forwards its user's calls: the phone itself, with 302, or the proxy of its domain"))                                  \
	X(alternative, NODE, PHONES, URI, "", ALL, "",                         \
	    N_("rejects every call with 380 and this alternative service"))          \
	X(refer, NODE, PHONES, WORD, "accept refuse anywhere", ALL, "accept",  \
	    N_("how it reacts when the peer of a call transfers it: it calls the target, or declines with 603; anywhere: it accepts a transfer from any user"))                              \
	X(refer_after, NODE, PHONES, TIME, "0 199", ALL, "0ms",                \
	    N_("the time between accepting a REFER and calling the target"))               \
	X(norefersub, NODE, PHONES, WORD, "no yes supported", ALL, "yes",      \
	    N_("whether it accepts Refer-Sub: false, a REFER without a report (RFC 4488): no, even if it is required; yes; or yes, and listed in Supported"))             \
	X(dialogs, NODE, PHONES, WORD, "state all none", ALL, "state",         \
	    N_("what it reveals to subscribers of its calls (RFC 4235): only whether there is a call, all calls, or nothing (403); its own user always sees all"))                                     \
	X(session_expires, NODE, PHONES | BOXES | R(conference) | R(proxy), TIME, "0 86400", ALL, "",\
	    N_("the session interval, after which a call without a refresh ends; a UA requests it for each call, a proxy for all calls through it (RFC 4028)"))                                       \
	X(min_se, NODE, PHONES | BOXES | R(conference) | R(proxy), TIME, "90 86400", ALL, "",\
	    N_("the shortest session interval that it accepts; shorter ones get 422; at least 90s"))                                                         \
	X(refresher, NODE, PHONES | BOXES | R(conference), WORD, "uac uas", ALL, "",\
	    N_("which side refreshes the session: the one that sends the INVITE or the one that answers it"))                                           \
	X(messages, NODE, PHONES, WORD, "accept refuse", ALL, "accept",        \
	    N_("how it handles instant messages: it shows them, or declines with 603"))                                           \
	X(replaces, NODE, PHONES, WORD, "accept refuse", ALL, "accept",        \
	    N_("whether another call may replace or join its calls (Replaces, Join); if not, such an INVITE gets 403"))          \
	X(packages, NODE, PHONES, INFO_PACKAGES, "", ALL, "",                  \
	    N_("the Info Packages that it accepts in a call, separated by commas (Recv-Info, RFC 6086); default none"))     \
	X(ping, NODE, PHONES, TIME, "1 999", ALL, "",                          \
	    N_("how often it checks with OPTIONS whether its outbound proxy, or the server of its domain, is reachable"))                      \
	X(stun, NODE, PHONES, NODE_NAME, "", ALL, "",                          \
	    N_("the STUN server at which it learns its external address before it registers; its Contact has that address"))           \
	X(stun_tries, NODE, PHONES, INTEGER, "1 7", ALL, "7",                  \
	    N_("how often it sends a request to a STUN server before its final wait (RFC 8489 6.2.1)"))                    \
	X(fingerprint, NODE, R(stun), BOOL, "", ALL, "true",                   \
	    N_("its responses contain a FINGERPRINT (RFC 8489 14.7)"))              \
	X(rport, NODE, PHONES, BOOL, "", ALL, "true",                          \
	    N_("its Via asks for responses at the source port of its requests (RFC 3581)"))                            \
	X(keepalive, NODE, PHONES, WORD, "none crlf stun ping", ALL, "none",   \
	    N_("how it keeps the mapping of a NAT to its registrar alive: with empty lines, with STUN requests over UDP, or with its own pings over WebSocket; a phone with flows uses stun by default"))                     \
	X(keepalive_every, NODE, PHONES, TIME, "0 199", ALL, "",               \
	    N_("the maximum time between two keep-alives; it waits at least four fifths of that time; default 29s over UDP, 120s over TCP"))      \
	X(flows, NODE, PHONES, INTEGER, "0 4", ALL, "0",                       \
	    N_("the number of flows over which it registers at the same time (RFC 5626): through its first outbound proxy, its second …"))                      \
	X(instance, NODE, PHONES, URN, "", ALL, "",                            \
	    N_("the URN by which a registrar recognizes it (+sip.instance); default: made from the node's name"))                     \
	X(gruu, NODE, PHONES, WORD, "none public temporary", ALL, "none",      \
	    N_("the type of URI (GRUU) that it requests from its registrar and puts into its Contact; it reaches only this phone (RFC 5627)"))    \
	X(alias, NODE, R(proxy) | R(registrar) | R(sbc), BOOL, "", ALL, "false",        \
	    N_("replaces the address in Contact by the source address, and sends requests for that Contact there; helps phones behind a NAT"))       \
	X(via, NODE, CALLERS | R(proxy), HOST, "", ALL, "",                    \
	    N_("the name in its Via instead of its address: if the node has failed, responses go to other servers of that name in the DNS (RFC 3263 5)"))\
	X(edge_proxy, NODE, R(proxy), BOOL, "", ALL, "false",                  \
	    N_("is the first hop of phones with flows (RFC 5626): its Path identifies the flow to a phone"))                     \
	X(flow_timer, NODE, R(registrar), TIME, "0 999", ALL, "",              \
	    N_("the maximum time without traffic on a flow (Flow-Timer)"))                                                \
	X(presence, NODE, PHONES, WORD, "agent self", ALL, "agent",            \
	    N_("which node reports the presence of its user: the presence agent of its domain, to which it publishes, or the phone itself"))             \
	X(publish, NODE, PHONES, WORD, "open closed", ALL, "",                 \
	    N_("the state of its user that it publishes automatically, one second after its start, and again after a failure"))                                                       \
	X(watchers, NODE, PHONES | R(presence), WORD, "accept confirm refuse", \
	    ALL, "accept",                                                     \
	    N_("who may subscribe to presence: everybody, only admitted users (admit), or nobody"))                                   \
	X(admitted, NODE, PHONES | R(presence), WHOM, "", ALL, "",             \
	    N_("who may always subscribe: users or URIs, separated by spaces"))                                                     \
	X(blocked, NODE, PHONES | R(presence), WHOM, "", ALL, "",              \
	    N_("who may not subscribe: users or URIs, separated by spaces"))    \
	X(presence_agent, NODE, R(proxy), NODE_NAME, "", ALL, "",              \
	    N_("the node with the presence of its domain's users, if it is not this node"))                                              \
	X(subscribe, NODE, PHONES, SUBSCRIPTIONS, AGENT_PACKAGE_WORDS, ALL, "",\
	    N_("the subscriptions that it makes automatically, one second after its start, and again after a failure: packages and resources, \"presence:bob reg\"; default resource: its own user"))                                                \
	X(redial, NODE, PHONES, BOOL, "", ALL, "false",                        \
	    N_("calls a busy callee again when the callee is free: it subscribes to the callee's dialogs (RFC 5359 2.17)"))                   \
	X(redirect, NODE, PHONES, WORD, "follow ask never", ALL, "follow",     \
	    N_("how it handles a redirection: it follows it, asks its user (on(\"redirect\") in a script), or gives up"))         \
	X(clock, NODE, R(handset), FREQUENCY, "1000000 1000000000", ALL,       \
	    "203MHz", N_("the clock frequency of its processor"))                       \
	X(cpi, NODE, R(handset), FACTOR, "100 100000", ALL, "1.5",             \
	    N_("the average number of clock cycles of an instruction"))    \
	X(ram, NODE, R(handset), MEMORY, "65536 67108864", ALL, "64MB",        \
	    N_("the size of the board's memory"))                               \
	X(firmware, NODE, R(handset), FILE, "", ALL, "",                       \
	    N_("an ELF file to run instead of rung's own; looked up beside "   \
	       "the topology"))                                                \
	X(loop, NODE, R(handset), BOOL, "", ALL, "false",                      \
	    N_("records each turn of its firmware's loop: what woke it, and "  \
	       "which functions of libosip2 it entered"))                      \
	X(phonebook, NODE, R(handset), PHONEBOOK, "", ALL, "",                 \
	    N_("its phone book, \"Bob=sip:bob@example.com; Carol=sip:carol@example.com\""))   \
	X(codecs, NODE, R(handset) | SPEAKING | BOXES | R(mg), WORDS, SIP_SDP_CODEC_WORDS, ALL,\
	    "PCMU PCMA",                                                       \
	    N_("the formats that it offers, separated by spaces. A phone supports PCMU, PCMA, G722, G729, opus, telephone-event, and for video H264, VP8 and PS. A handset supports PCMU and PCMA; other formats only make its offer longer"))                                            \
	X(streams, NODE, PHONES | R(conference), WORDS, "audio video", ALL, "audio",\
	    N_("the streams that it offers and accepts: audio, video or both"))  \
	X(bandwidth, NODE, PHONES | R(conference), INTEGER, "1 10000000", ALL, "",\
	    N_("the bandwidth of a session in kilobits per second (b=AS)"))            \
	X(compact, NODE, R(handset), BOOL, "", ALL, "false",                   \
	    N_("writes header fields in compact form"))                  \
	X(media, NODE, R(handset) | SPEAKING | R(mg), BOOL, "", ALL, "false",  \
	    N_("sends RTP as negotiated in a call, and plays the RTP that arrives")) \
	X(media_transport, NODE, PHONES, WORD, "udp tcp", ALL, "udp",          \
	    N_("the transport of its media: with tcp it offers RTP over TCP (RFC 4571) and accepts offers of both"))                           \
	X(media_setup, NODE, PHONES, WORD, "actpass active passive", ALL,      \
	    "actpass",                                                         \
	    N_("with media_transport=tcp: whether it opens the connection, waits for it, or lets the peer choose (RFC 4145)"))      \
	X(ice, NODE, PHONES, WORD, "no lite full", ALL, "no",                  \
	    N_("how its media find a path (ICE, RFC 8445): lite only answers checks, full also sends them; RTCP then uses the port of RTP"))                                                    \
	X(ptime, NODE, PHONES, INTEGER, "5 120", ALL, "20",                    \
	    N_("the packet time in milliseconds that it asks for (a=ptime, RFC 8866 6.4); it sends with the packet time that the peer asks for, in whole frames of the codec"))               \
	X(maxptime, NODE, PHONES, INTEGER, "5 120", ALL, "",                   \
	    N_("the maximum packet time in milliseconds that it accepts (a=maxptime, RFC 8866 6.5); default: not given"))\
	X(rtcp_mux, NODE, SPEAKING, BOOL, "", ALL, "false",                    \
	    N_("offers and accepts RTCP on the port of RTP (RFC 5761)"))         \
	X(rtcp_xr, NODE, SPEAKING, BOOL, "", ALL, "false",                     \
	    N_("reports the quality of received audio in RTCP (RTCP XR, RFC 3611), if the peer also asks for that"))                     \
	X(dtmf, NODE, PHONES, WORD, "info events in-band", ALL, "info",        \
	    N_("how pressed digits are sent: in INFO, or with media=true as telephone events, or as tones in the audio; it then also detects tones"))                              \
	X(sound, NODE, R(handset) | PHONES | R(script), SOUND, "speech tone silence", ALL, "speech",\
	    N_("with media=true, or for a stream of a program: the audio that it sends; of a WAV file, searched for next to the script and in topologies/, the first 20 s"))                                 \
	X(hold_music, NODE, PHONES, BOOL, "", ALL, "false",                    \
	    N_("with media=true: a peer on hold hears music instead of the user"))                                                        \
	X(early_sound, NODE, PHONES, WORD,                                     \
	    "speech tone silence music ring-back", ALL, "",                    \
	    N_("with media=true progress=183: the audio before the answer, if it is not the user"))                         \
	X(srtp, NODE, SPEAKING, WORD, "no offer require", ALL, "no",           \
	    N_("whether its media are encrypted (SRTP), with the keys in SDP (RFC 4568): never; offered encrypted, but others are accepted; or only encrypted"))         \
	X(buffer, NODE, LISTENING, TIME, "0 0", ALL, "60ms",                   \
	    N_("with media=true: the delay of the jitter buffer, so that late packets still arrive in time"))                            \
	X(adaptive, NODE, LISTENING, BOOL, "", ALL, "false",                   \
	    N_("its buffer adapts to the jitter, between talk spurts"))          \
	X(language, NODE, R(handset), WORD, "en zh", ALL, "en",                \
	    N_("the language of its screen"))                                      \
	X(route, NODE, R(proxy), FILE, "", ALL, "",                            \
	    N_("a Lua file that decides where requests go (docs/PROGRAMS.md), searched for next to the script and in topologies/"))             \
	X(program, NODE, R(script), FILE, "", ALL, "",                         \
	    N_("the Lua file that controls it (docs/PROGRAMS.md), searched for next to the script and in topologies/"))            \
	X(process, NODE | EXPERIMENTAL, ANY, FILE, "", ALL, "",                               \
	    N_("the command of a program that plays the node if --processes allows it: role=script, program=COMMAND (docs/PROGRAMS.md)"))                                          \
	X(parser, NODE | EXPERIMENTAL, SPEAKERS, WORD, "osip", ALL, "",        \
	    N_("osip: received messages must also pass the parser of libosip2; a note in the trace shows what it loses"))                              \
	X(transactions, NODE, R(script), BOOL, "", ALL, "true",                \
	    N_("if false, its program also receives retransmissions, and retransmits its own messages (RFC 3261 17)"))                               \
	X(settings, NODE, R(script) | R(proxy) | R(menu), SETTINGS, "", ALL, "",                    \
	    N_("the contents of the table settings in its program, \"interval=60 password=pw\""))                                 \
	X(menu, NODE, R(menu), FILE, "", ALL, "",                              \
	    N_("a Lua file that handles calls (docs/PROGRAMS.md), searched for as for route=; without it, each call is rejected"))                                             \
	X(record_route, NODE, R(proxy), BOOL, "", ALL, "true",                 \
	    N_("stays in the path of the dialogs that it helps to set up"))         \
	X(trying, NODE, R(proxy), TIME, "0 0", ALL, "0ms",                     \
	    N_("how long it waits, at most 200ms, before it sends 100 to an INVITE within a dialog, which phones usually answer at once"))  \
	X(stateless, NODE, R(proxy), BOOL, "", ALL, "false",                   \
	    N_("forwards without transactions (stateless)"))                               \
	X(strict_routing, NODE, R(proxy), BOOL, "", ALL, "false",              \
	    N_("routes as in RFC 2543: no lr, and the first Route becomes the Request-URI"))                                                 \
	X(fork, NODE, R(proxy), WORD, "parallel sequential", ALL, "parallel",  \
	    N_("how it tries several targets: those with the same q in parallel, or one after another; the highest q first"))                                  \
	X(ring_time, NODE, R(proxy) | R(queue) | BOXES, TIME, "0 199", ALL, "20s",\
	    N_("how long a target may ring if other targets follow; on a queue, how long an agent's phone may ring; on a B2BUA or SBC, how long the callee may ring (default three minutes)"))                               \
	X(strategy, NODE, R(queue), WORD,                                      \
	    "longest-idle round-robin all skills", ALL, "longest-idle",        \
	    N_("which agent gets the next call: the one without a call for longest, each in turn, the first to answer when all ring, or one with the skill that the called user name asks for"))           \
	X(staff, NODE, R(queue), STAFF, "", ALL, "",                           \
	    N_("the users who may log on as its agents, separated by spaces, each with skills: \"ann=billing,sales bob=sales\"; default anybody"))                                                  \
	X(wrap_up, NODE, R(queue), TIME, "0 199", ALL, "10s",                  \
	    N_("how long an agent gets no call after a call"))               \
	X(rest, NODE, R(queue), TIME, "0 999", ALL, "10s",                     \
	    N_("how long an agent gets no call after rejecting or missing one"))                                                        \
	X(room, NODE, R(queue), INTEGER, "0 1000000", ALL, "",                 \
	    N_("the maximum number of waiting calls; further calls get 486"))          \
	X(overflow, NODE, R(queue), URI, "", ALL, "",                          \
	    N_("the target of calls that find no place in the queue or no agent"))\
	X(hours, NODE, R(queue), HOURS, "", ALL, "",                           \
	    N_("its opening hours, \"08:00-12:00 13:00-18:00\" in the time zone in which the run starts; other calls get 480"))      \
	X(recurse, NODE, R(proxy), BOOL, "", ALL, "false",                     \
	    N_("tries the addresses in a 3xx response itself"))                \
	X(early_ended, NODE, R(proxy), BOOL, "", ALL, "true",                  \
	    N_("sends a 199 to callers that support it when one of the phones rejects the call"))                                                 \
	X(trust, NODE, R(proxy) | PHONES, TRUST, "", ALL, "",                  \
	    N_("the nodes and domains that it trusts, separated by spaces; a proxy then asserts the sender (P-Asserted-Identity), and a phone shows it"))                     \
	X(history, NODE, R(proxy), BOOL, "", ALL, "false",                     \
	    N_("adds earlier targets to requests, and reports them to callers (History-Info)"))                                      \
	X(diversion, NODE, R(proxy), BOOL, "", ALL, "false",                   \
	    N_("adds the diverted callee to calls that it forwards (Diversion)"))                                                 \
	X(announcement, NODE, R(proxy), URI, "", ALL, "",                      \
	    N_("where a screened caller can hear the reason (Error-Info)"))   \
	X(path, NODE, R(proxy), BOOL, "", ALL, "false",                        \
	    N_("adds itself to the Path of registrations that it forwards"))                                                          \
	X(unanswered, NODE, R(proxy), WORD, "408 480", ALL, "408",             \
	    N_("its response to a caller whose target never answered"))          \
	X(unlocated, NODE, R(proxy) | R(redirect), WORD, "480 504", ALL,       \
	    "480", N_("its response to a caller when the location service does not answer"))                                                     \
	X(capacity, NODE, R(proxy) | BOXES, INTEGER, "0 1000000", ALL, "",     \
	    N_("the maximum number of requests at the same time; further ones get 503; on a B2BUA, the number of calls through it"))                               \
	X(throughput, NODE, R(proxy) | BOXES, INTEGER, "1 1000000", ALL, "",   \
	    N_("the maximum number of requests per second; further ones get 503; on a B2BUA, new calls"))                                              \
	X(oc, NODE, R(proxy), BOOL, "", ALL, "false",                          \
	    N_("supports overload control (RFC 7339): it tells upstream servers by how much to reduce their load, and reduces its own load on downstream servers that ask for it"))                          \
	X(auth, NODE, R(proxy) | R(registrar) | R(presence) | R(queue), WORD,  \
	    "false true all", ALL,                                             \
	    "false", N_("requires authentication: true, from users who claim its domain or want to be forwarded elsewhere; all, from everybody. A proxy challenges no request within a dialog, and no ACK or CANCEL"))                                                 \
	X(digest, NODE, R(proxy) | R(registrar) | R(presence) | R(queue),      \
	    WORD, "all md5", ALL, "all",                                       \
	    N_("the hash of its challenges: SHA-256 above MD5 (RFC 8760), or only MD5, for phones that read only the first challenge"))   \
	X(service_route, NODE, R(registrar), NODE_NAMES, "", ALL, "",          \
	    N_("the proxies through which its users must send their requests"))                                                     \
	X(permanent, NODE, R(redirect), BOOL, "", ALL, "false",                \
	    N_("uses 301 Moved Permanently instead of 302"))                \
	X(use_proxy, NODE, R(redirect) | PHONES, NODE_NAME, "", ALL, "",       \
	    N_("answers 305 Use Proxy with this node; a phone does so if a call does not come from that node"))                                    \
	X(think, NODE, R(location) | R(dns), TIME, "0 9", ALL, "0",            \
	    N_("how long it takes to answer"))                                 \
	X(source, NODE, R(location), WORD, "memory ldap", ALL, "memory",       \
	    N_("where it keeps its users: with ldap, notes show what it would " \
	       "ask a directory (H.350.4); its answers stay the same"))        \
	X(gone, NODE, R(location), WHOM, "", ALL, "",                          \
	    N_("users who no longer exist (410), separated by spaces"))     \
	X(number_length, NODE, R(location), INTEGER, "1 20", ALL, "",          \
	    N_("the number of digits that a number must have; others get 484"))                    \
	X(ambiguous, NODE, R(location), BOOL, "", ALL, "false",                \
	    N_("a name that matches a part of several users gets 485"))            \
	X(dns, NODE, SPEAKERS, NODE_NAMES, "", ALL, "",                        \
	    N_("the name servers that it queries; if one does not answer, it queries the next; default: those of its domain, or all; \"\" means none"))                                           \
	X(enum, NODE, R(proxy), HOST, "", ALL, "",                             \
	    N_("the domain for queries about telephone numbers (ENUM), usually e164.arpa; default none"))                     \
	X(bailiwick, NODE, R(dns), BOOL, "", ALL, "true",                      \
	    N_("accepts from the additional data of an answer only names in the zone that was queried; false: it accepts all"))                       \
	X(location, NODE, SERVERS, NODE_NAME, "", ALL, "",                     \
	    N_("the location service that it queries, if it is not one itself"))     \
	X(hss, NODE, R(registrar) | R(proxy), NODE_NAME, "", ALL, "",          \
	    N_("the home subscriber server of its IMS network: a registrar (S-CSCF) challenges with its vectors; a proxy that is not a registrar (I-CSCF) asks it for the user's S-CSCF"))          \
	X(serving, NODE, R(proxy), NODE_NAMES, "", ALL, "",                    \
	    N_("with hss: the registrars (S-CSCF) of its network; the first one gets users without an S-CSCF"))                                       \
	X(networks, NODE, R(hss), NETWORKS, "", ALL, "",                       \
	    N_("the networks that its users may visit, as named in P-Visited-Network-ID; default all"))             \
	X(third_party, NODE, R(registrar), NODE_NAMES, "", ALL, "",            \
	    N_("the servers to which it sends a REGISTER when a user has registered, as an S-CSCF does to its application servers (third-party registration)"))         \
	X(zone, NODE, R(dns), FILES, "", ALL, "",                              \
	    N_("the master files (RFC 1035) of its zones, separated by spaces, searched for next to the script and in topologies/; default: the topology makes zones of its domain, or of all domains"))                                                    \
	X(ttl, NODE, R(dns), TIME, "0 604800", ALL, "1h",                      \
	    N_("the TTL of records in zones that the topology makes"))                                                        \
	X(srv, NODE, SERVERS, SRV, "", ALL, "",                                \
	    N_("its priority and weight, \"10 60\", among the servers of its domain in zones that the topology makes; if no server has any, only the domain's inbound server is listed"))                                 \
	X(recursion, NODE, R(dns), BOOL, "", ALL, "false",                     \
	    N_("resolves names recursively for its clients"))\
	X(hints, NODE, R(dns), NODE_NAMES, "", ALL, "",                        \
	    N_("the name servers at which it begins to resolve; default: those whose domain is nearest to the name"))  \
	X(reply, NODE, R(dns), WORDS, DNS_REPLY_WORDS, ALL, "",                \
	    N_("its errors, words separated by spaces: it never answers (silent), truncates each answer over UDP (truncated), does not support EDNS (plain), always answers server failure (servfail), refused (refused) or no such name (nxdomain); or it rotates the order of records with each answer (rotated)"))                                  \
	X(lies, NODE, R(dns), LIES, "", ALL, "",                               \
	    N_("false addresses that it returns, \"sip1.example.com=192.0.2.66\", separated by spaces"))                                                     \
	X(inbound, NODE,                                                       \
	    SERVERS | R(presence) | R(voicemail) | R(queue) | R(conference) |  \
		R(menu) | R(script) | R(gateway) | R(mgc),                     \
	    BOOL, "", ALL,                                                     \
	    "false", N_("the node that receives requests for its domain"))                \
	X(min_expires, NODE, R(registrar) | R(presence) | R(queue), TIME, "0 86400",\
	    ALL, "60s",                                                        \
	    N_("the shortest registration, subscription or publication that it accepts; shorter ones get 423"))              \
	X(default_expires, NODE, R(registrar) | R(queue), TIME, "0 86400", ALL, "1h",\
	    N_("the lifetime of a registration that does not request one"))             \
	X(gateways, NODE, R(mgc), NODE_NAMES, "", ALL, "",                     \
	    N_("the media gateways whose telephones it controls"))      \
	X(digit_map, NODE, R(mgc), DIGIT_MAP, "", ALL, "(xxxx)",               \
	    N_("the dial plan: patterns separated by |, with digits, x for any digit, [2-8], and . for any number of repetitions; \"(0xxx|[2-8]xxx)\""))                                                 \
	X(trunk, NODE, R(mgc), HOST, "", ALL, "",                              \
	    N_("the domain or host for all other numbers; default none"))                                   \
	X(megaco_form, NODE, R(mgc) | R(mg), WORD, "long short", ALL, "long",  \
	    N_("whether its H.248 messages use the long form of words"))           \
	X(controller, NODE, R(mg), NODE_NAME, "", ALL, "",                     \
	    N_("the media gateway controller whose commands it accepts"))                  \
	X(telephones, NODE, R(switch) | R(mg), TELEPHONES, "", ALL, "",        \
	    N_("the numbers of its telephones, separated by spaces; on a media gateway, each after its line, \"A1=8001 A2=8002\""))     \
	X(mailboxes, NODE, R(voicemail), WHOM, "", ALL, "",                    \
	    N_("the users whose messages it keeps, separated by spaces, \"bob@example.com carol\""))                                   \
	X(record, NODE, R(voicemail), TIME, "0 999", ALL, "30s",               \
	    N_("the maximum length of a message; it then hangs up"))                 \
	X(rooms, NODE, R(conference), ROOMS, "", ALL, "",                      \
	    N_("its permanent conferences: the user parts of their URIs, separated by spaces, \"lecture sales\""))          \
	X(factory, NODE, R(conference), WORD, "answer redirect ask none", ALL, \
	    "answer",                                                          \
	    N_("the effect of a call to its own URI: it creates a conference and answers, or redirects to it with 302, or creates it when a key is pressed in the call, or does nothing (404)"))                   \
	X(ends, NODE, R(conference), WORD, "creator last", ALL, "creator",     \
	    N_("when a conference that was created by a call ends: when its creator leaves, or the last participant"))                             \
	X(most, NODE, R(conference), INTEGER, "2 120", ALL, "64",              \
	    N_("the maximum number of participants in a conference; further ones get 486"))                                               \
	X(conferences, NODE, PHONES, WORD, "aware unaware", ALL, "aware",      \
	    N_("whether it subscribes to the participants of a conference when the peer of its call is a focus (isfocus)"))                 \
	X(serves, NODE, ANY, SERVES, "", ALL, "",                              \
	    N_("the users or domains of each of several roles, separated by spaces. A role listed here receives new requests only for those; such a domain is entered at this node"))                                                        \
	X(ip_forward, NODE, ANY, BOOL, "", ALL, "false",                       \
	    N_("forwards the packets of other nodes; a router always does"))           \
	X(trunks, NODE, TRUNKS, CIRCUITS, "", ALL, "",                         \
	    N_("its trunks: a gateway or an exchange at the other end, and the circuit numbers (CIC), \"switch1:1-30\", separated by spaces"))                                              \
	X(point_code, NODE, TRUNKS, INTEGER, "1 16383", ALL, "",               \
	    N_("its signalling point code; default: made from its address"))                                                     \
	X(routes, NODE, TRUNKS | R(proxy), ROUTES, "", ALL, "",                \
	    N_("the route of numbers by prefix: over trunks to a neighbour, \"212:switch1 314:switch2\", others to any; from a proxy to nodes, one after another, or to a status, \"+1212:gw1,gw2 sos:centre :404\" (docs/roles/proxy.md); the longest matching prefix is used"))         \
	X(continuity, NODE, TRUNKS, WORD, "none good bad", ALL, "none",        \
	    N_("whether it checks a circuit before its own calls, and how the first check ends (COT)"))                              \
	X(interworking, NODE, TRUNKS, BOOL, "", ALL, "false",                  \
	    N_("its IAMs say that interworking was encountered; an exchange that can't complete such a call plays a tone instead of sending a REL")) \
	X(country, NODE, R(gateway) | R(mgc) | R(proxy) | R(registrar) | R(redirect), COUNTRY, "", ALL, "1",\
	    N_("the country code of its trunks, which converts between national and international numbers; also of local numbers: 8002;phone-context=+1 is 8002 there"))                         \
	X(uri, NODE, R(gateway), WORD, "sip tel", ALL, "sip",                  \
	    N_("the type of URI that it makes from a number; a SIP URI is in its domain"))  \
	X(overlap, NODE, R(gateway), WORD, "none collect invites", ALL,        \
	    "none",                                                            \
	    N_("how it handles a number without an end (ST, RFC 3578): it is complete; it waits for further digits; or it forwards it at once, with another INVITE for each further part")) \
	X(isup, NODE, R(gateway), WORD, "none sip-t sip-i", ALL, "none",       \
	    N_("whether its messages carry ISUP in their bodies (RFC 3372), and whether it reads ISUP: sip-t, which a phone may ignore (handling=optional), or sip-i, which it must not"))           \
	X(t11, NODE, R(gateway), TIME_OR_NEVER, "0 199", ALL, "never",         \
	    N_("when it sends an early ACM for an INVITE without an answer"))                                                    \
	X(pick_up, NODE, R(switch), TIME_OR_NEVER, "0 199", ALL, "2s",         \
	    N_("the delay after which its telephones answer"))                           \
	X(rings_out, NODE, R(switch), TIME_OR_NEVER, "0 999", ALL, "60s",      \
	    N_("the delay after which it gives up a telephone that does not answer"))            \
	X(refuses, NODE, R(switch), REFUSALS, "", ALL, "",                     \
	    N_("telephones that can't be called, each with the cause: \"2125550101:17\" is busy, \"2125550102:27\" out of order, \"2125550103:22:2125550104\" has a new number")) \
	X(acm, NODE, R(switch), WORD, "free early in-band none", ALL, "free",  \
	    N_("what it signals when one of its own telephones is called: it rings; nothing at first, ringing later; in-band information; or nothing before the answer (CON)"))                \
	X(t6, NODE, R(switch), TIME, "0 999", ALL, "60s",                      \
	    N_("how long it keeps the call of a telephone that has gone on the hook")) \
	X(mapping, NODE, R(nat), WORD, "endpoint address address-port", ALL,   \
	    "endpoint",                                                        \
	    N_("on what its mappings depend (RFC 4787): on the internal endpoint only, also on the external address, or also on the external port"))                                          \
	X(filtering, NODE, R(nat), WORD, "endpoint address address-port", ALL, \
	    "address-port",                                                    \
	    N_("what its filter lets in: packets from everybody, from addresses to which the phone has sent, or from such addresses and ports"))                \
	X(ports, NODE, R(nat), WORD, "preserve parity sequential random", ALL, \
	    "preserve",                                                        \
	    N_("the external port of a mapping: the internal one if it is free, the next one of the same parity, the next one, or any"))                                                         \
	X(timeout, NODE, R(nat), TIME, "0 9999", ALL, "300s",                  \
	    N_("how long a UDP mapping lives without packets"))            \
	X(tcp_timeout, NODE, R(nat), TIME, "0 86400", ALL, "7440s",            \
	    N_("how long the mapping of an established TCP connection lives"))                   \
	X(tcp_transitory, NODE, R(nat), TIME, "0 9999", ALL, "240s",           \
	    N_("how long the mapping of an opening or closing TCP connection lives"))                        \
	X(refresh, NODE, R(nat), WORD, "out both", ALL, "out",                 \
	    N_("which datagrams refresh a mapping: only outbound ones, or inbound ones as well"))                                     \
	X(bindings, NODE, R(nat), INTEGER, "1 100000", ALL, "65535",           \
	    N_("the maximum number of mappings"))                           \
	X(hairpin, NODE, R(nat), BOOL, "", ALL, "true",                        \
	    N_("supports hairpinning: it returns packets from inside to its own external address to the inside"))                                          \
	X(alg, NODE, R(nat), WORDS, NAT_ALG_WORDS, ALL, "",                    \
	    N_("which parts of SIP messages over UDP it rewrites as an ALG, words separated by spaces: addresses in Via (via), Contact (contact), the Request-URI (uri), the uri of Authorization (auth), SDP (sdp); and Content-Length, if the length of SDP changes (length)"))       \
	X(delay, EDGE, ANY, TIME, "0 0", ALL, "5ms",                           \
	    N_("the delay of a packet on the link"))                         \
	X(jitter, EDGE, ANY, TIME, "0 0", ALL, "0",                            \
	    N_("the maximum additional delay, uniformly distributed; packets may overtake each other"))   \
	X(loss, EDGE, ANY, SHARE, "", ALL, "0%",                               \
	    N_("the share of packets that are lost"))                           \
	X(duplicate, EDGE, ANY, SHARE, "", ALL, "0%",                          \
	    N_("the share of packets that arrive twice"))                     \
	X(rate, EDGE, ANY, RATE, "", ALL, "",                                  \
	    N_("bits per second; default: sending takes no time"))    \
	X(queue, EDGE, ANY, INTEGER, "0 1000000", ALL, "100",                  \
	    N_("the maximum number of packets waiting for the rate; 0: no limit"))             \
	X(mtu, EDGE, ANY, INTEGER, "68 65535", ALL, "1500",                    \
	    N_("the maximum packet size in bytes; larger packets are fragmented"))
/* clang-format on */

#endif
