/*
 * A STUN server (RFC 8489): it tells who asks from where the question has come.
 * One with two faces has two ports at each, and answers from where it is asked
 * to: with that NATs are found out (RFC 5780).
 *
 * Its state is a socket for each port and face, open while its node is up; it
 * keeps nothing of who asks.  How a question is answered is node/node_stun.c's
 * business, since all nodes that speak SIP answer some; messages are the room
 * stun's.
 */
#include "node/node_stun.h"

#include "base/err.h"

#define PORT_OTHER (TRACE_PORT_STUN + 1)
#define PORTS      2

struct stun_server {
	struct node_stun_place places[NODE_STUN_PLACES]; /* two a face */
};

static void
stun_role_on_request(const struct net_datagram *d, void *arg)
{
	node_stun_serve(arg, d);
}

static void
stun_stop(void *role)
{
	struct stun_server *s = role;

	for (size_t i = 0; i < NODE_STUN_PLACES; i++)
		if (s->places[i].sock != NULL)
			net_udp_close(s->places[i].sock);
}

/* Its I-th place is open, and knows the others, if there are any. */
static int
open_place(struct stun_server *s, struct node *n, size_t i, bool alone)
{
	struct node_stun_place *p = &s->places[i];

	p->node = n;
	p->addr = n->faces[i / PORTS].addr;
	p->addr.port = i % PORTS == 0 ? TRACE_PORT_STUN : PORT_OTHER;
	p->places[0] = p;
	/* CHANGE-REQUEST has a bit for the port and one for the address. */
	for (size_t k = 1; !alone && k < NODE_STUN_PLACES; k++)
		p->places[k] = &s->places[i ^ k];
	return net_udp_open_at(
	    n->host, &p->addr, stun_role_on_request, p, &p->sock);
}

static int
stun_start(struct node *n, void *role)
{
	struct stun_server *s = role;
	bool alone = n->nfaces < 2;
	int err = 0;

	for (size_t i = 0; err == 0 && i < (alone ? 1 : NODE_STUN_PLACES); i++)
		err = open_place(s, n, i, alone);
	return err;
}

NODE_ROLE(stun) = {
	.word = "stun",
	.size = sizeof(struct stun_server),
	.start = stun_start,
	.stop = stun_stop,
};
