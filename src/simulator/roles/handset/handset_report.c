/*
 * What the firmware says of its calls, its registration, its transactions and
 * timers (docs/HANDSET.md), as the records that a user agent writes of these.
 * The lines come from a program that may have gone wrong: what cannot be
 * understood becomes a line of the console.
 */
#include "roles/handset/handset_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/message.h"
#include "rules/messages.h"
#include "rules/rule_names.h"
#include "text/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/*
 * Calls: which step of a user agent's call it was.  The firmware says in which
 * state a call is (docs/HANDSET.md), not why; what it was working on says that:
 * a message that came, else its user or a timer.
 */

void
handset_heard(struct handset *h, uint64_t recv, struct str bytes)
{
	struct handset_heard *heard = &h->heard[h->nheard % HANDSET_HEARD];

	if (msg_read(&h->view, bytes, NULL) != MSG_FAULT_NONE)
		return;
	handset_media_message(h, &h->view, recv, false);
	h->nheard++;
	*heard = (struct handset_heard){ .recv = recv };
	if (h->view.request)
		snprintf(heard->event, sizeof(heard->event), "%s",
		    msg_method_name(h->view.method));
	else
		snprintf(
		    heard->event, sizeof(heard->event), "%u", h->view.status);
}

/* FROM → TO by the message that is being worked on; NULL: by none. */
static const struct machine_edge *
edge_heard(const struct handset *h, const struct machine *m, struct str from,
    struct str to)
{
	const struct machine_edge *e;
	char received[32];

	for (size_t i = 0; i < HANDSET_HEARD; i++) {
		const struct handset_heard *heard = &h->heard[i];

		if (heard->recv == 0 || (uint32_t)heard->recv != h->given)
			continue;
		e = machine_step(m, from, str_of(heard->event), to);
		if (e != NULL)
			return e;
		snprintf(
		    received, sizeof(received), "%s received", heard->event);
		return machine_step(m, from, str_of(received), to);
	}
	return NULL;
}

/* FROM → TO by what the phone does itself. */
static const struct machine_edge *
edge_own(const struct machine *m, enum state_id from, enum state_id to)
{
	static const enum event_id own[] = { EVENT_INVITE_SENT, EVENT_1XX_SENT,
		EVENT_2XX_SENT, EVENT_300_699_SENT, EVENT_BYE, EVENT_CANCEL,
		EVENT_CANCEL_UNSENT, EVENT_NO_ACK, EVENT_TIMEOUT,
		EVENT_NOT_SENT };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		const struct machine_edge *e = machine_next(m, from, own[i]);

		if (e != NULL && e->to == to)
			return e;
	}
	return NULL;
}

/* The status of the response that is being worked on; 0: there is none. */
static unsigned
status_heard(const struct handset *h)
{
	uint32_t status;

	for (size_t i = 0; i < HANDSET_HEARD; i++)
		if (h->heard[i].recv != 0 &&
		    (uint32_t)h->heard[i].recv == h->given &&
		    str_u32(str_of(h->heard[i].event), &status) == 0)
			return status;
	return 0;
}

/* Why a call, the machine M, goes from one state to another just now. */
static enum rule_id
handset_call_rule(const struct handset *h, const struct machine *m,
    enum state_id from, enum state_id to)
{
	struct str a = str_of(state_word(from)), b = str_of(state_word(to));
	const struct machine_edge *e = edge_heard(h, m, a, b);

	if (e == NULL)
		e = edge_own(m, from, to);
	if (e != NULL && e->rule == RULE_AUTH_ANSWER)
		return rule_of_retry(status_heard(h), e->rule);
	return e != NULL ? e->rule : RULE_NONE;
}

/* The record just closed is the cause of what the line leads to. */
static void
tell_state(
    struct handset *h, const char *object, enum state_id state, uint64_t seq)
{
	const struct world_watch *watch = &h->node->world->watch;

	sim_set_cause(node_sim(h->node), seq);
	h->cause = seq;
	if (watch->changed != NULL)
		watch->changed(object, state_word(state), watch->arg);
}

/* "N STATE PEER CALL-ID" */
static bool
report_call(struct handset *h, struct str rest)
{
	struct str number = str_cut(rest, ' ', &rest);
	struct str state = str_cut(rest, ' ', &rest);
	struct str peer = str_cut(rest, ' ', &rest);
	const struct machine_state *to =
	    machine_find_state(&machine_call, state);
	struct handset_call *c;
	struct trace_writer *w;
	char id[96];
	uint32_t n;

	if (str_u32(number, &n) != 0 || to == NULL)
		return false;
	snprintf(id, sizeof(id), "%s/%u", h->node->name, n);
	c = &h->calls[n % HANDSET_CALLS];
	if (c->number != n)
		*c = (struct handset_call){ n, STATE_IDLE };
	w = node_record(h->node, TRACE_CALL,
	    handset_call_rule(h, &machine_call, c->state, to->id));
	trace_put_cstr(w, "id", id);
	trace_put_cstr(w, "from", state_word(c->state));
	trace_put_cstr(w, "state", machine_state_name(to));
	trace_put_str(w, "peer", peer);
	c->state = to->id;
	tell_state(h, id, to->id, trace_close(w));
	handset_media_call(h, rest, id, to->id);
	return true;
}

