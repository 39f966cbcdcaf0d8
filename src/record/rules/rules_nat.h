/* Rules of NATs, and of what helps behind them. */
#ifndef RULES_RULES_NAT_H
#define RULES_RULES_NAT_H

/* clang-format off */
/* RFC 4787 and RFC 5382: what translates addresses. */
#define RULES_NAT(X) \
X(NAT_MAPPING, "nat-mapping", 4787, "4.1", MUST, \
  N_("The first packet from an internal address and port creates a mapping to " \
     "an external port. A NAT MUST use the same mapping for packets from there " \
     "to any other address.")) \
X(NAT_TIMER, "nat-timer", 4787, "4.3", MUST_NOT, \
  N_("A UDP mapping MUST NOT expire in less than 2 minutes without use; 5 " \
     "minutes are recommended. Outbound packets refresh it, and inbound packets " \
     "may do so.")) \
X(NAT_TCP_TIMER, "nat-tcp-timer", 5382, "5", MUST_NOT, \
  N_("The mapping of an established TCP connection MUST NOT expire in less than " \
     "2 hours 4 minutes without use. While the connection opens or closes, the " \
     "minimum is 4 minutes.")) \
X(NAT_FILTER, "nat-filter", 4787, "5", TELLS, \
  N_("An inbound packet needs a mapping, and the filter of the NAT must accept " \
     "its source. The filter accepts any source, or only addresses to which the " \
     "mapping has sent, or only their addresses and ports.")) \
X(NAT_FULL, "nat-full", 4787, "4.2.1", MUST_NOT, \
  N_("Two mappings of one protocol MUST NOT share an external port. If there is " \
     "no free port or no memory, the packet is lost.")) \
X(NAT_HAIRPIN, "nat-hairpin", 4787, "6", MUST, \
  N_("A NAT MUST support hairpinning. A packet from inside to an external " \
     "address of the same NAT is sent back inside, with the sender's external " \
     "address as its source.")) \
X(NAT_ALG, "nat-alg", 4787, "7", SHOULD, \
  N_("An ALG (application level gateway) rewrites addresses inside messages and " \
     "interferes with other ways through a NAT. ALGs for protocols over UDP " \
     "SHOULD be turned off.")) \
X(NAT_PRIVATE, "nat-private", 1918, "3", TELLS, \
  N_("Private addresses are valid only within their own network. No router " \
     "outside has a route to them."))

/* STUN: RFC 8489, and what it finds out of a NAT: RFC 5780. */
#define RULES_STUN(X) \
X(STUN_ASK, "stun-ask", 8489, "6.2", TELLS, \
  N_("A client that wants to know its external address sends a Binding request " \
     "to a STUN server. The request has a random transaction id.")) \
X(STUN_AGAIN, "stun-again", 8489, "6.2.1", SHOULD, \
  N_("Over UDP, a client SHOULD retransmit a STUN request after RTO (500 ms), " \
     "doubling the interval each time, until a response arrives. It sends the " \
     "request seven times at most.")) \
X(STUN_SILENT, "stun-silent", 8489, "6.2.1", SHOULD, \
  N_("If no response arrives within 16 times RTO of the last STUN request, the " \
     "client SHOULD consider the transaction failed.")) \
X(STUN_ANSWER, "stun-answer", 8489, "6.3.1", TELLS, \
  N_("A STUN server returns the source address and port of the request in " \
     "XOR-MAPPED-ADDRESS. They are encoded, so that no ALG on the path " \
     "recognizes and rewrites them.")) \
X(STUN_UNKNOWN, "stun-unknown", 8489, "6.3.1", TELLS, \
  N_("A request with an unknown attribute that must be understood gets the " \
     "error 420. UNKNOWN-ATTRIBUTES names the attribute.")) \
X(STUN_LEARN, "stun-learn", 8489, "6.3.3", TELLS, \
  N_("The success response tells the client its address as the server sees it. " \
     "Behind a NAT, that is the external address of the NAT.")) \
X(STUN_REFUSED, "stun-refused", 8489, "6.3.4", TELLS, \
  N_("A STUN transaction fails if the response is an error, or if it has an " \
     "unknown attribute that must be understood.")) \
X(STUN_STRAY, "stun-stray", 8489, "6.3.3", TELLS, \
  N_("A STUN response is valid only if its transaction id is that of a pending " \
     "request and it comes from that request's destination. Otherwise it is " \
     "discarded.")) \
X(STUN_BAD, "stun-bad", 8489, "6.3", TELLS, \
  N_("A packet that begins like a STUN message but has a wrong length, " \
     "attribute or fingerprint is discarded without a response.")) \
X(STUN_CONTACT, "stun-contact", 8489, "1", TELLS, \
  N_("A phone that knows its external address by STUN puts it into its Contact. " \
     "The NAT decides whether others can reach it there.")) \
X(STUN_CHANGE, "stun-change", 5780, "6.1", TELLS, \
  N_("A server for NAT discovery has two addresses with two ports each. " \
     "OTHER-ADDRESS contains the second address and port, and CHANGE-REQUEST " \
     "asks for a response from there.")) \
X(NAT_TEST_MAPPING, "nat-test-mapping", 5780, "4.3", TELLS, \
  N_("To test the mapping of a NAT, one socket sends to an address of the " \
     "server, to its other address, and to another port there. Equal mapped " \
     "addresses mean one mapping.")) \
X(NAT_TEST_FILTERING, "nat-test-filtering", 5780, "4.4", TELLS, \
  N_("To test the filter of a NAT, a socket that has sent to one address only " \
     "waits for responses from another address and from another port."))

