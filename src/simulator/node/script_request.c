/* Requests that a script sends by itself; see node/script_request.h. */
#include "node/script_request.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/locate.h"
#include "node/world.h"
#include "rules/rule_names.h"

#include <stdio.h>

struct script_request {
	struct list link; /* in node->script_requests, once node_request_send
			     has returned */
	struct node *node;
	struct node_question where;
	struct sip_bytes *bytes;
	enum rule_id why;
	uint64_t fwd;
	enum addr_transport by, liked;
	bool ack;
	bool late; /* node_request_send has returned: `result` is not read any
		      more */
	int result;
	unsigned number; /* in its name, 0: it has none */
	bool asks; /* it waits for its answer, as its transaction's user */
};

static void
write_request_name(
    const struct node *n, unsigned number, char *name, size_t room)
{
	snprintf(name, room, "%s" NODE_REQUEST_NAME "%u", n->name, number);
}

/* The request NUMBER of N has got STATUS, 0: nothing at all. */
static void
tell_answer(struct node *n, unsigned number, unsigned status)
{
	const struct world_watch *watch = &n->world->watch;
	char name[96];

	write_request_name(n, number, name, sizeof(name));
	if (watch->answered != NULL && number != 0)
		watch->answered(name, status, watch->arg);
}

static void
free_request(struct script_request *p)
{
	list_remove(&p->link);
	node_locate_stop(&p->where);
	sip_bytes_unref(p->bytes);
	mem_free(p);
}

/* ---- for whose answer a script may wait ---- */

static void
asked_response(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	const struct script_request *p = arg;

	(void)tr;
	if (in->m->status >= 200)
		tell_answer(p->node, p->number, in->m->status);
}

static void
asked_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	const struct script_request *p = arg;

	(void)tr;
	(void)why;
	tell_answer(p->node, p->number, 0);
}

static void
asked_ended(struct sip_transaction *tr, void *arg)
{
	(void)tr;
	free_request(arg);
}

static const struct sip_transaction_ops asked_ops = {
	.response = asked_response,
	.failed = asked_failed,
	.ended = asked_ended,
};

/* ---- sending ---- */

static int
sending_send_to(struct script_request *p, const struct addr *dst)
{
	static const struct sip_transaction_ops nobody = { 0 };
	struct sip_origin why = { p->why, p->fwd };
	struct sip_transaction *tr;
	struct addr to = *dst;
	int err;

	if (p->by != ADDR_KNOWN_TRANSPORTS)
		node_place_by(&to, p->by);
	if (p->ack) {
		sip_stack_send(
		    p->node->stack, sip_bytes_view(p->bytes), &to, &why, 0);
		return 0;
	}
	err = sip_client_create(p->node->stack, p->bytes, &to, &why,
	    p->number != 0 ? &asked_ops : &nobody, p->number != 0 ? p : NULL,
	    &tr);
	p->asks = err == 0 && p->number != 0;
	return err;
}

static void
go_on_located(int err, const struct addr *dst, void *arg)
{
	struct script_request *p = arg;
	struct node *n = p->node;

	p->result = err == 0 ? sending_send_to(p, dst) : err;
	if (!p->late)
		return;
	if (p->result == ERR_NOMEM)
		node_fail_memory(n);
	else if (p->result != 0)
		node_note_bad(n, RULE_UAC_NO_TARGET, TRACE_REFUSAL_NO_ADDRESS,
		    world_read(n->world, p->bytes)->uri);
	if (p->result != 0)
		tell_answer(n, p->number, 0);
	if (!p->asks)
		free_request(p);
}

int
node_request_send(struct node *n, const struct node_request *l)
{
	struct script_request *p = mem_zalloc(1, sizeof(*p));
	int err;

	if (p == NULL)
		return ERR_NOMEM;
	p->node = n;
	p->bytes = sip_bytes_ref(l->bytes);
	p->why = l->why;
	p->fwd = l->fwd;
	p->by = l->by != NULL ? (unsigned)(l->by - addr_transports)
			      : ADDR_KNOWN_TRANSPORTS;
	p->liked = l->by != NULL ? p->by : l->liked;
	p->ack = l->ack;
	if (l->named != NULL && !l->ack) {
		p->number = ++n->nrequests;
		write_request_name(
		    n, p->number, l->named->object, sizeof(l->named->object));
	}
	list_init(&p->link);
	if (l->dst != NULL)
		go_on_located(0, l->dst, p);
	else
		node_locate(n, l->uri, p->liked, go_on_located, p, &p->where);
	p->late = p->where.open;
	if (p->late || p->asks) {
		list_append(&n->script_requests, &p->link);
		return 0;
	}
	err = p->result;
	free_request(p);
	return err;
}

void
node_request_stop(struct node *n)
{
	list_each (struct script_request, p, &n->script_requests, link)
		free_request(p);
}
