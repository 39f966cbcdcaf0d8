/*
 * Two bodies: session descriptions (RFC 8866) line by line, where the session's
 * number and version, ports, keys and candidates differ from run to run;
 * others as they are.
 */
#include "trace/meaning_in.h"

#include "base/err.h"
#include "msg/multipart.h"
#include "msg/parts.h"

/* Attributes that are made anew for each session: RFC 8839, 8122, 5576, 4568,
 * 3605. */
static const char *const fresh[] = { "ice-ufrag", "ice-pwd", "candidate",
	"fingerprint", "ssrc", "ssrc-group", "msid", "crypto", "rtcp",
	"key-mgmt" };

static const struct value_place plain = { .scoped = false };
static const struct value_place any = { .whole = { WORD_ANY, 0 } };
static const struct value_place zero = { .whole = { WORD_ZERO, 0 } };
static const struct value_place session = { .whole = { WORD_STANDS, 'S' },
	.scoped = true };
static const struct value_place version = { .whole = { WORD_STANDS, 'V' },
	.scoped = true };

/* The first word of *REST, which moves behind it. */
static struct str
word(struct str *rest)
{
	return str_cut(*rest, ' ', rest);
}

/* "o=alice 2890844526 2 IN IP4 192.0.2.1".  The session's number is one of its
 * user and address (RFC 8866 5.2): those are its SCOPE. */
static void
add_origin(
    struct value_list *l, struct str name, struct str value, struct buf *scope)
{
	struct str rest = value, user = word(&rest), id = word(&rest);
	size_t at = user.n + 1;
	struct str number = word(&rest);

	meaning_list_add(l, name, user, plain);
	meaning_list_add(l, name, id, session);
	/* The version with its session: "2890844526 2". */
	meaning_list_add(
	    l, name, str_slice(value, at, at + id.n + 1 + number.n), version);
	meaning_list_add(l, name, rest, plain);
	buf_clear(scope);
	buf_str(scope, user);
	buf_putc(scope, ' ');
	buf_str(scope, rest);
}

/* "m=audio 49170 RTP/AVP 0" */
static void
add_media(struct value_list *l, struct str name, struct str value)
{
	meaning_list_add(l, name, word(&value), plain);
	meaning_list_add(l, name, word(&value), zero);
	meaning_list_add(l, name, value, plain);
}

static void
list_line(struct value_list *l, struct str line, struct buf *scope)
{
	struct str name = str_slice(line, 0, 2), value;
	struct value_place at = plain;

	if (line.n > 1 && line.p[0] == 'a')
		while (name.n < line.n && line.p[name.n] != ':')
			name.n++;
	value = str_slice(line, name.n, line.n);
	if (str_is(name, "o=")) {
		add_origin(l, name, value, scope);
		return;
	}
	if (str_is(name, "m=")) {
		add_media(l, name, value);
		return;
	}
	for (size_t i = 0; i < sizeof(fresh) / sizeof(*fresh); i++)
		if (str_is(str_slice(name, 2, name.n), fresh[i]))
			at = any;
	meaning_list_add(l, name, value, str_is(name, "t=") ? any : at);
}

static void
list_lines(struct value_list *l, struct str body, struct buf *scope)
{
	l->n = 0;
	while (body.n > 0 && l->n + 6 < MEANING_LIST) {
		struct str line = str_cut_line(body, &body);

		if (line.n > 0)
			list_line(l, line, scope);
	}
	if (body.n > 0)
		meaning_list_add(l, STR("a="), body, plain);
}

/* A message's bodies: one, or the parts of one. */
struct bodies {
	struct msg_parts parts;
	struct msg_part alone;
	bool several, at_end;
};

static void
begin_bodies(struct bodies *w, const struct msg *m)
{
	struct msg_part *one = &w->alone;

	*w = (struct bodies){ .at_end = m->body.n == 0 };
	one->type =
	    msg_cut_params(msg_value(m, MSG_H_CONTENT_TYPE), &one->params);
	one->body = m->body;
	w->several = str_istarts(one->type, "multipart/") &&
		     msg_parts_begin(one->params, m->body, &w->parts);
}

/* The next body; one of no type behind the last. */
static struct msg_part
next_body(struct bodies *w)
{
	struct msg_part part = w->alone;

	if (w->several)
		w->at_end = !msg_parts_next(&w->parts, &part);
	if (w->at_end)
		return (struct msg_part){ .type = STR_NULL };
	w->at_end = true;
	return part;
}

/* Two bodies: of XML, too, which names dialogs and their parties (RFC 4235,
 * RFC 4575). */
static int
compare_bodies(struct meaning *m, const struct msg_part *a,
    const struct msg_part *b, meaning_fn *fn, void *arg)
{
	int same = !str_eq(a->body, b->body);

	if (str_iis(a->type, "application/sdp") && str_ieq(a->type, b->type)) {
		list_lines(&m->a, a->body, &m->scope[0]);
		list_lines(&m->b, b->body, &m->scope[1]);
		if (m->scope[0].err != 0 || m->scope[1].err != 0)
			return ERR_NOMEM;
		return meaning_lists(m, fn, arg);
	}
	if (same != 0 && str_ends(a->type, "+xml") && str_ends(b->type, "+xml"))
		same = meaning_value(m, &plain, a->body, b->body, true);
	if (same <= 0)
		return -same;
	return fn(STR("body"), a->body.n > 0 ? a->body : STR_NULL,
	    b->body.n > 0 ? b->body : STR_NULL, arg);
}

int
meaning_body(struct meaning *m, const struct msg *a, const struct msg *b,
    meaning_fn *fn, void *arg)
{
	struct bodies wa, wb;
	int err = 0;

	begin_bodies(&wa, a);
	begin_bodies(&wb, b);
	while (err == 0) {
		struct msg_part pa = next_body(&wa), pb = next_body(&wb);

		if (pa.body.p == NULL && pb.body.p == NULL)
			break;
		err = compare_bodies(m, &pa, &pb, fn, arg);
	}
	return err;
}
