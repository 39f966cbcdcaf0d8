/*
 * Two messages field by field: each field's values against those of the same
 * name, in order; and their bodies.
 */
#include "trace/meaning.h"

#include "base/addr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/bodies.h"
#include "msg/parts.h"
#include "trace/meaning_in.h"

int
meaning_create(struct meaning **mp)
{
	struct meaning *m = *mp = mem_zalloc(1, sizeof(*m));

	if (m != NULL && map_create(&m->words) == 0 &&
	    map_create(&m->addresses[0]) == 0 &&
	    map_create(&m->addresses[1]) == 0 &&
	    map_create(&m->stands[0]) == 0 && map_create(&m->stands[1]) == 0 &&
	    map_create(&m->astray) == 0 && map_create(&m->own[0]) == 0 &&
	    map_create(&m->own[1]) == 0)
		return 0;
	meaning_destroy(m);
	*mp = NULL;
	return ERR_NOMEM;
}

void
meaning_destroy(struct meaning *m)
{
	if (m == NULL)
		return;
	map_destroy(m->words);
	map_destroy(m->astray);
	for (int i = 0; i < 2; i++) {
		map_destroy(m->addresses[i]);
		map_destroy(m->stands[i]);
		map_destroy(m->own[i]);
		buf_free(&m->scope[i]);
		buf_free(&m->plain[i]);
	}
	buf_free(&m->key);
	buf_free(&m->other);
	mem_free(m);
}

int
meaning_add_address(
    struct meaning *m, bool in_b, struct str text, uint32_t node)
{
	struct addr a;
	struct str key;

	if (addr_parse(text, &a) != 0)
		return 0;
	key = (struct str){ (const char *)a.ip, a.len };
	if (map_get(m->addresses[in_b], key) != NULL)
		return 0;
	return map_put(m->addresses[in_b], key, (void *)((uintptr_t)node + 1));
}

int
meaning_add_word(struct meaning *m, struct str a, struct str b)
{
	if (a.n == 0 || b.n == 0)
		return 0;
	m->renamed |= !str_eq(a, b);
	if (map_put(m->own[0], a, m) != 0 || map_put(m->own[1], b, m) != 0)
		return ERR_NOMEM;
	buf_clear(&m->key);
	buf_str(&m->key, a);
	buf_putc(&m->key, '\0');
	buf_str(&m->key, b);
	if (m->key.err != 0)
		return ERR_NOMEM;
	return map_put(m->words, buf_view(&m->key), m);
}

/* ---- lists ---- */

/* False where the list is full: then VALUE has been left out. */
static bool
meaning_list_add(struct value_list *l, struct str name, struct str value,
    struct value_place at)
{
	if (l->n == MEANING_LIST)
		return false;
	l->name[l->n] = name;
	l->value[l->n] = value;
	l->at[l->n++] = at;
	return true;
}

static int
meaning_report(struct meaning *m, size_t i, size_t j, meaning_fn *fn, void *arg)
{
	return fn(i < m->a.n ? m->a.name[i] : m->b.name[j],
	    i < m->a.n ? m->a.value[i] : STR_NULL,
	    j < m->b.n ? m->b.value[j] : STR_NULL, arg);
}

/* Compares, learns and reports the values I and J. */
static int
settle_values(struct meaning *m, size_t i, size_t j, meaning_fn *fn, void *arg)
{
	int same =
	    meaning_value(m, &m->a.at[i], m->a.value[i], m->b.value[j], true);

	if (same < 0)
		return -same;
	return same == 0 ? 0 : meaning_report(m, i, j, fn, arg);
}

static bool
would_agree(struct meaning *m, size_t i, size_t j)
{
	return str_ieq(m->a.name[i], m->b.name[j]) &&
	       meaning_value(
		   m, &m->a.at[i], m->a.value[i], m->b.value[j], false) == 0;
}

/* What lies between the alike ends: by name, in order. */
static int
settle_middle(struct meaning *m, size_t i, size_t end_a, size_t j, size_t end_b,
    meaning_fn *fn, void *arg)
{
	int err = 0;

	for (; i < end_a && err == 0; i++) {
		size_t k = j;

		while (k < end_b && !str_ieq(m->a.name[i], m->b.name[k]))
			k++;
		if (k == end_b) {
			err = meaning_report(m, i, m->b.n, fn, arg);
			continue;
		}
		for (; j < k && err == 0; j++)
			err = meaning_report(m, m->a.n, j, fn, arg);
		if (err == 0)
			err = settle_values(m, i, j++, fn, arg);
	}
	for (; j < end_b && err == 0; j++)
		err = meaning_report(m, m->a.n, j, fn, arg);
	return err;
}

