/* The panes that are pictures, and the log: a window of the records around the
 * position. */
#include "views/panes/panes.h"

#include "base/i18n.h"
#include "pictures/machines/machines_figure.h"
#include "pictures/network/network_figure.h"
#include "words/record_doc.h"

/* ---- the machines ---- */

struct machines_view
pane_machines_of(const struct pane_moment *m)
{
	return (struct machines_view){ .t = m->t,
		.f = m->state,
		.room = m->room,
		.seq = m->seq,
		.t_ns = m->t_ns,
		.node = m->node,
		.chosen = m->machine };
}

static size_t
machines_height(const struct pane_moment *m, const struct grid_area *a)
{
	const struct machines_view v = pane_machines_of(m);

	return machines_view_height(&v, a);
}

static void
draw_machines(const struct pane_moment *m, const struct grid_area *a)
{
	const struct machines_view v = pane_machines_of(m);

	machines_view_draw(&v, a);
}

static bool
picture_pane_put_machines(
    const struct pane_moment *m, size_t width, size_t height, struct buf *out)
{
	const struct machines_view v = pane_machines_of(m);

	(void)height;
	machines_figure_put(&v, width, out);
	return true;
}

const struct pane pane_machines = { .word = "machines",
	.title = N_("Machines"),
	.brief = N_("FSM"),
	.needs_state = true,
	.height = machines_height,
	.draw = draw_machines,
	.figure = picture_pane_put_machines };

/* ---- the network ---- */

static struct network_view
network_of(const struct pane_moment *m)
{
	return (struct network_view){ .t = m->t,
		.f = m->state,
		.room = m->room,
		.seq = m->seq,
		.t_ns = m->t_ns,
		.node = m->node };
}

static size_t
network_height(const struct pane_moment *m, const struct grid_area *a)
{
	const struct network_view v = network_of(m);

	return network_view_height(&v, a);
}

static void
draw_network(const struct pane_moment *m, const struct grid_area *a)
{
	const struct network_view v = network_of(m);

	network_view_draw(&v, a);
}

static bool
put_network(
    const struct pane_moment *m, size_t width, size_t height, struct buf *out)
{
	const struct network_view v = network_of(m);

	return network_figure_put(&v, width, height, out);
}

const struct pane pane_network = { .word = "network",
	.title = N_("Network"),
	.brief = N_("Net"),
	.needs_state = true,
	.height = network_height,
	.draw = draw_network,
	.figure = put_network };

/* ---- the log ---- */

static uint64_t
step_record(const struct pane_moment *m, uint64_t seq, int by)
{
	if (m->records.step != NULL)
		return m->records.step(seq, by, m->records.arg);
	if (by < 0)
		return seq > 0 ? seq - 1 : 0;
	return seq < trace_count(m->t) ? seq + 1 : 0;
}

static uint64_t
last_shown(const struct pane_moment *m)
{
	if (m->records.step != NULL)
		return m->records.last;
	return m->past ? m->seq : UINT64_MAX;
}

uint64_t
pane_log_first(const struct pane_moment *m, size_t h)
{
	uint64_t seq = m->seq, back = seq;

	for (size_t n = 0; n < h / 2; n++) {
		back = step_record(m, back, -1);
		if (back == 0)
			break;
		seq = back;
	}
	seq = seq != 0 ? seq : step_record(m, 0, 1);
	return seq <= last_shown(m) ? seq : 0;
}

/* The position is shown even where the filter has nothing. */
uint64_t
pane_log_next(const struct pane_moment *m, uint64_t seq)
{
	uint64_t next = step_record(m, seq, 1), now = m->seq;

	next = seq < now && (next > now || next == 0) ? now : next;
	return next <= last_shown(m) ? next : 0;
}

static void
draw_log(const struct pane_moment *m, const struct grid_area *a)
{
	const struct pane_records *r = &m->records;
	struct record_columns columns;
	uint64_t seq = pane_log_first(m, a->h);
	struct trace_rec rec;

	record_columns_measure(&columns, m->t, 3);
	for (size_t y = 0; y < a->h && seq != 0; y++) {
		struct grid_area line = grid_part(a, 0, y, a->w, 1);

		trace_get(m->t, seq, &rec);
		record_line(m->t, &columns, &rec, &line);
		if (seq > m->seq)
			grid_flag(a, 0, y, a->w, 1, GRID_FUTURE);
		if (seq == m->seq)
			grid_flag(a, 0, y, a->w, 1, GRID_CHOSEN);
		if (r->marked != NULL && r->marked(seq, r->arg))
			grid_flag(a, 0, y, 6, 1, GRID_FOUND);
		seq = pane_log_next(m, seq);
	}
}

const struct pane pane_log = {
	.word = "log", .title = N_("Log"), .draw = draw_log
};

/* ---- the handset ---- */

struct handset_view
pane_handset_of(const struct pane_moment *m)
{
	return (struct handset_view){ .t = m->t,
		.f = m->state,
		.room = m->room,
		.seq = m->seq,
		.t_ns = m->t_ns,
		.node = m->node,
		.keypad = m->keypad };
}

static size_t
handset_height(const struct pane_moment *m, const struct grid_area *a)
{
	const struct handset_view v = pane_handset_of(m);

	return handset_view_height(&v, a);
}

static void
draw_handset(const struct pane_moment *m, const struct grid_area *a)
{
	const struct handset_view v = pane_handset_of(m);

	handset_view_draw(&v, a);
}

const struct pane pane_handset = { .word = "handset",
	.title = N_("Handset"),
	.brief = N_("Phone"),
	.needs_state = true,
	.there = handset_view_has,
	.height = handset_height,
	.draw = draw_handset };

/* ---- the calls ---- */

static size_t
calls_height(const struct pane_moment *m, const struct grid_area *a)
{
	(void)a;
	return m->calls != NULL ? CALLS_HEAD + calls_count(m->calls) + 1 : 0;
}

/* All rows, as they began, and how many stand how. */
static void
picture_pane_draw_calls(const struct pane_moment *m, const struct grid_area *a)
{
	struct calls_look look = CALLS_LOOK;
	LOCAL_BUF summary = BUF_INIT;
	struct grid_area rows;

	if (m->calls == NULL || a->h <= CALLS_HEAD)
		return;
	look.n = calls_count(m->calls);
	look.cursor = SIZE_MAX;
	look.position = m->seq;
	look.t_ns = m->t_ns;
	look.past = m->past;
	look.ends = m->ends;
	rows = grid_part(a, 0, 0, a->w, a->h - 1);
	calls_draw(m->calls, &look, &rows);
	calls_put_summary_at(m->calls, &look, &summary);
	grid_text(a, 1, a->h - 1, buf_view(&summary), a->w - 1, STYLE_DIM);
}

const struct pane pane_calls = { .word = "calls",
	.title = N_("Calls"),
	.height = calls_height,
	.draw = picture_pane_draw_calls };

/* ---- the question ---- */

static void
picture_pane_draw_quiz(const struct pane_moment *m, const struct grid_area *a)
{
	const struct quiz_keys keys = QUIZ_KEYS;
	struct quiz_state s = { .free = false };

	if (m->quiz == NULL)
		return;
	quiz_start(&s, false);
	quiz_draw(m->quiz, &s, NULL, &keys, a);
}

const struct pane pane_quiz = {
	.word = "quiz", .title = N_("Predict"), .draw = picture_pane_draw_quiz
};
