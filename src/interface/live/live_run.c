/* The loop of a run that goes as the clock does: see live/live_run.h. */
#include "live/live_run.h"

#include "base/err.h"
#include "base/mem.h"
#include "live/real_programs.h"
#include "live/kept_sound.h"
#include "live/certificate_authority.h"
#include "live/process.h"
#include "topology/topology.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Events, and time, between two looks at the sockets. */
#define SLICE    200
#define SLICE_NS INT64_C(2000000)
/* … and this much of a trace, so that what waits on a busy machine does not
 * pass a bound between two looks at it. */
#define SLICE_BYTES 32768
/* Arrivals whose turn has not come; more are left to the machine, which keeps
 * or drops them. */
#define EXPECTED_MOST 256
/* Looks at the sockets, one after the other, until nothing is left there. */
#define LOOKS_MOST 16
/* What may come between two looks at the bounds, whose end is the run's: in
 * arrivals, their bytes, records, and bytes of a trace. */
#define MORE_ARRIVALS 1000
#define MORE_BYTES    (32u << 20)
#define MORE_RECORDS  20000
#define MORE_TRACE    (4u << 20)
/* What each arrival that waits may make of them, all at one instant: in a flood
 * the run ends behind them. */
#define EACH_RECORDS 20
#define EACH_TRACE   4096
/* Real programs may keep more alive than a lesson's nodes do: a minute of 2,000
 * messages a second. */
#define ALIVE_MOST  1000000
#define MEMORY_MOST (UINT64_C(2) << 30)
/* Longer than any lateness: the machine slept, or rung was stopped. */
#define STILL_NS (5 * SIM_S)
/* Latenesses are counted by their length in two bits: from 2^i * (4 + k) / 4
 * microseconds on. */
#define OCTAVES 32
#define STEPS   4

struct live_run {
	struct drive *drive;       /* its own; NULL where there is a session */
	struct session *session;   /* borrowed */
	const struct drive *heard; /* whose departures are listened to */
	struct topology *graph;
	struct live_sockets *sockets;
	struct certificate_authority *authority;
	struct real_programs programs;
	uint64_t places; /* of run_places_changed, when they were opened */
	struct kept_sound sound;
	struct diag refused; /* why something that came ends the run */
	struct diag trouble;
	uint64_t late[OCTAVES * STEPS], nlate;
	int64_t worst;
	drive_clock_fn *clock;
	int64_t read_ns;  /* by it, last; 0: not yet */
	int64_t asked_ns; /* of process_waited_ns, then */
	struct live_still still;
	int64_t waited_ns; /* before programs were there */
	uint64_t max_records, max_bytes;
	struct diag full; /* a bound was reached, which ends the run */
};

static int64_t
read_machine(void *arg)
{
	struct timespec t;

	(void)arg;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SIM_S + t.tv_nsec;
}

/* The run's clock, which stands still where all did; that a node's program was
 * waited for is none of that. */
static int64_t
read_clock(void *arg)
{
	struct live_run *l = arg;
	int64_t t = l->clock(NULL), asked = process_waited_ns();
	int64_t gone = t - l->read_ns - (asked - l->asked_ns);

	if (l->read_ns != 0 && gone > STILL_NS) {
		l->still.n++;
		l->still.ns += gone;
	}
	l->read_ns = t;
	l->asked_ns = asked;
	return t - l->still.ns - l->waited_ns;
}

void
live_run_put_off(struct live_run *l)
{
	int64_t t = l->clock(NULL);

	l->waited_ns += t - l->read_ns;
	l->read_ns = t;
}

/* ---- lateness ---- */

static size_t
live_run_step_of(int64_t ns)
{
	uint64_t us = ns > 0 ? (uint64_t)ns / 1000 : 0;
	size_t octave = 0;

	if (us < STEPS)
		return us;
	while (us >= 2 * STEPS) {
		us /= 2;
		octave++;
	}
	octave = (octave + 1) * STEPS + (us - STEPS);
	return octave < OCTAVES * STEPS ? octave : OCTAVES * STEPS - 1;
}

/* Where STEP ends. */
static int64_t
end_of_step(size_t step)
{
	uint64_t us = step < STEPS ? step + 1
				   : (uint64_t)(STEPS + step % STEPS + 1)
					 << (step / STEPS - 1);

	return (int64_t)us * 1000;
}

