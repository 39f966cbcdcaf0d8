/*
 * The faults of messages: their names, sentences and statuses, the field that
 * is at fault, and what a response says of it (RFC 3261 21.4.1).
 */
#include "msg/message.h"

#include "base/rows.h"

static const struct {
	const char *name;
	unsigned status;
	const char *text;
} faults[] = { MSG_FAULTS(ROW_VALUES) };

const char *
msg_fault_name(enum msg_fault f)
{
	return faults[f].name;
}

const char *
msg_fault_text(enum msg_fault f)
{
	return _(faults[f].text);
}

unsigned
msg_fault_status(enum msg_fault f)
{
	return faults[f].status;
}

/* The field that AT lies in, NULL for none. */
static const struct msg_field *
find_field_at(const struct msg *m, struct str at)
{
	uintptr_t where = (uintptr_t)at.p;

	for (size_t i = 0; i < m->nfields; i++) {
		struct str line = m->fields[i].line;
		uintptr_t begin = (uintptr_t)line.p;

		if (where >= begin && where < begin + line.n)
			return &m->fields[i];
	}
	return NULL;
}

struct str
msg_fault_field(const struct msg *m, enum msg_fault fault, struct str at)
{
	const struct msg_field *f = find_field_at(m, at);
	enum msg_header missing = msg_missing_header(m);

	/* 18.3: what else a message over a stream can't do without */
	if (missing == MSG_H_OTHER)
		missing = MSG_H_CONTENT_LENGTH;
	if (fault == MSG_FAULT_MISSING)
		return str_of(msg_header_info(missing)->name);
	return f != NULL ? f->name : STR_NULL;
}

bool
msg_fault_is_answered(const struct msg *m, enum msg_fault fault)
{
	/* Whom to answer, and what.  A response gets none, nor has an ACK one
	 * (17.1.1.3). */
	return m->request && m->method != MSG_ACK &&
	       msg_fault_status(fault) != 0 && msg_value(m, MSG_H_VIA).n > 0 &&
	       msg_value(m, MSG_H_CSEQ).n > 0;
}

void
msg_field_phrase(const struct msg *m, enum msg_header id, struct buf *out)
{
	const struct msg_field *f = msg_field(m, id, 0);

	buf_printf(out, "%s %s header field", f == NULL ? "Missing" : "Bad",
	    msg_header_info(id)->name);
}

void
msg_fault_phrase(
    const struct msg *m, enum msg_fault fault, struct str at, struct buf *out)
{
	unsigned status = msg_fault_status(fault);
	struct str name = msg_fault_field(m, fault, at);

	if (status != 400)
		buf_puts(out, msg_status_phrase(status));
	else if (name.n > 0)
		buf_printf(out, "%s %.*s header field%s",
		    fault == MSG_FAULT_MISSING ? "Missing"
		    : fault == MSG_FAULT_TWICE ? "Two"
					       : "Bad",
		    STR_ARG(name), fault == MSG_FAULT_TWICE ? "s" : "");
	else if (at.p == m->uri.p && at.n > 0)
		buf_puts(out, "Bad Request-URI");
	else
		buf_puts(out, msg_status_phrase(status));
}
