/*
 * Turns of the firmware's loop as `board` records, if the topology asks for
 * them (loop=true).  A record says what woke the loop, how long it was awake,
 * which functions it entered, and what libosip2's four lists hold after it.
 */
#include "roles/handset/handset_in.h"

#include "base/err.h"
#include "machine/machine_osip.h"
#include "text/json.h"

#include <inttypes.h>

/* The first call that can wake it. */
static const char *
turn_reason(const struct board_turn *t)
{
	static const struct {
		enum traced_function kind;
		const char *word;
	} reasons[] = {
		{ TRACED_DATAGRAM, "datagram" },
		{ TRACED_KEY, "key" },
		{ TRACED_TIMER, "timer" },
	};

	for (uint32_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < COUNT_OF(reasons); k++)
			if (t->did[i].kind == reasons[k].kind)
				return reasons[k].word;
	return "clock";
}

/* "osip_transaction_execute ICT RCV_STATUS_1XX", "callback
 * OSIP_ICT_STATUS_1XX_RECEIVED", or the function alone.  Numbers are the
 * firmware's, and may be any. */
static void
turn_put_call(struct buf *out, const struct traced_call *d)
{
	const char *event = machine_osip_event_at(d->number);
	const char *type = machine_osip_machine_at(d->machine);
	const char *callback = NULL;

	if (d->kind == TRACED_EVENT && event != NULL && type != NULL) {
		buf_printf(out, "%s %s", type, event);
		return;
	}
	if (d->kind == TRACED_CALLBACK)
		callback = machine_osip_callback_at(d->number);
	if (d->kind == TRACED_KILL)
		callback = machine_osip_kill_at(d->number);
	buf_puts(
	    out, callback != NULL ? callback : traced_function_at(d->kind));
}

static void
turn_put_did(struct buf *json, const struct board_turn *t)
{
	LOCAL_BUF text = BUF_INIT;

	buf_putc(json, '[');
	for (uint32_t i = 0; i < t->n; i++) {
		buf_clear(&text);
		turn_put_call(&text, &t->did[i]);
		json_put_item(json);
		json_put_str(json, buf_view(&text));
	}
	buf_putc(json, ']');
	if (text.err != 0)
		json->err = text.err;
}

static void
turn_put_lists(struct buf *json, const struct board_turn *t)
{
	for (uint32_t i = 0; i < COUNT_OF(t->lists); i++)
		buf_printf(json, "%s\"%s\":%" PRIu32, i > 0 ? "," : "{",
		    machine_osip_machine_at(i), t->lists[i]);
	buf_putc(json, '}');
}

int
handset_loop_put(struct trace_writer *w, const struct board_turn *t)
{
	LOCAL_BUF json = BUF_INIT;

	trace_put_cstr(w, "text", turn_reason(t));
	trace_put_int(w, "slept", t->slept_ns);
	trace_put_int(w, "ns", t->awake_ns);
	turn_put_did(&json, t);
	trace_put_json(w, "did", buf_view(&json));
	if (t->left_out > 0)
		trace_put_int(w, "count", t->left_out);
	buf_clear(&json);
	turn_put_lists(&json, t);
	trace_put_json(w, "lists", buf_view(&json));
	return json.err;
}
