/*
 * Logs, line by line.  A line that a row of log_formats knows tells between
 * whom the next message goes; a line that begins as SIP begins it, whatever
 * stands before; it ends with its body, at a rule of dashes, or where the next
 * one is announced.
 */
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "packets/log_in.h"
#include "packets/recognise.h"

#define LINE_MOST 131072

/* "#015#012" (rsyslog), "\r\n" (JSON), "\015\012": a message in one line. */
static bool
unescape(struct str s, struct buf *out)
{
	static const struct escape {
		const char *text;
		char c;
	} escapes[] = { { "#015", '\r' }, { "#012", '\n' }, { "#011", '\t' },
		{ "\\r", '\r' }, { "\\n", '\n' }, { "\\015", '\r' },
		{ "\\012", '\n' }, { "\\\"", '"' } };
	const size_t n = sizeof(escapes) / sizeof(escapes[0]);
	size_t i, found = 0;

	buf_clear(out);
	while (s.n > 0) {
		for (i = 0; i < n && !str_starts(s, escapes[i].text);)
			i++;
		found += i < n;
		buf_putc(out, i < n ? escapes[i].c : s.p[0]);
		s = str_slice(s, i < n ? strlen(escapes[i].text) : 1, s.n);
	}
	return found > 2;
}

/* LINE has a message in it, with its line ends escaped: it is in L's `plain`
 * from *AT on. */
static bool
is_dump(struct log *l, struct str line, ptrdiff_t *at)
{
	if (str_find(line, "#012") < 0 && str_find(line, "\\n") < 0 &&
	    str_find(line, "\\012") < 0)
		return false;
	if (!unescape(line, &l->plain))
		return false;
	*at = recognise_after(buf_view(&l->plain));
	return *at >= 0;
}

static int
read_dump(struct log *l, size_t at)
{
	struct str text = buf_view(&l->plain);
	size_t head;

	if (log_head_read(str_slice(text, 0, at), &l->head))
		l->head_line = l->line;
	text = str_slice(text, at, text.n);
	text.n = recognise_size(text, &head);
	return log_whole(l, text, head);
}

/* Where in LINE, whose request begins at AT with what stands before it in a
 * packet, its method does: tcpdump has dots and letters for bytes of heads. */
static size_t
skip_dump(struct str line, size_t at)
{
	ptrdiff_t space = str_chr(str_slice(line, at, line.n), ' ');
	size_t end = at + (space < 0 ? 0 : (size_t)space), begin = at;
	size_t most = log_method_length(str_slice(line, at, end));

	if (most > 0)
		return end - most;
	for (size_t i = at; i < end; i++)
		if (line.p[i] == '.')
			begin = i + 1;
	return begin < end ? begin : at;
}

/* LINE is of a packet's bytes, as tcpdump writes them. */
static int
begin_dumped(struct log *l, struct str line, bool cr)
{
	ptrdiff_t at;
	size_t begin;

	/* recognise wants to see the line's end. */
	buf_clear(&l->plain);
	buf_str(&l->plain, line);
	buf_putc(&l->plain, '\n');
	at = recognise_after(buf_view(&l->plain));
	if (at < 0 || l->plain.err != 0)
		return l->plain.err;
	begin = (size_t)at;
	if (!str_starts(str_slice(line, begin, line.n), "SIP/2.0"))
		begin = skip_dump(line, begin);
	log_wrap_clear(&l->wrap);
	log_begin(l, str_slice(line, begin, line.n), cr);
	return 0;
}

/* A line between messages. */
static int
read_line_between(struct log *l, struct str line, bool cr)
{
	struct log_head head;
	size_t begin, end;
	ptrdiff_t at = -1;

	log_time(&l->clock, line);
	if (line.n > 0 && line.p[0] == '{') {
		bool taken;
		int err = log_json_line(l, line, &taken);

		if (taken || err != 0)
			return err;
	}
	if (log_head_read(line, &head) &&
	    (head.sure || l->head_line == 0 || !l->head.sure)) {
		l->head = head;
		l->head_line = l->line;
	}
	if (str_find(line, "SIP/2.0") < 0)
		return 0;
	if (is_dump(l, line, &at))
		return read_dump(l, (size_t)at);
	if (l->head_line != 0 && l->head.dump)
		return begin_dumped(l, line, cr);
	if (!log_find_start(line, &begin, &end))
		return 0;
	log_begin(l, str_slice(line, begin, end), cr);
	return log_wrap_begin(&l->wrap, line, begin, end);
}

