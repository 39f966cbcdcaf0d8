/*
 * Logs, line by line, and the message under way in one.
 *
 * A line that a row of log_formats knows tells between whom the next message
 * goes. A line that begins as SIP begins the message, whatever stands before.
 * The message ends with its body, for as long as its head says, at a rule of
 * dashes, or where the next message is announced.
 */
#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "packets/stream_framing.h"
#include "packets/log_in.h"

/* ---- the message under way ---- */

#define HEAD_LIVES 4 /* lines after which an unsure head no longer counts */

/*
 * Ends the message under way, which is added unless it is no SIP; that is
 * remarked.
 */
static int
log_finish(struct log *l)
{
	struct str text;
	struct index_flow f;
	int err = 0;

	if (!l->under_way)
		return 0;
	l->under_way = false;
	if (!l->in_body)
		buf_puts(&l->text, "\r\n");
	text = buf_view(&l->text);
	if (l->in_body && l->length < text.n - l->body)
		text.n = l->body + l->length;
	if (l->text.err != 0)
		return ERR_NOMEM;
	msg_read(&l->msg, text, NULL);
	if (msg_field(&l->msg, MSG_H_CALL_ID, 0) == NULL &&
	    msg_field(&l->msg, MSG_H_VIA, 0) == NULL) {
		remarks_add(&l->c->remarks, &(struct capture_remark){ .t = l->t,
						.packet = l->begin,
						.kind = CAPTURE_LOST_START });
	} else {
		err = log_flow(l, &f);
		if (err != 0)
			return err;
		rtp_streams_announced(l->c->rtp_streams, 0, l->msg.body);
		err = capture_add(l->c, &f,
		    (struct index_entry){
			.t = l->t,
			.packet = l->begin,
			.at = CAPTURE_NOWHERE,
		    },
		    text);
		if (!l->head.sure)
			l->head_line = 0;
	}
	return err;
}

/*
 * Loggers change line ends. A head is kept with CRLF, as it was on the wire; so
 * is a body, unless the log has the message's own line ends.
 */
static void
add_text_line(struct log *l, struct str line, bool cr)
{
	buf_str(&l->text, line);
	buf_puts(&l->text, l->in_body && l->keeps_cr && !cr ? "\n" : "\r\n");
}

/* LINE ends a head: it is empty, except for the log's suffix. */
static bool
log_line_is_empty(const struct log *l, struct str line)
{
	return str_trim(log_without_suffix(&l->wrap, line)).n == 0;
}

/* Drops the suffix of each line of the head. */
static void
drop_suffix(struct log *l)
{
	struct buf clean = BUF_INIT;
	struct str line, rest = buf_view(&l->text);

	if (l->wrap.nsuffix == 0)
		return;
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		line = str_slice(line, 0, line.n - (line.n > 0));
		buf_str(&clean, log_without_suffix(&l->wrap, line));
		buf_puts(&clean, "\r\n");
	}
	buf_free(&l->text);
	l->text = clean;
}

/* LINE begins a message, whose prefix and suffix L's wrap has; CR: it had one
 * at its end. */
static void
log_begin(struct log *l, struct str line, bool cr)
{
	buf_clear(&l->text);
	l->under_way = true;
	l->in_body = false;
	l->keeps_cr = cr;
	l->length = SIZE_MAX;
	l->begin = l->line;
	l->t = l->clock.t;
	if (l->head_line == 0 ||
	    (!l->head.sure && l->line - l->head_line > HEAD_LIVES))
		memset(&l->head, 0, sizeof(l->head));
	add_text_line(l, line, cr);
}

/* What begins a body: the length that the head says. */
static void
end_head(struct log *l)
{
	struct str value;
	uint32_t n;

	drop_suffix(l);
	buf_puts(&l->text, "\r\n");
	l->in_body = true;
	l->body = l->text.n;
	msg_read(&l->msg, buf_view(&l->text), NULL);
	value = msg_value(&l->msg, MSG_H_CONTENT_LENGTH);
	if (value.p != NULL && str_u32(value, &n) == 0)
		l->length = n;
}

/* A line while a message is under way; *TAKEN: it belongs to it. */
static int
log_add_line(struct log *l, struct str line, bool cr, bool *taken)
{
	struct log_head next;
	struct str own = line;

	*taken = true;
	if (log_is_rule(line) || ((l->in_body || !log_is_field(own)) &&
				     log_head_read(line, &next) && next.sure)) {
		*taken = false;
		return log_finish(l);
	}
	if (!l->in_body && log_line_is_empty(l, own)) {
		end_head(l);
		return l->length == 0 ? log_finish(l) : 0;
	}
	if (!l->in_body && !log_is_field(own)) {
		*taken = false;
		return log_finish(l);
	}
	if (l->text.n + own.n > STREAM_FRAMING_MOST) {
		l->under_way = false;
		diag_set(&l->c->trouble, ERR_LIMIT, NULL, 0,
		    _("the message in line %llu is longer than 1 MiB, and is "
		      "left out"),
		    (unsigned long long)l->begin);
		return 0;
	}
	if (l->in_body)
		own = log_without_suffix(&l->wrap, own);
	else
		log_wrap_head(&l->wrap, own);
	own = log_without_entities(&l->wrap, own, !l->in_body);
	if (l->wrap.plain.err != 0)
		return ERR_NOMEM;
	/* Without a length a body ends at an empty line. */
	if (l->in_body && l->length == SIZE_MAX && str_trim(own).n == 0)
		return log_finish(l);
	add_text_line(l, own, cr);
	if (l->in_body && l->text.n - l->body >= l->length)
		return log_finish(l);
	return 0;
}

int
log_whole(struct log *l, struct str text, size_t head)
{
	log_wrap_clear(&l->wrap);
	log_begin(l, STR_NULL, true);
	buf_clear(&l->text);
	buf_str(&l->text, text);
	l->in_body = true;
	l->body = head;
	return log_finish(l);
}

/* ---- logs, line by line ---- */

#define LINE_MOST 131072

/* "#015#012" (rsyslog), "\r\n" (JSON), "\015\012": a message in one line. */
static bool
log_line_unescape(struct str s, struct buf *out)
{
	static const struct escape {
		const char *text;
		char c;
	} escapes[] = { { "#015", '\r' }, { "#012", '\n' }, { "#011", '\t' },
		{ "\\r", '\r' }, { "\\n", '\n' }, { "\\015", '\r' },
		{ "\\012", '\n' }, { "\\\"", '"' } };
	const size_t n = COUNT_OF(escapes);
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
	if (!log_line_unescape(line, &l->plain))
		return false;
	*at = recognise_find_start(buf_view(&l->plain));
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
	text.n = recognise_measure(text, &head);
	return log_whole(l, text, head);
}

/* Where in LINE, whose request begins at AT with other bytes of its packet, its
 * method does: tcpdump has dots and letters for bytes of heads. */
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
	at = recognise_find_start(buf_view(&l->plain));
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
log_line_is_text(struct str head)
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
	return log_line_is_text(head);
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