/* "STATE EVENT".  A registration that stands is refreshed, not made. */
static bool
report_registration(struct handset *h, struct str rest)
{
	struct machine_run *m = &h->registration;
	enum state_id from;
	struct str event, word = str_cut(rest, ' ', &event);
	bool stands = machine_run_is(m, STATE_REGISTERED) ||
		      machine_run_is(m, STATE_REFRESHING);
	const struct machine_edge *e;
	struct trace_writer *w;
	char *aor;

	m->table = &machine_registration;
	from = machine_run_state(m);
	if (str_is(word, "registering") && stands)
		word = STR("refreshing");
	e = machine_step(m->table, str_of(state_word(from)), event, word);
	aor = e != NULL ? node_aor(h->node) : NULL;
	if (aor == NULL)
		return false;
	w = node_record(h->node, TRACE_FSM, e->rule);
	trace_put_cstr(w, "machine", m->table->name);
	trace_put_cstr(w, "id", aor);
	trace_put_cstr(w, "from", state_word(from));
	trace_put_cstr(w, "to", state_word(e->to));
	trace_put_cstr(w, "event", event_word(e->event));
	mem_free(aor);
	m->state = e->to;
	tell_state(h, h->node->name, e->to, trace_close(w));
	return true;
}

/* "MACHINE ID FROM TO EVENT" */
static bool
report_fsm(struct handset *h, struct str rest)
{
	struct str machine = str_cut(rest, ' ', &rest);
	struct str id = str_cut(rest, ' ', &rest);
	struct str from = str_cut(rest, ' ', &rest);
	struct str to = str_cut(rest, ' ', &rest);
	const struct machine *m = machine_find(machine);
	const struct machine_edge *e =
	    m != NULL ? machine_step(m, from, rest, to) : NULL;
	struct trace_writer *w;

	if (e == NULL)
		return false;
	w = node_record(h->node, TRACE_FSM, e->rule);
	trace_put_cstr(w, "machine", m->name);
	trace_put_str(w, "id", id);
	trace_put_str(w, "from", from);
	trace_put_str(w, "to", to);
	trace_put_str(w, "event", rest);
	h->cause = trace_close(w);
	return true;
}

/* "NAME set|fire|stop MS MACHINE ID" */
static bool
report_timer(struct handset *h, struct str rest)
{
	static const char *const ops[] = { "set", "fire", "stop" };
	struct str name = str_cut(rest, ' ', &rest);
	struct str op = str_cut(rest, ' ', &rest);
	struct str ms = str_cut(rest, ' ', &rest);
	struct str machine = str_cut(rest, ' ', &rest);
	int64_t now = sim_now(node_sim(h->node));
	const struct machine *m;
	struct trace_writer *w;
	uint32_t length;
	size_t i = 0;

	while (i < 3 && !str_is(op, ops[i]))
		i++;
	if (i == 3 || str_u32(ms, &length) != 0)
		return false;
	m = machine_find(machine);
	w = node_record(h->node, TRACE_TIMER, machine_timer_rule(m, name));
	trace_put_cstr(w, "op", ops[i]);
	trace_put_str(w, "name", name);
	if (machine.n > 0)
		trace_put_str(w, "machine", machine);
	trace_put_str(w, "id", rest);
	if (i == 0) {
		trace_put_int(w, "due", now + length * SIM_MS);
		trace_put_int(w, "length", length * SIM_MS);
	}
	trace_close(w);
	return true;
}

/* "SIZE LIMIT ADDRESS URI": a request goes by TCP. */
static bool
report_size(struct handset *h, struct str rest)
{
	struct str size = str_cut(rest, ' ', &rest);
	struct str limit = str_cut(rest, ' ', &rest);
	struct str next = str_cut(rest, ' ', &rest);
	struct trace_writer *w;
	uint32_t n, most;

	if (str_u32(size, &n) != 0 || str_u32(limit, &most) != 0)
		return false;
	w = node_record(h->node, TRACE_ROUTE, RULE_TRANSPORT_SIZE);
	trace_put_cstr(w, "how", "size");
	trace_put_str(w, "target", rest);
	trace_put_str(w, "next", next);
	trace_put_int(w, "size", n);
	trace_put_int(w, "limit", most);
	h->cause = trace_close(w);
	return true;
}

static const struct {
	const char *word;
	bool (*fn)(struct handset *h, struct str rest);
} reports[] = {
	{ "call", report_call },
	{ "registration", report_registration },
	{ "fsm", report_fsm },
	{ "timer", report_timer },
	{ "size", report_size },
};

void
handset_report_reset(struct handset *h)
{
	memset(h->calls, 0, sizeof(h->calls));
	handset_media_stop(h);
	h->registration.state = STATE_NONE;
}

