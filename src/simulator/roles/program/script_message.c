/*
 * Messages of other protocols that a node's program sends and is told of, as
 * texts in datagrams: what goes over the telephone network (trace/protocol.h).
 * Their names are their first words, where nobody knows better.
 */
#include "roles/program/script_in.h"

#include "base/err.h"
#include "megaco/megaco.h"
#include "node/world.h"
#include "rules/rule_names.h"

#define NAME_MOST 40 /* bytes of a name */

/* The port of PROTO, where a program may speak it. */
static uint16_t
port_of(enum trace_proto proto)
{
	static const struct {
		enum trace_arrow arrow;
		uint16_t port;
	} rows[] = {
#define X(id, name, class, arrow, port, describe) { TRACE_ARROW_##arrow, port },
		TRACE_PROTOS(X)
#undef X
	};

	return proto != TRACE_PROTO_COUNT &&
		       rows[proto].arrow == TRACE_ARROW_SIGNALLING
		   ? rows[proto].port
		   : 0;
}

/* What TEXT is named, in *OWN or its first word. */
static struct str
name_of(enum trace_proto proto, struct str text, struct buf *own)
{
	static void (*const writes[TRACE_PROTO_COUNT])(
	    struct str bytes, struct buf * out) = {
		[TRACE_PROTO_MEGACO] = megaco_write_name,
	};
	size_t n = 0;

	if (writes[proto] != NULL)
		writes[proto](text, own);
	if (own->n > 0)
		return buf_view(own);
	while (
	    n < text.n && n < NAME_MOST && text.p[n] > ' ' && text.p[n] < 0x7f)
		n++;
	return str_slice(text, 0, n);
}

static void
on_message(const struct net_datagram *d, void *arg)
{
	const struct script_socket *at = arg;
	struct script *s = at->script;
	const struct net_host *host =
	    net_by_addr(s->agent.node->world->net, &d->src);
	struct script_news news = { .event = SCRIPT_ON_MESSAGE,
		.src = d->src,
		.protocol = trace_proto_name(at->protocol),
		.from = host != NULL ? net_host_name(host) : "",
		.text = d->bytes };

	script_tell(s, &news);
}

int
script_message_listen(struct script *s)
{
	struct net_host *host = s->agent.node->host;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < TRACE_PROTO_COUNT; i++) {
		enum trace_proto proto = (enum trace_proto)i;

		if (port_of(proto) == 0)
			continue;
		s->sockets[i].script = s;
		s->sockets[i].protocol = proto;
		err = net_udp_open(host, port_of(proto), on_message,
		    &s->sockets[i], &s->sockets[i].sock);
		/* Another role of the node has it. */
		if (err == ERR_EXISTS)
			err = 0;
	}
	return err;
}

void
script_message_stop(struct script *s)
{
	for (unsigned i = 0; i < TRACE_PROTO_COUNT; i++)
		if (s->sockets[i].sock != NULL)
			net_udp_close(s->sockets[i].sock);
}

int
script_message_send(void *role, const struct script_place *place,
    struct str protocol, struct str to, struct str text, struct diag *d)
{
	struct script *s = role;
	struct node *n = s->agent.node;
	enum trace_proto proto = trace_proto_find(protocol);
	const struct node *other = map_get(n->world->nodes, to);
	struct trace_message m = { .proto = proto };
	struct buf name = BUF_INIT;
	struct addr dst;
	uint64_t old;

	if (port_of(proto) == 0 || s->sockets[proto].sock == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("this node does not speak “%.*s”"),
		    (int)(protocol.n < 40 ? protocol.n : 40), protocol.p);
	if (other != NULL)
		dst = node_face_for(other, n)->addr;
	else if (addr_parse(to, &dst) != 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("no way is known to %.*s"),
		    (int)(to.n < 100 ? to.n : 100), to.p);
	m.method = name_of(proto, text, &name);
	if (m.method.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a message begins with its name"));
	dst.port = port_of(proto);
	old = script_record(
	    s, place, TRACE_PROGRAM_SEND, RULE_SCRIPT_MESSAGE, 0, to);
	net_udp_send(
	    s->sockets[proto].sock, &dst, text, &m, RULE_SCRIPT_MESSAGE);
	if (name.err != 0)
		node_fail_memory(n);
	buf_free(&name);
	sim_set_cause(node_sim(n), old);
	return 0;
}
