/* Rules of NATs, and of what helps behind them. */
#ifndef RULES_RULES_NAT_H
#define RULES_RULES_NAT_H

/* clang-format off */
/* RFC 4787 and RFC 5382: what translates addresses. */
#define RULES_NAT(X) \
X(NAT_MAPPING, "nat-mapping", 4787, "4.1", TELLS, \
  N_("The first packet from an inner address and port makes a binding to an outer port. Whether what the same address sends elsewhere goes through the same one is the NAT's mapping behaviour; it shall.")) \
X(NAT_TIMER, "nat-timer", 4787, "4.3", TELLS, \
  N_("A binding for UDP ends when nothing has refreshed it for its time, which is at least 2 minutes, better 5. What goes out refreshes it; what comes in may.")) \
X(NAT_TCP_TIMER, "nat-tcp-timer", 5382, "5", TELLS, \
  N_("A binding for TCP lives as its connection does: at least 2 hours 4 minutes of silence while that is established, at least 4 minutes while it opens or closes.")) \
X(NAT_FILTER, "nat-filter", 4787, "5", TELLS, \
  N_("What comes from outside passes only through a binding, and only from those whom its filter admits: everybody, the addresses to which it has sent, or exactly the addresses and ports.")) \
X(NAT_FULL, "nat-full", 4787, "4.2.1", TELLS, \
  N_("Two bindings of a protocol never share an outer port. Where no port, or no room, is left the packet is lost.")) \
X(NAT_HAIRPIN, "nat-hairpin", 4787, "6", TELLS, \
  N_("What is sent from inside to an outer address of the same NAT comes back in, with the sender's outer address as its source.")) \
X(NAT_ALG, "nat-alg", 4787, "7", TELLS, \
  N_("A gateway for an application rewrites addresses within messages. It does not know who else looks after them, so it shall be off unless somebody wants it.")) \
X(NAT_PRIVATE, "nat-private", 1918, "3", TELLS, \
  N_("Private addresses mean something within their network only: nobody outside has a route to them."))

/* STUN: RFC 8489, and what it finds out of a NAT: RFC 5780. */
#define RULES_STUN(X) \
X(STUN_ASK, "stun-ask", 8489, "6.2", MAY, \
  N_("Who wants to know how others see an address asks a STUN server from there, by a Binding request with a transaction id that nobody can guess.")) \
X(STUN_AGAIN, "stun-again", 8489, "6.2.1", SHOULD, \
  N_("Over UDP a STUN request is repeated after RTO (500 ms), then after twice as long each time, until an answer comes: it is sent seven times in all.")) \
X(STUN_SILENT, "stun-silent", 8489, "6.2.1", SHOULD, \
  N_("When 16 times RTO have gone after the last STUN request without an answer the transaction has failed.")) \
X(STUN_ANSWER, "stun-answer", 8489, "6.3.1", TELLS, \
  N_("A STUN server answers with the address and port from which the request has come, in XOR-MAPPED-ADDRESS, so that no box on the way takes it for an address and rewrites it.")) \
X(STUN_UNKNOWN, "stun-unknown", 8489, "6.3.1", TELLS, \
  N_("A request with an attribute that must be understood and is not gets the error 420, which names it in UNKNOWN-ATTRIBUTES.")) \
X(STUN_LEARN, "stun-learn", 8489, "6.3.3", TELLS, \
  N_("A success response tells the client how its address looks to the server: behind a NAT that is the NAT's.")) \
X(STUN_REFUSED, "stun-refused", 8489, "6.3.4", TELLS, \
  N_("An error response ends the STUN transaction in vain, and so does a success response with an attribute that must be understood and is not.")) \
X(STUN_STRAY, "stun-stray", 8489, "6.3.3", TELLS, \
  N_("A STUN response counts only where its transaction id is that of a request that waits, and only from where that was sent; else it is thrown away.")) \
X(STUN_BAD, "stun-bad", 8489, "6.3", TELLS, \
  N_("What begins like a STUN message and is none, by its length, its attributes or its fingerprint, is thrown away without an answer.")) \
X(STUN_CONTACT, "stun-contact", 8489, "1", TELLS, \
  N_("A phone that knows by STUN how it is seen gives that address in its Contact. Whether others reach it there is up to the NAT.")) \
X(STUN_CHANGE, "stun-change", 5780, "6.1", TELLS, \
  N_("A server of NAT discovery has two addresses with two ports each: OTHER-ADDRESS names the other ones, and CHANGE-REQUEST asks for an answer from there.")) \
X(NAT_TEST_MAPPING, "nat-test-mapping", 5780, "4.3", TELLS, \
  N_("Which mapping a NAT has is asked from one socket: first at one address of the server, then at its other one, then at another port there. The same mapped address twice is one mapping.")) \
X(NAT_TEST_FILTERING, "nat-test-filtering", 5780, "4.4", TELLS, \
  N_("What a NAT lets in is asked from a socket that has sent to one address alone: does an answer come from another address, or from another port?"))

