/* Shared by the files of the locator by the DNS: locate_dns.c has what waits
 * for answers, and addresses of hosts, locate_servers.c the servers of URIs. */
#ifndef NODE_LOCATE_DNS_IN_H
#define NODE_LOCATE_DNS_IN_H

#include "node/locate.h"
#include "node/resolver.h"
#include "sim/sim.h"

/* A question that is looked up: a URI; or a host that has its turn, with its
 * port and transport, of which port 0 means that it is the name of a service
 * ("_sip._udp.example.com"), and a length that only addresses so long are
 * wanted. */
struct looking {
	struct resolver_wait wait, other; /* for AAAA, and for A */
	struct node_question *q;
	char *uri; /* NULL: it is a host */
	char *host;
	struct addr by;
	sim_event
	    delay; /* RFC 8305 3: when addresses of one family are known … */
	bool late; /* … and has waited for the others long enough */
};

/* Adds the servers of K's URI or service to its question, each as a host whose
 * turn comes, and behind them the services that do as well.  ERR_NOTFOUND:
 * these are asked for next; ERR_STOPPED, ERR_NOMEM. */
int locate_servers(struct looking *k);

#endif
