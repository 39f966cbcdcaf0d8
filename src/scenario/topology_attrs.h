/*
 * rung's own attributes of topology files: one row each, from which come the
 * checks, the suggestions and the reference in docs/TOPOLOGY.md.
 *
 * Columns: name; who may have it; the roles it belongs to; the form of its
 * value; what the form needs (words, or the least and greatest integer); the
 * values this version can use (ALL, NONE, or words); the value where none is
 * given ("" for none); what it does.
 */
#ifndef SCENARIO_TOPOLOGY_ATTRS_H
#define SCENARIO_TOPOLOGY_ATTRS_H

#include "base/i18n.h"

#define ALL  NULL
#define NONE ""

/* clang-format off */
#define TOPOLOGY_ATTRS(X)                                                      \
	X(seed, GRAPH, ANY, INTEGER, "0 18446744073709551615", ALL, "1",       \
	    N_("where the run's random numbers start"))                        \
	X(duration, GRAPH, ANY, TIME, "", ALL, "",                             \
	    N_("virtual time after which the run ends"))                       \
	X(domain, GRAPH | CLUSTER | NODE, ANY, HOST, "", ALL, "",              \
	    N_("the SIP domain; a node has its own, else that of its "         \
	       "innermost cluster, else the graph's"))                         \
	X(label, GRAPH | CLUSTER | NODE, ANY, TEXT, "", ALL, "",               \
	    N_("what people read: of the graph, the title of the run"))        \
	X(role, NODE, ANY, ROLES, "", ALL, "",                                 \
	    N_("what the node is, one or more words; a node without a role "   \
	       "is a router"))                                                 \
	X(addr, NODE, ANY, ADDRESS, "", ALL, "",                               \
	    N_("its IP address, a port may follow; otherwise one is assigned"))\
	X(aor, NODE, AGENTS, URI, "", ALL, "",                                 \
	    N_("the address-of-record of its user; several phones may share "  \
	       "one; otherwise it is made of the node's name and domain"))     \
	X(password, NODE, AGENTS, TEXT, "", ALL, "",                           \
	    N_("what its user answers when a server asks who it is"))          \
	X(outbound, NODE, AGENTS, NODE_NAME, "", ALL, "",                      \
	    N_("the proxy that gets all its requests (a preloaded Route)"))    \
	X(transport, NODE, SIP, WORD, "udp tcp", "udp", "udp",                 \
	    N_("what carries the requests that it originates"))                \
	X(register, NODE, PHONES, BOOL, "", ALL, "false",                      \
	    N_("registers by itself when the run starts, and refreshes"))      \
	X(expires, NODE, PHONES, TIME, "", ALL, "1h",                          \
	    N_("how long a registration it asks for should last"))             \
	X(contact, NODE, PHONES, URI, "", ALL, "",                             \
	    N_("the Contact it gives; otherwise it is made of its address"))   \
	X(q, NODE, PHONES, QVALUE, "", ALL, "1",                               \
	    N_("the preference of its Contact among those of one user"))       \
	X(answer, NODE, PHONES, TIME_OR_NEVER, "", ALL, "2s",               \
	    N_("how long it rings before it answers a call by itself"))        \
	X(hangup, NODE, PHONES, TIME, "", ALL, "",                             \
	    N_("how long after the answer it ends the call by itself"))        \
	X(busy, NODE, PHONES, BOOL, "", ALL, "false",                          \
	    N_("refuses every call with 486 Busy Here"))                       \
	X(forward, NODE, PHONES, URI, "", NONE, "",                            \
	    N_("sends every call elsewhere with 302 Moved Temporarily"))       \
	X(record_route, NODE, R(proxy), BOOL, "", ALL, "true",                 \
	    N_("stays in the path of the dialogs it helps to set up"))         \
	X(stateless, NODE, R(proxy), BOOL, "", "false", "false",               \
	    N_("forwards without transactions"))                               \
	X(fork, NODE, R(proxy), WORD, "parallel sequential", NONE, "parallel", \
	    N_("several targets: all at once, or one after the other"))        \
	X(recurse, NODE, R(proxy), BOOL, "", NONE, "false",                    \
	    N_("tries the addresses of a 3xx response itself"))                \
	X(auth, NODE, R(proxy) | R(registrar), BOOL, "", "false", "false",     \
	    N_("asks the users of its domain for their passwords"))            \
	X(location, NODE, SERVERS, NODE_NAME, "", ALL, "",                     \
	    N_("the location service it asks, when it is not one itself"))     \
	X(inbound, NODE, SERVERS, BOOL, "", ALL, "false",                      \
	    N_("where requests for its domain enter"))                         \
	X(min_expires, NODE, R(registrar), TIME, "", ALL, "60s",               \
	    N_("the shortest registration it accepts, else 423"))              \
	X(default_expires, NODE, R(registrar), TIME, "", ALL, "1h",            \
	    N_("how long a registration lasts that does not say"))             \
	X(ip_forward, NODE, ANY, BOOL, "", ALL, "false",                       \
	    N_("passes other nodes' packets; a router always does"))           \
	X(delay, EDGE, ANY, TIME, "", ALL, "5ms",                              \
	    N_("time for a packet to cross the link"))                         \
	X(jitter, EDGE, ANY, TIME, "", ALL, "0",                               \
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
