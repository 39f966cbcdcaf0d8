/*
 * The panes that are texts: the message, why a record is there, the node.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "words/explain_doc.h"
#include "words/message_doc.h"
#include "words/node_doc.h"

/* ---- the message ---- */

struct play_message {
	bool raw; /* as it was sent, nothing told of it */
};

static int
open_message(struct play *p)
{
	p->message = mem_zalloc(1, sizeof(*p->message));
	return p->message != NULL ? 0 : ERR_NOMEM;
}

static void
message_done(struct play *p)
{
	mem_free(p->message);
}

void
play_raw_or_explained(struct play *p)
{
	p->message->raw = !p->message->raw;
}

static uint64_t
way_of_message(struct play *p)
{
	return p->message->raw;
}

static int
make_message(struct play *p, struct play_text *t)
{
	uint64_t seq = play_message_seq(p);

	if (seq == 0) {
		doc_puts(&t->doc, STYLE_DIM, _("No message yet: → steps on."));
		return 0;
	}
	message_doc(t->trace, seq,
	    &(struct message_options){ .width = t->width,
		.annotated = !p->message->raw && !play_is_exam(p),
		.compare_hop = true },
	    &t->doc);
	return 0;
}

const struct play_pane_ops play_message_pane = { .title = N_("Message"),
	.brief = N_("Msg"),
	.open = open_message,
	.done = message_done,
	.way = way_of_message,
	.make = make_message };

/* ---- why ---- */

static int
make_why(struct play *p, struct play_text *t)
{
	if (t->seq == 0) {
		doc_puts(&t->doc, STYLE_DIM,
		    _("Nothing has happened yet: → steps on."));
		return 0;
	}
	explain_doc(t->trace, t->seq,
	    &(struct explain_options){
		.width = t->width, .brief = true, .past = p->hiding },
	    &t->doc);
	return 0;
}

static bool
may_explain(struct play *p)
{
	return !play_is_exam(p);
}

const struct play_pane_ops play_why_pane = {
	.title = N_("Why"), .there = may_explain, .make = make_why
};

/* ---- the node ---- */

static int
make_node(struct play *p, struct play_text *t)
{
	const struct fold *f = play_fold(p);

	if (f == NULL)
		return ERR_NOMEM;
	node_doc(t->trace, f, buf_view(&p->node), t->seq, t->t_ns, t->width,
	    &t->doc);
	return 0;
}

const struct play_pane_ops play_node_pane = { .title = N_("Node"),
	.make = make_node };
