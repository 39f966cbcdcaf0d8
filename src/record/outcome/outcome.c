/* The outcomes of a trace: making and finding them, and their words. */
#include "outcome/outcome.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/param.h"
#include "outcome/outcome_in.h"
#include "text/json.h"
#include "text/utf8.h"

static const struct {
	const char *word;
	enum outcome_level level;
	const char *section, *brief, *text, *next;
} rows[] = {
#define X(id, word, level, section, brief, text, next) \
	{ word, OUTCOME_##level, section, brief, text, next },
	OUTCOMES(X)
#undef X
};

static int
add_outcome(struct outcomes *o, struct leg *leg)
{
	const struct followed_tx *tx = leg->first->tx;
	struct outcome *out;

	if (ARRAY_ROOM(&o->list, &o->cap, o->n + 1) != 0)
		return ERR_NOMEM;
	out = &o->list[o->n];
	*out = (struct outcome){ .id = OUTCOME_IS_PART,
		.call_id = leg->call_id,
		.method = tx->method_name,
		.first = tx->request,
		.caller = trace_name(o->t, tx->client) };
	outcome_judge(o, leg, out);
	o->n++;
	return o->err;
}

/* By its number, since the list grows: the leg's and those of all below it. */
static int
judge_all(struct outcomes *o)
{
	int err = 0;

	for (struct leg *leg = o->first; err == 0 && leg != NULL;
	     leg = leg->next)
		if (leg->first != NULL && leg->upper == NULL)
			err = add_outcome(o, leg);
	for (size_t i = 0; err == 0 && i < o->n; i++) {
		struct leg *leg = map_get(o->legs, o->list[i].call_id);

		leg->outcome = &o->list[i];
	}
	for (struct leg *leg = o->first; err == 0 && leg != NULL;
	     leg = leg->next)
		if (leg->upper != NULL)
			leg->outcome = leg->upper->outcome;
	return err;
}

/* ---- reading ---- */

static void
free_read(struct outcomes *o)
{
	follower_destroy(o->own);
	map_destroy(o->legs);
	arena_destroy(o->arena);
	arena_destroy(o->texts);
	mem_free(o->hops);
	mem_free(o->nodes);
	mem_free(o->list);
	sent_message_free(&o->message);
	buf_free(&o->scratch);
}

static int
begin_reading(
    struct outcomes *o, const struct trace *t, const struct follower *f)
{
	int err;

	*o = (struct outcomes){ .t = t,
		.capture = trace_is_of_capture(t),
		.follower = f,
		.last = &o->first };
	err = arena_create(&o->arena);
	if (err == 0)
		err = map_create_borrowing(&o->legs);
	if (err == 0 && f == NULL) {
		err = follower_create(&o->own, !o->capture);
		o->follower = o->own;
	}
	return err;
}

int
outcomes_create(
    struct outcomes **out, const struct trace *t, const struct follower *f)
{
	int err;

	*out = mem_zalloc(1, sizeof(**out));
	if (*out == NULL)
		return ERR_NOMEM;
	err = begin_reading(*out, t, f);
	if (err != 0) {
		outcomes_destroy(*out);
		*out = NULL;
	}
	return err;
}

int
outcomes_judge(struct outcomes *o)
{
	uint64_t n = trace_count(o->t);
	int err;

	o->n = 0;
	arena_destroy(o->texts);
	err = arena_create(&o->texts);
	if (err != 0)
		return err;
	o->t_end = n > 0 ? trace_time_of(o->t, n) : 0;
	outcome_join_legs(o);
	err = o->err != 0 ? o->err : judge_all(o);
	if (err == 0)
		err = outcomes_judge_media(o);
	if (err == 0)
		err = o->err;
	return err != 0 ? err : o->scratch.err;
}

static int
read_record(struct outcomes *o, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(o->t, seq);
	struct followed_message s;
	struct leg *leg;
	int err;

	if (kind == TRACE_DROP)
		outcomes_take_drop(o, seq);
	if (kind != TRACE_SEND && kind != TRACE_RECV)
		return 0;
	err = follower_read(o->own, o->t, seq, &s);
	if (err != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	outcomes_take(o, &s);
	leg = kind == TRACE_SEND ? map_get(o->legs, s.send->call_id) : NULL;
	if (leg != NULL)
		leg->sent = seq;
	return o->err;
}

/* What arrives or is lost is seen with its message. */
static void
find_last(struct outcomes *o)
{
	for (size_t i = 0; i < o->n; i++) {
		struct outcome *out = &o->list[i];

		for (size_t k = 0; k < out->nproof; k++) {
			uint64_t seq = out->proof[k], sent;
			struct trace_rec rec;

			trace_get(o->t, seq, &rec);
			sent = trace_send_of(o->t, &rec);
			out->last =
			    num_larger(out->last, sent != 0 ? sent : seq);
		}
	}
	for (struct leg *leg = o->first; leg != NULL; leg = leg->next)
		if (leg->outcome != NULL)
			leg->outcome->last =
			    num_larger(leg->outcome->last, leg->sent);
}

bool
outcomes_extend(struct outcomes *o, uint64_t max)
{
	uint64_t count = trace_count(o->t);

	if (o->position == count && o->err == 0)
		return false;
	/* Its first line may have come since. */
	if (o->err != 0 || o->seen == 0) {
		free_read(o);
		o->err = begin_reading(o, o->t, NULL);
	}
	for (; o->err == 0 && max > 0 && o->seen < count; max--)
		o->err = read_record(o, ++o->seen);
	if (o->err == 0 && o->seen < count)
		return true;
	if (o->err == 0)
		o->err = outcomes_judge(o);
	if (o->err == 0)
		find_last(o);
	o->position = o->err == 0 ? count : 0;
	return false;
}

int
outcomes_error(const struct outcomes *o)
{
	return o->err;
}

uint64_t
outcomes_position(const struct outcomes *o)
{
	return o->position;
}

int
outcomes_read(struct outcomes **out, const struct trace *t)
{
	int err = outcomes_create(out, t, NULL);

	if (err != 0)
		return err;
	while (outcomes_extend(*out, UINT64_MAX))
		;
	err = (*out)->err;
	if (err != 0) {
		outcomes_destroy(*out);
		*out = NULL;
	}
	return err;
}

void
outcomes_destroy(struct outcomes *o)
{
	if (o == NULL)
		return;
	free_read(o);
	mem_free(o);
}

size_t
outcomes_count(const struct outcomes *o)
{
	return o->n;
}

const struct outcome *
outcomes_at(const struct outcomes *o, size_t i)
{
	return &o->list[i];
}

const struct outcome *
outcomes_find(const struct outcomes *o, struct str call_id)
{
	const struct leg *leg = map_get(o->legs, call_id);

	return leg != NULL ? leg->outcome : NULL;
}

const struct outcome *
outcomes_then(const struct outcomes *o, struct str call_id, uint64_t seq)
{
	const struct outcome *out =
	    o != NULL && o->position > 0 ? outcomes_find(o, call_id) : NULL;

	return out != NULL && out->last <= seq &&
		       outcome_level(out) != OUTCOME_OPEN
		   ? out
		   : NULL;
}

bool
outcomes_next(const struct outcomes *o, size_t *at, struct str *call_id)
{
	void *leg;

	return map_next(o->legs, at, call_id, &leg);
}

/* ---- words ---- */

enum outcome_level
outcome_level(const struct outcome *o)
{
	return rows[o->id].level;
}

const char *
outcome_name(enum outcome_id id)
{
	return rows[id].word;
}

enum outcome_id
outcome_find_id(struct str word)
{
	unsigned id = 0;

	while (id < OUTCOME_COUNT && !str_is(word, rows[id].word))
		id++;
	return (enum outcome_id)id;
}

const char *
outcome_nearest(struct str word)
{
	return param_nearest(
	    word, &rows[0].word, COUNT_OF(rows), sizeof(rows[0]));
}

const char *
outcome_section(enum outcome_id id)
{
	return rows[id].section;
}

const char *
outcome_brief(const struct outcome *o)
{
	const char *brief = rows[o->id].brief;

	return brief[0] != '\0' ? i18n_text(brief) : NULL;
}

static void
put_name(struct str name, struct buf *b)
{
	utf8_add_safe(b, name.n > 0 ? name : STR("?"));
}

/* The sentence ends itself. */
static void
put_reason(struct str reason, struct buf *b)
{
	reason = utf8_clip(reason, OUTCOME_TEXT);
	while (reason.n > 0 && reason.p[reason.n - 1] == '.')
		reason.n--;
	utf8_add_safe(b, reason);
}

/* What a word in braces stands for. */
static void
put_named(const struct outcome *o, struct str name, struct buf *b)
{
	const struct {
		const char *name;
		const struct str *text;
	} texts[] = { { "caller", &o->caller }, { "by", &o->by },
		{ "with", &o->with }, { "at", &o->at },
		{ "method", &o->method } };

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (str_is(name, texts[i].name))
			put_name(*texts[i].text, b);
	if (str_is(name, "reason"))
		put_reason(o->reason, b);
	else if (str_is(name, "text"))
		utf8_add_safe(b, o->text);
	else if (str_is(name, "status"))
		buf_u64(b, o->status);
	else if (str_is(name, "count"))
		buf_u64(b, o->count);
	else if (str_is(name, "time"))
		buf_printf(b, "%lld.%03lld s", (long long)(o->ns / 1000000000),
		    (long long)(o->ns / 1000000 % 1000));
}

static void
put_words(const struct outcome *o, struct str rest, struct buf *b)
{
	while (rest.n > 0) {
		ptrdiff_t open = str_chr(rest, '{'), end = str_chr(rest, '}');

		if (open < 0 || end < open) {
			buf_str(b, rest);
			return;
		}
		buf_str(b, str_slice(rest, 0, (size_t)open));
		put_named(o, str_slice(rest, (size_t)open + 1, (size_t)end), b);
		rest = str_slice(rest, (size_t)end + 1, rest.n);
	}
}

void
outcome_put_sentence(const struct outcome *o, struct buf *b)
{
	put_words(o, str_of(i18n_text(rows[o->id].text)), b);
}

void
outcome_put_proof(const struct outcome *o, struct buf *b)
{
	for (size_t i = 0; i < o->nproof; i++)
		buf_printf(b, "%s#%llu", i == 0 ? " (" : ", ",
		    (unsigned long long)o->proof[i]);
	buf_puts(b, o->nproof > 0 ? ")" : "");
}

void
outcome_put_next(const struct outcome *o, struct buf *b)
{
	if (rows[o->id].next[0] != '\0')
		put_words(o, str_of(i18n_text(rows[o->id].next)), b);
}

void
outcome_put_advice(const struct outcome *o, struct buf *b)
{
	outcome_put_next(o, b);
	if (outcome_level(o) == OUTCOME_TROUBLE)
		buf_printf(b, " %s.", rows[o->id].section);
}

void
outcome_put_json(const struct outcome *o, struct buf *b)
{
	static const char *const levels[] = { "open", "end", "trouble" };
	LOCAL_BUF text = BUF_INIT;

	json_put_field(b, "outcome", str_of(rows[o->id].word));
	json_put_field(b, "level", str_of(levels[rows[o->id].level]));
	if (rows[o->id].section[0] != '\0')
		json_put_field(b, "section", str_of(rows[o->id].section));
	outcome_put_sentence(o, &text);
	json_put_field(b, "sentence", buf_view(&text));
	buf_clear(&text);
	outcome_put_next(o, &text);
	if (text.n > 0)
		json_put_field(b, "next", buf_view(&text));
	json_open(b, "proof", '[');
	for (size_t i = 0; i < o->nproof; i++) {
		json_put_item(b);
		buf_u64(b, o->proof[i]);
	}
	buf_putc(b, ']');
	if (text.err != 0)
		b->err = text.err;
}

static const char *
word_at(unsigned i)
{
	return i < OUTCOME_COUNT ? outcome_name((enum outcome_id)i) : NULL;
}

const struct field outcome_fields[] = {
	FIELD_AS("outcome", struct outcome, id, WORD, "what it is called",
	    .word = word_at),
	FIELD_BESIDE_AS("level", STRING,
	    "`trouble`; `end`: it ended as intended; `open`: it has not "
	    "ended, or the trace has only a part of it"),
	FIELD_BESIDE_AS("section", STRING,
	    "the section of an RFC that it is "
	    "judged by",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS("sentence", STRING, "why it ended"),
	FIELD_BESIDE_AS("next", STRING, "what to do next", .flags = FIELD_ANY),
	FIELD_BESIDE_AS("proof", NUMBERS, "the records that prove it"),
	FIELDS_END,
};
