/* Compares the two messages of a b2bua_passage, part by part. */
#include "follower/b2bua_changes.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "rules/rule_names.h"

/* ---- the two messages ---- */

/* Messages that arrived with bytes of their own were changed on their way. */
static int
read_end(struct b2bua_passage_end *e, const struct trace *t, uint64_t recv,
    uint64_t send)
{
	struct str bytes = STR_NULL;
	struct msg_sdp *sdp = &e->sdp;

	if (recv != 0) {
		trace_get(t, recv, &e->rec);
		bytes = trace_bytes(&e->rec, &e->memory);
	}
	if (bytes.n == 0) {
		trace_get(t, send, &e->rec);
		bytes = trace_bytes(&e->rec, &e->memory);
	}
	if (e->memory.err != 0)
		return ERR_NOMEM;
	msg_read(&e->msg, bytes, NULL);
	e->described = str_starts(e->msg.body, "v=");
	if (e->described)
		msg_sdp_read(sdp, e->msg.body, NULL);
	return 0;
}

/* ---- rows ---- */

static struct b2bua_change *
add_row(struct b2bua_changes *s)
{
	if (ARRAY_ROOM(&s->rows, &s->cap, s->n + 1) != 0)
		return NULL;
	s->rows[s->n] = (struct b2bua_change){ .name = STR_NULL };
	return &s->rows[s->n++];
}

/* A box's own may say the same by chance; these never may. */
static bool
names_one_call(enum msg_header id)
{
	return id == MSG_H_VIA || id == MSG_H_CALL_ID || id == MSG_H_CONTACT;
}

/* What became of R, of which the row says WAY. */
static void
judge_change(struct b2bua_change *r, enum pass_way way)
{
	bool alike = str_eq(r->before, r->after);

	r->fate = !r->there[0]      ? B2BUA_CHANGE_NEW
		  : !r->there[1]    ? B2BUA_CHANGE_DROPPED
		  : alike           ? B2BUA_CHANGE_KEPT
		  : way == PASS_OWN ? B2BUA_CHANGE_OWN
				    : B2BUA_CHANGE_CHANGED;
	r->odd = way == PASS_CHANGED && r->fate == B2BUA_CHANGE_KEPT;
}

static int
put_part(struct b2bua_changes *s, const char *part, struct str before,
    struct str after)
{
	struct b2bua_change *r = add_row(s);

	if (r == NULL)
		return ERR_NOMEM;
	r->part = part;
	r->before = before;
	r->after = after;
	r->there[0] = before.n > 0;
	r->there[1] = after.n > 0;
	judge_change(r, PASS_CHANGED);
	r->odd = false;
	return 0;
}

/* ---- header fields ---- */

static bool
is_same_field(const struct msg_field *a, const struct msg_field *b)
{
	return a->id == b->id &&
	       (a->id != MSG_H_OTHER || str_ieq(a->name, b->name));
}

/* The field with ID may stay as it came, though its row says "changed": before
 * there is a dialog To has no tag that could be another; within one, and where
 * the box makes the request by itself, Max-Forwards may begin again (RFC 7332
 * 5).
 */
static bool
is_free(const struct b2bua_changes *s, enum msg_header id)
{
	const struct msg *m = &s->end[0].msg;
	bool within = msg_tag(msg_value(m, MSG_H_TO)).n > 0;

	return (id == MSG_H_TO && !within) ||
	       (id == MSG_H_MAX_FORWARDS &&
		   (within || m->method == MSG_CANCEL));
}

static int
put_field(struct b2bua_changes *s, const struct msg_field *before,
    const struct msg_field *after)
{
	const struct msg_field *f = before != NULL ? before : after;
	const struct pass_field *row = pass_field_of(f->id);
	const struct msg_header_info *info = msg_header_info(f->id);
	struct b2bua_change *r = add_row(s);
	enum pass_way way = pass_way_of(f->id, s->end[1].msg.request, false);

	if (r == NULL)
		return ERR_NOMEM;
	r->name = info != NULL ? str_of(info->name) : f->name;
	r->before = before != NULL ? before->value : STR_NULL;
	r->after = after != NULL ? after->value : STR_NULL;
	r->there[0] = before != NULL;
	r->there[1] = after != NULL;
	r->rule = row->rule;
	r->text = row->text;
	judge_change(r, way);
	if (is_free(s, f->id))
		r->odd = false;
	r->odd |= way == PASS_OWN && r->fate == B2BUA_CHANGE_KEPT &&
		  names_one_call(f->id);
	return 0;
}

