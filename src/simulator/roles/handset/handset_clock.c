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

/* How far a board runs at least where another could reach it at once (a link
 * without delay), so that time goes on. */
#define STEP_LEAST SIM_US

/* … and at most in one event, so that a viewer of the run gets a turn. */
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

/* The first of the handsets that have to go on; NULL where none has. */
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

/* A board that died takes its node with it, once no function of it is
 * running. */
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
handset_clock_run_on(struct handset *h)
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
		handset_clock_run_on(h);
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