void
handset_report(struct handset *h, struct str line)
{
	struct trace_writer *w;
	struct str rest, word = str_cut(line, ' ', &rest);

	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++)
		if (str_is(word, reports[i].word) && reports[i].fn(h, rest))
			return;
	w = handset_record(h, "report");
	trace_put_bytes(w, line);
	trace_close(w);
}

/*
 * What the processor is at, as `board` records: how much it computed, by phase
 * and by function, what memory that took, and its registers at that time.
 */

/* Instructions shown around the present one: so many before, so many in all. */
#define LINES_BEFORE 3
#define LINES        7

__extension__ typedef unsigned __int128 u128;

static void
put_phases(struct buf *json, const struct board_profile *p)
{
	const char *between = "";

	buf_putc(json, '{');
	for (size_t i = 0; i < PHASES; i++) {
		if (p->phase[i] == 0)
			continue;
		buf_printf(json, "%s\"%s\":%" PRIu64, between,
		    phase_word((enum phase)i), p->phase[i]);
		between = ",";
	}
	buf_putc(json, '}');
}

static void
put_top(struct buf *json, const struct board_profile *p)
{
	buf_putc(json, '[');
	for (size_t i = 0; i < p->ntop; i++) {
		buf_puts(json, i > 0 ? ",[" : "[");
		json_put_str(json, str_of(p->top[i].name));
		buf_printf(json, ",%" PRIu64 "]", p->top[i].instructions);
	}
	buf_putc(json, ']');
}

/* "name+0x1c", the function that ADDRESS is in. */
static void
put_place(struct buf *out, const struct handset *h, uint32_t address)
{
	uint32_t offset;
	const char *name =
	    image_function(board_image(h->board), address, &offset);

	if (name == NULL)
		buf_printf(out, "0x%08" PRIx32, address);
	else if (offset == 0)
		buf_puts(out, name);
	else
		buf_printf(out, "%s+0x%" PRIx32, name, offset);
}

static void
put_registers(struct buf *json, const struct board_registers *r)
{
	buf_putc(json, '[');
	for (size_t i = 0; i < 16; i++)
		buf_printf(json, "%" PRIu32 ",", r->r[i]);
	buf_printf(json, "%" PRIu32 "]", r->cpsr);
}

static void
put_instructions(struct buf *json, const struct handset *h, uint32_t pc)
{
	struct board_line lines[LINES];
	struct buf text = BUF_INIT;

	if (board_disassemble(h->board, pc, LINES_BEFORE, lines, LINES) != 0) {
		json->err = ERR_NOMEM;
		return;
	}
	buf_putc(json, '[');
	for (size_t i = 0; i < LINES; i++) {
		buf_clear(&text);
		buf_printf(&text, "%08" PRIx32 "  %s", lines[i].address,
		    lines[i].text);
		json_put_item(json);
		json_put_str(json, buf_view(&text));
	}
	buf_putc(json, ']');
	if (text.err != 0)
		json->err = text.err;
	buf_free(&text);
}

void
handset_put_processor(
    struct handset *h, struct trace_writer *w, const struct board_registers *r)
{
	struct buf b = BUF_INIT;

	trace_put_cstr(w, "mode", r->mode);
	put_place(&b, h, r->r[15]);
	trace_put_str(w, "at", buf_view(&b));
	buf_clear(&b);
	put_registers(&b, r);
	trace_put_json(w, "registers", buf_view(&b));
	buf_clear(&b);
	put_instructions(&b, h, r->r[15]);
	trace_put_json(w, "code", buf_view(&b));
	if (b.err != 0)
		node_fail_memory(h->node);
	buf_free(&b);
}

static void
put_memory(struct trace_writer *w, const struct handset *h)
{
	struct board_memory m;

	board_memory(h->board, &m);
	trace_put_int(w, "ram", m.ram);
	trace_put_int(w, "image", m.image);
	trace_put_int(w, "heap", m.heap);
	trace_put_int(w, "stack", m.stack);
}

uint64_t
handset_computed(struct handset *h, uint64_t least)
{
	struct sim *sim = node_sim(h->node);
	struct trace_writer *w = sim_trace(sim);
	struct board_registers r;
	struct board_profile p;
	struct buf json = BUF_INIT;
	u128 ns;
	uint64_t seq;

	board_profile_take(h->board, &p);
	if (p.instructions <= least || !trace_wants(w, TRACE_BOARD))
		return sim_cause(sim);
	ns = (u128)p.instructions * h->cpi * 1000000 / h->clock_hz;
	handset_record(h, "cycles");
	trace_put_int(w, "count", (int64_t)p.instructions);
	trace_put_int(w, "ns", (int64_t)ns);
	trace_put_int(w, "total", (int64_t)board_instructions(h->board));
	put_phases(&json, &p);
	trace_put_json(w, "phases", buf_view(&json));
	buf_clear(&json);
	put_top(&json, &p);
	trace_put_json(w, "top", buf_view(&json));
	put_memory(w, h);
	board_registers(h->board, &r);
	handset_put_processor(h, w, &r);
	seq = trace_close(w);
	if (json.err != 0)
		node_fail_memory(h->node);
	buf_free(&json);
	return seq;
}
