/* Finds records by their names; see trace/record_name.h. */
#include "trace/record_name.h"

#include "base/err.h"
#include "base/param.h"
#include "msg/methods.h"
#include "text/utf8.h"

#define SHOWN(s) STR_ARG(utf8_clip((s), 60))

/* ---- reading ---- */

/* "INVITE", "180", "200/BYE" */
static int
read_what(struct trace_record_name *s, struct str what)
{
	struct str method, status = str_cut(what, '/', &method);
	uint32_t n;

	if (what.n == 0)
		return ERR_SYNTAX;
	if (!chr_is_digit(what.p[0])) {
		s->method = what;
		return str_chr(what, '/') < 0 ? 0 : ERR_SYNTAX;
	}
	if (str_u32(status, &n) != 0 || n < 100 || n > 699 ||
	    (status.n < what.n && method.n == 0))
		return ERR_SYNTAX;
	s->status = n;
	s->method = method;
	return 0;
}

static int
read_name(struct trace_record_name *s, struct str text)
{
	struct str nth, place, what = str_cut(text, '@', &place);

	s->node = str_cut(place, '#', &nth);
	s->nth = 1;
	if (s->node.n == 0 || read_what(s, what) != 0)
		return ERR_SYNTAX;
	if (s->node.n == place.n)
		return 0;
	return str_u64(nth, &s->nth) == 0 && s->nth > 0 ? 0 : ERR_SYNTAX;
}

int
trace_record_name_read(
    struct trace_record_name *s, struct str text, struct diag *d)
{
	*s = (struct trace_record_name){ .seq = 0 };
	if (str_u64(text, &s->seq) == 0 || read_name(s, text) == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%.*s” is not a record: write its number, or a message and its "
	      "sender, such as INVITE@alice, 180@bob or BYE@bob#2"),
	    SHOWN(text));
}

/* In capitals alone: a method, or a message of another protocol, IAM, UAR. */
static bool
is_in_capitals(struct str what)
{
	for (size_t i = 0; i < what.n; i++)
		if (what.p[i] < 'A' || what.p[i] > 'Z')
			return false;
	return true;
}

bool
trace_record_name_is(struct str text)
{
	struct str place, what = str_cut(text, '@', &place);

	/* "180|200" is of a filter. */
	if (str_chr(text, '|') >= 0)
		return false;
	if (text.n == 0 || chr_is_digit(text.p[0]))
		return text.n > 0;
	return place.n > 0 && what.n > 0 && is_in_capitals(what);
}

/* ---- looking ---- */

static bool
is_meant(const struct trace_record_name *s, const struct trace_rec *rec,
    struct buf *scratch)
{
	struct trace_send send;

	if (!str_eq(rec->node, s->node) ||
	    trace_get_send(rec, &send, scratch) != 0 ||
	    send.status != s->status)
		return false;
	if (s->status == 0)
		return str_eq(send.method, s->method);
	return s->method.n == 0 || str_eq(send.cseq_method, s->method);
}

uint64_t
trace_record_name_next(
    struct trace_record_name *s, const struct trace *t, struct buf *scratch)
{
	if (s->seq != 0)
		return s->seq;
	while (s->seen < trace_count(t)) {
		struct trace_rec rec;

		if (trace_kind_of(t, ++s->seen) != TRACE_SEND)
			continue;
		trace_get(t, s->seen, &rec);
		if (is_meant(s, &rec, scratch) && ++s->found == s->nth)
			return s->seq = s->seen;
	}
	return 0;
}

/* ---- missing names ---- */

void
trace_put_nodes(const struct trace *t, struct buf *out)
{
	const struct trace_head *head = trace_head(t);

	for (size_t i = 0; i < head->nnodes; i++)
		buf_printf(out, "%s%.*s", i > 0 ? ", " : "",
		    SHOWN(head->nodes[i].name));
}

