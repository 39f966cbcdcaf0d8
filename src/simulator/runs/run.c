/* The life of a run. */
#include "runs/run.h"

#include "base/err.h"
#include "base/mem.h"
#include "runs/run_in.h"

#include <stdio.h>
#include <string.h>

/*
 * The behaviour of a topology without a script: all phones register, and the
 * first phone calls the last, for five seconds or until it gives up.  A handset
 * dials the last one's number, where it has one.  Services that take calls go
 * before phones: a queue, menu or conference, called by the first phone that is
 * not of its domain, a telephone behind a gateway by a phone alone; where there
 * is a gateway, telephone numbers are called in one's own domain.  Phones that
 * real programs play are called, and do nothing of themselves.
 */
static const char default_script[] =
    "lab { }\n"
    "script(function()\n"
    "    local phones, subject, gateway, telephone = {}\n"
    "    for _, name in ipairs(nodes()) do\n"
    "        local n = node(name)\n"
    "        if n.role == \"handset\" then\n"
    "            phones[#phones + 1] = n\n"
    "        elseif n.role == \"ua\" then\n"
    "            phones[#phones + 1] = n\n"
    "            if n.registrar and not n.registers and "
    "n.outside ~= \"true\" then\n"
    "                n:register()\n"
    "            end\n"
    "        elseif n.role == \"gateway\" then\n"
    "            gateway = gateway or n\n"
    "        elseif n.role == \"switch\" then\n"
    "            local numbers = n.telephones or \"\"\n"
    "            telephone = telephone or numbers:match \"%d+\"\n"
    "        elseif n.subject then\n"
    "            subject = subject or n\n"
    "        end\n"
    "    end\n"
    "    if #phones == 1 and phones[1].role == \"ua\" and\n"
    "        phones[1].registered == \"true\" and "
    "phones[1].outside ~= \"true\" then\n"
    "        phones[1]:register()\n"
    "    end\n"
    "    local caller, last = nil, phones[#phones] "
    "for i = #phones, 1, -1 do "
    "if phones[i].outside ~= \"true\" then caller = phones[i] end end "
    "if caller and caller.name == last.name then last = phones[1] end\n"
    "    local callee = #phones > 1 and last.name\n"
    "    if subject then\n"
    "        for i = #phones, 1, -1 do\n"
    "            local phone = phones[i]\n"
    "            if phone.domain ~= subject.domain and "
    "phone.outside ~= \"true\" then caller = phone end\n"
    "        end\n"
    "        local room = (subject.rooms or \"\"):match \"%S+\"\n"
    "        callee = room and subject.domain and\n"
    "            \"sip:\" .. room .. \"@\" .. subject.domain or subject.name\n"
    "    elseif gateway and #phones > 1 then\n"
    "        local number = (last.aor or \"\"):match \"^sip:(%+%d+)@\"\n"
    "        if number and caller.domain then\n"
    "            callee = \"sip:\" .. number .. \"@\" .. caller.domain\n"
    "        end\n"
    "    elseif gateway and telephone and gateway.domain then\n"
    "        local country = gateway.country\n"
    "        callee = \"sip:\" .. (country and \"+\" .. country or \"\") ..\n"
    "            telephone .. \"@\" .. gateway.domain .. \";user=phone\"\n"
    "    end\n"
    "    if not caller or not callee then return end\n"
    "    sleep \"1s\"\n"
    "    if caller.role == \"handset\" then\n"
    "        local aor = phones[#phones].aor\n"
    "        local number = type(aor) == \"string\" and\n"
    "            aor:match(\"^sip:(%d+)@\")\n"
    "        if not number then return end\n"
    "        sleep \"1s\"\n"
    "        caller:dial(number)\n"
    "        caller:wait_screen(\"00:05\", \"20s\")\n"
    "        caller:hangup()\n"
    "        return\n"
    "    end\n"
    "    local call = caller:invite(callee)\n"
    "    if wait(call, \"confirmed\", \"20s\") then sleep \"5s\" end\n"
    "    if call.state ~= \"terminated\" then call:bye() end\n"
    "end)\n";

int
run_feed_trace(const char *line, size_t n, void *arg)
{
	return trace_feed(arg, line, n, NULL);
}

struct trace_writer *
run_writer(const struct run *r)
{
	return r->writer;
}

struct sim *
run_sim(const struct run *r)
{
	return r->world->sim;
}