/* Flows: RFC 5626, RFC 5627, RFC 3581. */
#define RULES_FLOW(X) \
X(KEEPALIVE_SEND, "keepalive-send", 5626, "4.4", TELLS, \
  N_("A phone keeps a flow open by sending something over it before a NAT on the way forgets it, after a time that is drawn anew each time: over UDP 24 to 29 s, over a connection 95 to 120 s, unless it is told another.")) \
X(KEEPALIVE_FLOW, "keepalive-flow", 5626, "4.4", TELLS, \
  N_("What keeps a flow open goes over that flow: from where its phone has registered, to the server at which it has.")) \
X(KEEPALIVE_PONG, "keepalive-pong", 5626, "5.4", TELLS, \
  N_("Two empty lines between the messages of a connection are a ping: one empty line answers it at once.")) \
X(KEEPALIVE_SILENT, "keepalive-silent", 5626, "4.4.1", MUST, \
  N_("When no pong has come 10 s after a ping the flow has failed.")) \
X(KEEPALIVE_STUN, "keepalive-stun", 5626, "4.4.2", TELLS, \
  N_("A flow over UDP has failed when a STUN request over it gets no answer, an error, or another mapped address than before.")) \
X(FLOW_BROKEN, "flow-broken", 5626, "4.5", TELLS, \
  N_("A flow ends with its connection; the phone makes a new one.")) \
X(FLOW_AGAIN, "flow-again", 5626, "4.5", MUST, \
  N_("In place of a flow that has failed the phone makes a new one, by a REGISTER with the same reg-id.")) \
X(FLOW_WAIT, "flow-wait", 5626, "4.5", MUST, \
  N_("A flow that fails before anything has come back over it counts as a registration that has failed: the phone waits before it makes another one, longer each time.")) \
X(ALIAS_ROUTE, "alias-route", 3581, "4", MUST, \
  N_("A request for a Contact in which an address was noted goes to that address, from the port to which the phone has sent.")) \
X(FLOW_ROUTE, "flow-route", 5626, "5.3.1", TELLS, \
  N_("A request whose Route has a flow token of this proxy goes over that flow, whatever its Request-URI says.")) \
X(FLOW_FAILED, "flow-failed", 5626, "5.3.1", SHOULD, \
  N_("Where the flow of a flow token is no more the edge proxy answers 430 (Flow Failed): it makes no new one, which could not get through.")) \
X(FLOW_FORGED, "flow-forged", 5626, "5.3.1", SHOULD, \
  N_("A flow token that this proxy has not made gets a 403.")) \
X(FLOW_HOP, "flow-first-hop", 5626, "6", MUST, \
  N_("A reg-id is of no use where the first hop knows nothing of flows, as a Path without ob shows: 439 (First Hop Lacks Outbound Support).")) \
X(FLOW_PLAIN, "flow-plain", 5626, "4.2.1", MAY, \
  N_("After a 439 a phone may register without reg-id, as if there were no flows.")) \
X(FLOW_BIND, "flow-bind", 5626, "6", TELLS, \
  N_("A binding with +sip.instance and reg-id is known by these two: the next REGISTER with them takes its place, whatever its Contact. The 200 says Require: outbound.")) \
X(FLOW_CONTACTS, "flow-contacts", 5626, "6", TELLS, \
  N_("A REGISTER with a reg-id binds one Contact alone; with several the answer is 400.")) \
X(FLOW_ONE, "flow-one", 5626, "7", TELLS, \
  N_("Of several flows to one instance of a phone a proxy tries one at a time, the one registered last first.")) \
X(FLOW_NEXT, "flow-next", 5626, "7", MUST_NOT, \
  N_("Where a flow has failed (430), or has brought no answer (408), the next flow to the same instance has its turn.")) \
X(FLOW_NONE, "flow-none", 5626, "11.5", TELLS, \
  N_("A 430 is for the proxy of the domain alone, and no phone should see one: where no flow is left the caller gets a 480, as for a user who is not registered.")) \
X(GRUU_GIVE, "gruu-give", 5627, "5.2", TELLS, \
  N_("A phone that says +sip.instance and supports gruu gets two URIs that lead to it alone, wherever it is registered: pub-gruu, and temp-gruu, which says nothing of its user.")) \
X(GRUU_LOOP, "gruu-loop", 5627, "5.1", MUST, \
  N_("Who is bound to his own address-of-record, or to a GRUU of it, would get what is for him for ever: such a Contact of an instance gets a 403.")) \
X(GRUU_ROUTE, "gruu-route", 5627, "6.1", TELLS, \
  N_("A request to a GRUU goes to the one instance that it names, not to all phones of the user.")) \
X(GRUU_GONE, "gruu-gone", 5627, "6.1", TELLS, \
  N_("A GRUU stays valid while its instance has no registration; a request to it then gets a 480. (A temporary GRUU ends with the registration.)")) \
X(GRUU_NONE, "gruu-none", 5627, "6.1", SHOULD, \
  N_("A GRUU that is not valid in its domain gets a 404: it was never given, or it is a temporary one whose registration has ended (5.3)."))
/* clang-format on */

#endif
