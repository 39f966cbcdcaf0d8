/*
 * Framing.  A head is read by msg_read, as it will be again where the message
 * is judged: two readers that differ about Content-Length would let a message
 * be smuggled in another's body.
 */
#include "msg/framing.h"

#include "msg/header_names.h"

#include <string.h>

/* 7.5: the empty lines at the beginning.  RFC 5626 3.5.1 sends them to keep a
 * connection alive. */
static size_t
count_empty_lines(struct str in)
{
	size_t n = 0;

	while (n + 1 < in.n && in.p[n] == '\r' && in.p[n + 1] == '\n')
		n += 2;
	return n;
}

/* The head's size with its empty line, or 0: it has not ended yet. */
static size_t
find_end(struct msg_framing *f, struct str in)
{
	const char *p = in.p + f->scanned, *end = in.p + in.n, *lf;

	while (p < end && (lf = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		if (lf - in.p >= 3 && memcmp(lf - 3, "\r\n\r", 3) == 0)
			return (size_t)(lf + 1 - in.p);
		p = lf + 1;
	}
	f->scanned = in.n;
	return 0;
}

/* 1*DIGIT, saturating above what a message may have. */
static bool
framing_read_length(struct str s, size_t *length)
{
	*length = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!chr_is_digit(s.p[i]))
			return false;
		if (*length <= MSG_MAX_BYTES)
			*length = *length * 10 + (size_t)(s.p[i] - '0');
	}
	return s.n > 0;
}

/* 18.3: where the body ends.  Two lengths that differ are as good as none. */
static enum msg_fault
framing_find_length(const struct msg *m, size_t *length)
{
	const struct msg_field *field;
	size_t more;

	struct msg_excess excess;

	/* A field past the caps may be another length. */
	if (m->nfields == MSG_MAX_HEADERS && msg_find_excess(m, &excess) &&
	    excess.limit == MSG_LIMIT_FIELDS)
		return MSG_FAULT_TOO_LARGE;
	field = msg_field(m, MSG_H_CONTENT_LENGTH, 0);
	if (field == NULL)
		return MSG_FAULT_MISSING;
	if (!framing_read_length(field->value, length))
		return MSG_FAULT_VALUE;
	for (size_t i = 1;
	     (field = msg_field(m, MSG_H_CONTENT_LENGTH, i)) != NULL; i++)
		if (!framing_read_length(field->value, &more) ||
		    more != *length)
			return MSG_FAULT_TWICE;
	return MSG_FAULT_NONE;
}

/* Finds the message's size; MSG_FAULT_NONE also where more bytes are needed. */
static enum msg_fault
framing_measure_message(
    struct msg_framing *f, struct str in, struct msg *scratch)
{
	/* A head above MSG_MAX_HEAD is let come to its end all the same: who
	 * rejects it needs its Via and CSeq. */
	struct str room = str_slice(in, 0, MSG_MAX_BYTES);
	size_t head = find_end(f, room), length;
	enum msg_fault fault;

	if (head == 0)
		return room.n == MSG_MAX_BYTES ? MSG_FAULT_TOO_LARGE
					       : MSG_FAULT_NONE;
	if (head > MSG_MAX_HEAD)
		return MSG_FAULT_TOO_LARGE;
	msg_read(scratch, str_slice(in, 0, head), NULL);
	fault = framing_find_length(scratch, &length);
	if (fault == MSG_FAULT_NONE && length > MSG_MAX_BYTES - head)
		fault = MSG_FAULT_TOO_LARGE;
	f->size = fault == MSG_FAULT_NONE ? head + length : 0;
	return fault;
}

/* What begins by a control character is of another protocol, as TLS is by its
 * types of records: no end of a head is to be waited for. */
static bool
framing_is_foreign(struct str in)
{
	return (unsigned char)in.p[0] < ' ' && in.p[0] != '\r' &&
	       in.p[0] != '\n' && in.p[0] != '\t';
}

enum msg_framed
msg_framing_next(struct msg_framing *f, struct str in, struct msg *scratch,
    struct msg_frame *frame)
{
	size_t skip = f->scanned == 0 ? count_empty_lines(in) : 0;

	frame->fault = MSG_FAULT_NONE;
	frame->n = skip;
	if (skip > 0)
		return MSG_FRAMED_SKIP;
	/* A CR alone may be the first half of an empty line. */
	if (in.n == 0 || (in.n == 1 && in.p[0] == '\r'))
		return MSG_FRAMED_MORE;
	if (f->size == 0)
		frame->fault = f->scanned == 0 && framing_is_foreign(in)
				   ? MSG_FAULT_START_LINE
				   : framing_measure_message(f, in, scratch);
	if (frame->fault != MSG_FAULT_NONE) {
		frame->n = in.n;
		return MSG_FRAMED_BAD;
	}
	if (f->size == 0 || f->size > in.n)
		return MSG_FRAMED_MORE;
	frame->n = f->size;
	memset(f, 0, sizeof(*f));
	return MSG_FRAMED_MESSAGE;
}