/* The first field of M like F that none before has been compared with: as many
 * like it stand before it as before F in FROM. */
static const struct msg_field *
find_twin_field(const struct msg *m, const struct msg *from, size_t at)
{
	size_t nth = 0;

	for (size_t i = 0; i < at; i++)
		nth += is_same_field(&from->fields[i], &from->fields[at]);
	for (size_t i = 0; i < m->nfields; i++)
		if (is_same_field(&m->fields[i], &from->fields[at]) &&
		    nth-- == 0)
			return &m->fields[i];
	return NULL;
}

static int
compare_fields(struct b2bua_changes *s)
{
	const struct msg *a = &s->end[0].msg, *b = &s->end[1].msg;
	int err = 0;

	for (size_t i = 0; err == 0 && i < a->nfields; i++)
		err = put_field(s, &a->fields[i], find_twin_field(b, a, i));
	for (size_t i = 0; err == 0 && i < b->nfields; i++)
		if (find_twin_field(a, b, i) == NULL)
			err = put_field(s, NULL, &b->fields[i]);
	return err;
}

/* ---- session descriptions ---- */

/* Of an attribute its name; of one that belongs to a format that as well. */
static struct str
name_of_line(const struct msg_sdp_line *l)
{
	struct str value, name = l->type == 'a'
				     ? msg_sdp_attribute_cut(l->value, &value)
				     : STR_NULL;
	struct str rest;

	if (str_is(name, "rtpmap") || str_is(name, "fmtp"))
		name.n += 1 + str_cut(value, ' ', &rest).n;
	return name;
}

static bool
is_same_line(const struct msg_sdp_line *a, const struct msg_sdp_line *b)
{
	return a->type == b->type && a->media == b->media &&
	       str_eq(name_of_line(a), name_of_line(b));
}

static int
put_line(struct b2bua_changes *s, const struct msg_sdp_line *before,
    const struct msg_sdp_line *after)
{
	const struct msg_sdp_line *l = before != NULL ? before : after;
	struct str name = name_of_line(l), rest;
	const struct pass_line *row =
	    pass_line_of(l->type, str_cut(name, ':', &rest));
	struct b2bua_change *r = add_row(s);

	if (r == NULL)
		return ERR_NOMEM;
	/* "o=", "a=rtpmap:0" */
	r->name = str_slice(l->line, 0, 2 + name.n);
	r->before = before != NULL ? before->value : STR_NULL;
	r->after = after != NULL ? after->value : STR_NULL;
	r->there[0] = before != NULL;
	r->there[1] = after != NULL;
	r->sdp = true;
	r->media = l->media;
	r->rule = row->rule;
	r->text = row->text;
	/* Media may go through the box: then that is what its row says. */
	judge_change(r, row->way == row->anchored ? row->way : PASS_OWN);
	return 0;
}

/* As find_twin. */
static const struct msg_sdp_line *
find_twin_line(const struct msg_sdp *m, const struct msg_sdp *from, size_t at)
{
	size_t nth = 0;

	for (size_t i = 0; i < at; i++)
		nth += is_same_line(&from->lines[i], &from->lines[at]);
	for (size_t i = 0; i < m->nlines; i++)
		if (is_same_line(&m->lines[i], &from->lines[at]) && nth-- == 0)
			return &m->lines[i];
	return NULL;
}

static int
compare_lines(struct b2bua_changes *s)
{
	const struct msg_sdp *a = &s->end[0].sdp, *b = &s->end[1].sdp;
	int err = 0;

	for (size_t i = 0; err == 0 && i < a->nlines; i++)
		err = put_line(s, &a->lines[i], find_twin_line(b, a, i));
	for (size_t i = 0; err == 0 && i < b->nlines; i++)
		if (find_twin_line(a, b, i) == NULL)
			err = put_line(s, NULL, &b->lines[i]);
	return err;
}

static int
compare_bodies(struct b2bua_changes *s)
{
	const struct b2bua_passage_end *a = &s->end[0], *b = &s->end[1];

	if (a->described && b->described)
		return compare_lines(s);
	if (a->msg.body.n == 0 && b->msg.body.n == 0)
		return 0;
	s->other_body = !str_eq(a->msg.body, b->msg.body);
	return put_part(s, N_("body"), a->msg.body, b->msg.body);
}

/* ---- what kind of box shows ---- */

