/*
 * The message under way in a log: its head line by line, then its body for as
 * long as the head says.
 *
 * Loggers change line ends.  A head is kept with CRLF, as it was on the wire;
 * so is a body, unless the log has the message's own line ends.
 */
#include "base/err.h"
#include "capture/cutting.h"
#include "capture/log_in.h"
#include "msg/parts.h"

#define HEAD_LIVES 4 /* lines after which an unsure head no longer counts */

/* The address of the side that wrote the log, or of its peer, from a Via that
 * this side has written. */
static void
learn_side(struct addr *a, struct str value)
{
	struct msg_via via;
	struct addr got;

	if (a->len != 0 || msg_via_read(value, &via) != 0 ||
	    addr_parse(via.host, &got) != 0)
		return;
	*a = got;
	a->port = via.port != 0 ? via.port : 5060;
}

static void
learn_sides(struct log *l)
{
	struct str via = msg_value(&l->msg, MSG_H_VIA);
	bool out = l->head.way == LOG_OUT;
	struct msg_uri uri;
	struct addr *to;

	/* Requests have the Via of who sent them, responses of who gets them.
	 */
	if (l->head.way != LOG_IN && !out)
		return;
	learn_side(out == l->msg.request ? &l->own : &l->other, via);
	/* A request's URI may name the other. */
	to = out ? &l->other : &l->own;
	if (l->msg.request && to->len == 0 &&
	    msg_uri_read(l->msg.uri, &uri) == 0 &&
	    addr_parse(uri.host, to) == 0)
		to->port = uri.port != 0 ? uri.port : 5060;
}

static void
put_side(struct index_flow *f, int side, const struct addr *a)
{
	memcpy(f->ip[side], a->ip, a->len);
	f->len[side] = a->len;
	f->port[side] = a->port;
	if (a->len != 0)
		f->transport = a->transport;
}

/* The Via says by what it went, where the log does not. */
static bool
went_by_stream(const struct log *l)
{
	struct msg_via via;

	return msg_via_read(msg_value(&l->msg, MSG_H_VIA), &via) == 0 &&
	       via.transport.n > 0 && !str_iis(via.transport, "UDP");
}

/* What the head says of the sides; of one that is not named 0.0.0.0 is put
 * down, of the writer nothing. */
static struct index_flow
flow_of_head(const struct log_head *h)
{
	static const struct addr nobody = { .len = 4 };
	struct index_flow f;
	struct addr peer = h->peer;

	memset(&f, 0, sizeof(f));
	if (peer.len == 0) {
		peer = nobody;
		peer.transport = h->peer.transport;
	}
	if (h->way == LOG_BETWEEN) {
		put_side(&f, 1, &h->dst);
		put_side(&f, 0, &h->src);
	} else {
		put_side(&f, h->way == LOG_OUT ? 1 : 0, &peer);
	}
	return f;
}

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
		learn_sides(l);
		f = flow_of_head(&l->head);
		if (went_by_stream(l))
			f.transport = ADDR_TCP;
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

void
log_begin(struct log *l, struct str line, bool cr)
{
	buf_clear(&l->text);
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
log_go_on(struct log *l, struct str line, bool cr, bool *taken)
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
	if (!l->in_body && str_trim(own).n == 0) {
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
	log_begin(l, STR_NULL, true);
	buf_clear(&l->text);
	buf_str(&l->text, text);
	l->in_body = true;
	l->body = head;
	return log_finish(l);
}

/* The addresses that the messages named are put where the log had none. */
void
log_name_sides(struct log *l)
{
	struct index *x = &l->c->index;

	for (uint32_t i = 0; i < x->nflows; i++)
		for (int side = 0; side < 2; side++) {
			struct index_flow *f = &x->flows[i];
			bool own = f->len[side] == 0;
			struct addr a = own ? l->own : l->other;

			a.transport = f->transport;
			if (own && f->len[!side] == 0)
				continue;
			if ((own ||
				(f->len[side] == 4 &&
				    memcmp(f->ip[side], "\0\0\0\0", 4) == 0)) &&
			    a.len != 0)
				put_side(f, side, &a);
		}
}
