/* Why the calls of a growing trace ended. */
#include "words/call_ends.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"

/* One pass over the trace. */
struct reading {
	struct follower *f;
	struct outcomes *o;
	struct map *last; /* by Call-ID: its last message */
	uint64_t *ends;   /* by outcome: the last message of its call */
	uint64_t position;
};

struct call_ends {
	const struct trace *t;
	struct reading judged, next; /* without `o`: there is none */
	int err;
};

static void
free_reading(struct reading *r)
{
	outcomes_destroy(r->o);
	follower_destroy(r->f);
	map_destroy(r->last);
	mem_free(r->ends);
	*r = (struct reading){ .o = NULL };
}

int
call_ends_create(struct call_ends **out, const struct trace *t)
{
	*out = mem_zalloc(1, sizeof(**out));
	if (*out == NULL)
		return ERR_NOMEM;
	(*out)->t = t;
	return 0;
}

void
call_ends_destroy(struct call_ends *e)
{
	if (e == NULL)
		return;
	free_reading(&e->judged);
	free_reading(&e->next);
	mem_free(e);
}

/* ---- reading ---- */

static int
begin_reading(struct call_ends *e)
{
	struct reading *r = &e->next;
	int err = follower_create(&r->f, !trace_is_of_capture(e->t));

	if (err == 0)
		err = outcomes_create(&r->o, e->t, r->f);
	if (err == 0)
		err = map_create(&r->last);
	return err;
}