int64_t
run_until(const struct run *r)
{
	return r->until_ns;
}

bool
run_caught_up(const struct run *r)
{
	return r->next_act == r->in->nacts;
}

const struct diag *
run_refusal(const struct run *r)
{
	return r->refusal.err != 0 ? &r->refusal : NULL;
}

const struct diag *
run_warning(const struct run *r, size_t i)
{
	if (i < r->nwarnings)
		return &r->warnings[i];
	return r->warning.err != 0 && i == r->nwarnings ? &r->warning : NULL;
}

void
run_destroy(struct run *r)
{
	if (r == NULL)
		return;
	if (r->writer != NULL)
		trace_writer_end(r->writer);
	if (r->world != NULL)
		memset(&r->world->watch, 0, sizeof(r->world->watch));
	list_foreach (node, &r->threads) {
		thread_free(LIST_ENTRY(node, struct thread, link));
	}
	list_foreach (node, &r->handlers) {
		mem_free(LIST_ENTRY(node, struct handler, link));
	}
	sandbox_destroy(r->sandbox);
	watch_free_all(r);
	faults_destroy(r->faults);
	world_destroy(r->world);
	lua_programs_free(&r->programs);
	outside_destroy(r->outside);
	topology_drop(r->topology);
	trace_writer_destroy(r->writer);
	map_destroy(r->by_state);
	mem_free(r->title);
	mem_free(r->warnings);
	mem_free(r);
}

int
run_create(struct run **rp, struct inputs *in, trace_sink_fn *sink, void *arg,
    struct diag *d)
{
	struct run *r = mem_zalloc(1, sizeof(*r));
	const char *text = in->script != NULL ? in->script : default_script;
	const char *file = in->script != NULL ? in->script_file : "default";
	unsigned long lacked = mem_failures();
	struct diag said = DIAG_INIT;
	int err;

	*rp = NULL;
	if (r == NULL)
		return diag_fail(d, ERR_NOMEM);
	r->in = in;
	r->loading = d;
	r->longest_ns = RUN_LONGEST_NS;
	list_init(&r->threads);
	list_init(&r->handlers);
	list_init(&r->programs.all);
	r->programs.in = in;
	r->programs.started = &r->started;
	r->programs.mistaken = run_warn_program;
	r->programs.answered = run_record_answer;
	r->programs.arg = r;
	err = map_create(&r->watches);
	if (err == 0)
		err = map_create(&r->by_state);
	if (err == 0)
		err = trace_writer_create(&r->writer, in->detail, sink, arg);
	if (err == 0)
		err = run_bind(r, str_of(text), file, d);
	/* A fault of a topology is reported with its file, not the script's. */
	if (err == 0)
		err = sandbox_load(r->sandbox, str_of(text), file, &said);
	if (err != 0 && d->err == 0)
		*d = said;
	if (err == 0 && !r->lab_said)
		err = diag_set(d, ERR_SYNTAX, file, 0,
		    _("has no lab { … }, which must come first and give the "
		      "topology"));
	if (err == 0)
		run_warn_script(r);
	if (err == 0)
		err = run_add_past(r, d);
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	if (err == 0) {
		*rp = r;
		return 0;
	}
	run_destroy(r);
	return diag_fail(d, err);
}

/* All nodes, at time 0, because the run begins. */
static int
run_bring_up(struct run *r, struct diag *d)
{
	const struct diag *why = sim_error(r->world->sim);
	size_t at = 0;
	void *value;

	while (map_next(r->world->nodes, &at, NULL, &value)) {
		struct node *n = value;
		int err = node_start(n);

		/* the node itself may have said more */
		if (err != 0)
			return diag_set(d, err, NULL, 0,
			    _("node %s can't start: %s"), n->name,
			    why->err != 0 ? why->text : err_text(err));
	}
	return 0;
}

/* Brings the nodes up; those with register=true register. */
static int
start_run(struct run *r, struct diag *d)
{
	struct node_result result;
	size_t at = 0;
	uint64_t old;
	void *value;
	int err;

	r->start = run_record_start(r);
	old = sim_set_cause(r->world->sim, r->start);
	err = run_bring_up(r, d);
	if (err == 0) {
		err = world_warm(r->world, d);
		diag_fail(d, err);
	}
	sim_set_cause(r->world->sim, old);
	if (err != 0)
		return err;
	while (map_next(r->world->nodes, &at, NULL, &value)) {
		struct node *n = value;

		if (node_role_state(n, "ua") != NULL &&
		    node_attr_bool(n, "register", false) &&
		    run_act(r, "config", NULL, 0, "register", n->name, NULL,
			&result, d) != 0)
			return d->err;
	}
	r->started = true;
	return 0;
}