/* Compares M's two lists. */
static int
meaning_lists(struct meaning *m, meaning_fn *fn, void *arg)
{
	size_t na = m->a.n, nb = m->b.n, first = 0, last = 0;
	size_t most = na < nb ? na : nb;
	int err = 0;

	if (na == 1 && nb == 1)
		return settle_values(m, 0, 0, fn, arg);
	while (first < most && would_agree(m, first, first)) {
		err = settle_values(m, first, first, fn, arg);
		if (err != 0)
			return err;
		first++;
	}
	while (na != nb && last < most - first &&
	       would_agree(m, na - 1 - last, nb - 1 - last))
		last++;
	err = settle_middle(m, first, na - last, first, nb - last, fn, arg);
	for (; last > 0 && err == 0; last--)
		err = settle_values(m, na - last, nb - last, fn, arg);
	return err;
}

/* ---- fields ---- */

/* How the values of a field compare, where it is not word by word. */
static const struct {
	const char *name;
	struct value_place at;
} fields[] = {
	{ "Call-ID", { .whole = { WORD_STANDS, 'i' } } },
	{ "In-Reply-To", { .whole = { WORD_STANDS, 'i' } } },
	{ "Replaces", { .lead = { WORD_STANDS, 'i' } } },
	{ "Join", { .lead = { WORD_STANDS, 'i' } } },
	{ "Target-Dialog", { .lead = { WORD_STANDS, 'i' } } },
	{ "CSeq", { .lead = { WORD_STANDS, 'q' }, .scoped = true } },
	{ "RSeq", { .whole = { WORD_STANDS, 'r' }, .scoped = true } },
	{ "RAck", { .whole = { WORD_ANY, 0 } } },
	{ "Date", { .whole = { WORD_ANY, 0 } } },
	{ "Timestamp", { .whole = { WORD_ANY, 0 } } },
	{ "Content-Length", { .whole = { WORD_ANY, 0 } } },
	{ "Identity", { .whole = { WORD_ANY, 0 } } },
	{ "SIP-ETag", { .whole = { WORD_STANDS, 'e' } } },
	{ "SIP-If-Match", { .whole = { WORD_STANDS, 'e' } } },
	{ "Session-ID", { .lead = { WORD_STANDS, 'u' } } },
	{ "Contact", { .makes = true } },
	{ "Record-Route", { .makes = true } },
	{ "Path", { .makes = true } },
	{ "Service-Route", { .makes = true } },
};

static struct str
field_name(const struct msg_field *f)
{
	const struct msg_header_info *info = msg_header_info(f->id);

	return info != NULL ? str_of(info->name) : f->name;
}

struct value_place
meaning_place(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (str_iis(name, fields[i].name))
			return fields[i].at;
	return (struct value_place){ .scoped = false };
}

static bool
same_field(const struct msg_field *f, const struct msg_field *g)
{
	return f->id == g->id &&
	       (f->id != MSG_H_OTHER || str_ieq(f->name, g->name));
}

/* All values of fields like F in MSG. */
static void
meaning_list_values(
    const struct msg *msg, const struct msg_field *f, struct value_list *l)
{
	const struct msg_header_info *info = msg_header_info(f->id);
	bool list = info != NULL && (info->flags & MSG_HF_LIST) != 0;
	struct str name = field_name(f);
	struct value_place at = meaning_place(name);

	l->n = 0;
	for (size_t i = 0; i < msg->nfields; i++) {
		struct str rest = msg->fields[i].value;

		if (!same_field(&msg->fields[i], f))
			continue;
		while (list && rest.n > 0 && l->n + 1 < MEANING_LIST)
			meaning_list_add(l, name, msg_cut_value(&rest), at);
		if (rest.n > 0 || !list)
			meaning_list_add(l, name, rest, at);
	}
}

/* Whether an earlier field of MSG is like its field I. */
static bool
seen(const struct msg *msg, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_field(&msg->fields[k], &msg->fields[i]))
			return true;
	return false;
}

static bool
meaning_has(const struct msg *msg, const struct msg_field *f)
{
	for (size_t i = 0; i < msg->nfields; i++)
		if (same_field(&msg->fields[i], f))
			return true;
	return false;
}

