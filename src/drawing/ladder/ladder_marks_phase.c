/*
 * The phases of a call: set-up from its first INVITE until the caller has the
 * 2xx and sends the first ACK (or to its last message, where there was no
 * answer), talk from there to the first BYE, release to the last message.  Of a
 * call that was forked and answered more than once, these are of the dialog
 * that stayed: the one with the longest time between ACK and BYE.
 */
#include "ladder/ladder_marks_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
/* A dialog of a call, by the tag of its callee: rows, or LAYOUT_NONE. */
struct leg {
	size_t call;
	size_t answer, ack, bye;
};

struct phases {
	size_t invite, last;    /* rows */
	size_t callee;          /* column */
	size_t first_leg, stay; /* of its legs, plus 1; 0: none */
	struct str caller;      /* its tag */
};

struct phase_calls {
	struct phases *list;
	size_t n, room;
	struct leg *legs;
	size_t nlegs, legs_room;
};

/* The leg of CALL whose callee has TAG; where the message has none, the
 * call's first. */
static int
reach_leg(struct ladder_marking *w, struct phase_calls *c, size_t call,
    struct str tag, size_t *index)
{
	struct phases *p = &c->list[call];
	uintptr_t at;

	buf_clear(&w->key);
	buf_printf(&w->key, "%zu\n", call);
	buf_str(&w->key, tag);
	at = (uintptr_t)map_get(w->known, buf_view(&w->key));
	if (at == 0 && tag.n == 0)
		at = p->first_leg;
	*index = at - 1;
	if (at != 0)
		return 0;
	if (ARRAY_ROOM(&c->legs, &c->legs_room, c->nlegs + 1) != 0)
		return ERR_NOMEM;
	*index = c->nlegs++;
	c->legs[*index] =
	    (struct leg){ call, LAYOUT_NONE, LAYOUT_NONE, LAYOUT_NONE };
	if (p->first_leg == 0)
		p->first_leg = *index + 1;
	return marks_know(w, *index);
}

static void
note(size_t *row, size_t value)
{
	if (*row == LAYOUT_NONE)
		*row = value;
}

/* What ROW, of call number CALL, is for the phases. */
static int
phase_take_row(
    struct ladder_marking *w, struct phase_calls *c, size_t call, size_t row)
{
	struct phases *p = &c->list[call];
	struct sent_message *m = &w->read;
	bool invite = str_is(sent_message_method(&m->send), "INVITE");
	bool ok = m->send.status / 100 == 2 && invite;
	bool ack = m->send.status == 0 && str_is(m->send.method, "ACK");
	bool bye = m->send.status == 0 && str_is(m->send.method, "BYE");
	struct leg *leg;
	size_t index;
	int err;

	p->last = row;
	if (m->send.status == 0 && invite && p->first_leg == 0)
		p->callee = w->l->rows[row].to;
	if (!ok && !ack && !bye)
		return 0;
	if (sent_message_read_text(m) == ERR_NOMEM)
		return ERR_NOMEM;
	err = reach_leg(w, c, call,
	    str_eq(m->from_tag, p->caller) ? m->to_tag : m->from_tag, &index);
	if (err != 0)
		return err;
	leg = &c->legs[index];
	/* The first hop of the answer comes from who gives it. */
	if (ok)
		note(&leg->answer, row);
	else if (bye)
		note(&leg->bye, row);
	else if (leg->answer != LAYOUT_NONE)
		note(&leg->ack, row);
	return 0;
}

/* How long LEG has stayed; negative where it was never acknowledged, or not
 * even answered. */
static int64_t
stayed(const struct layout *l, const struct leg *leg)
{
	if (leg->ack == LAYOUT_NONE)
		return leg->answer == LAYOUT_NONE ? -2 : -1;
	if (leg->bye == LAYOUT_NONE)
		return INT64_MAX;
	return leg->bye < leg->ack ? 0
				   : l->rows[leg->bye].t - l->rows[leg->ack].t;
}

/* The leg of each call that is its phases'. */
static void
choose_legs(const struct layout *l, struct phase_calls *c)
{
	for (size_t i = 0; i < c->nlegs; i++) {
		const struct leg *leg = &c->legs[i];
		struct phases *p = &c->list[leg->call];

		if (p->stay == 0 ||
		    stayed(l, leg) > stayed(l, &c->legs[p->stay - 1]))
			p->stay = i + 1;
	}
}

/* What the phases of one call have in common. */
struct shared {
	size_t group;
	struct str whose;
};

static int
put_phase(struct ladder_marking *w, size_t first, size_t last,
    const char *label, const struct shared *call)
{
	size_t index;
	int err = marks_add(w, LADDER_MARK_PHASE, first, &index);

	if (err != 0)
		return err;
	marks_extend(w, index, last);
	w->m->list[index].label = marks_keep(w, str_of(label));
	w->m->list[index].group = call->group;
	w->m->list[index].whose = call->whose;
	return 0;
}