/* Flows: RFC 5626, RFC 5627, RFC 3581. */
#define RULES_FLOW(X) \
X(KEEPALIVE_SEND, "keepalive-send", 5626, "4.4", SHOULD, \
  N_("A phone keeps a flow open by regular keep-alives. If the server gives an " \
     "interval, each wait SHOULD be random, from 80 percent of it up to the " \
     "whole. The default is 24 to 29 s over UDP, and 95 to 120 s over a " \
     "connection.")) \
X(KEEPALIVE_FLOW, "keepalive-flow", 5626, "4.4", TELLS, \
  N_("Keep-alives use the flow that they keep open: from the address at which " \
     "the phone registered, to the server of that registration.")) \
X(KEEPALIVE_PONG, "keepalive-pong", 5626, "5.4", MUST, \
  N_("A double CRLF between the messages of a connection is a ping. The server " \
     "MUST answer it at once with a single CRLF.")) \
X(KEEPALIVE_SILENT, "keepalive-silent", 5626, "4.4.1", MUST, \
  N_("If no pong arrives within 10 s of a ping, the client MUST treat the flow " \
     "as failed.")) \
X(KEEPALIVE_STUN, "keepalive-stun", 5626, "4.4.2", TELLS, \
  N_("A flow over UDP has failed if a STUN request over it gets no response, an " \
     "error, or a new mapped address.")) \
X(FLOW_BROKEN, "flow-broken", 5626, "4.5", TELLS, \
  N_("A flow ends with its connection. The phone then creates a new flow.")) \
X(FLOW_AGAIN, "flow-again", 5626, "4.5", MUST, \
  N_("To replace a flow that has failed, the phone sends a REGISTER over a new " \
     "flow, which MUST have the same reg-id.")) \
X(FLOW_WAIT, "flow-wait", 5626, "4.5", MUST, \
  N_("If a flow fails before any response arrives over it, the registration has " \
     "failed. The phone MUST wait before it tries another flow, longer each " \
     "time.")) \
X(ALIAS_ROUTE, "alias-route", 3581, "4", TELLS, \
  N_("For a Contact with a recorded source address, the request goes to that " \
     "address. It is sent from the port to which the phone has sent.")) \
X(FLOW_ROUTE, "flow-route", 5626, "5.3.1", TELLS, \
  N_("A request whose Route contains a flow token of this proxy goes over that " \
     "flow, whatever its Request-URI is.")) \
X(FLOW_FAILED, "flow-failed", 5626, "5.3.1", SHOULD, \
  N_("If the flow of a flow token no longer exists, the edge proxy SHOULD " \
     "answer 430 (Flow Failed). It creates no new flow, since that could not " \
     "reach the phone.")) \
X(FLOW_FORGED, "flow-forged", 5626, "5.3.1", SHOULD, \
  N_("If this proxy has not created the flow token, it SHOULD answer with a " \
     "403.")) \
X(FLOW_HOP, "flow-first-hop", 5626, "6", MUST, \
  N_("If the Path has no ob parameter, the first hop does not support flows. " \
     "The registrar MUST then answer a REGISTER with reg-id with 439 (First Hop " \
     "Lacks Outbound Support).")) \
X(FLOW_PLAIN, "flow-plain", 5626, "4.2.1", MAY, \
  N_("After a 439, a phone MAY register again without reg-id, as if there were " \
     "no flows.")) \
X(FLOW_BIND, "flow-bind", 5626, "6", MUST, \
  N_("A binding with +sip.instance and reg-id is identified by these two: the " \
     "next REGISTER with them replaces it, whatever its Contact is. The 200 " \
     "MUST contain Require: outbound.")) \
X(FLOW_CONTACTS, "flow-contacts", 5626, "6", SHOULD, \
  N_("A REGISTER with a reg-id has a single Contact. If there are several, the " \
     "registrar SHOULD reject the request with a 400.")) \
X(FLOW_ONE, "flow-one", 5626, "7", MUST_NOT, \
  N_("A proxy MUST NOT try several flows to the same instance of a phone at the " \
     "same time. rung starts with the flow that was registered last.")) \
X(FLOW_NEXT, "flow-next", 5626, "7", SHOULD, \
  N_("If a flow fails with 430 or 408, the proxy SHOULD try the next flow to " \
     "the same instance.")) \
X(FLOW_NONE, "flow-none", 5626, "11.5", TELLS, \
  N_("A 430 is meant for the proxy of the domain; phones should never get one. " \
     "If no flow is left, the caller gets a 480, as for a user who is not " \
     "registered.")) \
X(GRUU_GIVE, "gruu-give", 5627, "5.2", MUST, \
  N_("If a phone has +sip.instance and supports gruu, the registrar MUST return " \
     "its GRUUs, URIs that reach only this phone. A pub-gruu contains the " \
     "user's address; a temp-gruu hides it.")) \
X(GRUU_LOOP, "gruu-loop", 5627, "5.1", MUST, \
  N_("A Contact that is the user's own address-of-record, or a GRUU of it, " \
     "would cause a routing loop. The registrar MUST reject it with a 403.")) \
X(GRUU_ROUTE, "gruu-route", 5627, "6.1", TELLS, \
  N_("A request to a GRUU goes only to the instance that it names, not to all " \
     "phones of the user.")) \
X(GRUU_GONE, "gruu-gone", 5627, "6.1", MUST, \
  N_("A public GRUU stays valid when its instance is no longer registered. The " \
     "proxy MUST then answer a request to it with a 480. A temporary GRUU ends " \
     "with the registration.")) \
X(GRUU_NONE, "gruu-none", 5627, "6.1", SHOULD, \
  N_("A request to a GRUU that is not valid in its domain SHOULD be rejected " \
     "with a 404. It was never assigned, or it is temporary and its " \
     "registration has ended (5.3)."))
/* clang-format on */

#endif
