/*
 * What a node has done lately, where the state does not keep it: a look back
 * over at most NODE_WINDOW records from the position on.
 */
#include "words/node_doc_in.h"

#include "base/addr.h"
#include "base/err.h"
#include "trace/board.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/time_words.h"

#define LIST 8 /* different entries that are kept */

/* The first record of the window. */
static uint64_t
window(const struct node_view *v)
{
	return v->seq > NODE_WINDOW ? v->seq - NODE_WINDOW + 1 : 1;
}

/* An act on the node itself: its crash (0), its start (1); -1: another. */
static int
act_of(const struct node_view *v, const struct trace_rec *rec)
{
	LOCAL_BUF b = BUF_INIT;
	int up = -1;

	if (str_eq(trace_str(rec, "on", &b), v->node->name)) {
		struct str verb = trace_str(rec, "verb", &b);

		up = str_is(verb, "crash")     ? 0
		     : str_is(verb, "restart") ? 1
					       : -1;
	}
	return up;
}

/* Record I turns the node, on or off. */
static bool
turns(const struct node_view *v, uint64_t i)
{
	enum trace_kind kind = trace_kind_of(v->t, i);
	struct trace_rec rec;

	if (kind == TRACE_BOARD)
		return trace_node_of(v->t, i) == v->number &&
		       trace_board_ends(v->t, i);
	if (kind != TRACE_ACT)
		return false;
	trace_get(v->t, i, &rec);
	return act_of(v, &rec) >= 0;
}

/* The first record of the window that the node still knows of: a crash takes
 * what was before. */
static uint64_t
memory_begins(const struct node_view *v)
{
	uint64_t i = v->seq;

	while (i >= window(v) && !turns(v, i))
		i--;
	return i + 1;
}

struct node_up
node_is_up(const struct node_view *v)
{
	struct trace_rec rec;

	for (uint64_t i = v->seq; i >= window(v); i--) {
		enum trace_kind kind = trace_kind_of(v->t, i);

		if (kind == TRACE_ACT) {
			int up;

			trace_get(v->t, i, &rec);
			up = act_of(v, &rec);
			if (up >= 0)
				return (struct node_up){ true, up == 1, i };
		} else if (kind == TRACE_BOARD &&
			   trace_node_of(v->t, i) == v->number &&
			   trace_board_ends(v->t, i)) {
			return (struct node_up){ true, false, i };
		} else if (kind == TRACE_SEND &&
			   trace_node_of(v->t, i) == v->number) {
			/* A node that is down sends nothing. */
			return (struct node_up){ true, true, 0 };
		}
	}
	return (struct node_up){ window(v) == 1, true, 0 };
}

/* The last records of a kind, one for each value of two fields; with SINCE each
 * says when it was. */
struct last_words {
	enum trace_kind kind;
	const char *op;      /* only these; NULL: all */
	const char *keys[2]; /* the latter may be NULL */
	const char *heading;
	bool since;
};

/* "\nREALM\tUSER\n" */
static void
make_key(
    const struct last_words *l, const struct trace_rec *rec, struct buf *key)
{
	struct buf b = BUF_INIT;

	buf_clear(key);
	buf_putc(key, '\n');
	buf_str(key, trace_str(rec, l->keys[0], &b));
	buf_putc(key, '\t');
	if (l->keys[1] != NULL)
		buf_str(key, trace_str(rec, l->keys[1], &b));
	buf_putc(key, '\n');
	buf_end(&b, &key->err);
}

static void
put_last_word(struct node_view *v, const struct trace_rec *rec, bool since)
{
	LOCAL_BUF b = BUF_INIT;

	record_summary(v->t, rec, &b);
	doc_line(v->d, rec->seq);
	doc_pad(v->d, NODE_INDENT);
	doc_wrap(v->d, STYLE_PLAIN, buf_view(&b), 2 * NODE_INDENT, v->width);
	buf_clear(&b);
	if (since)
		state_put_since(&b, rec->t);
	node_put_right(v, &b, STYLE_DIM);
}