static void
run_end(struct run *r, const char *reason)
{
	struct sim *sim = r->world->sim;
	struct trace_writer *w = r->writer;
	int64_t t = sim_now(sim);

	/* Nothing may happen any more long before the time is over. */
	if (strcmp(reason, "duration") == 0 && r->until_ns > t)
		t = r->until_ns;
	/* Quiet comes of what happened last; any other end was planned with
	 * the beginning. */
	trace_open(w, TRACE_END, t, NULL,
	    strcmp(reason, "idle") == 0 || r->start == 0 ? trace_last(w)
							 : r->start,
	    RULE_NONE);
	trace_put_cstr(w, "reason", reason);
	trace_close(w);
	trace_writer_end(w);
	r->ended = true;
}

/* The script made for a topology alone is not a file: its mistakes are the
 * topology's. */
void
run_fail(struct run *r, const struct diag *why)
{
	r->error = *why;
	if (r->in->script != NULL)
		return;
	snprintf(
	    r->error.file, sizeof(r->error.file), "%s", r->in->topology_file);
	r->error.line = 0;
}

static int
end_with_error(struct run *r, const struct diag *why, struct diag *d)
{
	run_end(r, "error");
	if (d->err == 0)
		*d = *why;
	return d->err;
}

/* WHY a run ends, in D; of one that grew too large outside of any script's
 * line, with the line of the script that ran last. */
static const struct diag *
add_script_line(const struct run *r, const struct diag *why, struct diag *d)
{
	const char *colon = strrchr(r->where, ':');
	uint32_t line;

	*d = *why;
	if (d->err == ERR_LIMIT && d->file[0] == '\0' && colon != NULL &&
	    str_u32(str_of(colon + 1), &line) == 0) {
		snprintf(d->file, sizeof(d->file), "%.*s",
		    (int)(colon - r->where), r->where);
		d->line = line;
	}
	return d;
}

/* What there is to do where a run has got to. */
enum place {
	AT_END,     /* of its time; or an act that waits */
	AT_ARRIVAL, /* the next one's time */
	AT_CLOSE,   /* the outside is open no longer */
	AT_GOAL,    /* the caller asked for no more */
};

/* Something comes from outside before G is reached, or there. */
static void
stop_for_outside(const struct run *r, struct sim_goal *g, enum place *place)
{
	const struct inputs_outside *o = &r->in->outside;
	int64_t arrives = outside_next(r);
	bool closes = !r->closed && (o->open_ns > 0 || o->stops);

	if (r->open || r->past_act == r->next_act + 1)
		g->past_idle = true;
	/* An act that waits for this very time was there first. */
	if (arrives < g->until_ns || (arrives == g->until_ns && !r->awaiting)) {
		g->until_ns = arrives;
		*place = AT_ARRIVAL;
	}
	if (closes && (o->open_ns < g->until_ns ||
			  (o->open_ns == g->until_ns && *place == AT_END &&
			      !r->awaiting))) {
		g->until_ns = o->open_ns;
		*place = AT_CLOSE;
	}
	if (*place != AT_END)
		g->past_idle = true;
}

/* How far to go, and which place that is. */
static struct sim_goal
next_goal(const struct run *r, const struct run_goal *goal, enum place *place)
{
	struct sim_goal g = { .until_ns = r->longest_ns,
		.max_events = goal->max_events };

	if (r->until_ns != 0) {
		g.until_ns = r->until_ns;
		g.past_idle = true;
	}
	if (r->awaiting) {
		g.until_ns = r->in->acts[r->next_act].at_ns;
		g.past_idle = true;
	} else if (r->next_act < r->in->nacts) {
		g.until_seq = r->in->acts[r->next_act].after;
	}
	*place = AT_END;
	if (r->outside != NULL)
		stop_for_outside(r, &g, place);
	if (goal->until_ns < g.until_ns) {
		g.until_ns = goal->until_ns;
		*place = AT_GOAL;
	}
	if (goal->until_seq != 0 &&
	    (g.until_seq == 0 || goal->until_seq < g.until_seq))
		g.until_seq = goal->until_seq;
	return g;
}

