/*
 * A media gateway as a role: it comes up and says so (RFC 3525 11.2), then
 * obeys its controller.  A command that fails ends its transaction, unless it
 * is optional (8).
 */
#include "roles/softswitch/mg_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "node/node_machine.h"
#include "node/world.h"
#include "rules/rule_names.h"

#include <stdio.h>

/* ---- Streams of RTP ---- */

/* NULL when out of memory. */
static struct mg_stream *
mg_stream_create(struct mg *mg, uint32_t context)
{
	struct mg_stream *s = mem_zalloc(1, sizeof(*s));

	if (s == NULL) {
		node_fail_memory(mg->node);
		return NULL;
	}
	s->mg = mg;
	s->machine.table = &machine_termination;
	s->mode = MEGACO_VALUE_COUNT;
	s->context = context;
	s->since = sim_now(node_sim(mg->node));
	s->sdp.ports = &mg->node->rtp;
	snprintf(
	    s->name, sizeof(s->name), "RTP/%lu", (unsigned long)++mg->nstreams);
	list_append(&mg->streams, &s->link);
	return s;
}

static void
mg_stream_free(struct mg_stream *s)
{
	list_remove(&s->link);
	if (s->rtp != NULL)
		rtp_session_end(s->rtp);
	rtp_session_destroy(s->rtp);
	sip_sdp_free(&s->sdp);
	mem_free(s);
}

/* Agreed media flow once both sides may talk. */
static void
mg_follow(struct mg_stream *s)
{
	struct node *n = s->mg->node;

	if (!rtp_is_wanted(n) ||
	    (!s->sdp.offers && s->mode != MEGACO_VALUE_SEND_RECEIVE))
		return;
	if (s->rtp == NULL && rtp_session_create(&s->rtp, n, s->name) != 0) {
		node_fail_memory(n);
		return;
	}
	rtp_session_follow(s->rtp, &s->sdp);
}

/* The description that this side gives; REMOTE is an offer, or empty. */
static unsigned
describe_stream(struct mg_stream *s, struct str remote, struct buf *local)
{
	struct node *n = s->mg->node;
	const struct node_face *face = node_face_toward(n, &s->mg->controller);
	struct sip_sdp_can can;
	struct sip_sdp_terms t = {
		.user = n->name,
		.addr = face->addr,
		.id = (uint64_t)(sim_now(node_sim(n)) / SIM_S) + 1,
		.anew = true,
		.sends = true,
		.receives = true,
		.can = &can,
	};
	int err;

	sip_sdp_can_read(&can, node_attr(n, "codecs", NULL), NULL);
	can.v6 = face->addr.len != 4;
	err = remote.n == 0 ? sip_sdp_write_offer(&s->sdp, &t, local)
			    : sip_sdp_write_answer(&s->sdp, &t, remote, local);
	node_fail_nomem(n, err);
	return err == ERR_LIMIT || sip_sdp_is_refused(&s->sdp) ? 510
	       : err != 0                                      ? 500
							       : 0;
}

/*
 * As in a line; what it receives is written into LOCAL where it was asked.  A
 * Local that leaves things open gets an offer, or, with a Remote next to it,
 * the answer to that; a Remote that comes later is the answer (RFC 3525 7.1.8,
 * RFC 3264).
 */
static unsigned
mg_stream_apply(
    struct mg_stream *s, const struct megaco_item *it, struct buf *local)
{
	struct megaco_item media, in, x, mode;
	struct str remote = STR_NULL;
	unsigned err = 0;

	if (!megaco_find(it, MEGACO_MEDIA, &media))
		return 0;
	if (!megaco_find(&media, MEGACO_STREAM, &in))
		in = media;
	if (megaco_find(&in, MEGACO_REMOTE, &x)) {
		/* Blanks may stand before SDP (annex B.2). */
		remote = str_trim(x.inner);
		remote.n = (size_t)(x.inner.p + x.inner.n - remote.p);
	}
	if (remote.n > 0 && s->sdp.offers)
		err = sip_sdp_agree(&s->sdp, remote) ? 0 : 500;
	else if (remote.n > 0 ||
		 (megaco_find(&in, MEGACO_LOCAL, &x) && !s->sdp.offers))
		err = describe_stream(s, remote, local);
	if (megaco_find(&in, MEGACO_LOCAL_CONTROL, &x) &&
	    megaco_find(&x, MEGACO_MODE, &mode))
		s->mode = megaco_word(&mode);
	if (err == 0)
		mg_follow(s);
	return err;
}

