/*
 * rung's own labs, in their groups and in the order in which they are offered:
 * a course can go through them from the top, so that levels (of each lab's
 * check.lua) rise within a group, and the first is all of level 1; flows of
 * RFCs are in the RFCs' order.  Titles stand here so that they are translated;
 * tests/inputs/test_share.c holds them to the labs, and groups, order and
 * sentences to docs/LABS.md.  A lab that is not in the table comes after these.
 *
 *	GROUP(text)  LAB(folder, title, what it shows)
 *
 * Below them the titles of topologies, where no lab has the same.
 *
 *	TOPOLOGY(title)
 *
 * And what scripts of labs note, word for word; of a note that a script puts
 * together, what it comes to.
 *
 *	NOTE(text)
 *
 * And the labels of nodes.
 *
 *	LABEL(text)
 */
#ifndef INPUTS_SHARE_TABLE_H
#define INPUTS_SHARE_TABLE_H

#include "base/i18n.h"

#define SHARE_TABLE(GROUP, LAB)                                                \
	GROUP(N_("First steps"))                                               \
	LAB("direct-call", N_("Call without servers"),                         \
	    N_("the smallest call: six messages, two phones"))                 \
	LAB("registration", N_("Registration"),                                \
	    N_("a binding is added, refreshed and removed"))                   \
	LAB("two-proxies", N_("Call through two proxies"),                     \
	    N_("the trapezoid: Via, Route, Record-Route"))                     \
	LAB("busy", N_("Bob is busy"),                                         \
	    N_("a rejection, acknowledged hop by hop"))                        \
	LAB("not-found", N_("Not found"), N_("404, 480, and no such domain"))  \
	LAB("instant-message", N_("Instant messages"),                         \
	    N_("a text in a request: its answers, its size, its time"))        \
	LAB("keep-alive", N_("Is anybody there? OPTIONS"),                     \
	    N_("capabilities, the path, a server that is down"))               \
	LAB("five-functions", N_("Five functions"),                            \
	    N_("located, asked, agreed, set up, managed: what SIP is for, "    \
	       "in one call"))                                                 \
	GROUP(N_("When things go wrong"))                                      \
	LAB("what-if-lost", N_("What if this message got lost?"),              \
	    N_("nothing, time, the call: the cost of losing each of 13 "       \
	       "messages"))                                                    \
	LAB("lost-messages", N_("Lost messages"),                              \
	    N_("who retransmits what, and when"))                              \
	LAB("no-answer", N_("No answer from a dead phone"),                    \
	    N_("Timer B, and 408 from the proxy"))                             \
	LAB("how-much-loss", N_("How much loss does a call survive?"),         \
	    N_("hundreds of calls, measured, with confidence intervals"))      \
	LAB("crash", N_("A proxy crashes during a call"),                      \
	    N_("a proxy goes down in the middle of a call"))                   \
	LAB("overloaded", N_("An overloaded proxy"),                           \
	    N_("503, and why the caller hears 500"))                           \
	LAB("lying-location", N_("A location service that lies"),              \
	    N_("right, wrong, slow and silent answers of a location service")) \
	LAB("torn-tcp", N_("A torn stream"),                                   \
	    N_("a connection breaks off in the middle of a message"))          \
	LAB("overload-control", N_("Too many calls"),                          \
	    N_("503 against overload control, measured"))                      \
	GROUP(N_("Calls, and how they change"))                                \
	LAB("cancel", N_("Alice gives up"), N_("a call is cancelled"))         \
	LAB("reliable-provisional", N_("A 183 that has to arrive"),            \
	    N_("PRACK, and a 200 that waits for it"))                          \
	LAB("media-lines", N_("Lines of media come, change and go"),           \
	    N_("audio and video: a line is rejected, added, changed, "         \
	       "removed"))                                                     \
	LAB("update", N_("The session changes while it rings"),                \
	    N_("UPDATE before the answer, and two changes that meet"))         \
	LAB("session-timer", N_("A call that does not outlive its phones"),    \
	    N_("a call that ends though a phone has crashed: 422, refresh, "   \
	       "expiry"))                                                      \
	GROUP(N_("Proxies and redirect servers"))                              \
	LAB("forking", N_("Three phones ring, two answer"),                    \
	    N_("three phones ring, two answer, one call stays"))               \
	LAB("sequential-forking", N_("One phone after the other"),             \
	    N_("one phone after the other, by preference"))                    \
	LAB("programmed-proxy", N_("A proxy of twelve lines of Lua"),          \
	    N_("a proxy whose program says where calls go"))                   \
	LAB("node-in-lua", N_("A node in Lua"),                                \
	    N_("a node that is a program: what transactions do for it, and "   \
	       "what it does itself"))                                         \
	LAB("redirection", N_("Redirection"),                                  \
	    N_("300 with preferences, and a detected loop"))                   \
	LAB("external-redirection", N_("An external redirection"),             \
	    N_("a proxy gets a 3xx: it forwards it, or it follows it"))        \
	LAB("co-located", N_("Two servers on one machine"),                    \
	    N_("a proxy and a redirect server with one address"))              \
	LAB("history", N_("For whom a call was"),                              \
	    N_("for whom a call was before it was forwarded"))                 \
	LAB("early-dialogs", N_("Early dialogs begin and end"),                \
	    N_("early dialogs with media of their own: one ends with 199, "    \
	       "one is answered"))                                             \
	LAB("loop-and-spiral", N_("A loop and a spiral"),                      \
	    N_("which requests may come back to a proxy"))                     \
	LAB("stateless-proxy", N_("With and without a memory"),                \
	    N_("the same losses with and without a memory"))                   \
	LAB("strict-router", N_("A strict router in the path"),                \
	    N_("a proxy that does not know lr"))                               \
	GROUP(N_("Names and name servers"))                                    \
	LAB("trapezoid-dns", N_("The trapezoid with name servers"),            \
	    N_("a proxy finds the other domain's: NAPTR, SRV, A"))             \
	LAB("dns-failover", N_("A server dies"),                               \
	    N_("the next server by SRV priority, and what the "                \
	       "time-out costs"))                                              \
	LAB("dns-weights", N_("Weights: who gets how many?"),                  \
	    N_("draws among servers of one priority, counted"))                \
	LAB("dns-poisoned", N_("A poisoned cache"),                            \
	    N_("a false address next to an answer, who believes it, and for "  \
	       "how long"))                                                    \
	LAB("dns-shortcut", N_("Ways around SRV"),                             \
	    N_("a URI with a port, a name without SRV: no second "             \
	       "server"))                                                      \
	LAB("enum", N_("ENUM: a number becomes an address"),                   \
	    N_("which URIs a telephone number has in the DNS, and which "      \
	       "counts"))                                                      \
	GROUP(N_("The flows of RFC 3665"))                                     \
	LAB("rfc3665-2.1", N_("Successful new registration"), "RFC 3665 2.1")  \
	LAB("rfc3665-2.2", N_("Update of the contact list"), "RFC 3665 2.2")   \
	LAB("rfc3665-2.3", N_("Request for the current contact list"),         \
	    "RFC 3665 2.3")                                                    \
	LAB("rfc3665-2.4", N_("Cancellation of all registrations"),            \
	    "RFC 3665 2.4")                                                    \
	LAB("rfc3665-2.5", N_("Unsuccessful registration"), "RFC 3665 2.5")    \
	LAB("rfc3665-3.1", N_("Successful session establishment"),             \
	    "RFC 3665 3.1")                                                    \
	LAB("rfc3665-3.2", N_("Session establishment through two proxies"),    \
	    "RFC 3665 3.2")                                                    \
	LAB("rfc3665-3.3", N_("Session with multiple proxy authentication"),   \
	    "RFC 3665 3.3")                                                    \
	LAB("rfc3665-3.4", N_("Successful session with proxy failure"),        \
	    "RFC 3665 3.4")                                                    \
	LAB("rfc3665-3.5", N_("Session through a SIP ALG"), "RFC 3665 3.5")    \
	LAB("rfc3665-3.6",                                                     \
	    N_("Session via redirect and proxy servers with SDP in ACK"),      \
	    "RFC 3665 3.6")                                                    \
	LAB("rfc3665-3.7", N_("Session with re-INVITE (IP address change)"),   \
	    "RFC 3665 3.7")                                                    \
	LAB("rfc3665-3.8", N_("Unsuccessful: no answer"), "RFC 3665 3.8")      \
	LAB("rfc3665-3.9", N_("Unsuccessful: busy"), "RFC 3665 3.9")           \
	LAB("rfc3665-3.10",                                                    \
	    N_("Unsuccessful: no response from the user agent"),               \
	    "RFC 3665 3.10")                                                   \
	LAB("rfc3665-3.11", N_("Unsuccessful: temporarily unavailable"),       \
	    "RFC 3665 3.11")                                                   \
	GROUP(N_("Passwords and identities"))                                  \
	LAB("asserted-identity", N_("Who calls, and who may know"),            \
	    N_("proxies that trust each other, and a caller who stays "        \
	       "unknown"))                                                     \
	LAB("digest-replay", N_("A replayed digest"),                          \
	    N_("credentials that were read on their path, and used again"))    \
	GROUP(N_("TLS, and who listens"))                                      \
	LAB("sips-end-to-end", N_("A sips call from end to end"),              \
	    N_("TLS on each hop: what a sips URI promises, and what "          \
	       "handshakes cost"))                                             \
	LAB("bad-certificates", N_("Bad certificates"),                        \
	    N_("why a certificate is rejected, and who may speak for a "       \
	       "domain"))                                                      \
	LAB("websocket-phone", N_("A phone in a browser"),                     \
	    N_("a phone that has no address, and how calls reach it "          \
	       "nevertheless"))                                                \
	LAB("listener", N_("A listener on the line"),                          \
	    N_("what can be seen of a call by UDP and by TLS, and who reads "  \
	       "it"))                                                          \
	GROUP(N_("Subscriptions: who is told of what"))                        \
	LAB("presence", N_("Presence: published, watched, forgotten"),         \
	    N_("PUBLISH, SUBSCRIBE, NOTIFY: state is reported, and expires"))  \
	LAB("registration-events", N_("Where Bob is registered"),              \
	    N_("who is notified of registrations, and why one ended"))         \
	LAB("voice-mail", N_("A message in Bob's mailbox"),                    \
	    N_("a call that nobody takes, a message, and the lamp"))           \
	GROUP(N_("Two calls in one"))                                          \
	LAB("what-a-box-changes", N_("What a box changes"),                    \
	    N_("what a B2BUA copies, changes and answers itself"))             \
	LAB("hidden-network", N_("A hidden network"),                          \
	    N_("a network that is hidden, what is lost by that, and a ring "   \
	       "of B2BUAs"))                                                   \
	LAB("box-that-breaks-calls", N_("Seven boxes, seven complaints"),      \
	    N_("seven B2BUAs, seven mistakes: which one breaks what?"))        \
	GROUP(N_("Programs of one's own"))                                     \
	LAB("agent-redirect", N_("A redirect server of one's own"),            \
	    N_("write a redirect server; it is judged under faults"))          \
	LAB("agent-registrar", N_("A registrar of one's own"),                 \
	    N_("write a registrar; it is judged under faults"))                \
	LAB("agent-b2bua", N_("A B2BUA of one's own"),                         \
	    N_("write a B2BUA; it is judged under faults"))                    \
	LAB("agent-transaction", N_("A transaction of one's own"),             \
	    N_("write a client transaction over UDP; it is judged under "      \
	       "faults"))                                                      \
	LAB("agent-stateless-proxy", N_("A stateless proxy of one's own"),     \
	    N_("write a stateless proxy; it is judged under faults"))          \
	LAB("python-redirect", N_("A redirect server in Python"),              \
	    N_("a process in Python that says where, judged under faults"))    \
	LAB("python-registrar", N_("A registrar in Python"),                   \
	    N_("a process in Python that keeps bindings, judged under "        \
	       "faults"))                                                      \
	GROUP(N_("Behind a NAT"))                                              \
	LAB("nat-incoming", N_("Why nobody can call Bob"),                     \
	    N_("kinds of NATs and remedies: which one helps where"))           \
	LAB("nat-keepalive", N_("Keep-alive and battery"),                     \
	    N_("how often a phone has to send something, and what it learns "  \
	       "from that"))                                                   \
	LAB("nat-two", N_("Two NATs in a row"),                                \
	    N_("neighbours behind their provider's NAT: which one forgets "    \
	       "first, where a call turns round"))                             \
	LAB("nat-alg", N_("A gateway that means well"),                        \
	    N_("a NAT that rewrites addresses in messages: what it helps, "    \
	       "what it breaks"))                                              \
	LAB("sbc-for-homes", N_("A border controller for phones at home"),     \
	    N_("calls and sound for phones behind NATs: a noted address, "     \
	       "latching, keep-alives"))                                       \
	GROUP(N_("Calls of three"))                                            \
	LAB("transfer", N_("Bob transfers Alice to Carol"),                    \
	    N_("a third party: REFER, and NOTIFY with the outcome"))           \
	LAB("call-queue", N_("A queue at noon"),                               \
	    N_("a queue of calls and its agents: three strategies, measured")) \
	LAB("third-party", N_("Third-party call control: three flows"),        \
	    N_("a controller lets two phones talk: three flows, and a busy "   \
	       "one"))                                                         \
	LAB("pick-up", N_("Carol picks up Bob's call"),                        \
	    N_("a call that rings elsewhere: Replaces, early-only"))           \
	LAB("conference", N_("A conference, step by step"),                    \
	    N_("a focus and its notifications: dial in and out, hold, lock"))  \
	LAB("conference-refer", N_("REFER into a conference"),                 \
	    N_("three REFERs to a focus: call, ask, remove; the creator "      \
	       "leaves"))                                                      \
	LAB("call-park", N_("A call is parked and taken elsewhere"),           \
	    N_("a server takes a place: REFER outside of calls"))              \
	GROUP(N_("Extensions, as their RFCs show them"))                       \
	LAB("rfc3311-8", N_("Two UPDATEs before the answer"), "RFC 3311 8")    \
	LAB("rfc3515-4.1", N_("A REFER and its two NOTIFYs"), "RFC 3515 4.1")  \
	LAB("rfc3515-4.2", N_("Two REFERs in one dialog"), "RFC 3515 4.2")     \
	LAB("rfc3680-6", N_("A welcome for whoever registers"), "RFC 3680 6")  \
	LAB("rfc3725-4.4", N_("A controller connects two phones: flow IV"),    \
	    "RFC 3725 4.4")                                                    \
	LAB("rfc3856-8", N_("Presence: asked for once, told twice"),           \
	    "RFC 3856 8")                                                      \
	LAB("rfc3842-4.1", N_("The lamp of a mailbox"), "RFC 3842 4.1")        \
	LAB("rfc3891-1", N_("Parked here, taken back there"), "RFC 3891 1")    \
	LAB("rfc3891-7.1", N_("Bob answers his desk phone from elsewhere"),    \
	    "RFC 3891 7.1")                                                    \
	LAB("rfc3903-15", N_("State is published, and told"), "RFC 3903 15")   \
	GROUP(N_("Services, as RFC 5359 shows them"))                          \
	LAB("rfc5359-2.1", N_("Call hold"), "RFC 5359 2.1")                    \
	LAB("rfc5359-2.2", N_("Consultation hold"), "RFC 5359 2.2")            \
	LAB("rfc5359-2.3", N_("Music on hold"), "RFC 5359 2.3")                \
	LAB("rfc5359-2.4", N_("Transfer, unattended"), "RFC 5359 2.4")         \
	LAB("rfc5359-2.5", N_("Transfer, attended"), "RFC 5359 2.5")           \
	LAB("rfc5359-2.6", N_("Transfer by instant message"), "RFC 5359 2.6")  \
	LAB("rfc5359-2.7", N_("Call forwarding: unconditional"),               \
	    "RFC 5359 2.7")                                                    \
	LAB("rfc5359-2.8", N_("Call forwarding: busy"), "RFC 5359 2.8")        \
	LAB("rfc5359-2.9", N_("Call forwarding: no answer"), "RFC 5359 2.9")   \
	LAB("rfc5359-2.10",                                                    \
	    N_("Three-way conference: a third party is added"),                \
	    "RFC 5359 2.10")                                                   \
	LAB("rfc5359-2.11", N_("Three-way conference: a third party joins"),   \
	    "RFC 5359 2.11")                                                   \
	LAB("rfc5359-2.12", N_("Find me"), "RFC 5359 2.12")                    \
	LAB("rfc5359-2.13", N_("Call management: incoming call screening"),    \
	    "RFC 5359 2.13")                                                   \
	LAB("rfc5359-2.14", N_("Call management: outgoing call screening"),    \
	    "RFC 5359 2.14")                                                   \
	LAB("rfc5359-2.15", N_("Call park"), "RFC 5359 2.15")                  \
	LAB("rfc5359-2.16", N_("Call pickup"), "RFC 5359 2.16")                \
	LAB("rfc5359-2.17", N_("Automatic redial"), "RFC 5359 2.17")           \
	LAB("rfc5359-2.18", N_("Click to dial"), "RFC 5359 2.18")              \
	GROUP(N_("The handset"))                                               \
	LAB("handset-call", N_("A phone that computes"),                       \
	    N_("what a phone executes between INVITE and 180"))                \
	LAB("dtmf", N_("Digits by INFO"), N_("digits, and why one is lost"))   \
	LAB("voice-menu", N_("A voice menu"),                                  \
	    N_("a program answers, hears digits and transfers"))               \
	LAB("handset-long-invite", N_("What an INVITE costs"),                 \
	    N_("long and short messages, and who pays for them"))              \
	LAB("handset-tcp", N_("Too large for a datagram"),                     \
	    N_("an INVITE too large for UDP; a phone with TCP of its own"))    \
	LAB("handset-slow", N_("Too many greetings"),                          \
	    N_("retransmissions although no link loses anything"))             \
	LAB("phone-loop", N_("The loop of a phone"),                           \
	    N_("what wakes a SIP program; libosip2's lists, events, "          \
	       "callbacks"))                                                   \
	LAB("handset-transfer", N_("Put through by keys"),                     \
	    N_("attended transfer by keys: REFER with Replaces"))              \
	LAB("handset-memory", N_("A phone out of memory"),                     \
	    N_("transactions fill the memory; the watchdog"))                  \
	LAB("handset-malformed", N_("Messages that nobody should send"),       \
	    N_("one datagram that breaks a phone"))                            \
	GROUP(N_("Media: what is heard"))                                      \
	LAB("jitter-buffer", N_("Jitter and the buffer"),                      \
	    N_("four phones wait for late packets in four ways"))              \
	LAB("hear-loss", N_("What loss sounds like"),                          \
	    N_("heard and hidden: a loss of 1, 5, 20 %"))                      \
	LAB("dtmf-ways", N_("Digits in three ways"),                           \
	    N_("by INFO, as events, in band: where each gets lost"))           \
	LAB("no-common-codec", N_("No codec in common"),                       \
	    N_("488 and 606, and the Warning that says why"))                  \
	LAB("video-added", N_("Video added to a call"),                        \
	    N_("a camera on and off by re-INVITE; pictures in packets"))       \
	LAB("early-media-two-phones", N_("Early media of two phones"),         \
	    N_("two phones are heard before one answers"))                     \
	LAB("hold-dialects", N_("Hold in three dialects"),                     \
	    N_("sendonly, inactive, 0.0.0.0: who hears what"))                 \
	LAB("link-capacity", N_("How many calls a link carries"),              \
	    N_("calls of two codecs over 1 Mbit/s, until it is full"))         \
	LAB("mixed-conference", N_("A mixed conference"),                      \
	    N_("each hears the others: what a mixer adds up, and what it "     \
	       "can't"))                                                       \
	LAB("srtp-listener", N_("Sealed media, and who has the key"),          \
	    N_("SRTP, its keys in SDP, and who can listen nevertheless"))      \
	LAB("one-way-audio", N_("One-way audio"),                              \
	    N_("four calls in which one side hears nothing, for four "         \
	       "reasons"))                                                     \
	LAB("conference-key", N_("A conference by a key"),                     \
	    N_("a call becomes a conference by a key; a participant is "       \
	       "muted"))                                                       \
	GROUP(N_("The telephone network"))                                     \
	LAB("rfc3666-2.1", N_("A call from SIP to the telephone network"),     \
	    "RFC 3666 2.1")                                                    \
	LAB("rfc3666-2.2", N_("A call from SIP to a company's exchange"),      \
	    "RFC 3666 2.2")                                                    \
	LAB("rfc3666-2.3", N_("Overflow to another gateway"), "RFC 3666 2.3")  \
	LAB("rfc3666-2.4", N_("A number that ENUM finds"), "RFC 3666 2.4")     \
	LAB("rfc3666-2.5",                                                     \
	    N_("The telephone network says why by an announcement"),           \
	    "RFC 3666 2.5")                                                    \
	LAB("rfc3666-2.6", N_("A REL with a cause becomes an error of SIP"),   \
	    "RFC 3666 2.6")                                                    \
	LAB("rfc3666-2.7", N_("Nobody picks up: T9"), "RFC 3666 2.7")          \
	LAB("rfc3666-3.1", N_("A call from the telephone network to SIP"),     \
	    "RFC 3666 3.1")                                                    \
	LAB("rfc3666-3.2", N_("Answered before it rings"), "RFC 3666 3.2")     \
	LAB("rfc3666-3.3", N_("A call from a company's exchange to SIP"),      \
	    "RFC 3666 3.3")                                                    \
	LAB("rfc3666-3.4", N_("An error of SIP becomes a REL"),                \
	    "RFC 3666 3.4")                                                    \
	LAB("rfc3666-3.5", N_("Busy everywhere becomes a REL"),                \
	    "RFC 3666 3.5")                                                    \
	LAB("rfc3666-3.6", N_("A busy tone instead of a REL"), "RFC 3666 3.6") \
	LAB("rfc3666-3.7", N_("Nobody answers the INVITE: a proxy between"),   \
	    "RFC 3666 3.7")                                                    \
	LAB("rfc3666-3.8", N_("Nobody answers the INVITE: a stateless proxy"), \
	    "RFC 3666 3.8")                                                    \
	LAB("rfc3666-3.9", N_("The caller gives up"), "RFC 3666 3.9")          \
	LAB("rfc3666-4.1", N_("SIP between two telephone networks"),           \
	    "RFC 3666 4.1")                                                    \
	LAB("rfc3666-4.2", N_("Between two companies, with overflow"),         \
	    "RFC 3666 4.2")                                                    \
	LAB("pstn-gateway", N_("Why the call failed"),                         \
	    N_("causes of Q.850, and the statuses that a gateway maps them "   \
	       "to"))                                                          \
	LAB("overlap-dialling", N_("Digit by digit"),                          \
	    N_("a number that comes in pieces, and when it is complete"))      \
	LAB("sip-bridging", N_("What SIP has no word for"),                    \
	    N_("ISUP in the bodies of SIP, between two telephone networks"))   \
	LAB("media-gateway", N_("A telephone without an opinion"),             \
	    N_("a controller controls two media gateways by H.248"))           \
	LAB("h323-gateway", N_("H.323 meets SIP"),                             \
	    N_("an H.323 terminal calls SIP through a gateway that is a "      \
	       "program: fast start, slow start, rejections (experimental)"))  \
	GROUP(N_("Attacks, and what stops them"))                              \
	LAB("extension-scanner", N_("A scanner of extensions"),                \
	    N_("the statuses of a proxy reveal which extensions exist"))       \
	LAB("register-takeover", N_("A REGISTER that takes over calls"),       \
	    N_("somebody else registers for Bob: who, since when, and what "   \
	       "stops it"))                                                    \
	LAB("calls-abroad", N_("A dial plan that calls abroad"),               \
	    N_("a stranger finds the prefix of an outside line, and who "      \
	       "pays"))                                                        \
	LAB("password-guessing", N_("Password guessing"),                      \
	    N_("weak passwords tried one by one: seen in 401s, and what a "    \
	       "lock costs"))                                                  \
	LAB("invite-flood", N_("A flood of INVITEs"),                          \
	    N_("one caller uses up a server: the damage, and what a limit "    \
	       "costs"))                                                       \
	LAB("bye-from-outside", N_("BYE and RTP from outside a call"),         \
	    N_("who can end or disturb a call in which he takes no part"))     \
	GROUP(N_("Famous bugs: find the node, then the line"))                 \
	LAB("private-contact", N_("Over after 32 seconds"),                    \
	    N_("calls that end after half a minute"))                          \
	LAB("after-491", N_("Hold works once, then never"),                    \
	    N_("two phones that press hold at once"))                          \
	LAB("number-by-name", N_("Dora hears nothing"),                        \
	    N_("both speak Opus, and one hears nothing"))                      \
	LAB("endless-401", N_("Never registered again"),                       \
	    N_("the right password, always rejected"))                         \
	LAB("one-call-id", N_("Bob stays in the call"),                        \
	    N_("a call that ends for one phone alone"))                        \
	LAB("first-server", N_("Unreachable all night"),                       \
	    N_("a phone that never tries the second server"))                  \
	LAB("alg-by-text", N_("The deaf phone"),                               \
	    N_("a phone that is heard, and hears nothing"))                    \
	LAB("cancel-other-branch", N_("Bob's phone rings on"),                 \
	    N_("a phone that rings on after a CANCEL"))                        \
	LAB("lost-route", N_("Calls that never end"),                          \
	    N_("calls whose end a proxy never sees"))                          \
	LAB("prack-twice", N_("Calls from the ship fail"),                     \
	    N_("a phone that fails only by satellite"))                        \
	LAB("one-rseq", N_("The mobile can't take a call"),                    \
	    N_("two phones ring, and one can answer"))                         \
	LAB("hops-anew", N_("One call fills two servers"),                     \
	    N_("a call that goes on without its caller"))                      \
	GROUP(N_("An IMS network"))                                            \
	LAB("ims-registration", N_("Registration in an IMS network"),          \
	    N_("a SIM proves who its user is, by P-, I- and S-CSCF and their " \
	       "subscriber server"))                                           \
	LAB("ims-out-of-step", N_("Out of step"),                              \
	    N_("a SIM that has counted further, and one with another key"))    \
	LAB("ims-call", N_("A call in an IMS network"),                        \
	    N_("no phone rings before both sides have their bandwidth"))       \
	LAB("ims-triggers", N_("Services in an IMS network"),                  \
	    N_("which calls an application server sees, and how they come "    \
	       "back"))                                                        \
	LAB("volte-telephone", N_("From VoLTE to a telephone"),                \
	    N_("ENUM, BGCF and MGCF lead a call to an exchange"))              \
	LAB("volte-called", N_("From a telephone to VoLTE"),                   \
	    N_("a number finds the phone of an IMS network"))                  \
	LAB("volte-number", N_("A telephone number is a name"),                \
	    N_("what ENUM knows of a number, and what the HSS"))               \
	LAB("volte-emergency", N_("Calls for help in an IMS network"),         \
	    N_("urn:service:sos, an E-CSCF, and a centre that is down"))       \
	GROUP(N_("Video surveillance"))                                        \
	LAB("gb28181-live", N_("From registration to live view"),              \
	    N_("a device from its registration to the picture: "               \
	       "digest, keep-alive, catalogue, live view"))                    \
	LAB("gb28181-no-answer", N_("No answer to INVITE"),                    \
	    N_("a camera that is on-line does not answer: what its "           \
	       "keep-alives have to do with it"))                              \
	LAB("gb28181-no-stream", N_("200, and no stream"),                     \
	    N_("INVITE, 200, ACK, and no picture"))                            \
	LAB("gb28181-ssrc", N_("An SSRC that differs"),                        \
	    N_("whose SSRC counts, and what happens to another one"))          \
	LAB("gb28181-keepalive", N_("Off-line while beating"),                 \
	    N_("off-line while its keep-alives come: two sides that "          \
	       "count differently"))                                           \
	LAB("gb28181-tcp-roles", N_("Both wait: TCP roles confused"),          \
	    N_("RTP over TCP, and both sides wait"))                           \
	LAB("gb28181-catalogue", N_("A catalogue that is cut"),                \
	    N_("a catalogue in pages, one of which is rejected"))              \
	LAB("gb28181-cascade", N_("A cascade that stays off-line"),            \
	    N_("an upper platform restarts, and the lower one does not come "  \
	       "back"))                                                        \
	LAB("gb28181-private-sdp", N_("A private address in the SDP"),         \
	    N_("a private address in c=, and which side can open a path"))     \
	GROUP(N_("Whole systems"))                                             \
	LAB("sip-trunk", N_("A SIP trunk"),                                    \
	    N_("two PBXs and their provider: numbers, limits, a second "       \
	       "server"))                                                      \
	LAB("trunk-unreachable", N_("Can call, cannot be called"),             \
	    N_("a trunk of which one server does not know where the PBX is"))  \
	LAB("call-centre", N_("A call centre"),                                \
	    N_("a menu, a queue, two agents, and a recorder that hears both")) \
	GROUP(N_("Races, as RFC 5407 shows them"))                             \
	LAB("rfc5407-3.1.1",                                                   \
	    N_("The INVITE comes again while the 200 is under way"),           \
	    "RFC 5407 3.1.1")                                                  \
	LAB("rfc5407-3.1.2", N_("The CANCEL meets the 200"), "RFC 5407 3.1.2") \
	LAB("rfc5407-3.1.3", N_("A BYE in the early dialog meets the 200"),    \
	    "RFC 5407 3.1.3")                                                  \
	LAB("rfc5407-3.1.4", N_("A re-INVITE comes before the ACK"),           \
	    "RFC 5407 3.1.4")                                                  \
	LAB("rfc5407-3.1.5",                                                   \
	    N_("A re-INVITE comes before the ACK that has the answer"),        \
	    "RFC 5407 3.1.5")                                                  \
	LAB("rfc5407-3.1.6", N_("The BYE comes before the ACK"),               \
	    "RFC 5407 3.1.6")                                                  \
	LAB("rfc5407-3.2.1", N_("Both hang up at once"), "RFC 5407 3.2.1")     \
	LAB("rfc5407-3.2.2", N_("A re-INVITE meets the BYE"),                  \
	    "RFC 5407 3.2.2")                                                  \
	LAB("rfc5407-3.2.3", N_("A BYE meets the 200 to the re-INVITE"),       \
	    "RFC 5407 3.2.3")                                                  \
	LAB("rfc5407-3.2.4", N_("The ACK meets the BYE of who has answered"),  \
	    "RFC 5407 3.2.4")                                                  \
	LAB("rfc5407-3.3.1", N_("Two re-INVITEs cross"), "RFC 5407 3.3.1")     \
	LAB("rfc5407-3.3.2", N_("An UPDATE meets a re-INVITE"),                \
	    "RFC 5407 3.3.2")                                                  \
	LAB("rfc5407-3.3.3", N_("A REFER meets the BYE"), "RFC 5407 3.3.3")    \
	GROUP(N_("Correct the handout"))                                       \
	LAB("handout-requests", N_("What a tutorial says of requests"),        \
	    N_("wrong sentences about branch, CANCEL, BYE and Max-Forwards"))  \
	LAB("handout-responses", N_("What a tutorial says of responses"),      \
	    N_("wrong sentences about classes of responses, 408 and 100"))     \
	LAB("handout-registration",                                            \
	    N_("What a tutorial says of registration"),                        \
	    N_("wrong sentences about registrars and location services"))      \
	LAB("handout-repetitions", N_("What a tutorial says of repetitions"),  \
	    N_("wrong sentences about ACK, NACK and who retransmits"))         \
	LAB("handout-ways", N_("What a tutorial says of ways"),                \
	    N_("wrong sentences about redirection, BYE, forks and the voice")) \
	LAB("handout-dialogs", N_("What a tutorial says of dialogs"),          \
	    N_("wrong sentences about what a dialog is"))                      \
	LAB("handout-events",                                                  \
	    N_("What a tutorial says of events and passwords"),                \
	    N_("wrong sentences about NOTIFY, PUBLISH, UPDATE and digest"))    \
	LAB("handout-names", N_("What a tutorial says of names"),              \
	    N_("wrong sentences about NAPTR, SRV, weights and ports"))         \
	LAB("handout-nat", N_("What a tutorial says of NATs"),                 \
	    N_("wrong sentences about STUN, rport and keep-alives"))           \
	LAB("handout-tls", N_("What a tutorial says of TLS and the voice"),    \
	    N_("wrong sentences about sips, SDES, certificates, buffers and "  \
	       "hold"))                                                        \
	LAB("handout-boxes", N_("What a tutorial says of calls and boxes"),    \
	    N_("wrong sentences about PRACK, REFER, forks, a focus and a "     \
	       "B2BUA"))                                                       \
	LAB("handout-telephones", N_("What a tutorial says of telephones"),    \
	    N_("wrong sentences about REL, ACM, 183, 503 and ENUM"))           \
	LAB("handout-messages", N_("Messages as handouts print them"),         \
	    N_("six wrong messages; correct them until they are accepted"))    \
	LAB("handout-more-messages",                                           \
	    N_("More messages as handouts print them"),                        \
	    N_("six wrong numbers and values to correct"))                     \
	GROUP(N_("More labs"))