static void
put_last_words(struct node_view *v, const struct last_words *l)
{
	struct buf seen = BUF_INIT, key = BUF_INIT;
	uint64_t begin = memory_begins(v);
	struct trace_rec rec;
	size_t n = 0;

	for (uint64_t i = v->seq; i >= begin && n < LIST; i--) {
		if (trace_kind_of(v->t, i) != l->kind ||
		    trace_node_of(v->t, i) != v->number)
			continue;
		trace_get(v->t, i, &rec);
		if (l->op != NULL &&
		    !str_is(trace_str(&rec, "op", &key), l->op))
			continue;
		make_key(l, &rec, &key);
		if (str_find(buf_view(&seen), buf_cstr(&key)) >= 0)
			continue;
		buf_str(&seen, buf_view(&key));
		if (n++ == 0)
			node_heading(v, l->heading);
		put_last_word(v, &rec, l->since);
	}
	buf_end(&seen, &v->d->err);
	buf_end(&key, &v->d->err);
}

/* The last word about each realm and user. */
void
node_put_credentials(struct node_view *v)
{
	put_last_words(v, &(struct last_words){ .kind = TRACE_AUTH,
			      .keys = { "realm", "user" },
			      .heading = _("Passwords"),
			      .since = true });
}

/* What it has asked the DNS: the last answers. */
void
node_put_names(struct node_view *v)
{
	put_last_words(v, &(struct last_words){ .kind = TRACE_LOOKUP,
			      .op = "dns",
			      .keys = { "aor" },
			      .heading = _("Names looked up") });
}

/* A other end that messages went to or came from over TCP. */
struct far_end {
	struct buf name; /* "bil (198.51.100.2:5060)" */
	uint64_t seq;    /* the last of these messages */
};

static void
put_far_end(struct node_view *v, const struct far_end *e)
{
	LOCAL_BUF b = BUF_INIT;
	char time[TIME_ROOM];

	doc_line(v->d, e->seq);
	doc_pad(v->d, NODE_INDENT);
	doc_wrap(
	    v->d, STYLE_PLAIN, buf_view(&e->name), 2 * NODE_INDENT, v->width);
	/* TRANSLATORS: a connection; "last used at 0.505 s" */
	buf_printf(&b, _("last used at %s s"),
	    time_text(trace_time_of(v->t, e->seq), time));
	node_put_right(v, &b, STYLE_DIM);
}

/* The other end of the message of record I, if it went by TCP and this node
 * had part in it. */
static bool
far_end_of(
    const struct node_view *v, uint64_t i, struct buf *fields, struct buf *name)
{
	struct trace_rec rec, send;
	struct trace_send s;
	bool out;

	trace_get(v->t, i, &rec);
	if (!record_message(v->t, &rec, &send) ||
	    trace_get_send(&send, &s, fields) != 0 ||
	    !addr_word_is_stream(s.transport))
		return false;
	out = rec.kind == TRACE_SEND;
	buf_clear(name);
	buf_str(name, out ? s.dst : s.src);
	buf_puts(name, " (");
	buf_str(name, out ? s.dst_addr : s.src_addr);
	buf_putc(name, ')');
	return true;
}

void
node_put_connections(struct node_view *v)
{
	struct far_end list[LIST];
	struct buf fields = BUF_INIT, name = BUF_INIT;
	uint64_t begin = memory_begins(v);
	size_t n = 0, k;

	for (uint64_t i = v->seq; i >= begin && n < LIST; i--) {
		enum trace_kind kind = trace_kind_of(v->t, i);

		if ((kind != TRACE_SEND && kind != TRACE_RECV) ||
		    trace_node_of(v->t, i) != v->number ||
		    !far_end_of(v, i, &fields, &name))
			continue;
		for (k = 0; k < n; k++)
			if (str_eq(buf_view(&list[k].name), buf_view(&name)))
				break;
		if (k < n)
			continue;
		list[n++] = (struct far_end){ name, i };
		name = BUF_INIT;
	}
	if (n > 0)
		node_heading(v, _("TCP with"));
	for (k = 0; k < n; k++) {
		put_far_end(v, &list[k]);
		if (list[k].name.err != 0)
			v->d->err = ERR_NOMEM;
		buf_free(&list[k].name);
	}
	buf_end(&fields, &v->d->err);
	buf_end(&name, &v->d->err);
}
