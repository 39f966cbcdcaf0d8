/* Reasons that messages give, in their fields and bodies. */
#include "words/own_reason.h"

#include "trace/protocol.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "isup/q850.h"
#include "msg/annotate.h"
#include "msg/parts.h"
#include "words/isup_doc.h"

/* Cells of one field that are quoted. */
#define QUOTED 200

/* The fields, in the order in which they are quoted, and the least status with
 * which they tell a reason; 0: in requests, too. */
static const struct {
	enum msg_header id;
	unsigned least;
} fields[] = {
	{ MSG_H_WARNING, 0 },       /* RFC 3261 20.43 */
	{ MSG_H_REASON, 0 },        /* RFC 3326 2 */
	{ MSG_H_UNSUPPORTED, 300 }, /* RFC 3261 21.4.15 */
	{ MSG_H_MIN_EXPIRES, 300 }, /* RFC 3261 21.4.17 */
	{ MSG_H_MIN_SE, 300 },      /* RFC 4028 6 */
	{ MSG_H_RETRY_AFTER, 300 }, /* RFC 3261 20.33 */
	{ MSG_H_ERROR_INFO, 300 },  /* RFC 3261 20.18 */
};

/* What a Reason's cause of Q.850 means. */
static void
put_cause(const struct msg_field *f, struct buf *out)
{
	struct str params, value;
	uint32_t cause;

	if (f->id == MSG_H_REASON &&
	    str_iis(msg_cut_params(f->value, &params), "Q.850") &&
	    msg_param(params, "cause", &value) && str_u32(value, &cause) == 0 &&
	    cause <= Q850_MOST)
		buf_printf(out, _(" (%s)"), q850_words(cause));
}

/* F's name and value; folds (RFC 3261 7.3.1) mean a space. */
static void
put_reason_field(const struct msg_field *f, struct buf *out)
{
	struct str rest = utf8_clip(f->value, QUOTED);

	utf8_add_safe(out, f->name);
	buf_putc(out, ':');
	while (rest.n > 0) {
		size_t n = 0;

		while (n < rest.n && !chr_is_space(rest.p[n]))
			n++;
		if (n > 0)
			buf_putc(out, ' ');
		utf8_add_safe(out, str_slice(rest, 0, n));
		rest = str_trim(str_slice(rest, n, rest.n));
	}
}

static void
put_fields(const struct msg *m, struct buf *out)
{
	const struct msg_field *f;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		for (size_t n = 0; m->status >= fields[i].least &&
				   (f = msg_field(m, fields[i].id, n)) != NULL;
		     n++) {
			if (out->n > 0)
				buf_puts(out, _("; "));
			put_reason_field(f, out);
			put_cause(f, out);
		}
}

bool
own_reason_put(const struct trace_rec *rec, struct buf *out)
{
	struct buf bytes = BUF_INIT, quoted = BUF_INIT;
	enum trace_proto proto =
	    trace_proto_find(trace_str(rec, "proto", &bytes));
	struct msg *m = mem_alloc(sizeof(*m));
	bool says = false;

	if (m == NULL)
		out->err = ERR_NOMEM;
	if (rec->kind == TRACE_SEND && proto == TRACE_PROTO_ISUP)
		says = isup_doc_cause(trace_bytes(rec, &bytes), out);
	if (m != NULL && rec->kind == TRACE_SEND &&
	    trace_class_of(trace_str(rec, "proto", &bytes)) ==
		TRACE_CLASS_SIP) {
		/* As far as it can be read. */
		(void)msg_read(m, trace_bytes(rec, &bytes), NULL);
		put_fields(m, &quoted);
		says = quoted.n == 0 && msg_body_gist(m, out);
	}
	if (quoted.n > 0)
		/* TRANSLATORS: header fields as they stand in the message */
		buf_printf(out, _("Its own reason: %s"), buf_cstr(&quoted));
	says |= quoted.n > 0;
	mem_free(m);
	buf_end(&quoted, &out->err);
	buf_free(&bytes);
	return says;
}