static int
take_record(struct call_ends *e, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(e->t, seq);
	struct reading *r = &e->next;
	struct story_seen s;
	int err;

	if (kind == TRACE_DROP)
		outcomes_take_drop(r->o, seq);
	if (kind != TRACE_SEND && kind != TRACE_RECV)
		return 0;
	err = follower_read(r->f, e->t, seq, &s);
	if (err != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	outcomes_take(r->o, &s);
	return kind == TRACE_SEND && s.send->call_id.n > 0
		   ? map_put(r->last, s.send->call_id, (void *)(uintptr_t)seq)
		   : 0;
}

/* The message that proves it: what arrives or is lost is seen with it. */
static uint64_t
sent_proof(const struct call_ends *e, uint64_t seq)
{
	struct trace_rec rec;
	uint64_t sent;

	trace_get(e->t, seq, &rec);
	sent = trace_send_of(e->t, &rec);
	return sent != 0 ? sent : seq;
}

/* Of all legs of a call, and of what proves its outcome. */
static int
find_ends(struct call_ends *e)
{
	struct reading *r = &e->next;
	const struct outcome *o;
	struct str call_id;
	size_t at = 0;
	void *last;

	r->ends = mem_zalloc(outcomes_count(r->o) + 1, sizeof(*r->ends));
	if (r->ends == NULL)
		return ERR_NOMEM;
	while (map_next(r->last, &at, &call_id, &last)) {
		uint64_t seq = (uintptr_t)last, *end;

		o = outcomes_find(r->o, call_id);
		if (o == NULL)
			continue;
		end = &r->ends[o - outcomes_at(r->o, 0)];
		for (size_t i = 0; i < o->nproof; i++)
			seq = num_larger(seq, sent_proof(e, o->proof[i]));
		*end = num_larger(*end, seq);
	}
	return 0;
}

bool
call_ends_extend(struct call_ends *e, uint64_t max)
{
	uint64_t count = trace_count(e->t);
	struct reading *r = &e->next;

	e->err = 0;
	if (r->o == NULL && e->judged.position == count)
		return false;
	if (r->o == NULL)
		e->err = begin_reading(e);
	for (; e->err == 0 && max > 0 && r->position < count; max--)
		e->err = take_record(e, ++r->position);
	if (e->err == 0 && r->position < count)
		return true;
	if (e->err == 0)
		e->err = outcomes_judge(r->o);
	if (e->err == 0)
		e->err = find_ends(e);
	if (e->err == 0) {
		free_reading(&e->judged);
		e->judged = *r;
		*r = (struct reading){ .o = NULL };
	}
	free_reading(r);
	return false;
}

int
call_ends_error(const struct call_ends *e)
{
	return e->err;
}

uint64_t
call_ends_position(const struct call_ends *e)
{
	return e->judged.position;
}

/* ---- asking ---- */

/* NULL: nothing is to be said of the call. */
static const struct outcome *
find_end(const struct reading *r, struct str call_id, uint64_t *last)
{
	const struct outcome *o =
	    r->o != NULL ? outcomes_find(r->o, call_id) : NULL;

	if (o == NULL || outcome_level(o) == OUTCOME_OPEN)
		return NULL;
	*last = r->ends[o - outcomes_at(r->o, 0)];
	return o;
}

const struct outcome *
call_ends_at(const struct call_ends *e, struct str call_id, uint64_t seq)
{
	const struct outcome *o;
	uint64_t last;

	if (e == NULL)
		return NULL;
	o = find_end(&e->judged, call_id, &last);
	return o != NULL && last <= seq ? o : NULL;
}

bool
call_ends_next(const struct call_ends *e, size_t *at, struct str *call_id,
    const struct outcome **o, uint64_t *last)
{
	void *value;

	if (e->judged.o == NULL ||
	    !map_next(e->judged.last, at, call_id, &value))
		return false;
	*o = find_end(&e->judged, *call_id, last);
	return true;
}

const char *
call_end_word(const struct outcome *o)
{
	static const char *const words[OUTCOME_COUNT] = {
		[OUTCOME_IS_CLOSED] = N_("closed port"),
		[OUTCOME_IS_CLOSED_BEHIND] = N_("closed port"),
		/* TRANSLATORS: packets were */
		[OUTCOME_IS_LOST] = N_("lost"),
		[OUTCOME_IS_LOST_BEHIND] = N_("lost"),
		[OUTCOME_IS_SILENT] = N_("no response"),
		[OUTCOME_IS_SILENT_BEHIND] = N_("no response"),
		[OUTCOME_IS_UNHEARD] = N_("response lost"),
		[OUTCOME_IS_ACK_LOST] = N_("ACK lost"),
		[OUTCOME_IS_CUT] = N_("no ACK"),
		[OUTCOME_IS_NO_ACK] = N_("no ACK"),
		[OUTCOME_IS_ACK_UNHEARD] = N_("ACK not heard"),
		[OUTCOME_IS_NO_PRACK] = N_("no PRACK"),
		[OUTCOME_IS_WITHIN] = N_("no response"),
		[OUTCOME_IS_SESSION_TIMER] = N_("not refreshed"),
		[OUTCOME_IS_REFRESH] = N_("refresh rejected"),
		[OUTCOME_IS_NO_PASSWORD] = N_("no credentials"),
		[OUTCOME_IS_PASSWORD] = N_("wrong password"),
		[OUTCOME_IS_NONCE] = N_("nonce rejected"),
		[OUTCOME_IS_LOOP] = N_("loop"),
		[OUTCOME_IS_RETRY] = N_("too early"),
		[OUTCOME_IS_TRANSFER_LEFT] = N_("transfer failed"),
		[OUTCOME_IS_TRANSFER] = N_("transfer failed"),
		[OUTCOME_IS_LAPSED] = N_("lapsed"),
		[OUTCOME_IS_NO_NOTIFY] = N_("no NOTIFY"),
	};

	return words[o->id] != NULL ? i18n_text(words[o->id]) : NULL;
}

void
call_end_put_next(const struct outcome *o, struct buf *b)
{
	if (outcome_level(o) != OUTCOME_TROUBLE)
		return;
	outcome_put_next(o, b);
	if (outcome_section(o->id)[0] != '\0')
		buf_printf(b, " %s.", outcome_section(o->id));
}

static const char *
word_at(unsigned i)
{
	return i < OUTCOME_COUNT ? outcome_name((enum outcome_id)i) : NULL;
}

const struct field call_end_fields[] = {
	FIELD_AS("outcome", struct outcome, id, WORD, "what it is called",
	    .word = word_at),
	FIELD_BESIDE_AS("level", STRING,
	    "`trouble`; `end`: it ended as somebody wanted it to; `open`: it "
	    "goes on, or only a part of it is in the trace"),
	FIELD_BESIDE_AS("section", STRING,
	    "the section of an RFC that it is "
	    "judged by",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS("sentence", STRING, "why it ended"),
	FIELD_BESIDE_AS("next", STRING, "what to do next", .flags = FIELD_ANY),
	FIELD_BESIDE_AS("proof", NUMBERS, "the records that prove it"),
	FIELDS_END,
};
