/*
 * The message under way in a log: its head line by line, then its body for as
 * long as the head says.
 *
 * Loggers change line ends.  A head is kept with CRLF, as it was on the wire;
 * so is a body, unless the log has the message's own line ends.
 */
#include "base/err.h"
#include "packets/cutting.h"
#include "packets/log_in.h"

#include <string.h>

#define HEAD_LIVES 4 /* lines after which an unsure head no longer counts */

/* Ends the message under way; what is none after all is forgotten. */
int
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
	if (msg_field(&l->msg, MSG_H_CALL_ID, 0) != NULL ||
	    msg_field(&l->msg, MSG_H_VIA, 0) != NULL) {
		err = log_flow(l, &f);
		if (err != 0)
			return err;
		media_announced(l->c->media, 0, l->msg.body);
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

/* A line of the head: "Name: value", or one that goes on with a space. */
static bool
is_field(struct str line)
{
	size_t n = 0;

	if (line.n > 0 && (line.p[0] == ' ' || line.p[0] == '	'))
		return true;
	while (n < line.n && (chr_is_alnum(line.p[n]) || line.p[n] == '-' ||
				 line.p[n] == '_' || line.p[n] == '.'))
		n++;
	if (n == 0)
		return false;
	while (n < line.n && line.p[n] == ' ')
		n++;
	return n < line.n && line.p[n] == ':';
}

static void
add_text_line(struct log *l, struct str line, bool cr)
{
	buf_str(&l->text, line);
	buf_puts(&l->text, l->in_body && l->keeps_cr && !cr ? "\n" : "\r\n");
}

/* C may stand in a time or a number in the one line, and another there in the
 * other. */
static bool
is_alike(char a, char b)
{
	return a == b || (chr_is_digit(a) && chr_is_digit(b));
}

struct str
log_without_prefix(const struct log *l, struct str line)
{
	struct str prefix = buf_view(&l->prefix);
	size_t n = 0;

	while (n < prefix.n && n < line.n && is_alike(prefix.p[n], line.p[n]))
		n++;
	/* Of an empty line the blanks at its end may be gone. */
	if (n < prefix.n &&
	    (n < line.n || str_trim(str_slice(prefix, n, prefix.n)).n > 0))
		return line;
	return str_slice(line, n, line.n);
}

/* The end of LINE that the lines of the head so far have, too. */
static void
compare_suffix(struct log *l, struct str line)
{
	size_t n = 0;

	while (n < l->nsuffix && n < line.n &&
	       l->suffix[l->nsuffix - 1 - n] == line.p[line.n - 1 - n])
		n++;
	memmove(l->suffix, l->suffix + l->nsuffix - n, n);
	l->nsuffix = n;
}

static struct str
without_suffix(const struct log *l, struct str line)
{
	size_t n = l->nsuffix;

	return n > 0 && line.n >= n &&
		       memcmp(line.p + line.n - n, l->suffix, n) == 0
		   ? str_slice(line, 0, line.n - n)
		   : line;
}

/* LINE ends a head: it is empty, but for what stands behind each. */
static bool
is_empty(const struct log *l, struct str line)
{
	return str_trim(line).n == 0 ||
	       (l->nsuffix > 0 && str_trim(without_suffix(l, line)).n == 0);
}

/* What stands behind each line of the head goes. */
static void
drop_suffix(struct log *l)
{
	struct buf clean = BUF_INIT;
	struct str line, rest = buf_view(&l->text);

	if (l->nsuffix == 0)
		return;
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		line = str_slice(line, 0, line.n - (line.n > 0));
		buf_str(&clean, without_suffix(l, line));
		buf_puts(&clean, "\r\n");
	}
	buf_free(&l->text);
	l->text = clean;
}

void
log_begin(struct log *l, struct str line, bool cr, struct str prefix,
    struct str suffix)
{
	buf_clear(&l->text);
	buf_clear(&l->prefix);
	buf_str(&l->prefix, prefix);
	l->nsuffix = suffix.n < LOG_SUFFIX ? suffix.n : 0;
	memcpy(l->suffix, suffix.p != NULL ? suffix.p : "", l->nsuffix);
	l->under_way = true;
	l->in_body = false;
	l->keeps_cr = cr;
	l->fields = 0;
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
int
log_add_line(struct log *l, struct str line, bool cr, bool *taken)
{
	struct log_head next;
	struct str own = line;

	*taken = true;
	/* "   Via: …" is indented, unless it goes on with the line before. */
	for (size_t i = 0; i < l->indent && own.n > 0 && own.p[0] == ' '; i++)
		own = str_slice(own, 1, own.n);
	if (log_is_rule(line) || ((l->in_body || !is_field(own)) &&
				     log_head_read(line, &next) && next.sure)) {
		*taken = false;
		return log_finish(l);
	}
	if (!l->in_body && is_empty(l, own)) {
		end_head(l);
		return l->length == 0 ? log_finish(l) : 0;
	}
	if (!l->in_body && !is_field(own)) {
		*taken = false;
		return log_finish(l);
	}
	if (l->text.n + own.n > CUTTING_MOST) {
		l->under_way = false;
		diag_set(&l->c->trouble, ERR_LIMIT, NULL, 0,
		    _("the message in line %llu is longer than 1 MiB, and is "
		      "left out"),
		    (unsigned long long)l->begin);
		return 0;
	}
	if (l->in_body)
		own = without_suffix(l, own);
	else
		compare_suffix(l, own);
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
	log_begin(l, STR_NULL, true, STR_NULL, STR_NULL);
	buf_clear(&l->text);
	buf_str(&l->text, text);
	l->in_body = true;
	l->body = head;
	return log_finish(l);
}