static void
do_nothing(void *arg)
{
	(void)arg;
}

/* The next act comes after the record that would be the `end`. */
static bool
acts_at_end(const struct run *r)
{
	return r->next_act < r->in->nacts &&
	       r->in->acts[r->next_act].after == trace_last(r->writer) + 1;
}

/* An act comes where the run would end: it goes on without a planned end, as
 * long as something lives. */
static void
go_past_end(struct run *r)
{
	int64_t now = sim_now(r->world->sim);

	r->until_ns = 0;
	r->longest_ns =
	    now < INT64_MAX - RUN_LONGEST_NS ? now + RUN_LONGEST_NS : INT64_MAX;
}

void
run_await(struct run *r)
{
	/* It writes nothing, but the clock goes to there. */
	sim_at(r->world->sim, r->in->acts[r->next_act].at_ns, N_("an action"),
	    do_nothing, r);
	r->awaiting = true;
}

/* All that happens up to the time of the next act has happened. */
static int
do_awaited(struct run *r, struct diag *d)
{
	const struct input_act *a = &r->in->acts[r->next_act];
	uint64_t last = trace_last(r->writer);

	r->awaiting = false;
	if (last > a->after)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("%llu:%s.%s: the last record before that time is %llu"),
		    (unsigned long long)a->after, a->on, a->verb,
		    (unsigned long long)last);
	if (a->at_ns > (r->until_ns != 0 ? r->until_ns : r->longest_ns))
		go_past_end(r);
	return run_due_acts(r, a->after, d);
}

/* The acts that are due after a slice that ended with RESULT. */
static int
do_acts(struct run *r, enum sim_result result, struct diag *d)
{
	uint64_t last = trace_last(r->writer);
	uint64_t after;

	if (r->awaiting)
		return result == SIM_EVENTS ? 0 : do_awaited(r, d);
	if (result == SIM_EVENTS || result == SIM_RECORD)
		return run_due_acts(r, last, d);
	after = r->in->acts[r->next_act].after;
	if (after > last + 1)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("there is no record %llu for the action: the run has "
		      "%llu"),
		    (unsigned long long)after, (unsigned long long)last + 1);
	if (acts_at_end(r) && r->until_ns > sim_now(r->world->sim)) {
		/* Nothing happens any more, but the time is not over. */
		sim_at(
		    r->world->sim, r->until_ns, N_("the end"), do_nothing, r);
		return 0;
	}
	if (acts_at_end(r))
		go_past_end(r);
	/* A run that would end does its pending acts first. */
	return run_due_acts(r, last + 1, d);
}

/* After a failed allocation the run may differ from its inputs', even if the
 * failure was handled. */
static int
end_without_memory(struct run *r, struct diag *d)
{
	if (d->err != ERR_NOMEM)
		*d = DIAG_INIT;
	diag_fail(d, ERR_NOMEM);
	return r->ended ? d->err : end_with_error(r, d, d);
}

void
run_stop(struct run *r)
{
	struct inputs_outside *o = &r->in->outside;

	if (r->outside == NULL) {
		sim_stop(r->world->sim);
		return;
	}
	o->open_ns = sim_now(r->world->sim);
	o->stops = true;
	r->open = r->closed = false;
}

/* The outside is open no longer: that may be the end. */
static int
close_outside(struct run *r, enum run_state *state, struct diag *d)
{
	r->closed = true;
	if (r->in->outside.stops && !acts_at_end(r)) {
		run_end(r, "stopped");
		return trace_writer_error(r->writer);
	}
	*state = RUN_GOES_ON;
	if (!r->in->outside.stops)
		return 0;
	go_past_end(r);
	return run_due_acts(r, trace_last(r->writer) + 1, d) == 0
		   ? 0
		   : end_with_error(r, d, d);
}

/* PLACE has been reached, and is not the end. */
static int
do_place(struct run *r, enum place place, enum run_state *state, struct diag *d)
{
	if (place == AT_CLOSE)
		return close_outside(r, state, d);
	*state = place == AT_GOAL ? RUN_IS_THERE : RUN_GOES_ON;
	if (place == AT_ARRIVAL && outside_take(r, d) != 0) {
		*state = RUN_IS_OVER;
		return end_with_error(r, d, d);
	}
	return 0;
}

