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

/* Ends the message under way; that it was none after all is remarked. */
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
	if (msg_field(&l->msg, MSG_H_CALL_ID, 0) == NULL &&
	    msg_field(&l->msg, MSG_H_VIA, 0) == NULL) {
		remarks_add(&l->c->remarks, &(struct capture_remark){ .t = l->t,
						.packet = l->begin,
						.kind = CAPTURE_LOST_START });
	} else {
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

static void
add_text_line(struct log *l, struct str line, bool cr)
{
	buf_str(&l->text, line);
	buf_puts(&l->text, l->in_body && l->keeps_cr && !cr ? "\n" : "\r\n");
}

/* LINE ends a head: it is empty, but for what stands behind each. */
static bool
is_empty(const struct log *l, struct str line)
{
	return str_trim(log_without_suffix(&l->wrap, line)).n == 0;
}

/* What stands behind each line of the head goes. */
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

void
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
int
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
	if (!l->in_body && is_empty(l, own)) {
		end_head(l);
		return l->length == 0 ? log_finish(l) : 0;
	}
	if (!l->in_body && !log_is_field(own)) {
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