/* ---- Records of contexts and terminations ---- */

static struct mg_context *
find_context(struct mg *mg, uint32_t number)
{
	struct mg_context *c;

	list_each (struct mg_context, old, &mg->active, link)
		if (old->number == number)
			return old;
	c = mem_zalloc(1, sizeof(*c));
	if (c == NULL) {
		node_fail_memory(mg->node);
		return NULL;
	}
	c->number = number;
	c->machine.table = &machine_context;
	list_append(&mg->active, &c->link);
	return c;
}

/* The terminations in context NUMBER: "A1, RTP/1". */
static void
mg_put_members(const struct mg *mg, uint32_t number, struct trace_writer *w)
{
	LOCAL_BUF b = BUF_INIT;

	list_each (struct mg_line, l, &mg->lines, link)
		if (l->context == number)
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", l->name);
	list_each (struct mg_stream, s, &mg->streams, link)
		if (s->context == number)
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", s->name);
	if (b.n > 0)
		trace_put_cstr(w, "terminations", buf_cstr(&b));
	node_fail_nomem(mg->node, b.err);
}

static bool
has_members(const struct mg *mg, uint32_t number)
{
	list_each (struct mg_line, l, &mg->lines, link)
		if (l->context == number)
			return true;
	list_each (struct mg_stream, s, &mg->streams, link)
		if (s->context == number)
			return true;
	return false;
}

static void
step_context(struct mg *mg, uint32_t number, enum event_id event)
{
	struct mg_context *c = find_context(mg, number);
	struct trace_writer *w;
	char id[24];

	if (c == NULL)
		return;
	if (event != EVENT_ADD && !has_members(mg, number))
		event = EVENT_SUBTRACT_LAST;
	snprintf(id, sizeof(id), "%lu", (unsigned long)number);
	w = node_machine_open_step(mg->node, &c->machine, id, event,
	    event == EVENT_ADD ? RULE_MEGACO_CONNECT : RULE_MEGACO_RELEASE);
	if (w != NULL) {
		mg_put_members(mg, number, w);
		node_record_cause(mg->node);
	}
	if (machine_run_is(&c->machine, STATE_OVER)) {
		list_remove(&c->link);
		mem_free(c);
	}
}

/* The record of a termination's step is open for what else it tells; NULL:
 * there is no such step.  Contexts and terminations are machines
 * (machine/telephone.c), and each step's record says what else holds. */
static struct trace_writer *
open_step(struct mg *mg, struct machine_run *m, const char *id,
    enum event_id event, uint32_t context)
{
	const struct machine_edge *e = machine_run_next(m, event);
	struct trace_writer *w = node_machine_open_step(
	    mg->node, m, id, event, e != NULL ? e->rule : RULE_NONE);
	char number[24];

	if (w != NULL && context != 0) {
		snprintf(number, sizeof(number), "%lu", (unsigned long)context);
		trace_put_cstr(w, "context", number);
	}
	return w;
}

void
mg_line_step(struct mg_line *l, enum event_id event)
{
	struct mg *mg = l->mg;
	uint32_t context = l->context;
	struct trace_writer *w;

	if (event == EVENT_SUBTRACT)
		l->context = 0;
	w = open_step(mg, &l->machine, l->name, event, l->context);
	if (w != NULL) {
		trace_put_cstr(w, "hook", l->off ? "off" : "on");
		if (l->signal != NULL)
			trace_put_cstr(w, "signal", l->signal);
		node_record_cause(mg->node);
	}
	if (event == EVENT_ADD || event == EVENT_SUBTRACT)
		step_context(mg, context, event);
}