int
trace_check_node(const struct trace *t, struct str name, struct diag *d)
{
	LOCAL_BUF nodes = BUF_INIT;

	if (trace_head(t)->nnodes == 0 || trace_find_node(t, name) != NULL)
		return 0;
	if (str_starts(name, "!") &&
	    trace_find_node(t, str_slice(name, 1, name.n)) != NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("write != to exclude a value: node!=%.*s"),
		    SHOWN(str_slice(name, 1, name.n)));
	trace_put_nodes(t, &nodes);
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("the trace has no node “%.*s”"),
	    SHOWN(name));
	return diag_near(d, ERR_NOTFOUND, name, buf_cstr(&nodes));
}

/* The node of T that is the first to send what S names, or nothing. */
static struct str
find_sender(const struct trace_record_name *s, const struct trace *t)
{
	struct trace_record_name of = *s;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		of.node = rec.node;
		if (is_meant(&of, &rec, &scratch) &&
		    trace_find_node(t, rec.node) != NULL)
			return trace_find_node(t, rec.node)->name;
	}
	return STR_NULL;
}

void
trace_record_name_put_status(
    const struct trace *t, struct str number, struct buf *out)
{
	struct trace_record_name s = { .status = 0 };
	struct str sender = STR_NULL;

	if (number.n == 3 && read_what(&s, number) == 0)
		sender = find_sender(&s, t);
	if (sender.n > 0)
		buf_printf(out, "%u@%.*s", s.status, SHOWN(sender));
}

int
trace_record_name_missing(
    const struct trace_record_name *s, const struct trace *t, struct diag *d)
{
	LOCAL_BUF what = BUF_INIT;
	struct str sender;

	if (trace_check_node(t, s->node, d) != 0)
		return ERR_NOTFOUND;
	sender = find_sender(s, t);
	if (s->status != 0)
		buf_printf(
		    &what, "%u%s", s->status, s->method.n > 0 ? "/" : "");
	buf_str(&what, utf8_clip(s->method, 60));
	if (s->found == 0) {
		if (sender.n > 0)
			/* TRANSLATORS: "bob sends no BYE; atl does: BYE@atl" */
			diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("%.*s sends no %s; %.*s does: %s@%.*s"),
			    SHOWN(s->node), buf_cstr(&what), SHOWN(sender),
			    buf_cstr(&what), SHOWN(sender));
		else
			diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("%.*s sends no %s, and nobody does"),
			    SHOWN(s->node), buf_cstr(&what));
		if (msg_method_find(s->method) == MSG_OTHER)
			diag_meant(
			    d, ERR_NOTFOUND, msg_method_meant(s->method));
	} else
		/* TRANSLATORS: a node, how many, what: "INVITE", "200/BYE" */
		diag_set(d, ERR_NOTFOUND, NULL, 0, _("%.*s sends only %llu %s"),
		    SHOWN(s->node), (unsigned long long)s->found,
		    buf_cstr(&what));
	return ERR_NOTFOUND;
}

static int
check_chosen(
    const struct trace *t, struct str number, uint64_t seq, struct diag *d)
{
	LOCAL_BUF meant = BUF_INIT;

	if (seq != 0 && seq <= trace_count(t))
		return 0;
	diag_set(d, ERR_RANGE, NULL, 0,
	    _("the trace has no record %llu; its records are numbered "
	      "1 to %llu"),
	    (unsigned long long)seq, (unsigned long long)trace_count(t));
	trace_record_name_put_status(t, number, &meant);
	return diag_meant(d, ERR_RANGE, buf_cstr(&meant));
}

int
trace_record_name_find(
    const struct trace *t, struct str text, uint64_t *seq, struct diag *d)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_record_name s;
	int err = trace_record_name_read(&s, text, d);

	*seq = 0;
	if (err != 0)
		return err;
	if (chr_is_digit(text.p[0]) && str_chr(text, '@') < 0)
		*seq = s.seq;
	else
		*seq = trace_record_name_next(&s, t, &scratch);
	err = scratch.err;
	if (err != 0)
		return diag_fail(d, err);
	if (s.node.n == 0)
		return check_chosen(t, text, *seq, d);
	return *seq == 0 ? trace_record_name_missing(&s, t, d) : 0;
}
