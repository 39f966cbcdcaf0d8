/* The table of panes, and the textual ones. */
#include "views/panes/panes.h"

#include "base/i18n.h"
#include "views/panes/layers.h"
#include "words/explain_doc.h"
#include "words/hearing_doc.h"
#include "words/message_doc.h"
#include "follower/b2bua_changes.h"
#include "words/node_doc.h"
#include "words/b2bua_changes_doc.h"

const struct pane *
pane_at(size_t i)
{
	static const struct pane *const panes[] = { &pane_message, &pane_why,
		&pane_machines, &pane_network, &pane_node, &pane_log,
		&pane_handset, &pane_lab, &pane_pair, &pane_media, &pane_faults,
		&pane_calls, &pane_quiz };

	return i < COUNT_OF(panes) ? panes[i] : NULL;
}

static void
panes_put_picture(const struct pane *pane, const struct pane_moment *m,
    size_t width, size_t height, struct doc *d)
{
	LOCAL(grid_free) struct grid g = { .cells = NULL };
	struct grid_area a = grid_lines(&g, width, height);
	size_t n = g.err == 0 && pane->height != NULL ? pane->height(m, &a) : 0;

	if (g.err == 0 && n > height)
		a = grid_lines(&g, width, n);
	if (g.err == 0)
		pane->draw(m, &a);
	doc_put_grid(d, &g);
}

void
pane_write(const struct pane *pane, const struct pane_moment *m, size_t width,
    size_t height, struct doc *d)
{
	if (pane->make != NULL)
		pane->make(m, width, d);
	else
		panes_put_picture(pane, m, width, height, d);
}

/* ---- the texts ---- */

static void
make_message(const struct pane_moment *m, size_t width, struct doc *d)
{
	if (m->message == 0) {
		doc_puts(d, STYLE_DIM, _("No message yet: press → to step."));
		if (m->tip != NULL) {
			doc_line(d, 0);
			doc_wrap(d, STYLE_DIM, str_of(m->tip), 0, width);
		}
	} else if (m->layers)
		layers_view(m->t, m->message, width, d);
	else
		message_doc(m->t, m->message,
		    &(struct message_options){ .width = width,
			.annotated = !m->raw,
			.compare_hop = true },
		    d);
}

const struct pane pane_message = { .word = "message",
	.title = N_("Message"),
	.brief = N_("Msg"),
	.make = make_message };

static void
make_why(const struct pane_moment *m, size_t width, struct doc *d)
{
	if (m->seq == 0)
		doc_puts(d, STYLE_DIM,
		    _("Nothing has happened yet: press → to "
		      "step."));
	else
		explain_doc(m->t, m->seq,
		    &(struct explain_options){ .width = width,
			.brief = true,
			.past = m->past,
			.ends = m->ends },
		    d);
}

const struct pane pane_why = {
	.word = "why", .title = N_("Why"), .explains = true, .make = make_why
};

static void
make_node(const struct pane_moment *m, size_t width, struct doc *d)
{
	node_doc(m->t, m->state, m->node, m->seq, m->t_ns, width, d);
}

const struct pane pane_node = { .word = "node",
	.title = N_("Node"),
	.needs_state = true,
	.make = make_node };

static void
make_pair(const struct pane_moment *m, size_t width, struct doc *d)
{
	if (m->message == 0)
		doc_puts(d, STYLE_DIM, _("No message yet: press → to step."));
	else
		b2bua_changes_doc(m->t, m->message,
		    m->past ? m->seq : trace_count(m->t), width, d);
}

const struct pane pane_pair = { .word = "pair",
	.title = N_("Pair"),
	.explains = true,
	.there = b2bua_passage_has_box,
	.make = make_pair };

static bool
panes_has_media(const struct trace *t)
{
	return trace_first_of(t, TRACE_MEDIA) != 0;
}

static void
panes_make_media(const struct pane_moment *m, size_t width, struct doc *d)
{
	hearing_doc(m->t, m->state, STR_NULL, m->t_ns, width, d);
}

const struct pane pane_media = { .word = "media",
	.title = N_("Media"),
	.needs_state = true,
	.explains = true,
	.there = panes_has_media,
	.make = panes_make_media };

static void
make_faults(const struct pane_moment *m, size_t width, struct doc *d)
{
	fault_preview_put_lines(m->preview, m->untold, width, d);
}

const struct pane pane_faults = { .word = "faults",
	.title = N_("Faults"),
	.brief = N_("Flt"),
	.explains = true,
	.make = make_faults };

/* ---- the lab ---- */

static void
panes_make_lab(const struct pane_moment *m, size_t width, struct doc *d)
{
	LOCAL(page_free) struct page page = PAGE_INIT;
	struct page_source from;

	if (m->page == NULL)
		return;
	from = *m->page;
	from.width = width;
	page_make(&page, &from);
	for (size_t i = 0; i < page.doc.nlines; i++) {
		doc_line(d, page.doc.lines[i].seq);
		doc_append(d, &page.doc, i);
	}
	if (d->err == 0)
		d->err = page.doc.err;
}

const struct pane pane_lab = {
	.word = "lab", .title = N_("Lab"), .make = panes_make_lab
};