static int
meaning_compare_fields(struct meaning *m, const struct msg *a,
    const struct msg *b, meaning_fn *fn, void *arg)
{
	int err = 0;

	for (size_t i = 0; i < a->nfields && err == 0; i++) {
		if (seen(a, i))
			continue;
		meaning_list_values(a, &a->fields[i], &m->a);
		meaning_list_values(b, &a->fields[i], &m->b);
		err = meaning_lists(m, fn, arg);
	}
	m->a.n = 0;
	for (size_t i = 0; i < b->nfields && err == 0; i++) {
		if (seen(b, i) || meaning_has(a, &b->fields[i]))
			continue;
		meaning_list_values(b, &b->fields[i], &m->b);
		err = meaning_lists(m, fn, arg);
	}
	return err;
}

static const struct value_place plain = { .scoped = false };

static int
meaning_compare_start(struct meaning *m, const struct msg *a,
    const struct msg *b, meaning_fn *fn, void *arg)
{
	struct str va = a->request ? a->uri : a->reason;
	struct str vb = b->request ? b->uri : b->reason;
	int same = meaning_value(m, &plain, va, vb, true);

	if (same <= 0)
		return -same;
	return fn(a->request ? STR("Request-URI") : STR("Reason-Phrase"), va,
	    vb, arg);
}

static void
set_scope(struct buf *scope, const struct msg *msg)
{
	buf_clear(scope);
	buf_str(scope, msg_value(msg, MSG_H_CALL_ID));
	buf_putc(scope, '\0');
	buf_str(scope, msg_tag(msg_value(msg, MSG_H_FROM)));
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

/* Attributes that are made again for each session: RFC 8839, 8122, 5576, 4568,
 * 3605. */
static const char *const fresh[] = { "ice-ufrag", "ice-pwd", "candidate",
	"fingerprint", "ssrc", "ssrc-group", "msid", "crypto", "rtcp",
	"key-mgmt" };

static const struct value_place any = { .whole = { WORD_ANY, 0 } };

static const struct value_place session = { .whole = { WORD_STANDS, 'S' },
	.scoped = true };

static const struct value_place version = { .whole = { WORD_STANDS, 'V' },
	.scoped = true };

/* The first word of *REST, which moves after it. */
static struct str
meaning_next_word(struct str *rest)
{
	return str_cut(*rest, ' ', rest);
}

/* "o=alice 2890844526 2 IN IP4 192.0.2.1".  The session's number is one of its
 * user and address (RFC 8866 5.2): those are its SCOPE. */
static void
add_origin(
    struct value_list *l, struct str name, struct str value, struct buf *scope)
{
	struct str rest = value, user = meaning_next_word(&rest),
		   id = meaning_next_word(&rest);
	size_t at = user.n + 1;
	struct str number = meaning_next_word(&rest);

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

static const struct value_place zero = { .whole = { WORD_ZERO, 0 } };

/* "m=audio 49170 RTP/AVP 0" */
static void
add_media(struct value_list *l, struct str name, struct str value)
{
	meaning_list_add(l, name, meaning_next_word(&value), plain);
	meaning_list_add(l, name, meaning_next_word(&value), zero);
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
	for (size_t i = 0; i < COUNT_OF(fresh); i++)
		if (str_is(str_slice(name, 2, name.n), fresh[i]))
			at = any;
	meaning_list_add(l, name, value, str_is(name, "t=") ? any : at);
}

static void
meaning_list_lines(struct value_list *l, struct str body, struct buf *scope)
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

/* Two bodies: of XML as well, which names dialogs and their parties (RFC 4235,
 * RFC 4575). */
static int
meaning_compare_bodies(struct meaning *m, const struct msg_part *a,
    const struct msg_part *b, meaning_fn *fn, void *arg)
{
	int same = !str_eq(a->body, b->body);

	if (str_iis(a->type, "application/sdp") && str_ieq(a->type, b->type)) {
		meaning_list_lines(&m->a, a->body, &m->scope[0]);
		meaning_list_lines(&m->b, b->body, &m->scope[1]);
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

/* The bodies. */
static int
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
		err = meaning_compare_bodies(m, &pa, &pb, fn, arg);
	}
	return err;
}

int
meaning_compare(struct meaning *m, const struct msg *a, const struct msg *b,
    meaning_fn *fn, void *arg)
{
	int err = meaning_compare_start(m, a, b, fn, arg);

	set_scope(&m->scope[0], a);
	set_scope(&m->scope[1], b);
	if (m->scope[0].err != 0 || m->scope[1].err != 0)
		return ERR_NOMEM;
	if (err == 0)
		err = meaning_compare_fields(m, a, b, fn, arg);
	if (err == 0)
		err = meaning_body(m, a, b, fn, arg);
	return err;
}
