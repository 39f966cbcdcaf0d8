/*
 * The machines' pane, from top to bottom: whose machine it is, the step it took
 * last, the diagram, its timers, the list of all that live at the node, and the
 * bindings.  The diagram gets its figure where three lines of the list are seen
 * below it.  Remaining lines go to the words about the step, then to the
 * figure.  In a low pane the timers come before the diagram, which is a list
 * from the live state on.  Where not all can be seen, the list of machines
 * begins with the one drawn.
 */
#include "pictures/machines/machines_view_pane_in.h"

#include "text/utf8.h"
#include "machine/machine.h"
#include "machine/machine_osip.h"
#include "rules/rules.h"
#include "pictures/machines/machine_picture_in.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/time_words.h"

#include <string.h>

/* Lines: of the list that a figure leaves; of the words about a step; of a
 * diagram that is only a list. */
#define LIST_LEAST    3
#define WORDS_MOST    3
#define DIAGRAM_LEAST 6
/* Of it in a low pane: the live state and two ways on. */
#define LOW_LEAST 3
/* Of the list of machines at all. */
#define LIST_MOST 200
/* Of a figure beyond its own height. */
#define LOOSE 6

/* Heights of the parts. */
struct parts {
	size_t words, diagram, timers, list, tables;
	bool low; /* the diagram is a list, timers come before it */
};

size_t
pane_put(struct pane *p, size_t x, struct str text, size_t cells,
    enum canvas_style style)
{
	return x + grid_text(p->a, x, p->y, text, cells, style);
}

size_t
pane_puts(struct pane *p, size_t x, const char *text, enum canvas_style style)
{
	return pane_put(p, x, str_of(text), SIZE_MAX, style);
}

/* Text that ends at the right edge, where LEFT leaves room for it. */
void
pane_put_right(
    struct pane *p, size_t left, struct str text, enum canvas_style style)
{
	size_t n = utf8_width(text);

	if (n > 0 && left + 2 + n <= p->a->w)
		grid_text(p->a, p->a->w - n, p->y, text, n, style);
}

/* A line across with words in it. */
void
pane_put_rule(struct pane *p, const char *title)
{
	grid_fill(p->a, 0, p->y, p->a->w, 1, GLYPH_LINE, STYLE_FRAME);
	if (p->a->w > 6) {
		size_t n = grid_text(
		    p->a, 3, p->y, str_of(title), p->a->w - 5, STYLE_TITLE);

		grid_put(p->a, 2, p->y, GLYPH_SPACE, STYLE_PLAIN);
		grid_put(p->a, 3 + n, p->y, GLYPH_SPACE, STYLE_PLAIN);
	}
	p->y++;
}

/* ---- the machine and its last step ---- */

const char *
pane_side(const struct machine *m)
{
	if (m == NULL)
		return NULL;
	if (strcmp(m->name, "ICT") == 0 || strcmp(m->name, "NICT") == 0)
		return _("client");
	if (strcmp(m->name, "IST") == 0 || strcmp(m->name, "NIST") == 0)
		return _("server");
	return NULL;
}

void
pane_write_title(struct pane *p)
{
	const struct machines_entry *e = &p->e;
	LOCAL_BUF method = BUF_INIT;
	struct str name = machines_method(p->v, e, &method);

	buf_clear(&p->text);
	if (pane_side(e->m) != NULL && strcmp(e->m->name, "NICT") != 0 &&
	    strcmp(e->m->name, "NIST") != 0) {
		buf_printf(
		    &p->text, "%s (%s)", i18n_text(e->m->title), e->m->name);
	} else if (pane_side(e->m) != NULL && name.n > 0) {
		/* TRANSLATORS: "BYE client transaction (NICT)" */
		buf_printf(&p->text, _("%.*s %s transaction (%s)"),
		    STR_ARG(utf8_clip(name, 20)), pane_side(e->m), e->m->name);
	} else if (e->m != NULL) {
		buf_puts(&p->text, i18n_text(e->m->title));
		if (pane_side(e->m) != NULL)
			buf_printf(&p->text, " (%s)", e->m->name);
	} else {
		buf_str(&p->text, e->name);
	}
}

