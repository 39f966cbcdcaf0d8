/*
 * Overload control at a proxy, RFC 7339: with oc=true it says to its upstream
 * neighbours how much is too much (throughput=), and sends less to those
 * downstream who say so.
 */
#include "roles/proxy/proxy_in.h"

#include "msg/parts.h"
#include "rules/rule_names.h"

static unsigned
tell_overload(struct buf *params, void *arg)
{
	return overload_tell(arg, params);
}

static void
hear_overload(const struct addr *dst, const struct msg_via *via, void *arg)
{
	overload_hear(arg, dst, via);
}

static const struct sip_overload_ops proxy_overload_ops = {
	.tell = tell_overload, .hear = hear_overload
};

int
proxy_overload_start(struct proxy *p)
{
	/* RFC 3261 16.11: a stateless forwarding depends on the message alone,
	 * and not on a server's earlier values. */
	bool says =
	    node_attr_bool(p->node, "oc", false) && !proxy_is_stateless(p);
	uint32_t rate = 0;
	int err;

	str_u32(str_of(node_attr(p->node, "throughput", "0")), &rate);
	if (rate == 0 && !says)
		return 0;
	err = overload_create(&p->overload, p->node, rate, says);
	if (err == 0 && says)
		sip_stack_set_overload(
		    p->node->stack, &proxy_overload_ops, p->overload);
	return err;
}

void
proxy_overload_stop(struct proxy *p)
{
	if (p->overload != NULL && p->node->stack != NULL)
		sip_stack_set_overload(p->node->stack, NULL, NULL);
	overload_destroy(p->overload);
}

bool
proxy_overload_says(const struct proxy *p)
{
	return p->overload != NULL && overload_says(p->overload);
}

bool
proxy_overload_is_asked(const struct proxy *p, const struct addr *dst)
{
	return p->overload != NULL && overload_is_asked(p->overload, dst);
}

void
proxy_overload_change(
    struct proxy_context *c, struct sip_change *change, struct buf *params)
{
	struct msg_via via;
	struct str value, algorithms;

	if (!proxy_overload_says(c->proxy))
		return;
	change->bare_vias = true;
	if (msg_top_via(proxy_context_request(c), &via) == 0 &&
	    msg_param(via.params, "oc", &value) && value.n == 0 &&
	    msg_param(via.params, "oc-algo", &algorithms))
		buf_printf(params, ";oc;oc-algo=%.*s", STR_ARG(algorithms));
	change->via_params = buf_view(params);
}

bool
proxy_overload_passes(struct proxy_context *c, const struct addr *dst)
{
	struct proxy *p = c->proxy;
	const struct msg *m;
	struct trace_writer *w;
	LOCAL_BUF next = BUF_INIT;

	if (p->overload == NULL)
		return true;
	m = proxy_context_request(c);
	if (overload_lets_pass(p->overload, dst, m))
		return true;
	w = node_record(p->node, TRACE_ROUTE, RULE_OVERLOAD_OBEYED);
	trace_put_cstr(w, "how", "overload");
	trace_put_str(w, "target", m->uri);
	addr_write(dst, &next);
	trace_put_str(w, "next", buf_view(&next));
	node_record_cause(p->node);
	return false;
}