static void
mg_stream_step(struct mg_stream *s, enum event_id event)
{
	struct mg *mg = s->mg;
	uint32_t context = s->context;
	struct trace_writer *w;

	if (event == EVENT_SUBTRACT_STREAM)
		s->context = 0;
	w = open_step(mg, &s->machine, s->name, event, s->context);
	if (w != NULL) {
		if (s->mode != MEGACO_VALUE_COUNT)
			trace_put_cstr(w, "mode", megaco_value_name(s->mode));
		node_record_cause(mg->node);
	}
	if (event == EVENT_ADD)
		step_context(mg, context, event);
	else if (event == EVENT_SUBTRACT_STREAM)
		step_context(mg, context, EVENT_SUBTRACT);
}

static void
mg_contexts_end(struct mg *mg)
{
	list_each (struct mg_context, c, &mg->active, link) {
		list_remove(&c->link);
		mem_free(c);
	}
}

#define AGAIN (10 * SIM_S) /* 11.5: no controller serves it; it tries again */

/* ---- its controller ---- */

static void announce(struct mg *mg, const char *method, const char *reason);

static void
mg_fire_again(void *arg)
{
	struct mg *mg = arg;

	mg->again = 0;
	/* 11.5 */
	announce(mg, "Disconnected", "900 Service Restored");
}

/* No controller serves it: it tries again. */
static void
mg_lost(struct mg *mg)
{
	mg->served = false;
	if (mg->again == 0)
		mg->again = node_after(mg->node, AGAIN, mg_fire_again, mg);
}

static void
mg_silent(void *arg, const struct addr *dst)
{
	(void)dst;
	mg_lost(arg);
}

static void
announced(const struct megaco_item *reply, void *arg)
{
	struct mg *mg = arg;

	if (megaco_reply_error(reply) == 0)
		mg->served = true;
	else if (reply != NULL)
		mg_lost(mg);
}

static void
announce(struct mg *mg, const char *method, const char *reason)
{
	struct megaco_out *o;

	mg->served = false;
	sim_cancel(node_sim(mg->node), mg->again);
	mg->again = 0;
	/* What it has told before, and what was to be told, is nothing now. */
	megaco_port_give_up(&mg->port, &mg->controller);
	o = megaco_port_ask(&mg->port, &mg->controller);
	if (o == NULL)
		return;
	megaco_open(o, MEGACO_CONTEXT, STR("-"));
	megaco_open(o, MEGACO_SERVICE_CHANGE, STR("ROOT"));
	megaco_open(o, MEGACO_SERVICES, STR_NULL);
	megaco_put(o, MEGACO_METHOD, str_of(method));
	megaco_put(o, MEGACO_REASON, str_of(reason));
	megaco_put(o, MEGACO_VERSION, STR("1"));
	for (unsigned i = 0; i < 3; i++)
		megaco_close(o);
	megaco_port_send(&mg->port, RULE_MEGACO_START, announced, mg);
}

/* ---- commands ---- */

/* One that is carried out. */
struct doing {
	struct mg *mg;
	const struct megaco_item *it; /* the command */
	uint32_t context;
	bool any; /* in whatever context */
	struct megaco_out *o;
};

static void
open_reply(const struct doing *d, const char *name)
{
	megaco_open(d->o, d->it->id, str_of(name));
}

static unsigned
mg_fail(const struct doing *d, unsigned error)
{
	megaco_open(d->o, d->it->id, d->it->value);
	megaco_put_error(d->o, error);
	megaco_close(d->o);
	return error;
}

static unsigned
do_stream(const struct doing *d, struct mg_stream *s)
{
	LOCAL_BUF local = BUF_INIT;
	unsigned err = mg_stream_apply(s, d->it, &local);

	if (err != 0) {
		mg_fail(d, err);
		if (d->it->id == MEGACO_ADD)
			mg_stream_free(s);
		return err;
	}
	mg_stream_step(s, d->it->id == MEGACO_ADD ? EVENT_ADD : EVENT_MODIFY);
	if (local.n == 0) {
		megaco_put(d->o, d->it->id, str_of(s->name));
	} else {
		open_reply(d, s->name);
		megaco_open(d->o, MEGACO_MEDIA, STR_NULL);
		megaco_open_number(d->o, MEGACO_STREAM, 1);
		megaco_put_sdp(d->o, MEGACO_LOCAL, buf_view(&local));
		for (unsigned i = 0; i < 3; i++)
			megaco_close(d->o);
	}
	return 0;
}

