/*
 * What can be acted on where one is: the message, calls, nodes, links.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "words/record_text.h"
#include "words/state_doc.h"

/* As the chooser's value. */
enum thing { THING_MESSAGE, THING_BY_NAME };

static void
chosen_thing(struct play *p, uint64_t value)
{
	buf_clear(&p->acting.on);
	if (value == THING_MESSAGE)
		buf_puts(&p->acting.on, "message");
	else
		buf_str(&p->acting.on,
		    chooser_label(&p->chooser, p->chooser.cursor));
	if (p->acting.on.n > 0)
		play_choose_verb(p);
}

static void
offer_message(struct play *p)
{
	struct play_view *v = play_view(p);
	struct buf b = BUF_INIT;
	struct trace_rec rec;
	uint64_t seq = play_message_seq(p);

	p->acting.after = seq;
	if (seq == 0)
		return;
	trace_get(v->trace, seq, &rec);
	record_summary(v->trace, &rec, &b);
	chooser_add(&p->chooser, str_of(_("this message")), buf_view(&b),
	    THING_MESSAGE);
	buf_free(&b);
}

static void
offer_thing(void *arg, const struct acted *it)
{
	struct play *p = arg;

	/* A router has no role and nothing to do, unless it was chosen. */
	if (it->kind != ACTED_NODE || it->text.n > 0 ||
	    str_eq(it->on, buf_view(&p->node)))
		chooser_add(&p->chooser, it->on, it->text, THING_BY_NAME);
}

static bool
at_end(struct play *p)
{
	const struct play_view *v = play_view(p);

	return v->seq == trace_count(v->trace);
}

void
play_act_menu(struct play *p)
{
	if (p->src->act == NULL) {
		play_tell(
		    p, _("this is a recording: nothing can be done in it"));
		return;
	}
	chooser_start(&p->chooser, _("Act on what?"));
	/* At the end it is nodes that one acts on: it goes on from there. */
	if (!at_end(p))
		offer_message(p);
	if (acted_list(play_view(p)->trace, play_fold(p), buf_view(&p->node),
		offer_thing, p) != 0)
		play_tell(p, err_text(ERR_NOMEM));
	if (at_end(p))
		offer_message(p);
	play_choose(p, chosen_thing);
}
