/*
 * What the board does, as records of its time: frames, lines on the console,
 * the screen, what was computed, how it failed.
 *
 * Before each message that leaves, and whenever the processor has nothing more
 * to do, a `cycles` record says how much was computed since the last.  It is
 * the cause of the message, and its own cause is what the computing was for: a
 * `recv`, a key, a timer.
 */
#include "roles/handset/handset_in.h"

#include <inttypes.h>
#include <string.h>

struct trace_writer *
handset_record(const struct handset *h, const char *what)
{
	struct trace_writer *w = node_record(h->node, TRACE_BOARD, RULE_NONE);

	trace_put_cstr(w, "what", what);
	return w;
}

static void
out_frame(struct handset *h, const struct board_out *o)
{
	sim_set_cause(node_sim(h->node), handset_computed(h, 0));
	handset_net_frame(h, o->bytes);
}

static void
out_uart(struct handset *h, const struct board_out *o)
{
	struct trace_writer *w = handset_record(h, "uart");

	trace_put_bytes(w, o->bytes);
	trace_close(w);
}

static void
out_report(struct handset *h, const struct board_out *o)
{
	handset_report(h, o->bytes);
}

static void
out_screen(struct handset *h, const struct board_out *o)
{
	const struct world_watch *watch = &h->node->world->watch;

	(void)o;
	handset_show(h);
	if (watch->screen != NULL)
		watch->screen(h->node->name, watch->arg);
}

static void
out_hold(struct handset *h, const struct board_out *o)
{
	h->alive = o->value;
}

static void
out_fault(struct handset *h, const struct board_out *o)
{
	const struct board_fault *f = board_fault(h->board);
	struct trace_writer *w;

	sim_set_cause(node_sim(h->node), handset_computed(h, 0));
	w = handset_record(h, "fault");
	trace_put_bytes(w, o->bytes);
	if (f != NULL) {
		trace_put_cstr(w, "fault", board_fault_word(f->kind));
		trace_put_int(w, "address", f->address);
		handset_put_processor(h, w, &f->registers);
	}
	h->cause = trace_close(w);
}

void
handset_stuck(struct handset *h, const char *why)
{
	struct board_registers r;
	struct trace_writer *w;

	sim_set_cause(node_sim(h->node), h->cause);
	sim_set_cause(node_sim(h->node), handset_computed(h, 0));
	board_registers(h->board, &r);
	w = handset_record(h, "fault");
	trace_put_cstr(w, "fault", why);
	trace_put_int(w, "address", r.r[15]);
	handset_put_processor(h, w, &r);
	h->cause = trace_close(w);
}

static void
out_watchdog(struct handset *h, const struct board_out *o)
{
	struct trace_writer *w;

	sim_set_cause(node_sim(h->node), handset_computed(h, 0));
	w = handset_record(h, "watchdog");
	if (o->bytes.n > 0)
		trace_put_bytes(w, o->bytes);
	h->cause = trace_close(w);
	h->booted = h->cause;
	handset_report_reset(h);
	h->alive = 0;
}

static void
out_audio(struct handset *h, const struct board_out *o)
{
	(void)h;
	(void)o; /* it has no receiver */
}

void
handset_turns_start(struct handset *h)
{
	struct trace_writer *w;

	if (!node_attr_bool(h->node, "loop", false) ||
	    !trace_wants(sim_trace(node_sim(h->node)), TRACE_BOARD) ||
	    board_turns_known(h->board))
		return;
	w = handset_record(h, "turn");
	trace_put_cstr(w, "text", "no symbols");
	trace_close(w);
}

static void
out_turn(struct handset *h, const struct board_out *o)
{
	struct trace_writer *w;
	struct board_turn t;

	if (o->bytes.n != sizeof(t) ||
	    !trace_wants(sim_trace(node_sim(h->node)), TRACE_BOARD))
		return;
	memcpy(&t, o->bytes.p, sizeof(t));
	w = handset_record(h, "turn");
	node_fail_nomem(h->node, handset_loop_put(w, &t));
	trace_close(w);
}

static void (*const outs[])(struct handset *h, const struct board_out *o) = {
	[BOARD_OUT_FRAME] = out_frame,
	[BOARD_OUT_UART] = out_uart,
	[BOARD_OUT_REPORT] = out_report,
	[BOARD_OUT_SCREEN] = out_screen,
	[BOARD_OUT_AUDIO] = out_audio,
	[BOARD_OUT_HOLD] = out_hold,
	[BOARD_OUT_FAULT] = out_fault,
	[BOARD_OUT_WATCHDOG] = out_watchdog,
	[BOARD_OUT_TURN] = out_turn,
};

void
handset_outputs(struct handset *h)
{
	struct board_out o;

	while (board_next(h->board, &o)) {
		if (o.cause != 0 && o.cause != (uint32_t)h->given) {
			h->given = o.cause;
			if (o.cause == h->boot)
				h->cause = h->booted;
			else if (o.cause < (uint32_t)HANDSET_FOLDED)
				h->cause = o.cause;
		}
		sim_set_cause(node_sim(h->node), h->cause);
		outs[o.kind](h, &o);
	}
}