static unsigned
mg_do_line(const struct doing *d, struct mg_line *l)
{
	unsigned err = d->it->id == MEGACO_ADD && l->context != 0 ? 433
		       : d->it->id != MEGACO_ADD && l->context != d->context
			   ? 435
			   : mg_line_apply(l, d->it);

	if (err != 0)
		return mg_fail(d, err);
	l->context = d->context;
	mg_line_step(l, d->it->id == MEGACO_ADD ? EVENT_ADD : EVENT_MODIFY);
	megaco_put(d->o, d->it->id, str_of(l->name));
	return 0;
}

static bool
mg_fits(const struct doing *d, const char *name, uint32_t context)
{
	return (str_is(d->it->value, "*") || str_iis(d->it->value, name)) &&
	       (d->any ? context != 0 : context == d->context);
}

/* 7.2.3; what was counted is told where that is asked for. */
static unsigned
do_subtract(const struct doing *d)
{
	struct mg *mg = d->mg;
	unsigned found = 0;

	list_each (struct mg_line, l, &mg->lines, link) {
		if (!mg_fits(d, l->name, l->context))
			continue;
		found++;
		mg_line_clear(l);
		megaco_put(d->o, MEGACO_SUBTRACT, str_of(l->name));
	}
	list_each (struct mg_stream, s, &mg->streams, link) {
		char ms[24];

		if (!mg_fits(d, s->name, s->context))
			continue;
		found++;
		open_reply(d, s->name);
		megaco_open(d->o, MEGACO_STATISTICS, STR_NULL);
		megaco_put_named(d->o, "nt/dur",
		    megaco_decimal(ms,
			(uint64_t)((sim_now(node_sim(mg->node)) - s->since) /
				   SIM_MS)));
		megaco_close(d->o);
		megaco_close(d->o);
		mg_stream_step(s, EVENT_SUBTRACT_STREAM);
		mg_stream_free(s);
	}
	return found > 0 || str_is(d->it->value, "*") ? 0 : mg_fail(d, 435);
}

static struct mg_stream *
mg_find_stream(const struct doing *d)
{
	list_each (struct mg_stream, s, &d->mg->streams, link)
		if (mg_fits(d, s->name, s->context))
			return s;
	return NULL;
}

static unsigned
do_add_or_modify(const struct doing *d)
{
	struct mg_line *l = mg_line_find(d->mg, d->it->value);
	bool adds = d->it->id == MEGACO_ADD;
	struct mg_stream *s = NULL;

	if (l != NULL)
		return mg_do_line(d, l);
	if (!adds)
		s = mg_find_stream(d);
	else if (str_is(d->it->value, "$"))
		s = mg_stream_create(d->mg, d->context);
	return s != NULL ? do_stream(d, s) : mg_fail(d, 430);
}

static unsigned
do_command(const struct doing *d)
{
	bool adds = d->it->id == MEGACO_ADD;

	/* 7.2.1, 7.2.3: who is free is in no context. */
	if (d->context == 0 &&
	    (adds || (d->it->id == MEGACO_SUBTRACT && !d->any)))
		return mg_fail(d, 421);
	switch (d->it->id) {
	case MEGACO_ADD:
	case MEGACO_MODIFY:
		return do_add_or_modify(d);
	case MEGACO_SUBTRACT:
		return do_subtract(d);
	case MEGACO_SERVICE_CHANGE:
	case MEGACO_AUDIT_VALUE:
		megaco_put(d->o, d->it->id, d->it->value);
		return 0;
	default:
		return mg_fail(d, 501);
	}
}

