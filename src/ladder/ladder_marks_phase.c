/*
 * The phases of a call: set-up from its first INVITE to the last hop of the ACK
 * to the 2xx (or to its last message, where nobody answered), talk from there
 * to the first BYE, release to the last message.
 */
#include "ladder/ladder_marks_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

struct phases {
	size_t invite, ack, bye, last; /* rows; LAYOUT_NONE: not yet */
	size_t callee;                 /* column */
	bool answered;
};

struct calls {
	struct phases *list;
	size_t n, room;
};

static int
add_call(struct calls *c, size_t row, size_t callee)
{
	if (c->n == c->room) {
		size_t room = c->room * 2 + 8;
		struct phases *list =
		    mem_realloc_array(c->list, room, sizeof(*list));

		if (list == NULL)
			return ERR_NOMEM;
		c->list = list;
		c->room = room;
	}
	c->list[c->n++] = (struct phases){ row, LAYOUT_NONE, LAYOUT_NONE, row,
		callee, false };
	return 0;
}

/* ROW is the first ACK, or forwards it. */
static bool
is_ack(const struct layout *l, const struct phases *p, size_t row)
{
	for (int hops = 0; hops < 100; hops++) {
		if (row == p->ack)
			return true;
		row = l->rows[row].fwd;
		if (row == LAYOUT_NONE || row >= l->nrows)
			return false;
	}
	return false;
}

static void
take_row(const struct layout *l, struct phases *p, size_t row, size_t *ack_end,
    const struct trace_send *s)
{
	bool response = s->status != 0;

	p->last = row;
	if (response && str_is(s->cseq_method, "INVITE") &&
	    s->status / 100 == 2) {
		/* The first hop of the answer comes from who gives it. */
		if (!p->answered)
			p->callee = l->rows[row].from;
		p->answered = true;
	} else if (!p->answered && str_is(s->method, "INVITE")) {
		p->callee = l->rows[row].to;
	} else if (!response && str_is(s->method, "ACK") && p->answered) {
		if (p->ack == LAYOUT_NONE)
			p->ack = *ack_end = row;
		else if (is_ack(l, p, row))
			*ack_end = row;
	} else if (!response && str_is(s->method, "BYE") &&
		   p->bye == LAYOUT_NONE)
		p->bye = row;
}

/* What the phases of one call have in common. */
struct shared {
	size_t group;
	struct str whose;
};

static int
put_phase(struct marking *w, size_t first, size_t last, const char *label,
    const struct shared *call)
{
	size_t index;
	int err = marks_add(w, LADDER_MARK_PHASE, first, str_of(label), &index);

	if (err != 0)
		return err;
	marks_extend(w, index, last);
	w->m->list[index].group = call->group;
	w->m->list[index].whose = call->whose;
	return 0;
}

/* The talk begins where the set-up ends and ends where the release begins. */
static int
put_phases(
    struct marking *w, const struct phases *p, size_t ack_end, bool several)
{
	struct shared call = { w->m->n, STR_NULL };
	size_t set_up = p->ack != LAYOUT_NONE ? ack_end : p->last;
	int err;

	if (p->bye != LAYOUT_NONE && set_up >= p->bye && p->bye > p->invite)
		set_up = p->bye - 1;
	err = several ? marks_peers(w, w->l->rows[p->invite].from, p->callee,
			    &call.whose)
		      : 0;
	if (err == 0)
		err = put_phase(w, p->invite, set_up, _("set-up"), &call);
	if (err == 0 && p->ack != LAYOUT_NONE) {
		size_t index, end = p->bye != LAYOUT_NONE ? p->bye : p->last;

		err = put_phase(w, set_up, end, _("talk"), &call);
		index = w->m->n - 1;
		if (err == 0) {
			w->m->list[index].y =
			    w->m->list[index - 1].y_end + 0.35;
			w->m->list[index].y_end = w->l->rows[end].y - 0.35;
		}
	}
	if (err == 0 && p->bye != LAYOUT_NONE)
		err = put_phase(w, p->bye, p->last, _("release"), &call);
	return err;
}

static int
take_message(struct marking *w, struct calls *c, size_t *ends, size_t row)
{
	struct trace_rec rec;
	struct trace_send s;
	uintptr_t at;
	struct str id;
	int err = 0;

	trace_get(w->t, w->l->rows[row].seq, &rec);
	if (trace_get_send(&rec, &s, &w->scratch) != 0 || s.call_id.n == 0)
		return w->scratch.err;
	at = (uintptr_t)map_get(w->known, s.call_id);
	if (at == 0 && str_is(s.method, "INVITE")) {
		err = add_call(c, row, w->l->rows[row].to);
		if (err == 0)
			err = intern_keep(w->m->strings, s.call_id, &id);
		if (err == 0)
			err = map_put(w->known, id, (void *)(uintptr_t)c->n);
		at = c->n;
	}
	if (err == 0 && at != 0)
		take_row(w->l, &c->list[at - 1], row, &ends[at - 1], &s);
	return err;
}

int
marks_phases(struct marking *w)
{
	struct calls c = { NULL, 0, 0 };
	size_t *ends = mem_zalloc(w->l->nrows + 1, sizeof(*ends));
	int err = ends != NULL ? 0 : ERR_NOMEM;

	for (size_t i = 0; err == 0 && i < w->l->nrows; i++)
		if (w->l->rows[i].item == LAYOUT_MESSAGE)
			err = take_message(w, &c, ends, i);
	for (size_t i = 0; err == 0 && i < c.n; i++)
		err = put_phases(w, &c.list[i], ends[i], c.n > 1);
	mem_free(ends);
	mem_free(c.list);
	return err;
}