#define SHARE_TOPOLOGIES(TOPOLOGY)                                           \
	TOPOLOGY(N_("A softswitch with two media gateways"))                 \
	TOPOLOGY(N_("Two proxies, one asks for passwords"))                  \
	TOPOLOGY(N_("Two proxies, one has asked for passwords before"))      \
	TOPOLOGY(N_("A mailbox, and who is told of it"))                     \
	TOPOLOGY(N_("A presence agent and no proxy"))                        \
	TOPOLOGY(N_("A watcher and a presence server"))                      \
	TOPOLOGY(N_("Bob's desk phone, and his computer elsewhere"))         \
	TOPOLOGY(N_("Two phones of Alice's, and a parking place"))           \
	TOPOLOGY(N_("One user, three phones"))                               \
	TOPOLOGY(N_("Three phones"))                                         \
	TOPOLOGY(N_("A handset and a phone"))                                \
	TOPOLOGY(N_("A call by IPv6"))                                       \
	TOPOLOGY(N_("Call over a lossy link"))                               \
	TOPOLOGY(N_("Registration with a password"))                         \
	TOPOLOGY(N_("One proxy"))                                            \
	TOPOLOGY(N_("Call through a redirect server"))                       \
	TOPOLOGY(N_("A phone that has registered"))                          \
	TOPOLOGY(N_("One domain, three servers, four phones"))               \
	TOPOLOGY(N_("A stateless proxy"))                                    \
	TOPOLOGY(N_("Two gateways to one exchange"))                         \
	TOPOLOGY(N_("SIP between two companies"))                            \
	TOPOLOGY(N_("A call by TCP"))                                        \
	TOPOLOGY(N_("A call by TLS"))                                        \
	TOPOLOGY(N_("A call by WebSocket"))                                  \
	TOPOLOGY(N_("A phone behind a NAT"))                                 \
	TOPOLOGY(N_("A phone that asks how it is seen"))                     \
	TOPOLOGY(N_("A phone with two flows"))                               \
	TOPOLOGY(N_("Two NATs in a row"))                                    \
	TOPOLOGY(N_("A domain with a second server"))                        \
	TOPOLOGY(N_("Two companies and TLS"))                                \
	TOPOLOGY(N_("Three companies and their certificates"))               \
	TOPOLOGY(N_("Two servers of one priority"))                          \
	TOPOLOGY(N_("Two domains with name servers"))                        \
	TOPOLOGY(N_("Three domains on a backbone"))                          \
	TOPOLOGY(N_("A replayed password"))                                  \
	TOPOLOGY(N_("Two proxies and a bad line"))                           \
	TOPOLOGY(N_("Both proxies ask for passwords"))                       \
	TOPOLOGY(N_("A proxy, and another for when it fails"))               \
	TOPOLOGY(N_("Through an application layer gateway"))                 \
	TOPOLOGY(N_("A redirect server, and a proxy elsewhere"))             \
	TOPOLOGY(N_("A phone that moves"))                                   \
	TOPOLOGY(N_("One user, three phones, one after the other"))          \
	TOPOLOGY(N_("A stateful and a stateless proxy"))                     \
	TOPOLOGY(N_("A proxy that forwards calls"))                          \
	TOPOLOGY(N_("All calls go to the telephone network"))                \
	TOPOLOGY(N_("Find me: one place after the other"))                   \
	TOPOLOGY(N_("A proxy that screens incoming calls"))                  \
	TOPOLOGY(N_("A proxy that screens outgoing calls"))                  \
	TOPOLOGY(N_("A mailbox for calls that nobody takes"))                \
	TOPOLOGY(N_("A phone watches its proxy"))                            \
	TOPOLOGY(N_("Third-party call control"))                             \
	TOPOLOGY(N_("A focus and three phones"))                             \
	TOPOLOGY(N_("A proxy with two faces"))                               \
	TOPOLOGY(N_("A call through a back-to-back user agent"))             \
	TOPOLOGY(N_("A session border controller"))                          \
	TOPOLOGY(N_("A presence agent"))                                     \
	TOPOLOGY(N_("A proxy and three phones"))                             \
	TOPOLOGY(N_("A proxy and two phones"))                               \
	TOPOLOGY(N_("Alice, and two of a work group"))                       \
	TOPOLOGY(N_("Digits between a phone and a handset"))                 \
	TOPOLOGY(N_("Messages through one proxy"))                           \
	TOPOLOGY(N_("Three phones and a park server"))                       \
	TOPOLOGY(N_("Two phones and a server for music"))                    \
	TOPOLOGY(N_("Two phones far apart"))                                 \
	TOPOLOGY(N_("Two proxies that trust each other"))                    \
	TOPOLOGY(N_("A proxy that says for whom a call was"))                \
	TOPOLOGY(N_("A help line at noon"))                                  \
	TOPOLOGY(N_("A hotline with two sites"))                             \
	TOPOLOGY(N_("Two phones that keep their way open"))                  \
	TOPOLOGY(N_("A NAT that looks into messages"))                       \
	TOPOLOGY(N_("A phone at home, a server elsewhere"))                  \
	TOPOLOGY(N_("A queue of calls, and two agents"))                     \
	TOPOLOGY(N_("A node that is a program"))                             \
	TOPOLOGY(N_("Press # for a conference"))                             \
	TOPOLOGY(N_("A cascade of two platforms"))                           \
	TOPOLOGY(                                                            \
	    N_("Alarms, positions and changes, told to who has subscribed")) \
	TOPOLOGY(N_("A recorder and its platform"))                          \
	TOPOLOGY(N_("What the handouts print"))                              \
	TOPOLOGY(N_("Two PBXs, two trunks"))                                 \
	TOPOLOGY(N_("An IMS network"))                                       \
	TOPOLOGY(N_("A gateway to the telephone network"))                   \
	TOPOLOGY(N_("Two gateways and the telephone network"))               \
	TOPOLOGY(N_("A telephone network on either side"))                   \
	TOPOLOGY(N_("VoLTE and the telephone network"))                      \
	TOPOLOGY(N_("A phone registers in an IMS network"))                  \
	TOPOLOGY(N_("Two SIMs with something wrong"))                        \
	TOPOLOGY(N_("An IMS call"))

