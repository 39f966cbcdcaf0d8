/* Wrong requests. */
#include "msg/mutation.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/constants.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/message.h"

#define HUGE_BYTES 3000

/* How a mutation changes the request. */
enum how {
	KEEP,
	REMOVE,
	DOUBLE,
	VALUE,
	SUFFIX,
	ADD,
	FILL,
	URI,
	SECURE, /* of the URI: sip becomes sips */
	METHOD,
	ACK, /* with VALUE */
	VERSION
};

static const struct row {
	const char *word;
	enum how how;
	enum msg_header field; /* of REMOVE, DOUBLE, VALUE, SUFFIX, ACK */
	const char *text;      /* the text there, or the inserted one */
	const char *what;
} rows[MSG_MUTATION_COUNT] = {
#define X(id, word, how, field, text, what) \
	{ word, how, MSG_H_##field, text, what },
	MSG_MUTATIONS(X)
#undef X
};

bool
msg_mutation_find(struct str word, enum msg_mutation *m)
{
	for (size_t i = 0; i < MSG_MUTATION_COUNT; i++)
		if (str_is(word, rows[i].word)) {
			*m = (enum msg_mutation)i;
			return true;
		}
	return false;
}

const char *
msg_mutation_text(enum msg_mutation m)
{
	return i18n_text(rows[m].what);
}

/* Another method; NULL: that of the good one. */
static const char *
mutation_method_of(const struct row *r)
{
	return r->how == METHOD ? r->text : r->how == ACK ? "ACK" : NULL;
}

static bool
puts_value(const struct row *r)
{
	return r->how == VALUE || r->how == ACK;
}

static void
mutation_put_start(const struct msg *m, const struct row *r, struct buf *out)
{
	const char *method = mutation_method_of(r);

	bool secure = r->how == SECURE && str_istarts(m->uri, "sip:");

	buf_printf(out, "%.*s %s%.*s %.*s\r\n",
	    STR_ARG(method != NULL ? str_of(method) : m->method_name),
	    secure ? "sips:" : "",
	    STR_ARG(r->how == URI ? str_of(r->text)
		    : secure      ? str_slice(m->uri, 4, m->uri.n)
				  : m->uri),
	    STR_ARG(r->how == VERSION ? str_of(r->text) : m->version));
}

/* The Via on top, by which another transaction is meant: its branch is MARK's.
 */
static void
mutation_put_via(struct str value, const char *mark, struct buf *out)
{
	static const char name[] = "branch=";
	ptrdiff_t at = str_find(value, name);
	size_t end;

	if (at < 0) {
		buf_printf(out, "Via: %.*s;branch=" SIP_COOKIE "%s\r\n",
		    STR_ARG(value), mark);
		return;
	}
	end = (size_t)at + sizeof(name) - 1;
	buf_printf(out, "Via: %.*s" SIP_COOKIE "%s",
	    STR_ARG(str_slice(value, 0, end)), mark);
	while (end < value.n && value.p[end] != ';' && value.p[end] != ',')
		end++;
	buf_printf(out, "%.*s\r\n", STR_ARG(str_slice(value, end, value.n)));
}

/* Another method is CSeq's as well. */
static void
mutation_put_cseq(const struct row *r, struct str value, struct buf *out)
{
	const char *method = mutation_method_of(r);
	struct str number = value, rest;

	if (method != NULL)
		number = str_cut(value, ' ', &rest);
	buf_printf(out, "CSeq: %.*s%s%s\r\n", STR_ARG(number),
	    method != NULL ? " " : "", method != NULL ? method : "");
}

static void
put_as_it_is(const struct msg_field *f, const struct row *r, const char *mark,
    bool top, struct buf *out)
{
	if (f->id == MSG_H_CALL_ID)
		buf_printf(out, "Call-ID: %s\r\n", mark);
	else if (f->id == MSG_H_VIA && top)
		mutation_put_via(f->value, mark, out);
	else if (f->id == MSG_H_CSEQ)
		mutation_put_cseq(r, f->value, out);
	else
		buf_str(out, f->line);
}

/* VALUE up to its tag, in place of which another one is put. */
static struct str
cut_tag(struct str value)
{
	ptrdiff_t at = str_ifind(value, STR(";tag="));

	return at < 0 ? value : str_slice(value, 0, (size_t)at);
}

static void
mutation_put_field(const struct msg_field *f, const struct row *r,
    const char *mark, bool top, struct buf *out)
{
	bool meant = r->field != MSG_H_OTHER && f->id == r->field;

	if (meant && r->how == REMOVE)
		return;
	if (meant && (puts_value(r) || r->how == SUFFIX)) {
		buf_printf(out, "%.*s: ", STR_ARG(f->name));
		if (r->how == SUFFIX)
			buf_str(out, cut_tag(f->value));
		buf_printf(out, "%s\r\n", r->text);
		return;
	}
	put_as_it_is(f, r, mark, top, out);
	if (meant && r->how == DOUBLE)
		put_as_it_is(f, r, mark, false, out);
}

static void
mutation_put_all(
    const struct msg *m, const struct row *r, const char *mark, struct buf *out)
{
	bool top = true;

	mutation_put_start(m, r, out);
	/* The good one may have none. */
	if (puts_value(r) && msg_field(m, r->field, 0) == NULL)
		buf_printf(out, "%s: %s\r\n", msg_header_info(r->field)->name,
		    r->text);
	for (size_t i = 0; i < m->nfields; i++) {
		mutation_put_field(&m->fields[i], r, mark, top, out);
		top = top && m->fields[i].id != MSG_H_VIA;
	}
	if (r->how == ADD || r->how == FILL)
		buf_puts(out, r->text);
	if (r->how == FILL) {
		buf_fill(out, 'x', HUGE_BYTES);
		buf_puts(out, "\r\n");
	}
	buf_puts(out, "\r\n");
	buf_str(out, m->body);
}

int
msg_mutate(
    struct str good, enum msg_mutation m, const char *mark, struct buf *out)
{
	LOCAL_MEM struct msg *read = mem_alloc(sizeof(*read));
	int err = ERR_NOMEM;

	if (read != NULL)
		err = msg_read(read, good, NULL) != MSG_FAULT_NONE ||
			      !read->request
			  ? ERR_SYNTAX
			  : 0;
	if (err == 0)
		mutation_put_all(read, &rows[m], mark, out);
	return err == 0 ? out->err : err;
}