/* "atl · INVITE client transaction (ICT)" and its id. */
static void
machine_view_draw_title(struct pane *p)
{
	size_t x = pane_put(p, 0, p->e.node, SIZE_MAX, STYLE_TITLE);

	x = pane_puts(p, x, "  ", STYLE_PLAIN);
	pane_write_title(p);
	x = pane_put(p, x, buf_view(&p->text), SIZE_MAX, STYLE_TITLE);
	pane_put_right(p, x, p->e.id, STYLE_DIM);
	p->y++;
}

const char *
pane_write_section(struct pane *p)
{
	const struct rule *rule = p->rule;

	buf_clear(&p->text);
	if (rule == NULL && p->edge != NULL && p->edge->rfc != 0) {
		buf_printf(
		    &p->text, "RFC %u %s", p->edge->rfc, p->edge->section);
		return p->edge->section;
	}
	if (rule == NULL && p->edge != NULL)
		rule = rule_at(p->edge->rule);
	if (rule == NULL)
		return NULL;
	rule_put_place(rule, &p->text);
	return rule->section;
}

static void
put_step_section(struct pane *p, size_t left)
{
	const char *section = pane_write_section(p);
	struct str text = buf_view(&p->text);

	if (section == NULL)
		return;
	/* The RFC may be left out, then the level; the section not. */
	if (left + 2 + text.n > p->a->w)
		text = str_slice(text, (size_t)str_find(text, section), text.n);
	if (left + 2 + text.n > p->a->w)
		text = str_of(section);
	pane_put_right(p, left, text, STYLE_RULE);
}

struct str
pane_step_from(const struct pane *p, struct buf *scratch)
{
	struct trace_rec rec;

	if (p->edge != NULL && p->edge->from != STATE_NONE)
		return state_name(p->e.m, str_of(state_word(p->edge->from)));
	if (p->edge != NULL || p->e.last == 0)
		return STR_NULL;
	trace_get(p->v->t, p->e.last, &rec);
	return state_name(p->e.m, trace_str(&rec, "from", scratch));
}

/* "1.090 s  calling → proceeding by 1xx         RFC 3261 17.1.1.2" */
static void
draw_step(struct pane *p)
{
	const struct machines_entry *e = &p->e;
	LOCAL_BUF from = BUF_INIT;
	bool begins =
	    p->edge != NULL ? p->edge->from == STATE_NONE : e->last == 0;
	size_t x = 0;

	buf_clear(&p->text);
	time_put(&p->text, e->last != 0 ? trace_time_of(p->v->t, e->last) : 0);
	buf_puts(&p->text, " s  ");
	x = pane_put(p, x, buf_view(&p->text), SIZE_MAX, STYLE_DIM);
	if (begins)
		grid_put(p->a, x++, p->y, GLYPH_BULLET, STYLE_EDGE);
	else
		x = pane_put(
		    p, x, pane_step_from(p, &from), SIZE_MAX, STYLE_EDGE);
	x = pane_puts(p, x, " → ", STYLE_EDGE);
	x = pane_put(p, x, state_name(e->m, e->state), SIZE_MAX, STYLE_EDGE);
	buf_clear(&p->text);
	if (p->edge != NULL)
		/* TRANSLATORS: "calling → proceeding, by 1xx" */
		buf_printf(&p->text, _(", by %s"), event_name(p->e.m, p->edge));
	buf_puts(&p->text, record_inferred(p->v->t, e->last));
	x = pane_put(p, x, buf_view(&p->text), SIZE_MAX, STYLE_EDGE);
	put_step_section(p, x);
	p->y++;
}

void
pane_put_words(const struct pane *p, struct buf *words)
{
	LOCAL_BUF event = BUF_INIT;
	struct trace_rec rec;
	const char *osip, *callback = NULL;

	if (p->edge == NULL && p->rule == NULL)
		return;
	/* What libosip2 calls the event, then what was done. */
	if (p->e.last != 0)
		trace_get(p->v->t, p->e.last, &rec);
	osip = p->e.last == 0 || p->edge == NULL
		   ? NULL
		   : machine_osip_event(p->e.m, p->edge->from,
			 trace_str(&rec, "event", &event));
	if (osip != NULL)
		buf_printf(words, "%s: ", osip);
	if (p->edge != NULL &&
	    machine_vocabulary_chosen() == MACHINE_WORDS_OSIP)
		callback = machine_osip_callback(p->e.m, p->edge);
	if (callback != NULL)
		buf_printf(words, "%s: ", callback);
	buf_puts(
	    words, i18n_text(p->rule != NULL ? p->rule->text : p->edge->text));
}

