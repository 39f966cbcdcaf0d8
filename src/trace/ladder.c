/*
 * Ladders to compare: from a trace, from text.  The comparison itself stands
 * in trace/compare.c.
 */
#include "trace/compare.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <string.h>

struct ladder {
	struct ladder_message *messages;
	size_t count, cap;
	char **texts; /* owned: the four texts of each message in one block */
};

int
ladder_create(struct ladder **l)
{
	*l = mem_zalloc(1, sizeof(**l));
	return *l != NULL ? 0 : ERR_NOMEM;
}

void
ladder_destroy(struct ladder *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->count; i++)
		mem_free(l->texts[i]);
	mem_free(l->texts);
	mem_free(l->messages);
	mem_free(l);
}

size_t
ladder_count(const struct ladder *l)
{
	return l->count;
}

const struct ladder_message *
ladder_get(const struct ladder *l, size_t i)
{
	return &l->messages[i];
}

static int
grow(struct ladder *l)
{
	size_t cap = l->cap;
	int err = ARRAY_ROOM(&l->messages, &cap, l->count + 1);

	return err != 0 ? err : ARRAY_ROOM(&l->texts, &l->cap, l->count + 1);
}

/* Copies *S to *AT, which moves, and makes *S the copy. */
static void
move_in(struct str *s, char **at)
{
	if (s->n > 0)
		memcpy(*at, s->p, s->n);
	s->p = *at;
	*at += s->n;
}

int
ladder_add(struct ladder *l, const struct ladder_message *m)
{
	struct ladder_message *copy;
	char *at;

	if (m->cause != LADDER_NONE && m->cause >= l->count)
		return ERR_RANGE;
	if (grow(l) != 0)
		return ERR_NOMEM;
	at = mem_alloc(m->from.n + m->to.n + m->start.n + m->cseq_method.n + 1);
	if (at == NULL)
		return ERR_NOMEM;
	l->texts[l->count] = at;
	copy = &l->messages[l->count++];
	*copy = *m;
	move_in(&copy->from, &at);
	move_in(&copy->to, &at);
	move_in(&copy->start, &at);
	move_in(&copy->cseq_method, &at);
	return 0;
}

/* Adds the send REC, which follows from the message CAUSE. */
static int
add_send(struct ladder *l, const struct trace_rec *rec,
    const struct trace_send *send, size_t cause)
{
	char digits[4];
	struct ladder_message m = { .from = send->src,
		.to = send->dst,
		.start = send->method,
		.cseq_method = send->cseq_method,
		.cause = cause,
		.seq = rec->seq };

	if (send->status != 0) {
		digits[0] = (char)('0' + send->status / 100);
		digits[1] = (char)('0' + send->status / 10 % 10);
		digits[2] = (char)('0' + send->status % 10);
		m.start = (struct str){ digits, 3 };
	}
	return ladder_add(l, &m);
}

/* The record through which REC got its cause: a recv has its send. */
static uint64_t
parent_of(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;
	int64_t of;

	if (trace_kind_of(t, seq) != TRACE_RECV)
		return trace_cause_of(t, seq);
	trace_get(t, seq, &rec);
	of = trace_int(&rec, "of", 0);
	return of > 0 && (uint64_t)of < seq ? (uint64_t)of
					    : trace_cause_of(t, seq);
}

/* The ladder's message that the record SEQ is, if it is one. */
static int
take_send(struct ladder *l, const struct trace *t, uint64_t seq,
    const struct ladder_options *o, size_t cause, struct buf *scratch)
{
	const char *proto = o->proto != NULL ? o->proto : "sip";
	struct trace_send send;
	struct trace_rec rec;
	int err;

	if (trace_kind_of(t, seq) != TRACE_SEND ||
	    (trace_is_retx(t, seq) && !o->retransmissions))
		return 0;
	trace_get(t, seq, &rec);
	err = trace_get_send(&rec, &send, scratch);
	if (err != 0 || !str_is(send.proto, proto))
		return err;
	return add_send(l, &rec, &send, cause);
}