/* The talk begins where the set-up ends and ends where the release begins. */
static int
put_talk(
    struct ladder_marking *w, size_t ack, size_t end, const struct shared *call)
{
	struct ladder_mark *talk, *set_up;
	int err = put_phase(w, ack, end, _("talk"), call);

	if (err != 0)
		return err;
	talk = &w->m->list[w->m->n - 1];
	set_up = talk - 1;
	talk->sent = true;
	talk->y = set_up->y_end + 0.35;
	talk->y_end = w->l->rows[end].y - 0.35;
	if (talk->y_end < talk->y)
		talk->y_end = talk->y;
	return 0;
}

static int
phase_put(struct ladder_marking *w, const struct phases *p,
    const struct leg *leg, bool several)
{
	struct shared call = { w->m->n, STR_NULL };
	size_t bye = leg->bye, callee = p->callee;
	size_t set_up = leg->ack != LAYOUT_NONE ? leg->ack : p->last;
	int err;

	if (bye != LAYOUT_NONE && set_up >= bye && bye > p->invite)
		set_up = bye - 1;
	if (leg->answer != LAYOUT_NONE)
		callee = w->l->rows[leg->answer].from;
	if (several)
		call.whose = marks_peers(w, w->l->rows[p->invite].from, callee);
	err = put_phase(w, p->invite, set_up, _("set-up"), &call);
	/* The caller has the 2xx: how the ACK fares is not part of it.  What
	 * meets the BYE on its way is part of neither. */
	if (err == 0 && (leg->ack != LAYOUT_NONE || bye != LAYOUT_NONE)) {
		w->m->list[w->m->n - 1].y_end = w->l->rows[set_up].y;
		w->m->list[w->m->n - 1].sent = true;
	}
	if (err == 0 && leg->ack != LAYOUT_NONE)
		err = put_talk(
		    w, set_up, bye != LAYOUT_NONE ? bye : p->last, &call);
	if (err == 0 && bye != LAYOUT_NONE)
		err = put_phase(w, bye, p->last, _("release"), &call);
	return err;
}

/* An INVITE begins a call with ROW. */
static int
add_call(struct ladder_marking *w, struct phase_calls *c, size_t row)
{
	if (ARRAY_ROOM(&c->list, &c->room, c->n + 1) != 0 ||
	    sent_message_read_text(&w->read) == ERR_NOMEM)
		return ERR_NOMEM;
	c->list[c->n++] = (struct phases){ .invite = row,
		.last = row,
		.callee = w->l->rows[row].to,
		.caller = marks_keep(w, w->read.from_tag) };
	return map_put(w->known, w->read.send.call_id, (void *)(uintptr_t)c->n);
}

int
marks_begin_phases(struct ladder_marking *w)
{
	w->calls = mem_zalloc(1, sizeof(*w->calls));
	return w->calls != NULL ? 0 : ERR_NOMEM;
}

int
marks_step_phases(struct ladder_marking *w, uint64_t row)
{
	const struct layout_row *r = &w->l->rows[row];
	struct phase_calls *c = w->calls;
	uintptr_t at;
	int err;

	if (r->item != LAYOUT_MESSAGE)
		return 0;
	err = sent_message_read(&w->read, w->t, r->seq);
	if (err != 0 || w->read.send.call_id.n == 0)
		return err == ERR_NOMEM ? err : 0;
	at = (uintptr_t)map_get(w->known, w->read.send.call_id);
	if (at == 0 && str_is(w->read.send.method, "INVITE")) {
		err = add_call(w, c, (size_t)row);
		at = c->n;
	}
	return err == 0 && at != 0 ? phase_take_row(w, c, at - 1, (size_t)row)
				   : err;
}

int
marks_put_phases(struct ladder_marking *w, uint64_t call)
{
	static const struct leg none = { 0, LAYOUT_NONE, LAYOUT_NONE,
		LAYOUT_NONE };
	struct phase_calls *c = w->calls;
	const struct phases *p = &c->list[call];

	if (call == 0)
		choose_legs(w->l, c);
	return phase_put(
	    w, p, p->stay != 0 ? &c->legs[p->stay - 1] : &none, c->n > 1);
}

uint64_t
marks_count_calls(const struct ladder_marking *w)
{
	return w->calls->n;
}

void
marks_leave_phases(struct ladder_marking *w)
{
	if (w->calls == NULL)
		return;
	mem_free(w->calls->legs);
	mem_free(w->calls->list);
	mem_free(w->calls);
	w->calls = NULL;
}