/* The same, in as many lines as it needs and may have. */
static size_t
wrap_words(struct pane *p)
{
	LOCAL_BUF words = BUF_INIT;
	size_t lines = 0;

	buf_clear(&p->text);
	if (p->a->w < 20)
		return 0;
	pane_put_words(p, &words);
	if (words.n > 0)
		record_wrap(&p->text, buf_view(&words), 0, 0, p->a->w);
	for (size_t i = 0; i < p->text.n; i++)
		lines += p->text.p[i] == '\n';
	return p->text.n > 0 ? lines + 1 : 0;
}

static void
machine_view_draw_words(struct pane *p, size_t lines)
{
	struct str rest;

	wrap_words(p);
	rest = buf_view(&p->text);
	for (size_t i = 0; i < lines; i++) {
		struct str line = str_cut(rest, '\n', &rest);

		grid_text(p->a, 0, p->y++, line, SIZE_MAX, STYLE_PLAIN);
	}
}

static void
draw_diagram(struct pane *p, const struct parts *parts)
{
	struct machine_picture_now now = { p->e.state, p->edge };
	struct grid_area a = grid_part(p->a, 0, p->y, p->a->w, parts->diagram);

	if (p->e.m == NULL)
		grid_text(&a, 0, 0, state_name(p->e.m, p->e.state), SIZE_MAX,
		    STYLE_LIT);
	else if (parts->low)
		picture_list_draw(&p->turned, &now, &a);
	else if (p->figure.h > 0)
		picture_figure_draw(p->e.m, &p->figure, &now, &a);
	else
		picture_list_draw(p->e.m, &now, &a);
	p->y += parts->diagram;
}

/* ---- all of it ---- */

/* The words about the step, unless they would be too many. */
static size_t
count_words(struct pane *p)
{
	size_t n = wrap_words(p);

	return n <= WORDS_MOST ? n : 0;
}

static size_t
machine_view_lines_of(const struct parts *s)
{
	/* Title, step, a line across. */
	return 3 + s->words + s->diagram + s->timers + s->list + s->tables;
}

/* How tall each part is; see above. */
static struct parts
share(struct pane *p)
{
	struct parts s = { .diagram = 1,
		.timers = p->timers.n,
		.list = p->count < LIST_MOST ? p->count : LIST_MOST,
		.tables = pane_count_tables(p, machines_node(p->v)) };
	size_t words = count_words(p), left;
	size_t least = s.list < LIST_LEAST ? s.list : LIST_LEAST;
	size_t fixed = 3 + s.timers + least;
	bool drawn =
	    p->e.m != NULL && picture_figure_fit(p->e.m, p->a->w, &p->figure);

	if (drawn)
		s.diagram = p->figure.h;
	else if (p->e.m != NULL)
		s.diagram = machine_picture_list_height(p->e.m, p->a->w);

	left = p->room > fixed + s.diagram ? p->room - fixed - s.diagram : 0;
	s.words = words <= left ? words : 0;
	s.low =
	    p->room < fixed + DIAGRAM_LEAST ||
	    p->room < (drawn ? fixed + s.diagram : machine_view_lines_of(&s));
	if (s.low) {
		if (p->e.m != NULL)
			s.diagram =
			    machine_picture_list_height(&p->turned, p->a->w);
		s.words =
		    2 + words + s.timers + LOW_LEAST <= p->room ? words : 0;
	} else if (drawn && p->room > machine_view_lines_of(&s)) {
		/* Half of it, or the figure would be in a desert. */
		left = (p->room - machine_view_lines_of(&s)) / 2;
		s.diagram += left < LOOSE ? left : LOOSE;
	}
	return s;
}