static void
note_lateness(struct live_run *l, int64_t ns)
{
	l->late[live_run_step_of(ns)]++;
	l->nlate++;
	if (ns > l->worst)
		l->worst = ns;
}

/* The lateness that SHARE of a hundred have at most. */
static int64_t
lateness_of(const struct live_run *l, unsigned share)
{
	uint64_t rest = l->nlate * share / 100;

	for (size_t i = 0; i < OCTAVES * STEPS; i++) {
		if (l->late[i] > rest)
			return end_of_step(i) < l->worst ? end_of_step(i)
							 : l->worst;
		rest -= l->late[i];
	}
	return l->worst;
}

struct live_lateness
live_run_lateness(const struct live_run *l)
{
	return (struct live_lateness){ .n = l->nlate,
		.half_ns = lateness_of(l, 50),
		.most_ns = lateness_of(l, 99),
		.worst_ns = l->worst };
}

/* ---- receiving and sending ---- */

static int
on_arrival(const struct arrival *a, int64_t late_ns, void *arg)
{
	struct live_run *l = arg;
	struct arrival took = *a;
	struct diag d = DIAG_INIT;
	int err;

	if (!addr_is_stream(&a->from))
		took.bytes = kept_sound_take(&l->sound, a->bytes);
	note_lateness(l, late_ns);
	err = live_run_drive(l) != NULL
		  ? drive_arrive(live_run_drive(l), &took, late_ns, &d)
		  : 0;
	/* That it can't come from there is its own loss. */
	if (err != ERR_NOMEM && err != ERR_LIMIT)
		return 0;
	l->refused = d;
	return err;
}

/* The places that the run has now. */
static int
follow_places(struct live_run *l, struct diag *d)
{
	const struct run *r;

	if (live_run_drive(l) == NULL)
		return 0;
	r = drive_run(live_run_drive(l));
	if (run_places_changed(r) == l->places)
		return 0;
	l->places = run_places_changed(r);
	return live_sockets_follow(l->sockets, r, d);
}

static void
on_departure(const struct run_departure *p, void *arg)
{
	struct live_run *l = arg;

	note_lateness(l, drive_now_ns(live_run_drive(l)) - p->t_ns);
	/* Its reader may send at once to a port that it names.  Those of the
	 * start are opened after it. */
	if (l->places != UINT64_MAX)
		follow_places(l, &l->trouble);
	live_sockets_send(l->sockets, p);
}

/* ---- life ---- */

/* The topology of IN is known, as the run will have it: a script says which. */
static int
find_graph(struct inputs *in, struct diag *d)
{
	const struct drive_options o = { 0 };
	struct drive *first = NULL;
	int err = drive_begin(&first, in, &o, d);

	drive_end(first);
	return err;
}

/* IN is a topology by itself, in the folder of a lab that runs it and says
 * live = false. */
static bool
is_of_such_lab(const struct inputs *in)
{
	LOCAL_BUF path = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inputs lab;
	bool never;

	if (in->script != NULL || in->topology == NULL)
		return false;
	buf_printf(
	    &path, "%s/%s", in->folder != NULL ? in->folder : ".", INPUTS_LAB);
	never = path.err == 0 && inputs_read(&lab, buf_cstr(&path), &d) == 0;
	if (never) {
		inputs_use_files(&lab);
		never = find_graph(&lab, &d) == 0 && lab.never_live &&
			lab.topology != NULL &&
			strcmp(lab.topology, in->topology) == 0;
	}
	inputs_free(&lab);
	return never;
}

/* What attacks runs in the simulation only. */
static int
refuse_live(const struct inputs *in, struct diag *d)
{
	if (!in->never_live && !is_of_such_lab(in))
		return 0;
	return diag_set(d, ERR_STATE, NULL, 0,
	    _("this lab says live = false: its nodes exchange messages only "
	      "within the simulation; use rung run or rung play"));
}

static int
begin_drive(struct live_run *l, struct inputs *in, const struct live_options *o,
    struct diag *d)
{
	const struct drive_options options = { .trace = o->trace,
		.line = o->line,
		.arg = o->arg,
		.events = SLICE,
		.slice_ns = SLICE_NS,
		.slice_bytes = SLICE_BYTES,
		.clock = read_clock,
		.clock_arg = l,
		.paced = true };
	int err;

