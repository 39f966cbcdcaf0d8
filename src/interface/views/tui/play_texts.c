/*
 * The panes that are texts: the message, why a record is there, the node, what
 * a box makes of the message.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/mem.h"

/* ---- the message ---- */

/* How it is shown: each line explained; as it was sent, nothing told of it; its
 * packets. */
enum form { EXPLAINED, RAW, LAYERS, FORMS };

struct play_message {
	enum form form;
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
	p->message->form = (p->message->form + 1) % FORMS;
	if (p->message->form == LAYERS && play_is_exam(p))
		p->message->form = EXPLAINED;
}

static uint64_t
way_of_message(struct play *p)
{
	return p->message->form;
}

static void
look_at_message(struct play *p, struct pane_moment *m)
{
	m->message = play_message_seq(p);
	m->raw = p->message->form == RAW || play_is_exam(p);
	m->layers = p->message->form == LAYERS && !play_is_exam(p);
}

const struct play_pane_ops play_message_pane = { .pane = &pane_message,
	.look = look_at_message,
	.open = open_message,
	.done = message_done,
	.way = way_of_message };

/* ---- why, the node ---- */

static void
look_at_why(struct play *p, struct pane_moment *m)
{
	m->past = p->hiding;
}

static bool
may_explain(struct play *p)
{
	return !play_is_exam(p);
}

const struct play_pane_ops play_why_pane = {
	.pane = &pane_why, .look = look_at_why, .there = may_explain
};

const struct play_pane_ops play_node_pane = { .pane = &pane_node };

/* ---- a pair of calls ---- */

static void
look_at_pair(struct play *p, struct pane_moment *m)
{
	m->message = play_message_seq(p);
	m->past = p->hiding;
}

static bool
may_compare(struct play *p)
{
	return may_explain(p) && pane_pair.there(play_view(p)->trace);
}

const struct play_pane_ops play_pair_pane = {
	.pane = &pane_pair, .look = look_at_pair, .there = may_compare
};

/* ---- media ---- */

static bool
may_hear(struct play *p)
{
	return may_explain(p) && pane_media.there(play_view(p)->trace);
}

const struct play_pane_ops play_media_pane = { .pane = &pane_media,
	.there = may_hear };
