/*
 * When which board computes, and how far.
 *
 * A board's processor may run ahead of the simulator's clock only as far as
 * nothing can come to it: up to the next event, and up to what another board,
 * if it sent something at the earliest moment it could, would take to get here.
 * What the board does on the way that others can see stops it; that is done
 * once the simulator's clock has come there.  So everything happens at its own
 * time, however the boards take turns.
 *
 * One event serves all boards of a world: it is due when the first has to go
 * on.
 */
#include "roles/handset/handset_in.h"

#include <inttypes.h>

/*
 * What the board does, as records of its time: frames, lines on the console,
 * the screen, what was computed, how it failed.
 *
 * Before each message that leaves, and whenever the processor has nothing more
 * to do, a `cycles` record says how much was computed since the last.  It is
 * the cause of the message, and its own cause is what the computing was for: a
 * `recv`, a key, a timer.
 */

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

/* The firmware goes on for ever, by WHY ("spin", "sleep", "effort"): a fault.
 */
static void
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
	(void)o; /* nobody listens */
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
};

/* What the board has done since last asked, now. */
static void
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

/* How far a board runs at least where another could reach it at once (a link
 * without delay), so that time goes on. */
#define STEP_LEAST SIM_US

/* … and at most in one event, so that whoever watches gets a turn. */
#define STEP_MOST (5 * SIM_MS)

/* Instructions that are not told where nothing came of them: a look at the
 * keypad is no more. */
#define SMALL_WORK 10000

/* Of computing without a rest and with nothing to show for it: after that the
 * firmware is taken to go round for ever. */
#define SPIN_LONGEST (10 * SIM_S)

/* What emulating all boards may cost besides the run's limit, for each second
 * of virtual time: a program that only computes now and then never comes to the
 * limit, however long the run. */
#define EFFORT_A_SECOND UINT64_C(200000000)

static void due(void *arg);

/* The first of those that have to go on; NULL where none has. */
static struct handset *
first_due(struct world *w)
{
	struct handset *best = NULL;

	list_each (struct handset, h, &w->boards, link)
		if (h->resume != INT64_MAX &&
		    (best == NULL || h->resume < best->resume))
			best = h;
	return best;
}

static void
schedule_boards(struct world *w)
{
	const struct handset *h = first_due(w);
	int64_t at = h != NULL ? h->resume : INT64_MAX;

	if (at == w->boards_at && w->boards_event != 0)
		return;
	sim_cancel(w->sim, w->boards_event);
	w->boards_event = 0;
	w->boards_at = at;
	if (h != NULL)
		w->boards_event =
		    sim_at(w->sim, at, N_("a handset's processor"), due, w);
}

/* Until when nothing can come to H. */
static int64_t
horizon(const struct handset *h)
{
	const struct world *w = h->node->world;
	int64_t now = sim_now(w->sim), until = sim_next(w->sim);
	int64_t reach = net_host_reach(h->node->host);

	list_each (const struct handset, o, &w->boards, link)
		if (o != h && o->resume < INT64_MAX - reach &&
		    o->resume + reach < until)
			until = o->resume + reach;
	if (until < now + STEP_LEAST)
		until = now + STEP_LEAST;
	return until < now + STEP_MOST ? until : now + STEP_MOST;
}

/* What emulating boards may still cost at present. */
static uint64_t
effort_left(const struct world *w)
{
	uint64_t all = sim_limit(w->sim, SIM_LIMIT_BOARD);
	uint64_t more =
	    (uint64_t)sim_now(w->sim) / SIM_MS * (EFFORT_A_SECOND / 1000);

	all = all > UINT64_MAX - more ? UINT64_MAX : all + more;
	return all > w->boards_effort ? all - w->boards_effort : 0;
}

static enum board_stop
run_board(struct handset *h, int64_t until)
{
	struct world *w = h->node->world;
	enum board_stop stop;

	board_allow(h->board, effort_left(w));
	stop = board_run(h->board, until);
	w->boards_effort += board_effort(h->board);
	return stop;
}

static void
hold_run(struct handset *h, bool holds)
{
	struct sim *sim = node_sim(h->node);

	if (holds && !h->held)
		sim_hold(sim);
	else if (!holds && h->held)
		sim_release(sim);
	h->held = holds;
}

/* A board that died takes its node with it, once nobody is in its middle. */
static void
die(void *arg)
{
	struct handset *h = arg;

	h->dying = 0;
	node_crash(h->node);
}

/* What H's firmware will never come out of; NULL while it may. */
static const char *
find_stuck(struct handset *h, enum board_stop stop)
{
	if (stop == BOARD_SPENT)
		return "effort";
	if (stop == BOARD_IDLE)
		return board_asleep_for_ever(h->board) ? "sleep" : NULL;
	if (stop != BOARD_UNTIL || h->told_at < 0)
		h->told_at = board_now(h->board);
	return board_now(h->board) - h->told_at > SPIN_LONGEST ? "spin" : NULL;
}

static void
end_board(struct handset *h)
{
	struct sim *sim = node_sim(h->node);

	h->resume = INT64_MAX;
	handset_outputs(h);
	sim_set_cause(sim, h->cause);
	h->dying = node_after(h->node, 0, die, h);
}

static void
run_on(struct handset *h)
{
	struct sim *sim = node_sim(h->node);
	enum board_stop stop;
	const char *why;
	bool alive, busy;

	handset_outputs(h);
	stop = run_board(h, horizon(h));
	why = find_stuck(h, stop);
	alive = stop != BOARD_DEAD && stop != BOARD_ERROR && why == NULL;
	h->resume =
	    stop == BOARD_IDLE ? board_wake(h->board) : board_now(h->board);
	busy = stop != BOARD_IDLE;
	if (stop == BOARD_IDLE) {
		h->told_at = -1;
		sim_set_cause(sim, h->cause);
		handset_computed(h, SMALL_WORK);
	}
	hold_run(h, alive && (busy || h->alive > 0 || h->keys != NULL));
	if (stop == BOARD_ERROR)
		node_fail_memory(h->node);
	if (why != NULL)
		handset_stuck(h, why);
	if (!alive)
		end_board(h);
}

/* The first whose time has come; where other events have the same time, the
 * rest wait for them. */
static void
due(void *arg)
{
	struct world *w = arg;
	struct handset *h = first_due(w);

	w->boards_event = 0;
	if (h != NULL && h->resume <= sim_now(w->sim))
		run_on(h);
	schedule_boards(w);
}

void
handset_clock_ready(struct handset *h)
{
	struct sim *sim = node_sim(h->node);
	uint64_t cause = sim_cause(sim);

	while (board_now(h->board) < sim_now(sim) &&
	       run_board(h, sim_now(sim)) == BOARD_OUTPUT)
		handset_outputs(h);
	sim_set_cause(sim, cause);
}

void
handset_clock_kick(struct handset *h)
{
	int64_t now = sim_now(node_sim(h->node));

	if (h->dying != 0)
		return;
	if (board_now(h->board) > now)
		now = board_now(h->board);
	if (h->resume > now)
		h->resume = now;
	hold_run(h, true);
	schedule_boards(h->node->world);
}

void
handset_clock_join(struct handset *h)
{
	list_append(&h->node->world->boards, &h->link);
	h->resume = sim_now(node_sim(h->node));
	hold_run(h, true);
	schedule_boards(h->node->world);
}

void
handset_clock_leave(struct handset *h)
{
	sim_cancel(node_sim(h->node), h->dying);
	list_remove(&h->link);
	hold_run(h, false);
	schedule_boards(h->node->world);
}