/* A stream that goes through the box: its treatment there. */
static enum pass_box
box_of_stream(
    const struct msg_sdp *from, const struct msg_sdp *to, unsigned media)
{
	const struct msg_sdp_media *a = &from->media[media - 1];
	const struct msg_sdp_media *b = &to->media[media - 1];
	struct str key, other;
	bool keyed[2];

	if (a->port == 0 || b->port == 0 ||
	    (str_eq(a->address, b->address) && a->port == b->port))
		return PASS_BOX_SDP;
	if (!msg_sdp_has_codecs(from, to, media))
		return PASS_BOX_TERMINATION;
	keyed[0] = msg_sdp_attribute_find(from, media, "crypto", 0, &key);
	keyed[1] = msg_sdp_attribute_find(to, media, "crypto", 0, &other);
	if (!str_eq(a->proto, b->proto) || keyed[0] != keyed[1] ||
	    (keyed[0] && !str_eq(key, other)))
		return PASS_BOX_AWARE;
	return PASS_BOX_RELAY;
}

/* RFC 7092 3.1.1: it touches neither To, From and Contact nor the body. */
static bool
is_untouched(const struct b2bua_change *r)
{
	static const enum msg_header touched[] = { MSG_H_TO, MSG_H_FROM,
		MSG_H_CONTACT, MSG_H_CALL_ID };

	for (size_t i = 0; i < COUNT_OF(touched); i++)
		if (str_is(r->name, msg_header_info(touched[i])->name))
			return r->fate == B2BUA_CHANGE_KEPT;
	return true;
}

static void
judge_box(struct b2bua_changes *s)
{
	const struct msg_sdp *a = &s->end[0].sdp, *b = &s->end[1].sdp;
	bool described = s->end[0].described && s->end[1].described;

	s->box = s->other_body ? PASS_BOX_SIGNALING : PASS_BOX_PROXY;
	for (size_t i = 0; i < s->n; i++) {
		const struct b2bua_change *r = &s->rows[i];

		if (r->sdp && r->fate != B2BUA_CHANGE_KEPT)
			s->box = PASS_BOX_SDP;
		else if (s->box < PASS_BOX_SIGNALING && !is_untouched(r))
			s->box = PASS_BOX_SIGNALING;
	}
	for (unsigned m = 1; described && m <= a->nmedia && m <= b->nmedia;
	     m++) {
		enum pass_box stream = box_of_stream(a, b, m);

		s->box =
		    stream > s->box && stream > PASS_BOX_SDP ? stream : s->box;
	}
	for (size_t i = 0; s->box == PASS_BOX_PROXY && i < s->n; i++)
		s->rows[i].odd &= s->rows[i].rule == RULE_PAIR_HOPS;
	s->judged = true;
}

/* ---- all of it ---- */

static int
compare_start(struct b2bua_changes *s)
{
	const struct msg *a = &s->end[0].msg, *b = &s->end[1].msg;

	if (a->request)
		return put_part(s, N_("Request-URI"), a->uri, b->uri);
	return put_part(s, N_("status"),
	    str_slice(a->start_line, a->version.n + 1, a->start_line.n),
	    str_slice(b->start_line, b->version.n + 1, b->start_line.n));
}

static int
compare_messages(struct b2bua_changes *s, bool copied)
{
	int err = 0;

	s->method =
	    s->end[0].msg.request ? pass_method_of(s->end[0].msg.method) : NULL;
	/* An answer that becomes an offer shares nothing but its body. */
	if (s->end[0].msg.request == s->end[1].msg.request) {
		err = compare_start(s);
		if (err == 0)
			err = compare_fields(s);
	}
	if (err == 0)
		err = compare_bodies(s);
	if (err == 0 && copied)
		judge_box(s);
	return err;
}

int
b2bua_changes_compare(struct b2bua_changes **sp, const struct trace *t,
    const struct b2bua_passage *p)
{
	struct b2bua_changes *s = mem_zalloc(1, sizeof(*s));
	int err;

	*sp = NULL;
	if (s == NULL)
		return ERR_NOMEM;
	err = read_end(&s->end[0], t, p->recv, p->from);
	if (err == 0)
		err = read_end(&s->end[1], t, 0, p->to);
	if (err == 0)
		err = compare_messages(s, p->same);
	if (err != 0)
		b2bua_changes_free(s);
	else
		*sp = s;
	return err;
}

void
b2bua_changes_free(struct b2bua_changes *s)
{
	if (s == NULL)
		return;
	buf_free(&s->end[0].memory);
	buf_free(&s->end[1].memory);
	mem_free(s->rows);
	mem_free(s);
}