/* All is quiet, but not for good: something can still come from outside, or
 * the next act is after a record that has not been written. */
static bool
is_to_go_on(struct run *r, enum run_state *state)
{
	/* The time of an act has come. */
	if (r->outside == NULL || r->awaiting)
		return false;
	*state = r->open ? RUN_IS_THERE : RUN_GOES_ON;
	if (r->open)
		return true;
	if (r->next_act == r->in->nacts || r->past_act == r->next_act + 1 ||
	    r->in->acts[r->next_act].after <= trace_last(r->writer) + 1)
		return false;
	r->past_act = r->next_act + 1;
	return true;
}

/* The caller has a clock, and the run's time is over by it. */
static bool
is_past_end(const struct run *r, const struct run_goal *goal)
{
	return r->until_ns != 0 && goal->until_ns != INT64_MAX &&
	       goal->until_ns >= r->until_ns && r->next_act == r->in->nacts;
}

/* Slices until the next act, or the end. */
static int
advance_slice(struct run *r, const struct run_goal *goal, enum run_state *state,
    struct diag *d)
{
	struct sim_goal g;
	struct diag trouble = DIAG_INIT;
	enum sim_result result;
	unsigned long lacked = mem_failures();
	enum place place;
	int err;

	if (!r->started && start_run(r, d) != 0)
		return end_with_error(r, d, d);
	g = next_goal(r, goal, &place);
	result = sim_run(r->world->sim, &g);
	if (mem_failures() != lacked)
		return end_without_memory(r, d);
	err = trace_writer_error(r->writer);
	if (err != 0)
		return diag_set(d, err, NULL, 0,
		    _("the trace can't be written: %s"), err_text(err));
	if (r->error.err != 0)
		return end_with_error(
		    r, add_script_line(r, &r->error, &trouble), d);
	if (result == SIM_ERROR)
		return end_with_error(r,
		    add_script_line(r, sim_error(r->world->sim), &trouble), d);
	if (result == SIM_STOPPED) {
		run_end(r, "stopped");
		return trace_writer_error(r->writer);
	}
	if (place != AT_END &&
	    (result == SIM_TIME || (result == SIM_IDLE && g.past_idle))) {
		sim_wait(r->world->sim, g.until_ns);
		return do_place(r, place, state, d);
	}
	if (result == SIM_IDLE && !is_past_end(r, goal) &&
	    is_to_go_on(r, state))
		return 0;
	if (result == SIM_EVENTS || result == SIM_RECORD ||
	    r->next_act < r->in->nacts) {
		if (do_acts(r, result, d) != 0)
			return end_with_error(r, d, d);
		*state = goal->until_seq != 0 &&
				 trace_last(r->writer) >= goal->until_seq
			     ? RUN_IS_THERE
			     : RUN_GOES_ON;
		return 0;
	}
	if (run_check_past(r, d) != 0)
		return end_with_error(r, d, d);
	run_warn_end(r);
	run_end(
	    r, result == SIM_TIME || r->until_ns != 0 ? "duration" : "idle");
	return trace_writer_error(r->writer);
}

int
run_advance_to(struct run *r, const struct run_goal *goal,
    enum run_state *state, struct diag *d)
{
	unsigned long lacked = mem_failures();
	int err;

	*state = RUN_IS_OVER;
	if (r->ended)
		return 0;
	err = advance_slice(r, goal, state, d);
	if (mem_failures() == lacked)
		return err;
	*state = RUN_IS_OVER;
	return end_without_memory(r, d);
}

int
run_advance(struct run *r, uint64_t max_events, bool *done, struct diag *d)
{
	const struct run_goal goal = { .max_events = max_events,
		.until_ns = INT64_MAX };
	enum run_state state;
	int err = run_advance_to(r, &goal, &state, d);

	*done = state == RUN_IS_OVER;
	return err;
}

int64_t
run_next(const struct run *r)
{
	int64_t next = r->started ? sim_next(r->world->sim) : 0;
	int64_t arrives = outside_next(r);

	if (arrives < next)
		next = arrives;
	if (r->outside != NULL && !r->closed && r->in->outside.stops &&
	    r->in->outside.open_ns < next)
		next = r->in->outside.open_ns;

	return r->until_ns != 0 && r->until_ns < next ? r->until_ns : next;
}

bool
run_is_whole(const struct run *r)
{
	return r->ended && trace_writer_error(r->writer) == 0;
}