static void
draw_nothing(struct pane *p, struct str node)
{
	buf_clear(&p->text);
	if (node.n > 0)
		buf_printf(&p->text, _("%.*s has no state machine at present."),
		    STR_ARG(utf8_clip(node, 40)));
	else
		buf_puts(&p->text, _("Nothing has happened yet."));
	pane_put(p, 0, buf_view(&p->text), SIZE_MAX, STYLE_DIM);
	p->y += 2;
}

/* The rule that the record of the last step names, unless the edge has it. */
static const struct rule *
other_rule(const struct pane *p)
{
	const struct rule *rule;

	if (p->e.last == 0)
		return NULL;
	rule = machines_rule(p->v->t, p->e.last);
	if (p->edge != NULL && machine_edge_obeys(p->edge, rule))
		return NULL;
	return rule;
}

/* The machine drawn, its live state first, the part before its first step
 * last. */
static void
machine_view_turn(struct pane *p)
{
	const struct machine *m = p->e.m;
	const struct machine_state *live = machine_find_state(m, p->e.state);
	size_t first = live != NULL ? (size_t)(live - m->states) : 0;

	p->turned = *m;
	if (m->nstates == 0 || m->nstates >= STATES_MOST)
		return;
	for (size_t i = 0; i < m->nstates; i++)
		p->states[i] = m->states[(first + i) % m->nstates];
	p->turned.states = p->states;
	p->turned.start = p->states[0].id;
	if (machine_state_of(m, m->start) == NULL)
		p->states[p->turned.nstates++] =
		    (struct machine_state){ .id = m->start };
}

void
pane_choose_entry(struct pane *p)
{
	struct machines_entry e;
	size_t i = 0;

	p->count = machines_view_count(p->v);
	p->shown = machines_find(p->v, p->count);
	machines_walk_begin(&p->walk, p->v);
	while (!p->any && machines_walk_next(&p->walk, &e))
		if (i++ == p->shown) {
			p->e = e;
			p->any = true;
			p->edge = machines_edge(p->v->t, e.m, e.last);
			p->rule = other_rule(p);
			if (e.m != NULL)
				machine_view_turn(p);
		}
	if (p->walk.node.n > 0)
		pane_find_timers(p, p->walk.node);
}

static void
machine_view_draw(struct pane *p, struct str node)
{
	struct parts parts = share(p);

	machine_view_draw_title(p);
	draw_step(p);
	machine_view_draw_words(p, parts.words);
	if (parts.low)
		pane_draw_timers(p, parts.timers);
	draw_diagram(p, &parts);
	if (!parts.low)
		pane_draw_timers(p, parts.timers);
	buf_clear(&p->text);
	/* TRANSLATORS: "All machines of atl: 3" */
	buf_printf(&p->text, _("All machines of %.*s: %zu"),
	    STR_ARG(utf8_clip(node, 30)), p->count);
	pane_put_rule(p, buf_cstr(&p->text));
	/* Where not all is seen, the one drawn is. */
	pane_draw_list(p, parts.list,
	    machine_view_lines_of(&parts) > p->room ? p->shown : 0);
}

void
machines_view_draw(const struct machines_view *v, const struct grid_area *area)
{
	struct pane p = { .v = v,
		.a = area,
		.room = v->room != 0 ? v->room : area->h,
		.text = BUF_INIT };
	struct str node = machines_node(v);

	pane_choose_entry(&p);
	if (p.any)
		machine_view_draw(&p, node);
	else
		draw_nothing(&p, node);
	if (node.n > 0)
		pane_draw_tables(&p, node);
	machines_walk_end(&p.walk);
	buf_free(&p.text);
}

size_t
machines_view_height(
    const struct machines_view *v, const struct grid_area *area)
{
	struct pane p = {
		.v = v, .a = area, .room = area->h, .text = BUF_INIT
	};
	struct str node = machines_node(v);
	struct parts s;
	size_t lines = 2;

	pane_choose_entry(&p);
	if (p.any) {
		s = share(&p);
		lines = machine_view_lines_of(&s);
	} else if (node.n > 0) {
		lines += pane_count_tables(&p, node);
	}
	machines_walk_end(&p.walk);
	buf_free(&p.text);
	return lines;
}