#define SHARE_NOTES(NOTE)                                                    \
	NOTE(N_("Alice calls Bob by his sips URI."))                         \
	NOTE(N_("She calls Carol by a sips URI. Carol's phone has no TLS.")) \
	NOTE(N_("She calls Carol once more, by her sip URI."))               \
	NOTE(N_("Bob calls Alice."))                                         \
	NOTE(N_("The program begins."))                                      \
	NOTE(N_("Somebody tells me something."))                             \
	NOTE(N_("The call is there."))                                       \
	NOTE(N_("Alice calls, and is asked what she wants."))                \
	NOTE(N_("She presses #."))                                           \
	NOTE(N_("The focus calls Bob and Carol."))                           \
	NOTE(N_("Somebody coughs: Bob is muted."))                           \
	NOTE(N_("Alice leaves."))                                            \
	NOTE(N_("Flow I."))                                                  \
	NOTE(N_("Flow III."))                                                \
	NOTE(N_("Flow IV."))                                                 \
	NOTE(N_("Flow IV, and Bob is busy."))                                \
	NOTE(N_("Alice calls the conference."))                              \
	NOTE(N_("Bob calls it, too."))                                       \
	NOTE(N_("The focus calls Carol."))                                   \
	NOTE(N_("Alice holds the conference, and comes back."))              \
	NOTE(N_("Bob leaves, and finds it locked."))                         \
	NOTE(N_("Alice makes a conference."))                                \
	NOTE(N_("Alice asks the focus to call Carol."))                      \
	NOTE(N_("Alice asks the focus to ask Bob to call."))                 \
	NOTE(N_("Alice asks it to remove Carol."))                           \
	NOTE(N_("Bob switches his camera on."))                              \
	NOTE(N_("A dog barks at Carol's: she is muted."))                    \
	NOTE(N_("Dora tries, too."))                                         \
	NOTE(N_("Alice offers nothing but G722 and VP8."))                   \
	NOTE(N_("Alice offers PCMU alone, by UPDATE."))                      \
	NOTE(N_("Bob switches his camera off."))                             \
	NOTE(N_("That went wrong; once more."))                              \
	NOTE(N_("Carol can't be found."))                                    \
	NOTE(N_("It is right."))                                             \
	NOTE(N_("It lies: Bob is said to be at Carl's phone."))              \
	NOTE(N_("It is slow."))                                              \
	NOTE(N_("It is down."))                                              \
	NOTE(N_("No CSeq"))                                                  \
	NOTE(N_("A From without an end"))                                    \
	NOTE(N_("1400 parameters"))                                          \
	NOTE(N_("Bob hangs up."))                                            \
	NOTE(N_("The long form"))                                            \
	NOTE(N_("The short form"))                                           \
	NOTE(N_("Through the stateful proxy."))                              \
	NOTE(N_("Through the stateless proxy."))                             \
	NOTE(N_("Bob's phone loses its power."))                             \
	NOTE(N_("Bob's phone shows: registration failed."))                  \
	NOTE(N_("The spiral: sales."))                                       \
	NOTE(N_("The loop: support."))                                       \
	NOTE(N_("Bob gave no credentials: there is nothing to replay."))     \
	NOTE(N_("Bob leaves the office; his phone gets another address."))   \
	NOTE(N_("Alice hears the busy tone."))                               \
	NOTE(N_("The call is terminated."))                                  \
	NOTE(N_("The screen says: New messages: 8"))                         \
	NOTE(N_("Call 1"))                                                   \
	NOTE(N_("Call 2"))                                                   \
	NOTE(N_("Call 3"))                                                   \
	NOTE(N_("Call 4"))                                                   \
	NOTE(N_("TCP, since UDP has no room"))                               \
	NOTE(N_("TCP, since Tess wants it"))                                 \
	NOTE(N_("Options, a new call, Carol of the phone book"))             \
	NOTE(N_("Options, join both"))                                       \
	NOTE(N_("The next operator's default route leads back."))            \
	NOTE(N_("Carol is curious."))                                        \
	NOTE(N_("Bob switches his mobile on, and off."))                     \
	NOTE(N_("The mobile registers for a minute, and its battery dies.")) \
	NOTE(N_("An administrator takes the desk phone's binding away."))    \
	NOTE(N_("Bob is back."))                                             \
	NOTE(N_("Carol takes it."))                                          \
	NOTE(N_("Bob comes home, sees the lamp, and calls the voice mail.")) \
	NOTE(N_("1: the ACK"))                                               \
	NOTE(N_("2: the BYE"))                                               \
	NOTE(N_("3: the CANCEL"))                                            \
	NOTE(N_("4: the MESSAGE"))                                           \
	NOTE(N_("5: the REGISTER"))                                          \
	NOTE(N_("6: the PUBLISH"))                                           \
	NOTE(N_("3: the MESSAGE"))                                           \
	NOTE(N_("4: the OPTIONS"))                                           \
	NOTE(N_("Bob calls: no answer comes back"))                          \
	NOTE(N_("Bob calls: they talk until Alice hangs up"))                \
	NOTE(N_("Bob calls: he does not hear that Alice hangs up"))          \
	NOTE(N_("Carol calls soon: nothing comes back"))                     \
	NOTE(N_("Carol calls soon: Bob's phone gives the call up"))          \
	NOTE(N_("Carol calls soon: they talk until Carol hangs up"))         \
	NOTE(N_("Carol calls later: nothing comes back"))                    \
	NOTE(N_("Carol calls later: Bob's phone gives the call up"))         \
	NOTE(N_("Carol calls later: they talk until Carol hangs up"))        \
	NOTE(N_("6: the SUBSCRIBE"))                                         \
	NOTE(N_("The phone shows: hold on."))                                \
	NOTE(N_("The phone shows: hold failed."))                            \
	NOTE(N_("The phone shows: call ended."))                             \
	NOTE(N_("The phone shows: call lost."))                              \
	NOTE(N_("The phone shows: registered."))                             \
	NOTE(N_("The phone shows: wrong password."))                         \
	NOTE(N_("Bob has corrected the password."))                          \
	NOTE(N_("Bob's calls are mine."))                                    \
	NOTE(N_("No prefix leads abroad."))                                  \
	NOTE(N_("There are: none known"))