	err = drive_begin(&l->drive, in, &options, d);
	if (err == 0)
		run_keep_open(drive_run(l->drive));
	return err;
}

static int
begin_session(struct live_run *l, const char *name, struct inputs *in,
    const struct live_options *o, struct diag *d)
{
	const struct session_options options = { .max_records = o->max_records,
		.open = true,
		.clock = read_clock,
		.clock_arg = l };

	return session_begin(&l->session, name, in, &options, d);
}

/* What leaves the run is heard, another run's once it is in its place. */
static void
hear(struct live_run *l)
{
	struct drive *drive = live_run_drive(l);

	if (drive == NULL || drive == l->heard)
		return;
	run_listen(drive_run(drive), on_departure, l);
	l->heard = drive;
	l->places = UINT64_MAX;
}

/* The nodes of IN, at the addresses that they have, start and can be reached.
 */
static int
try_places(struct live_run *l, struct inputs *in, struct diag *d)
{
	const struct drive_options untold = { .events = SLICE };
	struct live_sockets *sockets = NULL;
	struct drive *drive = NULL;
	enum run_state state;
	int err = drive_begin(&drive, in, &untold, d);

	if (err == 0)
		err = live_sockets_create(
		    &sockets, in->graph, &l->programs, NULL, on_arrival, l, d);
	if (err == 0)
		err = drive_slice(drive, &(struct run_goal){ 0 }, &state, d);
	if (err == 0)
		err = live_sockets_follow(sockets, drive_run(drive), d);
	live_sockets_destroy(sockets);
	drive_end(drive);
	return err;
}

/* Back to the settings of before, the first N. */
static void
take_back(struct inputs *in, size_t n)
{
	while (in->nsettings > n)
		topology_setting_free(&in->settings[--in->nsettings]);
	topology_drop(in->graph);
	in->graph = NULL;
}

/* BUSY: why the last one could not be had, or no error. */
static int
tell_no_network(const struct diag *busy, struct diag *d)
{
	if (busy->err == 0)
		return diag_set(d, ERR_EXISTS, NULL, 0,
		    _("other runs use all networks of this machine"));
	return diag_set(d, ERR_EXISTS, NULL, 0,
	    _("no network of this machine is free: %s; a program that listens "
	      "at 0.0.0.0 occupies its port at every address"),
	    busy->text);
}

/* A network of this machine that no other run has, and in which no program has
 * a node's place, or had it a minute ago (TIME-WAIT, RFC 9293 3.6). */
static int
find_network(struct live_run *l, struct inputs *in,
    const struct live_options *o, struct diag *d)
{
	struct diag busy = DIAG_INIT;
	size_t n = in->nsettings;
	int err = ERR_IO;

	in->outside.there = true;
	while (err == ERR_IO) {
		struct diag why = DIAG_INIT;

		if (real_programs_take_network(&l->programs) != 0)
			return tell_no_network(&busy, d);
		err = find_graph(in, &why);
		if (err == 0)
			err = refuse_live(in, &why);
		if (err == 0)
			err = real_programs_set(
			    &l->programs, in, o->outside, &why);
		if (err == 0)
			err = try_places(l, in, &why);
		if (err == ERR_IO &&
		    l->programs.tried < REAL_PROGRAMS_NETWORKS) {
			busy = why;
			take_back(in, n);
			real_programs_leave_network(&l->programs);
		} else if (err == ERR_IO) {
			return tell_no_network(&why, d);
		} else if (err != 0) {
			return diag_pass(d, err, NULL, 0, &why);
		}
	}
	return err;
}

/* Nodes start at time 0, and have their places then. */
static int
start_nodes(struct live_run *l, struct diag *d)
{
	const struct run_goal start = { 0 };
	enum run_state state;
	int err;

	hear(l);
	err = l->session != NULL
		  ? session_advance_to(l->session, 0, &start, &state, d)
		  : drive_slice(l->drive, &start, &state, d);
	/* A session whose run fails says so in D alone. */
	if (err == 0)
		err = d->err;
	return err == 0 ? follow_places(l, d) : err;
}

static void
note_secure(
    const char *node, const char *face, const struct addr *at, void *arg)
{
	(void)node;
	(void)face;
	*(bool *)arg |= addr_transports[at->transport].secure;
}

/* Makes the certificates before the first client comes, where there may be
 * one. */
