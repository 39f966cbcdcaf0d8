/*
 * Whether servers are there: a proxy whose program watches some asks each of
 * them in turn by OPTIONS (RFC 3261 11), which any server answers, whatever it
 * says.  One is down that has not answered by the time it is asked again, that
 * can't be reached, or says 503 or 408; it is up until that is known.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"
#include "sip/build.h"

/* When the first question goes out. */
#define FIRST_NS SIM_S

struct proxy_probe {
	struct list link;
	struct proxy *proxy;
	struct program_watched *of;
	sim_event timer;
	struct sip_bytes *request; /* until it is known where to */
	struct node_question where;
	struct sip_transaction *client;
	uint32_t cseq;
	bool waits; /* for an answer */
};

static struct node *
node_of_probe(const struct proxy_probe *b)
{
	return b->proxy->node;
}

/* A change is in the trace, and causes what follows. */
static void
set_up(struct proxy_probe *b, bool up)
{
	struct trace_writer *w;

	b->waits = false;
	if (b->of->up == up)
		return;
	b->of->up = up;
	w = node_record(node_of_probe(b), TRACE_ROUTE, RULE_PROXY_HEALTH);
	trace_put_cstr(w, "how", "health");
	trace_put_cstr(w, "target", b->of->uri);
	trace_put_cstr(w, "state", up ? "up" : "down");
	node_record_cause(node_of_probe(b));
}

static void
probe_answered(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	unsigned status = in->m->status;

	(void)tr;
	if (status >= 200)
		set_up(arg, status != 503 && status != 408);
}

static void
probe_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	(void)tr;
	(void)why;
	set_up(arg, false);
}

static void
probe_moved(struct sip_transaction *old, struct sip_transaction *now, void *arg)
{
	(void)old;
	((struct proxy_probe *)arg)->client = now;
}

static void
probe_ended(struct sip_transaction *tr, void *arg)
{
	(void)tr;
	((struct proxy_probe *)arg)->client = NULL;
}

static const struct sip_transaction_ops proxy_health_ops = {
	.response = probe_answered,
	.moved = probe_moved,
	.failed = probe_failed,
	.ended = probe_ended,
};

static void
probe_located(int err, const struct addr *dst, void *arg)
{
	struct proxy_probe *b = arg;
	struct sip_origin origin = { RULE_PROXY_HEALTH, 0 };
	struct sip_bytes *request = b->request;

	b->request = NULL;
	if (err == 0)
		err = sip_client_create(node_of_probe(b)->stack, request, dst,
		    &origin, &proxy_health_ops, b, &b->client);
	sip_bytes_unref(request);
	if (err == ERR_NOMEM)
		node_fail_memory(node_of_probe(b));
	else if (err != 0)
		set_up(b, false);
}

/* 11.1: from the proxy itself. */
static int
build(struct proxy_probe *b)
{
	struct sip_stack *stack = node_of_probe(b)->stack;
	struct buf from = BUF_INIT, to = BUF_INIT, call_id = BUF_INIT;
	struct sip_request_spec spec = { .method = STR("OPTIONS"),
		.uri = str_of(b->of->uri),
		.cseq = ++b->cseq };
	int err;

	node_write_address(&node_of_probe(b)->faces[0], "", &from);
	buf_puts(&from, ";tag=");
	sip_stack_token(stack, SIP_STREAM_TAG, 8, &from);
	buf_printf(&to, "<%s>", b->of->uri);
	sip_stack_token(stack, SIP_STREAM_CALL_ID, 12, &call_id);
	buf_putc(&call_id, '@');
	addr_write_host(node_addr(node_of_probe(b)), &call_id);
	spec.from = buf_view(&from);
	spec.to = buf_view(&to);
	spec.call_id = buf_view(&call_id);
	err = from.err != 0 || to.err != 0 || call_id.err != 0
		  ? ERR_NOMEM
		  : sip_build_request(stack, &spec, &b->request);
	buf_free(&from);
	buf_free(&to);
	buf_free(&call_id);
	return err;
}

/* Nothing more is heard of what was asked before. */
static void
forget_question(struct proxy_probe *b)
{
	if (b->client != NULL)
		sip_transaction_set_user(b->client, NULL, NULL);
	b->client = NULL;
	node_locate_stop(&b->where);
	sip_bytes_unref(b->request);
	b->request = NULL;
}

static void
probe(void *arg)
{
	struct proxy_probe *b = arg;
	int err;

	b->timer = node_after(node_of_probe(b), b->of->every_ns, probe, b);
	if (b->waits)
		set_up(b, false);
	forget_question(b);
	b->waits = true;
	err = build(b);
	if (err == 0)
		node_locate(node_of_probe(b), str_of(b->of->uri), ADDR_DEFAULT,
		    probe_located, b, &b->where);
	else if (err == ERR_NOMEM)
		node_fail_memory(node_of_probe(b));
	else
		set_up(b, false);
}

int
proxy_health_start(struct proxy *p)
{
	struct program *program = p->program;

	for (size_t i = 0; program != NULL && i < program->nwatched; i++) {
		struct proxy_probe *b = mem_zalloc(1, sizeof(*b));

		if (b == NULL)
			return ERR_NOMEM;
		b->proxy = p;
		b->of = &program->watched[i];
		list_append(&p->probes, &b->link);
		b->timer = node_after(p->node, FIRST_NS, probe, b);
	}
	return 0;
}

void
proxy_health_stop(struct proxy *p)
{
	list_each (struct proxy_probe, b, &p->probes, link) {
		forget_question(b);
		sim_cancel(node_sim(p->node), b->timer);
		list_remove(&b->link);
		mem_free(b);
	}
}