int
ladder_from_trace(struct ladder **lp, const struct trace *t,
    const struct ladder_options *options)
{
	struct ladder_options o =
	    options != NULL ? *options : (struct ladder_options){ 0 };
	uint64_t last = trace_count(t);
	struct buf scratch = BUF_INIT;
	uint32_t *nearest = NULL; /* by seq: message + 1, or 0 */
	int err = ladder_create(lp);

	if (o.to_seq != 0 && o.to_seq < last)
		last = o.to_seq;
	if (err == 0)
		nearest = mem_zalloc(last + 1, sizeof(*nearest));
	if (nearest == NULL)
		err = ERR_NOMEM;
	for (uint64_t seq = 1; seq <= last && err == 0; seq++) {
		size_t before = ladder_count(*lp);
		uint32_t up = nearest[parent_of(t, seq)];

		err = take_send(
		    *lp, t, seq, &o, up != 0 ? up - 1 : LADDER_NONE, &scratch);
		nearest[seq] =
		    ladder_count(*lp) > before ? (uint32_t)before + 1 : up;
	}
	mem_free(nearest);
	buf_free(&scratch);
	if (err != 0) {
		ladder_destroy(*lp);
		*lp = NULL;
	}
	return err;
}

/* The next word of *REST. */
static struct str
word(struct str *rest)
{
	size_t n = 0;
	struct str w;

	*rest = str_trim(*rest);
	while (n < rest->n && !chr_is_space(rest->p[n]))
		n++;
	w = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return w;
}

/* What may follow: a CSeq method, "after N". */
static int
read_tail(struct ladder_message *m, struct str rest, size_t count)
{
	struct str w = word(&rest);
	uint64_t n;

	if (w.n > 0 && !str_is(w, "after")) {
		m->cseq_method = w;
		w = word(&rest);
	}
	if (w.n == 0)
		return 0;
	if (!str_is(w, "after") || str_u64(word(&rest), &n) != 0 || n < 1 ||
	    n > count || word(&rest).n > 0)
		return ERR_SYNTAX;
	m->cause = (size_t)n - 1;
	return 0;
}

int
ladder_add_line(struct ladder *l, struct str text, const char *file,
    unsigned line, struct diag *d)
{
	struct ladder_message m = { .cause = LADDER_NONE, .line = line };
	struct str rest = str_trim(text), arrow;
	int err;

	if (rest.n == 0 || rest.p[0] == '#')
		return 0;
	m.from = word(&rest);
	arrow = word(&rest);
	m.to = word(&rest);
	m.start = word(&rest);
	if (!str_is(arrow, "->") || m.start.n == 0 ||
	    read_tail(&m, rest, l->count) != 0)
		return diag_set(d, ERR_SYNTAX, file, line,
		    _("found “%.*s”; expected a message such as “alice -> atl "
		      "INVITE”, “atl -> alice 200 BYE” or “bil -> bob INVITE "
		      "after 3”"),
		    STR_ARG(str_slice(str_trim(text), 0, 100)));
	err = ladder_add(l, &m);
	if (err != 0)
		return diag_set(d, err, file, line, "%s", err_text(err));
	return 0;
}

int
ladder_add_lines(
    struct ladder *l, struct str text, const char *file, struct diag *d)
{
	unsigned line = 0;
	int err = 0;

	while (text.n > 0 && err == 0)
		err = ladder_add_line(
		    l, str_cut(text, '\n', &text), file, ++line, d);
	return err;
}

void
ladder_write(const struct ladder_message *m, struct buf *out)
{
	buf_str(out, m->from);
	buf_puts(out, " -> ");
	buf_str(out, m->to);
	buf_putc(out, ' ');
	buf_str(out, m->start);
	/* "200 BYE": what it answers. */
	if (m->cseq_method.n > 0 && !str_eq(m->start, m->cseq_method)) {
		buf_putc(out, ' ');
		buf_str(out, m->cseq_method);
	}
}
