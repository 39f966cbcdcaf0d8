/* What stand_in_capture.h declares. */
#include "stand_in_capture.h"

#include "check.h"

#include <stdlib.h>

static const struct capture_stream *
stand_in_stream(void *arg, size_t i)
{
	return &((struct stand_in *)arg)->streams[i];
}

static void
stand_in_get(
    void *arg, size_t i, struct capture_message *m, struct buf *scratch)
{
	struct stand_in *s = arg;

	(void)scratch;
	*m = s->m[i];
	m->bytes = buf_view(&s->bytes[i]);
}

struct capture_reader
stand_in_reader(struct stand_in *s)
{
	return (struct capture_reader){ .arg = s,
		.count = s->n,
		.get = stand_in_get,
		.nstreams = s->nstreams,
		.stream = stand_in_stream };
}

struct addr
stand_in_addr(const char *text)
{
	struct addr a = { 0 };

	CU_ASSERT_EQUAL_FATAL(addr_parse(str_of(text), &a), 0);
	if (a.port == 0)
		a.port = 5060;
	return a;
}

void
stand_in_bytes(struct stand_in *s, int64_t ms, unsigned place, const char *src,
    const char *dst, struct str bytes)
{
	CU_ASSERT_FATAL(s->n < STAND_IN_MAX);
	s->m[s->n] = (struct capture_message){ .t = ms * 1000000,
		.src = stand_in_addr(src),
		.dst = stand_in_addr(dst),
		.place = place,
		.packet = s->n + 1 };
	buf_str(&s->bytes[s->n++], bytes);
}

void
say(struct stand_in *s, int64_t ms, const char *src, const char *dst,
    const char *start, const char *heads)
{
	struct buf b = BUF_INIT;

	buf_puts(&b, start);
	buf_puts(&b, "\r\n");
	for (; *heads != '\0'; heads++)
		buf_puts(
		    &b, *heads == '\n' ? "\r\n" : (char[]){ *heads, '\0' });
	buf_puts(&b, "Content-Length: 0\r\n\r\n");
	stand_in_bytes(s, ms, 0, src, dst, buf_view(&b));
	buf_free(&b);
}

void
say_again(struct stand_in *s, int64_t ms, unsigned place)
{
	size_t i = s->n - 1;

	CU_ASSERT_FATAL(s->n < STAND_IN_MAX);
	s->m[s->n] = s->m[i];
	s->m[s->n].t = ms * 1000000;
	s->m[s->n].place = place;
	buf_str(&s->bytes[s->n++], buf_view(&s->bytes[i]));
}

void
stand_in_free(struct stand_in *s)
{
	for (size_t i = 0; i < s->n; i++)
		buf_free(&s->bytes[i]);
	memset(s, 0, sizeof(*s));
}

int
stand_in_keep(const char *line, size_t n, void *arg)
{
	struct buf *b = arg;

	buf_add(b, line, n);
	return b->err;
}

struct trace *
stand_in_trace_of(const struct capture_reader *reader,
    const struct capture_trace_options *o, int *err)
{
	struct buf text = BUF_INIT;
	struct trace *t = NULL;
	struct diag d = DIAG_INIT;

	*err = capture_trace(reader, o, stand_in_keep, &text, &d);
	if (*err == 0)
		*err = trace_load_buf(&t, &text, "capture", &d);
	if (*err == 0)
		CU_ASSERT(trace_complete(t));
	if (*err != 0 && d.text[0] == '\0')
		CU_FAIL("an error without a sentence");
	buf_free(&text);
	return t;
}

struct trace *
stand_in_trace(struct stand_in *s, const struct capture_trace_options *o)
{
	static const struct capture_trace_options usual = {
		.detail = TRACE_PROTOCOL
	};
	struct capture_reader reader = stand_in_reader(s);
	int err;
	struct trace *t =
	    stand_in_trace_of(&reader, o != NULL ? o : &usual, &err);

	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}
