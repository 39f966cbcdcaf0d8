/* The state diagrams: complete, readable, at any size. */
#include "text/utf8.h"
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "draw/svg_put.h"
#include "pictures/machines/machines_figure.h"
#include "pictures/machines/machine_picture_in.h"
#include "words/state_words.h"
#include "fixtures/grid_styles.h"

#include <string.h>

static const struct machine_picture_now nothing;

/* The picture of M as text, or with its styles. */
static void
draw(const struct machine *m, const struct machine_picture_now *now, size_t w,
    size_t h, bool ascii, bool styles, struct buf *out)
{
	struct grid g;
	struct grid_area a;

	CU_ASSERT_FATAL(grid_init(&g, w, h, ascii) == 0);
	a = grid_all(&g);
	machine_picture_draw(m, now, &a);
	if (styles)
		grid_write_styles(&g, out);
	else
		grid_write(&g, out);
	grid_free(&g);
}

/* Columns that every machine's figure has room in, and in which none has. */
#define ROOM   78
#define NARROW 16

/* Each event can be read as often as the table has it, each state at least
 * once: nothing covers a text. */
static size_t
times_in(struct str text, const char *word)
{
	size_t n = 0, len = strlen(word);
	ptrdiff_t at;

	while ((at = str_find(text, word)) >= 0) {
		n++;
		text = str_slice(text, (size_t)at + len, text.n);
	}
	return n;
}

static void
check_texts(const struct machine *m, size_t w, size_t h)
{
	LOCAL_BUF out = BUF_INIT;

	draw(m, &nothing, w, h, false, false, &out);
	for (size_t i = 0; i < m->nedges; i++) {
		const char *event = i18n_text(event_word(m->edges[i].event));
		size_t want = 0;

		for (size_t k = 0; k < m->nedges; k++)
			want += times_in(
			    str_of(i18n_text(event_word(m->edges[k].event))),
			    event);
		if (times_in(buf_view(&out), event) < want)
			printf("  %s %zux%zu: %s is covered\n%s", m->name, w, h,
			    event, buf_cstr(&out));
		CU_ASSERT(times_in(buf_view(&out), event) >= want);
	}
	for (size_t i = 0; i < m->nstates; i++)
		CU_ASSERT(
		    times_in(buf_view(&out),
			state_name(m, str_of(machine_state_name(&m->states[i])))
			    .p) >= 1);
}

static void
check_all_texts(void)
{
	const struct machine *m;
	size_t w, h;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++) {
		CU_ASSERT(machine_picture_size(m, ROOM, &w, &h));
		CU_ASSERT(w <= ROOM);
		check_texts(m, ROOM, h);
		check_texts(m, ROOM, h + 3);
		check_texts(m, 120, 60);
		/* The list. */
		CU_ASSERT(!machine_picture_size(m, NARROW, &w, &h));
		CU_ASSERT(w == NARROW);
		CU_ASSERT(!machine_picture_size(m, 40, &w, &h) || h < 70);
		check_texts(m, 40, h);
	}
	/* A transaction fits the side of a terminal of 118 columns. */
	for (size_t i = 0; i < 4; i++) {
		CU_ASSERT(machine_picture_size(machine_at(i), 56, &w, &h));
		CU_ASSERT(h <= 21);
	}
}

/* Each machine has a diagram for a page, with all its states and events. */
static void
check_svg(const struct machine *m)
{
	LOCAL_BUF svg = BUF_INIT, id = BUF_INIT;
	struct picture_figure f;

	CU_ASSERT_FATAL(machine_svg_lay_out(m, 66, &f));
	machine_svg_put(m, &f, &svg);
	for (size_t i = 0; i < m->nstates + m->nedges; i++) {
		buf_clear(&id);
		svg_put_id(&id, i < m->nstates ? 's' : 'e',
		    i < m->nstates ? i : i - m->nstates);
		CU_ASSERT(str_find(buf_view(&svg), buf_cstr(&id)) >= 0);
	}
	CU_ASSERT(svg.err == 0);
}

/* Labels have other lengths in other languages. */
static void
all_texts_are_seen(void)
{
	for (const char *const *name = i18n_languages(); *name != NULL;
	     name++) {
		CU_ASSERT(i18n_choose(*name) == 0);
		check_all_texts();
		for (size_t i = 0; machine_at(i) != NULL; i++)
			check_svg(machine_at(i));
	}
	CU_ASSERT(i18n_choose("en") == 0);
}

/* ---- what is lit ---- */

static size_t
count_styles(const struct machine *m, const struct machine_picture_now *now,
    size_t w, size_t h, enum canvas_style style)
{
	struct grid g;
	struct grid_area a;
	size_t n = 0;

	CU_ASSERT_FATAL(grid_init(&g, w, h, false) == 0);
	a = grid_all(&g);
	machine_picture_draw(m, now, &a);
	for (size_t i = 0; i < w * h; i++)
		n += g.cells[i].style == style;
	grid_free(&g);
	return n;
}