static int
make_authority(struct live_run *l, const struct live_options *o, struct diag *d)
{
	bool secure = o->certs != NULL;

	live_sockets_each(l->sockets, note_secure, &secure);
	return secure ? certificate_authority_open(l->authority, d) : 0;
}

/* A bound of the live run ends it in order, before one of the run's breaks it
 * off; both are in the trace. */
static void
raise_limits(struct inputs *in, const struct live_options *o)
{
	uint64_t *most = in->limits.most;
	const uint64_t wanted[SIM_LIMIT_COUNT] = {
		[SIM_LIMIT_RECORDS] = o->max_records,
		[SIM_LIMIT_BYTES] = o->max_bytes,
		[SIM_LIMIT_ALIVE] = ALIVE_MOST,
		[SIM_LIMIT_MEMORY] = MEMORY_MOST,
	};

	for (size_t i = 0; i < SIM_LIMIT_COUNT; i++)
		if (most[i] == 0)
			most[i] = wanted[i];
}

/* IN is borrowed, but of a session, which has a NAME, taken. */
static int
live_run_begin_all(struct live_run **lp, const char *name, struct inputs *in,
    const struct live_options *o, struct diag *d)
{
	struct live_run *l = mem_zalloc(1, sizeof(*l));
	int err = l != NULL ? 0 : ERR_NOMEM;

	*lp = l;
	if (err == 0) {
		l->programs.lock = -1;
		l->programs.pages = o->pages;
		l->sound.most =
		    o->sound_most != 0 ? o->sound_most : LIVE_SOUND_MOST;
		l->clock = o->clock != NULL ? o->clock : read_machine;
		l->max_records = o->max_records;
		l->max_bytes = o->max_bytes;
		raise_limits(in, o);
		err = real_programs_take_faces(&l->programs, o->faces, d);
	}
	if (err == 0) {
		err = find_network(l, in, o, d);
		l->graph = topology_keep(in->graph);
	}
	if (err == 0)
		err = certificate_authority_create(
		    &l->authority, l->graph, o->certs);
	if (err == 0)
		err = live_sockets_create(&l->sockets, l->graph, &l->programs,
		    l->authority, on_arrival, l, d);
	if (in->until_ns == 0)
		in->until_ns = LIVE_LONGEST_NS;
	if (err == 0)
		err = name != NULL ? begin_session(l, name, in, o, d)
				   : begin_drive(l, in, o, d);
	if (err == 0)
		err = start_nodes(l, d);
	return err == 0 ? make_authority(l, o, d) : err;
}

int
live_run_begin(struct live_run **lp, struct inputs *in,
    const struct live_options *o, struct diag *d)
{
	int err = live_run_begin_all(lp, NULL, in, o, d);

	if (err == 0)
		return 0;
	live_run_end(*lp);
	*lp = NULL;
	return diag_fail(d, err);
}

int
live_run_play(struct live_run **lp, struct session **s, const char *name,
    struct inputs *in, const struct live_options *o, struct diag *d)
{
	int err = live_run_begin_all(lp, name, in, o, d);

	*s = *lp != NULL ? (*lp)->session : NULL;
	inputs_free(in);
	if (err == 0)
		return 0;
	live_run_end(*lp);
	session_destroy(*s);
	*lp = NULL;
	*s = NULL;
	return diag_fail(d, err);
}

void
live_run_end(struct live_run *l)
{
	if (l == NULL)
		return;
	drive_end(l->drive);
	live_sockets_destroy(l->sockets);
	certificate_authority_destroy(l->authority);
	real_programs_leave_network(&l->programs);
	topology_drop(l->graph);
	mem_free(l);
}

int
live_run_turn(
    struct live_run *l, int64_t wait_ns, enum run_state *state, struct diag *d)
{
	int err = drive_slice(l->drive, NULL, state, d);
	int64_t ns;

	if (err != 0 || *state == RUN_IS_OVER)
		return err;
	ns = *state == RUN_GOES_ON ? 0 : drive_wait_ns(l->drive);
	return live_run_attend(l, ns < wait_ns ? ns : wait_ns, d);
}