/* The labels of nodes that say more than their names. */
#define SHARE_LABELS(LABEL)                \
	LABEL(N_("Alice's office"))        \
	LABEL(N_("Alice's phone 1"))       \
	LABEL(N_("Alice's phone 2"))       \
	LABEL(N_("Announcement Server"))   \
	LABEL(N_("Application"))           \
	LABEL(N_("Assistant"))             \
	LABEL(N_("Bob in the laboratory")) \
	LABEL(N_("Bob's PC"))              \
	LABEL(N_("Bob's car"))             \
	LABEL(N_("Bob's cell"))            \
	LABEL(N_("Bob's desk"))            \
	LABEL(N_("Bob's desk phone"))      \
	LABEL(N_("Bob's mobile"))          \
	LABEL(N_("Bob's office"))          \
	LABEL(N_("Bob's desk q=1"))        \
	LABEL(N_("Bob's home"))            \
	LABEL(N_("Bob's home q=0.3"))      \
	LABEL(N_("Bob's kitchen"))         \
	LABEL(N_("Bob's mobile q=0.7"))    \
	LABEL(N_("Bob's other phone"))     \
	LABEL(N_("Bob's study"))           \
	LABEL(N_("Camera on a bus"))       \
	LABEL(N_("Camera"))                \
	LABEL(N_("Cleo, at lunch"))        \
	LABEL(N_("Conferences"))           \
	LABEL(N_("Controller"))            \
	LABEL(N_("Dora's home"))           \
	LABEL(N_("Gateway"))               \
	LABEL(N_("Help line"))             \
	LABEL(N_("Lower platform"))        \
	LABEL(N_("Media server"))          \
	LABEL(N_("Music server"))          \
	LABEL(N_("NAT of the office"))     \
	LABEL(N_("PA"))                    \
	LABEL(N_("PUA"))                   \
	LABEL(N_("Park server"))           \
	LABEL(N_("Parking place"))         \
	LABEL(N_("Phone"))                 \
	LABEL(N_("Platform"))              \
	LABEL(N_("Proxy"))                 \
	LABEL(N_("Proxy 1"))               \
	LABEL(N_("Proxy 2"))               \
	LABEL(N_("Proxy 3"))               \
	LABEL(N_("Proxy P1"))              \
	LABEL(N_("Proxy P2"))              \
	LABEL(N_("Recorder"))              \
	LABEL(N_("Redirect Server"))       \
	LABEL(N_("Registrar"))             \
	LABEL(N_("Server"))                \
	LABEL(N_("Upper platform"))        \
	LABEL(N_("User"))                  \
	LABEL(N_("Voice mail"))            \
	LABEL(N_("Watcher"))

#endif