static void
state_and_edge_are_lit(void)
{
	const struct machine *m;
	size_t w, h;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		for (size_t k = 0; k < m->nedges; k++) {
			const struct machine_edge *e = &m->edges[k];
			struct machine_picture_now now = {
				str_of(state_word(e->to)), e
			};

			machine_picture_size(m, ROOM, &w, &h);
			CU_ASSERT(
			    count_styles(m, &nothing, ROOM, h, STYLE_LIT) == 0);
			CU_ASSERT(count_styles(
				      m, &nothing, ROOM, h, STYLE_EDGE) == 0);
			/* The box, but for where lines come in. */
			CU_ASSERT(count_styles(m, &now, ROOM, h, STYLE_LIT) >=
				  strlen(state_word(e->to)) + 12);
			/* The event's letters, and the line. */
			CU_ASSERT(count_styles(m, &now, ROOM, h, STYLE_EDGE) >=
				  strlen(event_word(e->event)) + 1);
			/* In the list, too. */
			CU_ASSERT(count_styles(m, &now, NARROW, 12,
				      STYLE_LIT) >= strlen(state_word(e->to)));
		}
}

/* However low the list, the live state is in it. */
static void
live_state_stays(void)
{
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		for (size_t k = 0; k < m->nstates; k++)
			for (size_t h = 1; h < 30; h++) {
				struct machine_picture_now now = {
					str_of(
					    machine_state_name(&m->states[k])),
					NULL
				};

				CU_ASSERT(count_styles(m, &now, NARROW, h,
					      STYLE_LIT) > 0);
			}
}

/* ---- any size, any state, ASCII ---- */

static void
any_size(void)
{
	static const size_t sizes[][2] = { { 0, 0 }, { 1, 1 }, { 5, 3 },
		{ 2, 40 }, { 300, 2 }, { 300, 100 }, { 56, 13 }, { 55, 14 },
		{ 40, 18 }, { 90, 30 } };
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++)
			for (int ascii = 0; ascii < 2; ascii++) {
				struct machine_picture_now now = {
					STR("completed\x1b[2J"), &m->edges[0]
				};
				struct buf out = BUF_INIT;

				draw(m, &now, sizes[k][0], sizes[k][1], ascii,
				    false, &out);
				for (size_t c = 0; ascii && c < out.n; c++)
					CU_ASSERT((out.p[c] & 0x80) == 0);
				buf_free(&out);
			}
}

/* ---- goldens ---- */

static const struct machine_edge *
edge_of(const struct machine *m, const char *from, const char *event)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (strcmp(state_word(m->edges[i].from), from) == 0 &&
		    strcmp(event_word(m->edges[i].event), event) == 0)
			return &m->edges[i];
	return NULL;
}

static void
figures_look_so(void)
{
	static const char *const steps[][2] = {
		{ "calling", "Timer A" },
		{ "trying", "1xx" },
		{ "completed", "ACK" },
		{ "trying", "200-699 sent" },
		{ "early", "2xx" },
		{ "calling", "1xx" },
		{ "registered", "Timer refresh" },
		{ "notify_wait", "NOTIFY active" },
		{ "refreshing", "412" },
		{ "offered", "2xx" },
		{ "second", "2xx" },
		{ "waiting", "INVITE sent" },
		{ "alerting", "2xx" },
		{ "open", "Timer udp" },
		{ "known", "Timer TTL" },
		{ "trying", "answered" },
		{ "outgoing", "REL" },
		{ "in-service", "BLO, CGB" },
		{ "trying", "ACM" },
		{ "trying", "1xx" },
		{ "trying", "ACM" },
		{ "auth-pending", "SAR" },
		{ "active", "Add" },
		{ "null-context", "Add" },
		{ "out-of-service", "ServiceChange" },
	};
	const struct machine *m;
	LOCAL_BUF out = BUF_INIT;
	size_t w, h;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++) {
		const struct machine_edge *e =
		    edge_of(m, steps[i][0], steps[i][1]);
		struct machine_picture_now now;

		CU_ASSERT_FATAL(e != NULL);
		now = (struct machine_picture_now){ str_of(state_word(e->to)),
			e };
		CU_ASSERT(machine_picture_size(m, ROOM, &w, &h));
		buf_printf(&out, "%s, %zu x %zu\n\n", m->name, w, h);
		draw(m, &now, ROOM, h, false, false, &out);
		buf_putc(&out, '\n');
	}
	CU_ASSERT(golden_same("machine_pictures.txt", buf_view(&out)));
}

static void
other_forms_look_so(void)
{
	const struct machine *ict = machine_find(STR("ICT"));
	const struct machine *ist = machine_find(STR("IST"));
	struct machine_picture_now now = { STR("calling"),
		edge_of(ict, "calling", "Timer A") };
	struct machine_picture_now sent = { STR("accepted"),
		edge_of(ist, "proceeding", "2xx sent") };
	LOCAL_BUF out = BUF_INIT;

	buf_puts(&out, "with styles\n\n");
	draw(ict, &now, ROOM, 14, false, true, &out);
	buf_puts(&out, "\nASCII\n\n");
	draw(ict, &now, ROOM, 14, true, false, &out);
	draw(ist, &sent, ROOM, 14, true, false, &out);
	buf_puts(&out, "\nless room\n\n");
	draw(ict, &now, 56, 20, false, false, &out);
	draw(ist, &sent, 56, 21, false, false, &out);
	buf_puts(&out, "\n40 x 18\n\n");
	draw(ict, &now, 40, 18, false, false, &out);
	draw(ist, &sent, 40, 18, false, false, &out);
	buf_puts(&out, "\n40 x 8\n\n");
	draw(ist, &sent, 40, 8, false, false, &out);
	CU_ASSERT(golden_same("machine_forms.txt", buf_view(&out)));
}

CHECK_MAIN("machine_picture", { "all texts are seen", all_texts_are_seen },
    { "state and edge are lit", state_and_edge_are_lit },
    { "the live state stays", live_state_stays }, { "any size", any_size },
    { "figures", figures_look_so }, { "other forms", other_forms_look_so })