static uint64_t
less_of(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* N, to which MORE may come, and of what WAITS, is within MOST (0: no bound).
 */
static bool
has_room(uint64_t n, uint64_t more, uint64_t waits, uint64_t most)
{
	uint64_t room = less_of(more, most / 8) + less_of(waits, most / 2);

	return most == 0 || n < most - room;
}

/* The run ends in order before it reaches a bound, at which it would break
 * off: what its trace has is a run of its own then. */
static void
look_at_bounds(struct live_run *l)
{
	const struct drive *drive = live_run_drive(l);
	const struct arrivals *a;
	size_t expected;

	if (drive == NULL || l->full.err != 0)
		return;
	a = run_arrivals(drive_run(drive), &expected);
	if (!has_room(drive_bytes(drive), MORE_TRACE, expected * EACH_TRACE,
		l->max_bytes))
		diag_set(&l->full, ERR_LIMIT, NULL, 0,
		    _("the trace has reached its limit (--limit=trace); the "
		      "run has ended, and the trace is complete"));
	else if (!has_room(drive_lines(drive), MORE_RECORDS,
		     expected * EACH_RECORDS, l->max_records))
		diag_set(&l->full, ERR_LIMIT, NULL, 0,
		    _("the trace has reached its limit of %llu records; the "
		      "run has ended, and the trace is complete"),
		    (unsigned long long)drive_lines(drive));
	else if (!has_room(a->n, MORE_ARRIVALS, 0, ARRIVALS_MAX) ||
		 !has_room(a->bytes, MORE_BYTES, 0, ARRIVALS_BYTES_MAX))
		diag_set(&l->full, ERR_LIMIT, NULL, 0,
		    _("the run has received its limit of %zu messages; it has "
		      "ended, and the trace is complete"),
		    a->n);
	if (l->full.err != 0 && l->session != NULL)
		session_stop(l->session, 0);
	else if (l->full.err != 0)
		run_stop(drive_run(drive));
}

/* Takes all that has come, each with the time at which the machine had it.
 * Until the next time the run does not pass the last look at the sockets, which
 * has found nothing: what waits while rung does not run is not late.  Of a
 * flood some are left, and are late. */
static int
take_all(struct live_run *l, struct drive *drive)
{
	const struct live_sockets_counts *counts =
	    live_sockets_counted(l->sockets);
	uint64_t before = counts->came + 1;
	int64_t t = 0;
	int err = 0;

	for (int i = 0; err == 0 && i < LOOKS_MOST && counts->came != before;
	     i++) {
		before = counts->came;
		t = drive_now_ns(drive);
		err = live_sockets_wait(l->sockets, 0);
	}
	drive_hold(drive, counts->came == before ? t : INT64_MAX);
	return err;
}

int
live_run_attend(struct live_run *l, int64_t wait_ns, struct diag *d)
{
	struct drive *drive = live_run_drive(l);
	size_t expected = 0;
	int err;

	hear(l);
	/* A port that can't be opened is that stream's loss. */
	follow_places(l, &l->trouble);
	look_at_bounds(l);
	if (drive != NULL) {
		run_arrivals(drive_run(drive), &expected);
		drive_hold(drive, INT64_MAX);
	}
	if (l->full.err != 0 || expected > EXPECTED_MOST)
		return 0;
	err = live_sockets_wait(l->sockets, wait_ns);
	if (err == 0 && drive != NULL)
		err = take_all(l, drive);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s",
		    l->refused.err != 0 ? l->refused.text : err_text(err));
	return err;
}

int64_t
live_run_idle_ns(const struct live_run *l, int *fd)
{
	const struct drive *drive = live_run_drive(l);

	*fd = live_sockets_fd(l->sockets);
	return drive != NULL ? drive_wait_ns(drive) : INT64_MAX;
}

struct drive *
live_run_drive(const struct live_run *l)
{
	return l->session != NULL ? session_drive(l->session, 0) : l->drive;
}

const struct topology *
live_run_topology(const struct live_run *l)
{
	return l->graph;
}

const struct live_sockets *
live_run_sockets(const struct live_run *l)
{
	return l->sockets;
}

const struct real_programs *
live_run_programs(const struct live_run *l)
{
	return &l->programs;
}

const struct certificate_authority *
live_run_authority(const struct live_run *l)
{
	return l->authority;
}

struct live_still
live_run_still(const struct live_run *l)
{
	return l->still;
}

const struct diag *
live_run_take_muted(struct live_run *l)
{
	return kept_sound_tell(&l->sound);
}

const struct diag *
live_run_full(const struct live_run *l)
{
	return &l->full;
}

const struct diag *
live_run_trouble(const struct live_run *l)
{
	return &l->trouble;
}
