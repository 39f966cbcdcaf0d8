/*
 * What a media gateway tells of its contexts and terminations: they are
 * machines (machine/telephone.c), and each step's record says what else holds.
 */
#include "roles/softswitch/mg_in.h"

#include "base/mem.h"
#include "machine/tables.h"
#include "node/machine.h"
#include "node/world.h"

#include <stdio.h>

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

/* Who is in context NUMBER: "A1, RTP/1". */
static void
put_members(const struct mg *mg, uint32_t number, struct trace_writer *w)
{
	struct buf b = BUF_INIT;

	list_each (struct mg_line, l, &mg->lines, link)
		if (l->context == number)
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", l->name);
	list_each (struct mg_stream, s, &mg->streams, link)
		if (s->context == number)
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", s->name);
	if (b.n > 0)
		trace_put_cstr(w, "terminations", buf_cstr(&b));
	if (b.err != 0)
		node_fail_memory(mg->node);
	buf_free(&b);
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
		put_members(mg, number, w);
		node_record_cause(mg->node);
	}
	if (machine_run_is(&c->machine, STATE_OVER)) {
		list_remove(&c->link);
		mem_free(c);
	}
}

/* The record of a termination's step is open for what else it tells; NULL:
 * there is no such step. */
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

void
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

void
mg_contexts_end(struct mg *mg)
{
	list_each (struct mg_context, c, &mg->active, link) {
		list_remove(&c->link);
		mem_free(c);
	}
}
