/*
 * rung's own attributes of topology files: one row each, from which come the
 * checks, the suggestions and the reference in docs/TOPOLOGY.md.
 *
 * Columns: name; who may have it; the roles, or traits of roles, that it
 * belongs to; the form of its value; what the form needs (words, or the least
 * and greatest integer; of a time the least in seconds, and the greatest number
 * without a unit that is taken for seconds without a remark); the values this
 * version can use (ALL, NONE, or words); the value where none is given ("" for
 * none); what it does.
 */
#ifndef TOPOLOGY_TOPOLOGY_ATTRS_H
#define TOPOLOGY_TOPOLOGY_ATTRS_H

#include "base/i18n.h"

#define ALL  NULL
#define NONE ""

/* RFC 3323 4.2, RFC 3325 9.3, RFC 7044 10.1. */
#define PRIVACY_WORDS "header session user none critical id history"

/* clang-format off */
#define TOPOLOGY_ATTRS(X)                                                      \
	X(seed, GRAPH, ANY, INTEGER, "0 18446744073709551615", ALL, "1",       \
	    N_("where the run's random numbers start"))                        \
	X(duration, GRAPH, ANY, TIME, "0 199", ALL, "",                        \
	    N_("virtual time after which the run ends"))                       \
	X(start, GRAPH, ANY, DATE, "", ALL, "",                                \
	    N_("the date at time 0; without it 2020-01-01T00:00:00Z stands "   \
	       "where one is needed"))                                         \
	X(domain, GRAPH | CLUSTER | NODE, ANY, HOST, "", ALL, "",              \
	    N_("the SIP domain; a node has its own, else that of its "         \
	       "innermost cluster, else the graph's"))                         \
	X(label, GRAPH | CLUSTER | NODE, ANY, FREE, "", ALL, "",               \
	    N_("what people read: of the graph, the title of the run"))        \
	X(role, NODE, ANY, ROLES, "", ALL, "",                                 \
	    N_("what the node is, one or more words; a node without a role "   \
	       "is a router"))                                                 \
	X(addr, NODE, ANY, ADDRESS, "", ALL, "",                               \
	    N_("its IP address, a port may follow; otherwise one is assigned"))\
	X(faces, NODE, ANY, FACES, "", ALL, "",                                \
	    N_("its addresses, where it has several, each with a name: a link "\
	       "that ends at one says so (bob -- sbc:inside)"))                \
	X(outside, NODE, ANY, BOOL, "", ALL, "false",                          \
	    N_("a real program stands there (rung live): its messages come "   \
	       "from outside of the run, and those for it leave the run"))     \
	X(aor, NODE, AGENTS, URI, "", ALL, "",                                 \
	    N_("the address-of-record of its user; several phones may share "  \
	       "one; otherwise it is made of the node's name and domain"))     \
	X(password, NODE, CALLERS | R(handset), FREE, "", ALL, "",             \
	    N_("what its user answers when a server asks who it is"))          \
	X(accounts, NODE, CALLERS, ACCOUNTS, "", ALL, "",                      \
	    N_("what its user has besides the password, "                      \
	       "\"name:password@realm\", several with spaces between"))        \
	X(sim, NODE, R(ua) | R(script), SIM, "", ALL, "",                      \
	    N_("what the SIM of its phone has, and the home subscriber server "\
	       "of its domain knows, \"impi=bob@a.example k=… opc=… sqn=…\": "  \
	       "private identity, key, operator's key, the last number used"))  \
	X(outbound, NODE, CALLERS | R(handset), NODE_NAMES, "", ALL, "",       \
	    N_("the proxy that gets all its requests (a preloaded Route); of " \
	       "several, the next when one does not answer"))                  \
	X(transport, NODE, AGENTS | SERVERS | R(presence), WORD, "udp tcp tls ws wss",\
	    ALL, "udp",                                                        \
	    N_("how it wants to be reached, and what carries the requests "    \
	       "that it originates"))                                          \
	X(browser, NODE, PHONES, BOOL, "", ALL, "false",                       \
	    N_("with transport ws or wss: it is a phone in a browser (RFC "    \
	       "7118), which waits for no connections and is called over its " \
	       "own; in its Via and Contact stands a name that nobody looks "  \
	       "up"))                                                          \
	X(tls, NODE, SPEAKERS, WORDS, "1.2 1.3", ALL,                          \
	    "1.2 1.3",                                                         \
	    N_("the versions of TLS that it speaks"))                          \
	X(certificate, NODE, SPEAKERS, CERTIFICATE, "", ALL, "",               \
	    N_("what its certificate says, \"name=sip:a.example,a.example "    \
	       "issuer=CA from=2020-01-01 until=2021-01-01 key=rsa\"; what is "\
	       "left out is good: its own names and addresses, issued by the " \
	       "root that all trust"))                                         \
	X(certificate_fault, NODE, SPEAKERS, WORD,                             \
	    "wrong-name expired self-signed unknown-issuer garbled downgrade", \
	    ALL, "",                                                           \
	    N_("what is wrong with its certificate; downgrade: somebody "      \
	       "between takes TLS 1.3 out of what it is offered"))             \
	X(trusts, NODE, SPEAKERS, FREE, "", ALL,                               \
	    "rung root CA",                                                    \
	    N_("whose certificates it takes: names of issuers with commas "    \
	       "between"))                                                     \
	X(client_certificate, NODE, SPEAKERS, BOOL, "",                        \
	    ALL, "false",                                                      \
	    N_("asks who connects by TLS for a certificate, and shows its "    \
	       "own when it is asked"))                                        \
	X(register, NODE, PHONES | R(handset), BOOL, "", ALL, "false",         \
	    N_("registers by itself when the run starts, refreshes, and "      \
	       "tries again after a failure"))                                 \
	X(registered, NODE, PHONES, BOOL, "", ALL, "false",                    \
	    N_("was registered before the run begins: its binding stands, and "\
	       "it holds a nonce of each server that asks for passwords"))     \
	X(registers_for, NODE, PHONES, WHOM, "", ALL, "",                      \
	    N_("the addresses-of-record of others whose bindings it may "      \
	       "change"))                                                      \
	X(expires, NODE, PHONES | R(handset), TIME, "0 86400", ALL, "1h",      \
	    N_("how long a registration it asks for should last"))             \
	X(contact, NODE, PHONES, URI, "", ALL, "",                             \
	    N_("the Contact it gives; otherwise it is made of its address"))   \
	X(q, NODE, PHONES, QVALUE, "", ALL, "1",                               \
	    N_("the preference of its Contact among those of one user"))       \
	X(answer, NODE, PHONES | R(handset) | R(voicemail), TIME_OR_NEVER,     \
	    "0 199", ALL, "2s",                                                \
	    N_("how long it rings before it answers a call by itself; a "      \
	       "handset that is told nothing waits for its keys"))             \
	X(hangup, NODE, PHONES, TIME, "0 199", ALL, "",                        \
	    N_("how long after the answer it ends the call by itself"))        \
	X(busy, NODE, PHONES, BOOL, "", ALL, "false",                          \
	    N_("refuses every call with 486 Busy Here"))                       \
	X(do_not_disturb, NODE, PHONES, BOOL, "", ALL, "false",                \
	    N_("refuses every call with 480, without ringing"))                \
	X(no_answer, NODE, PHONES | R(controller), TIME, "0 199", ALL, "",     \
	    N_("how long it rings before it refuses by itself with 480; a "    \
	       "controller: how long it lets the second party ring"))          \
	X(progress, NODE, PHONES, WORD, "180 183 none", ALL, "180",            \
	    N_("how it says that it has a call: 180 Ringing, 183 Session "     \
	       "Progress with media, or nothing"))                             \
	X(hides, NODE, BOXES, BOOL, "", ALL, "",                               \
	    N_("lets nothing of one side's network be seen on the other: of "  \
	       "the proxies, the products, the way that a call has taken; a "  \
	       "session border controller does, unless it is told not to"))    \
	X(anchors, NODE, BOXES, BOOL, "", ALL, "",                             \
	    N_("has media come to its own addresses and ports, on either side; "\
	       "a session border controller does, unless it is told not to"))  \
	X(latching, NODE, PASSERS, BOOL, "", ALL, "",                          \
	    N_("sends the media that go through it back to where they come "   \
	       "from, whatever the description says; a session border "        \
	       "controller does, unless it is told not to"))                   \
	X(transcode, NODE, PASSERS, BOOL, "", ALL, "false",                    \
	    N_("where media go through it: makes PCMU of PCMA and the other "  \
	       "way round for sides of which each has one of them"))           \
	X(strip, NODE, BOXES, FIELDS, "", ALL, "",                             \
	    N_("header fields that do not go on, names with spaces between"))  \
	X(allow, NODE, BOXES, FIELDS, "", ALL, "",                             \
	    N_("the only header fields that go on, of those that would"))      \
	X(rewrite, NODE, PASSERS, REWRITES, "", ALL, "",                       \
	    N_("numbers that it calls by others, \"00=+ 0=+49\": the first "   \
	       "with which the user begins is exchanged"))                     \
	X(refers, NODE, PASSERS, WORDS, "pass do rollback", ALL, "pass",       \
	    N_("what it does with a REFER within a call: it passes it on, or " \
	       "carries it out itself; with \"do rollback\" the first call also " \
	       "comes back if the target hangs up before the party that asked")) \
	X(faults, NODE, BOXES, WORDS, PAIR_FAULT_WORDS, ALL, "",               \
	    N_("what real boxes have been found to do wrong, words with spaces "\
	       "between: it keeps the Call-ID on both sides (call-id), begins "\
	       "Max-Forwards anew (max-forwards), loses the Record-Route of "  \
	       "its 2xx (record-route), names in Contact the address of its "  \
	       "other side (contact), answers a hold by itself (hold), counts "\
	       "RSeq as if all early dialogs were one (rseq)"))                \
	X(reliable, NODE, PHONES | BOXES, WORD, "no supported required", ALL,  \
	    "supported",                                                       \
	    N_("provisional responses that arrive (100rel, RFC 3262): not "    \
	       "known, where the other side or a script asks, or always"))     \
	X(update, NODE, PHONES, WORD, "accept ask", ALL, "accept",             \
	    N_("what it does with an UPDATE that changes the session: it "     \
	       "takes it, or refuses with 504 since its user must be asked"))  \
	X(refuse_changes, NODE, PHONES, INTEGER, "300 699", ALL, "",           \
	    N_("the status, for example 488, with which it rejects each "      \
	       "change of its calls: re-INVITEs, and UPDATEs with an offer; "  \
	       "the calls go on as they were"))                                \
	X(lines, NODE, PHONES, INTEGER, "1 1000", ALL, "",                     \
	    N_("calls that it takes at one time; one more gets 486"))          \
	X(waiting, NODE, PHONES, BOOL, "", ALL, "false",                       \
	    N_("a call for which no line is free waits, with 182 Queued"))     \
	X(global, NODE, PHONES, BOOL, "", ALL, "false",                        \
	    N_("speaks for all phones of its user: 600, 603, 604 and 606 "     \
	       "instead of 486, 480, 404 and 488"))                            \
	X(max_body, NODE, PHONES, INTEGER, "0 65535", ALL, "",                 \
	    N_("bytes of the largest body it takes, else 413"))                \
	X(require, NODE, PHONES, OPTION_TAG, "", ALL, "",                      \
	    N_("an extension that callers must support, else 421"))            \
	X(forward, NODE, PHONES, URI, "", ALL, "",                             \
	    N_("sends every call elsewhere with 302 Moved Temporarily"))       \
	X(forward_busy, NODE, PHONES, URI, "", ALL, "",                        \
	    N_("sends calls there that it would refuse with 486"))             \
	X(forward_no_answer, NODE, PHONES, URI, "", ALL, "",                   \
	    N_("sends calls there that nobody answers in time"))               \
	X(find_me, NODE, PHONES, URIS, "", ALL, "",                            \
	    N_("where its user may be: URIs with spaces between, which a "     \
	       "proxy (services=proxy) tries one after the other"))            \
	X(preferred, NODE, PHONES, URI, "", ALL, "",                           \
	    N_("which of its user's identities it would like asserted "        \
	       "(P-Preferred-Identity)"))                                      \
	X(privacy, NODE, PHONES, PRIVACY, PRIVACY_WORDS, ALL, "",              \
	    N_("what its user wants kept from others: values of Privacy "      \
	       "(RFC 3323) such as id or \"id;critical\"; the From is "        \
	       "anonymous then"))                                              \
	X(screen_in, NODE, PHONES, WHOM, "", ALL, "",                          \
	    N_("who may not call its user: URIs, domains and names of users "  \
	       "of its own, with spaces between; the proxy that has asked "    \
	       "for a password refuses with 403"))                             \
	X(screen_out, NODE, PHONES, WHOM, "", ALL, "",                         \
	    N_("whom its user may not call, likewise"))                        \
	X(identities, NODE, PHONES, URIS, "", ALL, "",                         \
	    N_("URIs that its user has besides the address-of-record; a "      \
	       "proxy may assert them"))                                       \
	X(services, NODE, PHONES, WORD, "phone proxy", ALL, "phone",           \
	    N_("who forwards its user's calls: the phone itself, with 302, "   \
	       "or the proxy of its domain"))                                  \
	X(alternative, NODE, PHONES, URI, "", ALL, "",                         \
	    N_("refuses every call with 380 and this other service"))          \
	X(refer, NODE, PHONES, WORD, "accept refuse anywhere", ALL, "accept",  \
	    N_("what it does when the other side of a call wants to transfer " \
	       "it: it calls whom it is told, or declines with 603; anywhere: " \
	       "it calls whom anybody tells it"))                              \
	X(refer_after, NODE, PHONES, TIME, "0 199", ALL, "0ms",                \
	    N_("how long it takes, once it has accepted a REFER, until it "    \
	       "calls: its user is asked, music is looked for"))               \
	X(norefersub, NODE, PHONES, WORD, "no yes supported", ALL, "yes",      \
	    N_("whether it obeys a REFER with Refer-Sub: false without "       \
	       "telling what comes of it (RFC 4488): no, not even when it is " \
	       "required; yes; yes, and it says so in Supported"))             \
	X(dialogs, NODE, PHONES, WORD, "state all none", ALL, "state",         \
	    N_("what it tells those who subscribe to its calls (RFC 4235): "   \
	       "only whether there is one, all of them, or nothing (403); "    \
	       "its own user learns all"))                                     \
	X(session_expires, NODE, PHONES | BOXES | R(conference) | R(proxy), TIME, "0 86400", ALL, "",\
	    N_("after how long a call counts as dead unless it is refreshed; " \
	       "it asks for that in each call, a proxy for all calls that go " \
	       "through it (RFC 4028)"))                                       \
	X(min_se, NODE, PHONES | BOXES | R(conference) | R(proxy), TIME, "90 86400", ALL, "",\
	    N_("the shortest session interval it accepts, else 422; at least " \
	       "90s"))                                                         \
	X(refresher, NODE, PHONES | BOXES | R(conference), WORD, "uac uas", ALL, "",\
	    N_("which side of a call shall refresh it: who sends the INVITE, " \
	       "or who answers it"))                                           \
	X(messages, NODE, PHONES, WORD, "accept refuse", ALL, "accept",        \
	    N_("what it does with instant messages: it shows them, or "        \
	       "declines with 603"))                                           \
	X(replaces, NODE, PHONES, WORD, "accept refuse", ALL, "accept",        \
	    N_("whether a call of it may be replaced or joined by another "    \
	       "one (Replaces, Join), or such an INVITE gets a 403"))          \
	X(packages, NODE, PHONES, INFO_PACKAGES, "", ALL, "",                  \
	    N_("the Info Packages that it takes in a call, with commas "       \
	       "between (Recv-Info, RFC 6086); without it there is none"))     \
	X(ping, NODE, PHONES, TIME, "1 999", ALL, "",                          \
	    N_("how often it asks its outbound proxy, or the server of its "   \
	       "domain, by OPTIONS whether it is there"))                      \
	X(stun, NODE, PHONES, NODE_NAME, "", ALL, "",                          \
	    N_("the STUN server that tells it how it is seen from outside, "   \
	       "before it registers: its Contact has that address"))           \
	X(stun_tries, NODE, PHONES, INTEGER, "1 7", ALL, "7",                  \
	    N_("how often it sends a question to a STUN server before it "     \
	       "waits for the last time (RFC 8489 6.2.1)"))                    \
	X(fingerprint, NODE, R(stun), BOOL, "", ALL, "true",                   \
	    N_("its answers have a FINGERPRINT (RFC 8489 14.7)"))              \
	X(rport, NODE, PHONES, BOOL, "", ALL, "true",                          \
	    N_("asks in its Via that responses come back to the port from "    \
	       "which its requests go (RFC 3581)"))                            \
	X(keepalive, NODE, PHONES, WORD, "none crlf stun ping", ALL, "none",   \
	    N_("what it sends to whom it has registered with, so that a NAT "  \
	       "on the way does not forget it: empty lines, by UDP "           \
	       "questions as to a STUN server, by WebSocket its own pings; a " \
	       "phone with flows does so unasked (stun)"))                     \
	X(keepalive_every, NODE, PHONES, TIME, "0 199", ALL, "",               \
	    N_("the longest time between two of them, of which four fifths "   \
	       "or more are waited; without it by UDP 29s, by TCP 120s"))      \
	X(flows, NODE, PHONES, INTEGER, "0 4", ALL, "0",                       \
	    N_("over how many flows it registers at once (RFC 5626): through " \
	       "its first outbound proxy, its second …"))                      \
	X(instance, NODE, PHONES, URN, "", ALL, "",                            \
	    N_("the URN by which a registrar knows it again (+sip.instance); " \
	       "otherwise it is made of the node's name"))                     \
	X(gruu, NODE, PHONES, WORD, "none public temporary", ALL, "none",      \
	    N_("the kind of URI that it asks its registrar for, which leads "  \
	       "to this phone alone, and gives in its Contact (RFC 5627)"))    \
	X(alias, NODE, R(proxy) | R(registrar) | R(sbc), BOOL, "", ALL, "false",        \
	    N_("notes in Contacts from where they have come, and sends "       \
	       "requests for them there: help for phones behind a NAT"))       \
	X(via, NODE, CALLERS | R(proxy), HOST, "", ALL, "",                    \
	    N_("the name in its Via instead of its address: when the node is " \
	       "gone, responses look for its servers by the DNS (RFC 3263 5)"))\
	X(edge_proxy, NODE, R(proxy), BOOL, "", ALL, "false",                  \
	    N_("is the first hop of phones with flows (RFC 5626): its Path "   \
	       "says over which flow a phone is reached"))                     \
	X(flow_timer, NODE, R(registrar), TIME, "0 999", ALL, "",              \
	    N_("within which time it wants to hear something over a flow "     \
	       "(Flow-Timer)"))                                                \
	X(presence, NODE, PHONES, WORD, "agent self", ALL, "agent",            \
	    N_("who tells how its user stands: the presence agent of its "     \
	       "domain, where it publishes, or the phone itself"))             \
	X(publish, NODE, PHONES, WORD, "open closed", ALL, "",                 \
	    N_("what it tells of its user by itself, a second after its "      \
	       "start, and again after a failure"))                                                       \
	X(watchers, NODE, PHONES | R(presence), WORD, "accept confirm refuse", \
	    ALL, "accept",                                                     \
	    N_("who may subscribe to presence: everybody, only who is then "   \
	       "let in (admit), or nobody"))                                   \
	X(admitted, NODE, PHONES | R(presence), WHOM, "", ALL, "",             \
	    N_("who may subscribe in any case: users or URIs with spaces "     \
	       "between"))                                                     \
	X(blocked, NODE, PHONES | R(presence), WHOM, "", ALL, "",              \
	    N_("who may not subscribe: users or URIs with spaces between"))    \
	X(presence_agent, NODE, R(proxy), NODE_NAME, "", ALL, "",              \
	    N_("the node with the presence of its domain's users, when it is " \
	       "not on its own"))                                              \
	X(subscribe, NODE, PHONES, SUBSCRIPTIONS, AGENT_PACKAGE_WORDS, ALL, "",\
	    N_("what it asks to be told of by itself, a second after its "     \
	       "start, and again after a failure: packages and whose, "        \
	       "\"presence:bob reg\"; without a name its own"))                                                \
	X(redial, NODE, PHONES, BOOL, "", ALL, "false",                        \
	    N_("who was busy is called again as soon as he is free: it "       \
	       "subscribes to his dialogs (RFC 5359 2.17)"))                   \
	X(redirect, NODE, PHONES, WORD, "follow ask never", ALL, "follow",     \
	    N_("what it does when it is sent elsewhere: it goes there, asks "  \
	       "its user (on(\"redirect\") in a script), or gives up"))         \
	X(clock, NODE, R(handset), FREQUENCY, "1000000 1000000000", ALL,       \
	    "203MHz", N_("how fast its processor runs"))                       \
	X(cpi, NODE, R(handset), FACTOR, "100 100000", ALL, "1.5",             \
	    N_("cycles of the clock that an instruction takes on average"))    \
	X(ram, NODE, R(handset), MEMORY, "65536 67108864", ALL, "64MB",        \
	    N_("how much memory the board has"))                               \
	X(firmware, NODE, R(handset), FILE, "", ALL, "",                       \
	    N_("an ELF file to run instead of rung's own; looked up beside "   \
	       "the topology"))                                                \
	X(loop, NODE, R(handset), BOOL, "", ALL, "false",                      \
	    N_("records each turn of its firmware's loop: what woke it, and "  \
	       "which functions of libosip2 it entered"))                      \
	X(phonebook, NODE, R(handset), PHONEBOOK, "", ALL, "",                 \
	    N_("names and whom to call, "                                      \
	       "\"Bob=sip:bob@example.com; Carol=sip:carol@example.com\""))   \
	X(codecs, NODE, R(handset) | SPEAKING | BOXES | R(mg), WORDS, SIP_SDP_CODEC_WORDS, ALL,\
	    "PCMU PCMA",                                                       \
	    N_("the formats that it offers, with spaces between. A phone knows "\
	       "PCMU, PCMA, G722, G729, opus, telephone-event, and for video " \
	       "H264, VP8 and PS; a handset PCMU and PCMA, others only make "  \
	       "its offer longer"))                                            \
	X(streams, NODE, PHONES | R(conference), WORDS, "audio video", ALL, "audio",\
	    N_("the streams that it offers and takes: audio, video or both"))  \
	X(bandwidth, NODE, PHONES | R(conference), INTEGER, "1 10000000", ALL, "",\
	    N_("kilobits a second that a session may take (b=AS)"))            \
	X(compact, NODE, R(handset), BOOL, "", ALL, "false",                   \
	    N_("writes header fields in their compact form"))                  \
	X(media, NODE, R(handset) | SPEAKING | R(mg), BOOL, "", ALL, "false",  \
	    N_("sends what is agreed in a call by RTP, and plays what comes")) \
	X(media_transport, NODE, PHONES, WORD, "udp tcp", ALL, "udp",          \
	    N_("what carries its media: with tcp it offers RTP over TCP (RFC " \
	       "4571), and takes offers of either"))                           \
	X(media_setup, NODE, PHONES, WORD, "actpass active passive", ALL,      \
	    "actpass",                                                         \
	    N_("with media_transport=tcp: whether it opens the connection, "   \
	       "waits for it, or lets the other side choose (RFC 4145)"))      \
	X(ice, NODE, PHONES, WORD, "no lite full", ALL, "no",                  \
	    N_("how its media find their way (ICE, RFC 8445): lite only "      \
	       "answers checks, full makes them, too; RTCP shares the port of "\
	       "RTP then"))                                                    \
	X(ptime, NODE, PHONES, INTEGER, "5 120", ALL, "20",                    \
	    N_("how many milliseconds of sound a packet that comes to it is "  \
	       "to have (a=ptime, RFC 8866 6.4); what it sends is as the "     \
	       "other side says, in whole frames of the codec"))               \
	X(maxptime, NODE, PHONES, INTEGER, "5 120", ALL, "",                   \
	    N_("how many milliseconds of sound a packet that comes to it may " \
	       "hold (a=maxptime, RFC 8866 6.5); not given: it does not say"))\
	X(rtcp_mux, NODE, SPEAKING, BOOL, "", ALL, "false",                    \
	    N_("offers and takes RTCP at the port of RTP (RFC 5761)"))         \
	X(rtcp_xr, NODE, SPEAKING, BOOL, "", ALL, "false",                     \
	    N_("reports in RTCP how what it hears sounds (RTCP XR, RFC 3611), "\
	       "where the other side asks for that, too"))                     \
	X(dtmf, NODE, PHONES, WORD, "info events in-band", ALL, "info",        \
	    N_("how the digits that its user presses go: by INFO, or with "    \
	       "media=true as telephone events, or as tones among the sound, " \
	       "for which it then listens, too"))                              \
	X(sound, NODE, R(handset) | PHONES | R(script), SOUND, "speech tone silence", ALL, "speech",\
	    N_("with media=true, or a program's stream: what its user says; "  \
	       "of a WAV file, looked up beside the script, then in "          \
	       "topologies/, the first 20 s"))                                 \
	X(hold_music, NODE, PHONES, BOOL, "", ALL, "false",                    \
	    N_("with media=true: who is on hold hears a melody, not its "      \
	       "user"))                                                        \
	X(early_sound, NODE, PHONES, WORD,                                     \
	    "speech tone silence music ring-back", ALL, "",                    \
	    N_("with media=true progress=183: what is heard of it until it "   \
	       "answers, where that is not its user"))                         \
	X(srtp, NODE, SPEAKING, WORD, "no offer require", ALL, "no",           \
	    N_("whether its media are sealed (SRTP), with their keys in the "  \
	       "session description (RFC 4568): they are not; those that it "  \
	       "offers are, and it takes others; it takes no others"))         \
	X(buffer, NODE, LISTENING, TIME, "0 0", ALL, "60ms",                   \
	    N_("with media=true: how long what it has heard waits, so that "   \
	       "what comes late is still in time"))                            \
	X(adaptive, NODE, LISTENING, BOOL, "", ALL, "false",                   \
	    N_("its buffer follows the jitter, between talk spurts"))          \
	X(language, NODE, R(handset), WORD, "en zh", ALL, "en",                \
	    N_("what its screen speaks"))                                      \
	X(route, NODE, R(proxy), FILE, "", ALL, "",                            \
	    N_("a file in Lua that says where requests go (docs/PROGRAMS.md); " \
	       "looked up beside the script, then in topologies/"))             \
	X(program, NODE, R(script), FILE, "", ALL, "",                         \
	    N_("the file in Lua that says what it does (docs/PROGRAMS.md); "   \
	       "looked up beside the script, then in topologies/"))            \
	X(process, NODE, ANY, FILE, "", ALL, "",                               \
	    N_("the command of a program that stands in its place where "      \
	       "programs may run (--processes): role=script, program=COMMAND " \
	       "(docs/PROGRAMS.md)"))                                          \
	X(transactions, NODE, R(script), BOOL, "", ALL, "true",                \
	    N_("without them its program sees repeated messages, too, and "    \
	       "repeats its own (RFC 3261 17)"))                               \
	X(settings, NODE, R(script) | R(proxy) | R(menu), SETTINGS, "", ALL, "",                    \
	    N_("what its program finds in the table settings, "                \
	       "\"interval=60 password=pw\""))                                 \
	X(menu, NODE, R(menu), FILE, "", ALL, "",                              \
	    N_("a file in Lua that says what becomes of calls "                \
	       "(docs/PROGRAMS.md); looked up as that of route=; without it "  \
	       "each is refused"))                                             \
	X(record_route, NODE, R(proxy), BOOL, "", ALL, "true",                 \
	    N_("stays in the path of the dialogs it helps to set up"))         \
	X(trying, NODE, R(proxy), TIME, "0 0", ALL, "0ms",                     \
	    N_("how long it waits, at most 200ms, before it says 100 to an "   \
	       "INVITE within a dialog, which phones mostly answer at once"))  \
	X(stateless, NODE, R(proxy), BOOL, "", ALL, "false",                   \
	    N_("forwards without transactions"))                               \
	X(strict_routing, NODE, R(proxy), BOOL, "", ALL, "false",              \
	    N_("routes as RFC 2543 did: no lr, the first Route becomes the "   \
	       "Request-URI"))                                                 \
	X(fork, NODE, R(proxy), WORD, "parallel sequential", ALL, "parallel",  \
	    N_("several targets: those of one q at once, or one after the "    \
	       "other; the highest q first"))                                  \
	X(ring_time, NODE, R(proxy) | R(queue) | BOXES, TIME, "0 199", ALL, "20s",\
	    N_("how long the targets that are tried may ring while others "    \
	       "wait for their turn; a queue: how long an agent's phone may; "  \
	       "a B2BUA, a session border controller: how long whom it calls "  \
	       "may, without it three minutes"))                               \
	X(strategy, NODE, R(queue), WORD,                                      \
	    "longest-idle round-robin all skills", ALL, "longest-idle",        \
	    N_("which agent gets the next call: who has had none for longest, "\
	       "each in turn, whoever of all is first to answer, or who has "   \
	       "the skill that the call asks for by its user name"))           \
	X(staff, NODE, R(queue), STAFF, "", ALL, "",                           \
	    N_("who may log on as its agents, users with spaces between, each "\
	       "with what he can do: \"ann=billing,sales bob=sales\"; without "\
	       "it anybody"))                                                  \
	X(wrap_up, NODE, R(queue), TIME, "0 199", ALL, "10s",                  \
	    N_("how long after a call its agent gets no other"))               \
	X(rest, NODE, R(queue), TIME, "0 999", ALL, "10s",                     \
	    N_("how long an agent who has refused, or did not answer, gets no "\
	       "call"))                                                        \
	X(room, NODE, R(queue), INTEGER, "0 1000000", ALL, "",                 \
	    N_("calls that may wait at one time; one more gets 486"))          \
	X(overflow, NODE, R(queue), URI, "", ALL, "",                          \
	    N_("where calls go on to for which there is no room, or no agent"))\
	X(hours, NODE, R(queue), HOURS, "", ALL, "",                           \
	    N_("when it takes calls, \"08:00-12:00 13:00-18:00\" by the clock "\
	       "of the zone in which the run starts; else they get 480"))      \
	X(recurse, NODE, R(proxy), BOOL, "", ALL, "false",                     \
	    N_("tries the addresses of a 3xx response itself"))                \
	X(early_ended, NODE, R(proxy), BOOL, "", ALL, "true",                  \
	    N_("tells callers who support it by a 199 that one of the phones " \
	       "has refused"))                                                 \
	X(trust, NODE, R(proxy) | PHONES, TRUST, "", ALL, "",                  \
	    N_("whom it trusts: nodes and domains with spaces between; a "     \
	       "proxy then says who requests are from "                        \
	       "(P-Asserted-Identity), a phone shows it"))                     \
	X(history, NODE, R(proxy), BOOL, "", ALL, "false",                     \
	    N_("writes into requests whom they were for before, and tells "    \
	       "callers (History-Info)"))                                      \
	X(diversion, NODE, R(proxy), BOOL, "", ALL, "false",                   \
	    N_("writes into calls that it forwards for whom they were "        \
	       "(Diversion)"))                                                 \
	X(announcement, NODE, R(proxy), URI, "", ALL, "",                      \
	    N_("where a caller who was screened can hear why (Error-Info)"))   \
	X(path, NODE, R(proxy), BOOL, "", ALL, "false",                        \
	    N_("puts itself into the Path of registrations that it passes "    \
	       "on"))                                                          \
	X(unanswered, NODE, R(proxy), WORD, "408 480", ALL, "408",             \
	    N_("what it tells a caller whose target never answered"))          \
	X(unlocated, NODE, R(proxy) | R(redirect), WORD, "480 504", ALL,       \
	    "480", N_("what it tells a caller when the location service is "   \
		"silent"))                                                     \
	X(capacity, NODE, R(proxy) | BOXES, INTEGER, "0 1000000", ALL, "",     \
	    N_("requests that it handles at one time; one more gets 503; of a "\
	       "box, calls that go through it"))                               \
	X(throughput, NODE, R(proxy) | BOXES, INTEGER, "1 1000000", ALL, "",   \
	    N_("requests that it can handle in a second; more get 503; of a "  \
	       "box, new calls"))                                              \
	X(oc, NODE, R(proxy), BOOL, "", ALL, "false",                          \
	    N_("takes part in overload control (RFC 7339): it tells those "    \
	       "before it how much of what they send is too much, and sends "  \
	       "less to those behind it who say so"))                          \
	X(auth, NODE, R(proxy) | R(registrar) | R(presence) | R(queue), WORD,  \
	    "false true all", ALL,                                             \
	    "false", N_("asks for passwords: true, those who claim to be "     \
		"users of its domain or want to be passed on elsewhere; all, " \
		"everybody. A proxy asks nobody within a dialog, nor for ACK " \
		"and CANCEL"))                                                 \
	X(digest, NODE, R(proxy) | R(registrar) | R(presence) | R(queue),      \
	    WORD, "all md5", ALL, "all",                                       \
	    N_("what it asks for passwords by: SHA-256 above MD5 (RFC 8760), " \
	       "or MD5 alone, for phones that look at what is on top only"))   \
	X(service_route, NODE, R(registrar), NODE_NAMES, "", ALL, "",          \
	    N_("the proxies that its users shall send their requests "         \
	       "through"))                                                     \
	X(permanent, NODE, R(redirect), BOOL, "", ALL, "false",                \
	    N_("answers 301 Moved Permanently instead of 302"))                \
	X(use_proxy, NODE, R(redirect) | PHONES, NODE_NAME, "", ALL, "",       \
	    N_("answers 305 Use Proxy with this node; a phone, where a call "  \
	       "does not come from there"))                                    \
	X(think, NODE, R(location) | R(dns), TIME, "0 9", ALL, "0",            \
	    N_("how long it takes to answer"))                                 \
	X(source, NODE, R(location), WORD, "memory ldap", ALL, "memory",       \
	    N_("where it keeps its users: with ldap, notes show what it would " \
	       "ask a directory (H.350.4); its answers stay the same"))        \
	X(gone, NODE, R(location), WHOM, "", ALL, "",                          \
	    N_("users who have left for good (410), with spaces between"))     \
	X(number_length, NODE, R(location), INTEGER, "1 20", ALL, "",          \
	    N_("digits that a number must have, else 484"))                    \
	X(ambiguous, NODE, R(location), BOOL, "", ALL, "false",                \
	    N_("a name that several users share in part gets 485"))            \
	X(dns, NODE, SPEAKERS, NODE_NAMES, "", ALL, "",                        \
	    N_("the name servers that it asks, the next when one does not "    \
	       "answer; otherwise those of its domain, else all that there "   \
	       "are; \"\" is none"))                                           \
	X(enum, NODE, R(proxy), HOST, "", ALL, "",                             \
	    N_("the domain below which it asks for telephone numbers, as a "   \
	       "rule e164.arpa; otherwise it knows none"))                     \
	X(bailiwick, NODE, R(dns), BOOL, "", ALL, "true",                      \
	    N_("believes of what comes beside an answer only what is of the "  \
	       "zone that was asked; false: all of it"))                       \
	X(location, NODE, SERVERS, NODE_NAME, "", ALL, "",                     \
	    N_("the location service it asks, when it is not one itself"))     \
	X(hss, NODE, R(registrar) | R(proxy), NODE_NAME, "", ALL, "",          \
	    N_("the home subscriber server of its IMS network: a registrar "   \
	       "(S-CSCF) challenges by its vectors, a proxy that is no "       \
	       "registrar (I-CSCF) asks it which S-CSCF has a user"))          \
	X(serving, NODE, R(proxy), NODE_NAMES, "", ALL, "",                    \
	    N_("with hss: the registrars (S-CSCF) of its network; the first "  \
	       "gets who has none yet"))                                       \
	X(networks, NODE, R(hss), NETWORKS, "", ALL, "",                       \
	    N_("the networks that its users may visit, as their "              \
	       "P-Visited-Network-ID names them; without it all"))             \
	X(third_party, NODE, R(registrar), NODE_NAMES, "", ALL, "",            \
	    N_("whom it tells who has registered, by a REGISTER of its own "   \
	       "for him, as an S-CSCF tells its application servers"))         \
	X(zone, NODE, R(dns), FILES, "", ALL, "",                              \
	    N_("master files (RFC 1035) of its zones, with spaces between, "   \
	       "looked up beside the script, then in topologies/; otherwise "  \
	       "the topology makes zones of its domain, or of all where it "   \
	       "has none"))                                                    \
	X(ttl, NODE, R(dns), TIME, "0 604800", ALL, "1h",                      \
	    N_("how long the records of zones that the topology makes may be " \
	       "kept"))                                                        \
	X(srv, NODE, SERVERS, SRV, "", ALL, "",                                \
	    N_("its priority and weight, \"10 60\", among the servers of its " \
	       "domain in zones that the topology makes; where none has any, " \
	       "the domain's entry is alone"))                                 \
	X(recursion, NODE, R(dns), BOOL, "", ALL, "false",                     \
	    N_("finds out what it does not know itself for those who want it"))\
	X(hints, NODE, R(dns), NODE_NAMES, "", ALL, "",                        \
	    N_("the name servers with which it begins where it finds out for " \
	       "others; otherwise those whose domain is nearest to the name"))  \
	X(reply, NODE, R(dns), WORDS, DNS_REPLY_WORDS, ALL, "",                \
	    N_("what it does otherwise than it should, words with spaces "     \
	       "between: it never answers (silent), cuts each answer by UDP "  \
	       "off (truncated), does not know EDNS (plain), says always that "\
	       "it fails (servfail), that it refuses (refused), that there is "\
	       "no such name (nxdomain); or it turns the order of records "    \
	       "with each answer (rotated)"))                                  \
	X(lies, NODE, R(dns), LIES, "", ALL, "",                               \
	    N_("wrong addresses that it tells, "                               \
	       "\"sip1.example.com=192.0.2.66\", several with spaces "         \
	       "between"))                                                     \
	X(inbound, NODE,                                                       \
	    SERVERS | R(presence) | R(voicemail) | R(queue) | R(conference) |  \
		R(menu) | R(script) | R(gateway) | R(mgc),                     \
	    BOOL, "", ALL,                                                     \
	    "false", N_("where requests for its domain enter"))                \
	X(min_expires, NODE, R(registrar) | R(presence) | R(queue), TIME, "0 86400",\
	    ALL, "60s",                                                        \
	    N_("the shortest registration, subscription or publication it "    \
	       "accepts, else 423"))              \
	X(default_expires, NODE, R(registrar) | R(queue), TIME, "0 86400", ALL, "1h",\
	    N_("how long a registration lasts that does not say"))             \
	X(gateways, NODE, R(mgc), NODE_NAMES, "", ALL, "",                     \
	    N_("the media gateways whose telephones it makes calls for"))      \
	X(digit_map, NODE, R(mgc), DIGIT_MAP, "", ALL, "(xxxx)",               \
	    N_("which digits make a number: patterns with | between, of "      \
	       "digits, x for any, [2-8], . for any number of times; \"(0xxx|" \
	       "[2-8]xxx)\""))                                                 \
	X(trunk, NODE, R(mgc), HOST, "", ALL, "",                              \
	    N_("the domain or host whose users have all other numbers; "       \
	       "without it there are none"))                                   \
	X(megaco_form, NODE, R(mgc) | R(mg), WORD, "long short", ALL, "long",  \
	    N_("whether its H.248 messages have the words in full"))           \
	X(controller, NODE, R(mg), NODE_NAME, "", ALL, "",                     \
	    N_("the media gateway controller that it obeys"))                  \
	X(telephones, NODE, R(switch) | R(mg), TELEPHONES, "", ALL, "",        \
	    N_("the numbers of its telephones, with spaces between; at a "     \
	       "media gateway each behind its line, \"A1=8001 A2=8002\""))     \
	X(mailboxes, NODE, R(voicemail), WHOM, "", ALL, "",                    \
	    N_("whose messages it keeps: users with spaces between, "          \
	       "\"bob@example.com carol\""))                                   \
	X(record, NODE, R(voicemail), TIME, "0 999", ALL, "30s",               \
	    N_("how long a message may be; then it hangs up"))                 \
	X(rooms, NODE, R(conference), ROOMS, "", ALL, "",                      \
	    N_("its conferences that are always there: the user parts of "     \
	       "their URIs, with spaces between, \"lecture sales\""))          \
	X(factory, NODE, R(conference), WORD, "answer redirect ask none", ALL, \
	    "answer",                                                          \
	    N_("what a call to its own URI makes: a conference that answers, " \
	       "or to which a 302 leads, or one that is asked for by a key in " \
	       "the call, or nothing (404)"))                   \
	X(ends, NODE, R(conference), WORD, "creator last", ALL, "creator",     \
	    N_("when a conference that was made so is over: its creator "      \
	       "leaves, or the last participant"))                             \
	X(most, NODE, R(conference), INTEGER, "2 120", ALL, "64",              \
	    N_("how many participants one of its conferences may have; one "   \
	       "more gets 486"))                                               \
	X(conferences, NODE, PHONES, WORD, "aware unaware", ALL, "aware",      \
	    N_("whether it subscribes to who is in a conference when the "     \
	       "other side of its call is a focus (isfocus)"))                 \
	X(serves, NODE, ANY, SERVES, "", ALL, "",                              \
	    N_("whom each of several roles is for: a role and a user or a "    \
	       "domain, several with spaces between. A role that stands here " \
	       "takes new requests for those alone; such a domain is entered " \
	       "here"))                                                        \
	X(ip_forward, NODE, ANY, BOOL, "", ALL, "false",                       \
	    N_("passes other nodes' packets; a router always does"))           \
	X(trunks, NODE, TRUNKS, CIRCUITS, "", ALL, "",                         \
	    N_("its circuits: a gateway or an exchange that has them, too, "   \
	       "and their numbers (CIC), \"switch1:1-30\", several with "    \
	       "spaces between"))                                              \
	X(point_code, NODE, TRUNKS, INTEGER, "1 16383", ALL, "",               \
	    N_("its signalling point code; otherwise it is made of its "       \
	       "address"))                                                     \
	X(routes, NODE, TRUNKS | R(proxy), ROUTES, "", ALL, "",                \
	    N_("where numbers go, by their beginnings: over trunks to a "      \
	       "neighbour, \"212:switch1 314:switch2\", others to any; from "  \
	       "a proxy to nodes, one after the other, or to a status, "       \
	       "\"+1212:gw1,gw2 sos:centre :404\", others as without it "      \
	       "(docs/roles/proxy.md); the longest that fits counts"))         \
	X(continuity, NODE, TRUNKS, WORD, "none good bad", ALL, "none",        \
	    N_("whether it checks a circuit before a call of its own, and "    \
	       "how the first check ends (COT)"))                              \
	X(interworking, NODE, TRUNKS, BOOL, "", ALL, "false",                  \
	    N_("its IAMs say that another kind of network was met: whoever "   \
	       "can't put such a call through plays a tone instead of a REL")) \
	X(country, NODE, R(gateway) | R(mgc) | R(proxy) | R(registrar) | R(redirect), COUNTRY, "", ALL, "1",\
	    N_("the country code of its trunks, by which national numbers "    \
	       "become international ones, and back; and of local numbers: "   \
	       "8002;phone-context=+1 is 8002 there"))                         \
	X(uri, NODE, R(gateway), WORD, "sip tel", ALL, "sip",                  \
	    N_("which URI it makes of a number; a SIP URI is of its domain"))  \
	X(overlap, NODE, R(gateway), WORD, "none collect invites", ALL,        \
	    "none",                                                            \
	    N_("what a number without an end (ST) is (RFC 3578): complete, "   \
	       "one for whose further digits it waits, or one that it passes " \
	       "on at once, with another INVITE for each piece that follows")) \
	X(isup, NODE, R(gateway), WORD, "none sip-t sip-i", ALL, "none",       \
	    N_("whether ISUP stands in the bodies of its messages (RFC 3372), "\
	       "and is read there: sip-t, so that a phone may leave it aside " \
	       "(handling=optional), or sip-i, so that it may not"))           \
	X(t11, NODE, R(gateway), TIME_OR_NEVER, "0 199", ALL, "never",         \
	    N_("when it sends an early ACM for an INVITE that nobody has "     \
	       "answered"))                                                    \
	X(pick_up, NODE, R(switch), TIME_OR_NEVER, "0 199", ALL, "2s",         \
	    N_("when people answer its telephones"))                           \
	X(rings_out, NODE, R(switch), TIME_OR_NEVER, "0 999", ALL, "60s",      \
	    N_("when it gives up a telephone that nobody answers"))            \
	X(refuses, NODE, R(switch), REFUSALS, "", ALL, "",                     \
	    N_("telephones that can't be called, each with the cause: "        \
	       "\"2125550101:17\" is busy, \"2125550102:27\" out of "      \
	       "order, \"2125550103:22:2125550104\" has another number now")) \
	X(acm, NODE, R(switch), WORD, "free early in-band none", ALL, "free",  \
	    N_("what it says when a telephone of its own is called: it "       \
	       "rings; nothing yet, ringing later; there is something to "     \
	       "hear; nothing at all before the answer (CON)"))                \
	X(t6, NODE, R(switch), TIME, "0 999", ALL, "60s",                      \
	    N_("how long it keeps the call of a telephone that was put down")) \
	X(mapping, NODE, R(nat), WORD, "endpoint address address-port", ALL,   \
	    "endpoint",                                                        \
	    N_("of what of the other side its bindings depend: of nothing, "   \
	       "or what goes to another address, or another port, gets "       \
	       "another outer port"))                                          \
	X(filtering, NODE, R(nat), WORD, "endpoint address address-port", ALL, \
	    "address-port",                                                    \
	    N_("whom a binding lets in: everybody, the addresses to which it " \
	       "has sent, or exactly the addresses and ports"))                \
	X(ports, NODE, R(nat), WORD, "preserve parity sequential random", ALL, \
	    "preserve",                                                        \
	    N_("which outer port a binding gets: the inner one where it is "   \
	       "free, the next one that is even or odd like it, the next one, "\
	       "any"))                                                         \
	X(timeout, NODE, R(nat), TIME, "0 9999", ALL, "300s",                  \
	    N_("how long a binding for UDP lives without packets"))            \
	X(tcp_timeout, NODE, R(nat), TIME, "0 86400", ALL, "7440s",            \
	    N_("the same of an established TCP connection"))                   \
	X(tcp_transitory, NODE, R(nat), TIME, "0 9999", ALL, "240s",           \
	    N_("the same of one that opens or closes"))                        \
	X(refresh, NODE, R(nat), WORD, "out both", ALL, "out",                 \
	    N_("which datagrams begin that time anew: those that go out, or "  \
	       "also those that come in"))                                     \
	X(bindings, NODE, R(nat), INTEGER, "1 100000", ALL, "65535",           \
	    N_("how many bindings it has room for"))                           \
	X(hairpin, NODE, R(nat), BOOL, "", ALL, "true",                        \
	    N_("sends what is for an outer address of its own, from inside, "  \
	       "back to the inside"))                                          \
	X(alg, NODE, R(nat), WORDS, NAT_ALG_WORDS, ALL, "",                    \
	    N_("what it rewrites of SIP messages over UDP, as a gateway that " \
	       "means well, words with spaces between: its address or the "    \
	       "phone's in Via (via), Contact (contact), the Request-URI "    \
	       "(uri), the uri of Authorization (auth), SDP (sdp); and "      \
	       "Content-Length, where SDP has another length (length)"))       \
	X(delay, EDGE, ANY, TIME, "0 0", ALL, "5ms",                           \
	    N_("time for a packet to cross the link"))                         \
	X(jitter, EDGE, ANY, TIME, "0 0", ALL, "0",                            \
	    N_("up to this much more, evenly spread; packets may overtake"))   \
	X(loss, EDGE, ANY, SHARE, "", ALL, "0%",                               \
	    N_("share of the packets that is lost"))                           \
	X(duplicate, EDGE, ANY, SHARE, "", ALL, "0%",                          \
	    N_("share of the packets that arrives twice"))                     \
	X(rate, EDGE, ANY, RATE, "", ALL, "",                                  \
	    N_("bits a second; without it a packet takes no time to send"))    \
	X(queue, EDGE, ANY, INTEGER, "0 1000000", ALL, "100",                  \
	    N_("packets that may wait for the rate; 0: no limit"))             \
	X(mtu, EDGE, ANY, INTEGER, "68 65535", ALL, "1500",                    \
	    N_("bytes of the largest packet; larger ones are cut up"))
/* clang-format on */

#endif