static bool
has_context(const struct mg *mg, uint32_t context)
{
	list_each (struct mg_line, l, &mg->lines, link)
		if (l->context == context)
			return true;
	list_each (struct mg_stream, s, &mg->streams, link)
		if (s->context == context)
			return true;
	return context == 0;
}

/* 8: false, the rest is not done. */
static bool
do_context(struct mg *mg, const struct megaco_item *c, struct megaco_out *o)
{
	struct megaco_item it;
	struct doing d = { mg, &it, megaco_number(c), str_is(c->value, "*"),
		o };
	char number[24];
	size_t at = 0;

	if (str_is(c->value, "$"))
		d.context = ++mg->contexts;
	else if (!has_context(mg, d.context)) {
		megaco_open(o, MEGACO_CONTEXT, c->value);
		megaco_put_error(o, 411);
		megaco_close(o);
		return false;
	}
	megaco_open(o, MEGACO_CONTEXT,
	    str_is(c->value, "$") ? megaco_decimal(number, d.context)
				  : c->value);
	while (megaco_next(c->inner, c->group, &at, &it))
		if (megaco_is_command(it.id) && do_command(&d) != 0 &&
		    !it.optional) {
			megaco_close(o);
			return false;
		}
	megaco_close(o);
	return true;
}

static void
mg_request(void *arg, const struct addr *from, const struct megaco_item *t,
    struct megaco_out *o)
{
	struct mg *mg = arg;
	struct megaco_item c;
	size_t at = 0;

	(void)from;
	/* The reply to its ServiceChange was lost (11.2). */
	if (!mg->served) {
		megaco_put_error(o, 505);
		return;
	}
	while (megaco_next(t->inner, t->group, &at, &c))
		if (!do_context(mg, &c, o))
			break;
}

/* 11.5: its controller has started again or could not reach it, and takes it
 * over again. */
static void
mg_obeyed(void *arg, const struct addr *from, const struct megaco_item *t)
{
	struct mg *mg = arg;
	struct megaco_item c, it;

	(void)from;
	if (!megaco_find(t, MEGACO_CONTEXT, &c))
		return;
	if (megaco_find(&c, MEGACO_SERVICE_CHANGE, &it)) {
		announce(mg, "HandOff", "903 MGC Directed Change");
		return;
	}
	list_each (struct mg_line, l, &mg->lines, link)
		if ((l->events & 1u << MG_EVENT_COUNT) != 0) {
			l->events &= (1u << MG_EVENT_COUNT) - 1;
			mg_line_look(l);
		}
}

static bool
mg_knows(void *arg, const struct addr *from)
{
	const struct mg *mg = arg;

	return addr_same_ip(from, &mg->controller);
}

static const struct megaco_port_ops mg_ops = {
	.knows = mg_knows,
	.request = mg_request,
	.obeyed = mg_obeyed,
	.silent = mg_silent,
};

/* ---- life ---- */

static void
mg_stop(void *role)
{
	struct mg *mg = role;

	megaco_port_end(&mg->port);
	sim_cancel(node_sim(mg->node), mg->again);
	list_each (struct mg_stream, s, &mg->streams, link)
		mg_stream_free(s);
	mg_lines_end(mg);
	mg_contexts_end(mg);
}

static int
mg_start(struct node *n, void *role)
{
	const struct node *controller =
	    world_find(n->world, node_attr(n, "controller", ""));
	struct mg *mg = role;
	int err;

	mg->node = n;
	list_init(&mg->lines);
	list_init(&mg->streams);
	list_init(&mg->active);
	err = megaco_port_begin(&mg->port, n, &mg_ops, mg);
	if (err == 0)
		err = mg_lines_begin(mg);
	if (err != 0)
		return err;
	if (controller == NULL)
		return 0;
	mg->controller = node_face_for(controller, n)->addr;
	mg->controller.port = TRACE_PORT_MEGACO;
	announce(
	    mg, "Restart", n->lives > 1 ? "902 Warm Boot" : "901 Cold Boot");
	return 0;
}

NODE_ROLE(mg) = {
	.word = "mg",
	.size = sizeof(struct mg),
	.start = mg_start,
	.stop = mg_stop,
	.verbs = mg_verbs,
};
