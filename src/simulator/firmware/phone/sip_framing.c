/*
 * Cutting a stream of TCP into messages (RFC 3261 7.5, 18.3): lines without
 * anything before a message are passed over, its head ends at an empty line,
 * and Content-Length, which must be there, says where its body ends.
 */
#include "firmware/phone/sip.h"

/* The value of the field that begins at LINE, NULL where it is not
 * Content-Length in either form (7.3.3). */
static const char *
length_value(const char *line, const char *end)
{
	static const char *const names[] = { "Content-Length", "l" };

	for (unsigned i = 0; i < 2; i++) {
		size_t n = strlen(names[i]);
		const char *p = line + n;

		if ((size_t)(end - line) <= n ||
		    osip_strncasecmp(line, names[i], n) != 0)
			continue;
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
		if (p < end && *p == ':')
			return p + 1;
	}
	return NULL;
}

/* The number between P and END, with blanks around it; false: it is none, or
 * more than any message may have. */
static bool
read_length(const char *p, const char *end, size_t *length)
{
	bool digits = false;
	size_t n = 0;

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	for (; p < end && *p >= '0' && *p <= '9'; p++) {
		digits = true;
		n = 10 * n + (size_t)(*p - '0');
		if (n > SIP_STREAM_MAX)
			return false;
	}
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	*length = n;
	return digits && p == end;
}

/* Of a head from P to END, its last CRLF included.  Two fields that differ are
 * as bad as none: the next message would be found at a place of the sender's
 * choice. */
static bool
find_length(const char *p, const char *end, size_t *length)
{
	bool found = false;

	while (p < end) {
		const char *cr = p;
		const char *value;
		size_t n;

		while (cr + 1 < end && (cr[0] != '\r' || cr[1] != '\n'))
			cr++;
		value = length_value(p, cr);
		if (value != NULL) {
			if (!read_length(value, cr, &n) ||
			    (found && n != *length))
				return false;
			*length = n;
			found = true;
		}
		p = cr + 2;
	}
	return found;
}

/* Where the head ends, behind its empty line; 0: not yet. */
static size_t
find_head(const char *in, size_t n, size_t from)
{
	for (size_t i = from > 3 ? from - 3 : 0; i + 4 <= n; i++)
		if (memcmp(in + i, "\r\n\r\n", 4) == 0)
			return i + 4;
	return 0;
}

enum sip_framed
sip_framing_next(struct sip_framing *f, const char *in, size_t n, size_t *size)
{
	size_t head, body = 0;

	*size = 0;
	if (f->size == 0) {
		while (f->scanned == 0 && *size < n &&
		       (in[*size] == '\r' || in[*size] == '\n'))
			(*size)++;
		if (*size > 0)
			return SIP_FRAMED_SKIP;
		head = find_head(in, n, f->scanned);
		f->scanned = n;
		if (head == 0)
			return n < SIP_STREAM_MAX ? SIP_FRAMED_MORE
						  : SIP_FRAMED_BAD;
		if (!find_length(in, in + head - 2, &body) ||
		    body > SIP_STREAM_MAX - head)
			return SIP_FRAMED_BAD;
		f->size = head + body;
	}
	if (n < f->size)
		return SIP_FRAMED_MORE;
	*size = f->size;
	*f = (struct sip_framing){ 0, 0 };
	return SIP_FRAMED_MESSAGE;
}