/* What terminals and loggers put into a line: colours, and "[Jan 31 12:34:56] "
 * before it. */
static struct str
clean_line(struct log *l, struct str line, struct buf *b)
{
	ptrdiff_t end;

	if (memchr(line.p, '\x1b', line.n) != NULL) {
		buf_clear(b);
		for (size_t i = 0; i < line.n; i++) {
			if (line.p[i] != '\x1b') {
				buf_putc(b, line.p[i]);
				continue;
			}
			while (i < line.n && !chr_is_alpha(line.p[i]))
				i++;
		}
		line = buf_view(b);
	}
	if (!l->under_way)
		return line;
	line = log_without_prefix(&l->wrap, line);
	if (line.n == 0 || line.p[0] != '[')
		return line;
	end = str_chr(line, ']');
	return end < 0 ? line : str_slice(line, (size_t)end + 2, line.n);
}

static int
read_any_line(struct log *l, struct str line, struct buf *b)
{
	bool cr = line.n > 0 && line.p[line.n - 1] == '\r', taken = false;
	int err = 0;

	if (cr)
		line.n--;
	l->line++;
	if (line.n > 0 && line.p[0] == '{' && (!l->under_way || l->in_json))
		line = log_json_text(l, line, &cr);
	if (l->text_of.err != 0)
		return ERR_NOMEM;
	if (l->under_way) {
		err = log_add_line(l, clean_line(l, line, b), cr, &taken);
		if (taken || err != 0)
			return err;
	}
	return read_line_between(l, clean_line(l, line, b), cr);
}

/* Bytes that no text has. */
static bool
is_text(struct str head)
{
	for (size_t i = 0; i < head.n; i++)
		if ((unsigned char)head.p[i] < 7)
			return false;
	return true;
}

/* The next line, not longer than LINE_MOST, without its end; *LF: it has one.
 * False: there is none, or it has not come whole. */
static bool
look_at_line(struct source *s, struct str *line, bool *lf)
{
	const char *end;

	*line = str_slice(source_look(s, 4096), 0, LINE_MOST);
	end = memchr(line->p, '\n', line->n);
	if (end == NULL && line->n >= 4096) {
		*line = str_slice(source_look(s, LINE_MOST), 0, LINE_MOST);
		end = memchr(line->p, '\n', line->n);
	}
	*lf = end != NULL;
	if (end == NULL && line->n < LINE_MOST && source_waits(s))
		return false;
	if (end != NULL)
		line->n = (size_t)(end - line->p);
	return *lf || line->n > 0;
}

int
log_go_on(struct log *l)
{
	struct source *s = l->c->source;
	struct str line;
	bool lf;
	int err = 0;

	while (err == 0 && look_at_line(s, &line, &lf)) {
		err = read_any_line(l, line, &l->clean);
		source_skip(s, line.n + lf);
	}
	return err;
}

bool
log_is(struct str head)
{
	return is_text(head);
}

int
log_create(struct log **out, struct capture *c)
{
	struct log *l = mem_zalloc(1, sizeof(*l));

	*out = l;
	if (l == NULL)
		return ERR_NOMEM;
	l->c = c;
	l->text = BUF_INIT;
	l->plain = BUF_INIT;
	l->clean = BUF_INIT;
	l->wrap.prefix = BUF_INIT;
	return 0;
}

int
log_end(struct log *l, int err)
{
	if (err == 0)
		err = log_finish(l);
	log_name_sides(l);
	return err == 0 && l->c->index.count == 0 ? ERR_SYNTAX : err;
}

void
log_destroy(struct log *l)
{
	if (l == NULL)
		return;
	buf_free(&l->text);
	buf_free(&l->plain);
	buf_free(&l->clean);
	buf_free(&l->wrap.prefix);
	buf_free(&l->wrap.plain);
	buf_free(&l->text_of);
	map_destroy_all(l->targets);
	mem_free(l);
}

struct index_flow
log_flow_now(const struct log *l, struct index_flow f)
{
	log_name_flow(l, &f);
	return f;
}

bool
log_has_learnt(const struct log *l)
{
	return l->learnt;
}

void
log_settle(struct log *l)
{
	l->learnt = false;
}
