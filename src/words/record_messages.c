/* What sends, arrivals, losses and packets say. */
#include "words/record_messages.h"

#include "base/utf8.h"

struct passage
tell_passage(struct telling *w, const struct trace_rec *rec)
{
	struct passage p = { "?", "?", "?", { .status = 0 }, { .seq = 0 },
		false };

	if (!record_message(w->trace, rec, &p.rec))
		return p;
	p.what = tell_message(w, &p.rec);
	buf_clear(&w->scratch);
	if (trace_get_send(&p.rec, &p.send, &w->scratch) != 0)
		return p;
	p.src = tell_text(w, p.send.src);
	p.dst = tell_text(w, p.send.dst);
	p.known = true;
	return p;
}

void
record_send_summary(struct telling *w)
{
	struct passage p = tell_passage(w, w->rec);

	buf_printf(w->out, "%s → %s", p.what, p.dst);
	if (p.send.retx != 0)
		buf_puts(w->out, " ↻");
}

void
record_send_sentence(struct telling *w)
{
	struct passage p = tell_passage(w, w->rec);

	if (p.send.retx != 0 && p.send.retx < w->rec->seq) {
		const char *when =
		    tell_time(w, trace_time_of(w->trace, p.send.retx));

		buf_printf(w->out,
		    _("%s sent %s to %s again; the first time was at %s "
		      "(record %llu)."),
		    p.src, p.what, p.dst, when,
		    (unsigned long long)p.send.retx);
	} else if (p.send.fwd != 0) {
		buf_printf(w->out,
		    _("%s forwarded %s to %s; it had come in record %llu."),
		    p.src, p.what, p.dst, (unsigned long long)p.send.fwd);
	} else {
		buf_printf(
		    w->out, _("%s sent %s to %s."), p.src, p.what, p.dst);
	}
}

void
record_recv_summary(struct telling *w)
{
	struct passage p = tell_passage(w, w->rec);

	buf_printf(w->out, "%s ← %s", p.what, p.src);
}

void
record_recv_sentence(struct telling *w)
{
	struct passage p = tell_passage(w, w->rec);
	const char *node = w->rec->node.n > 0 ? tell_node(w) : p.dst;

	if (p.known && p.rec.t < w->rec->t)
		buf_printf(w->out,
		    _("%s from %s arrived at %s, %s after it was sent."),
		    p.what, p.src, node, tell_length(w, w->rec->t - p.rec.t));
	else
		buf_printf(w->out, _("%s from %s arrived at %s."), p.what,
		    p.src, node);
}

void
record_message_step(struct telling *w)
{
	struct passage p = tell_passage(w, w->rec);

	if (w->rec->kind == TRACE_RECV) {
		/* TRANSLATORS: "INVITE from alice" */
		buf_printf(w->out, _("%s from %s"), p.what, p.src);
		return;
	}
	buf_printf(w->out, "%s %s → %s", p.what, p.src, p.dst);
	if (p.send.retx != 0)
		/* TRANSLATORS: behind a message that is sent once more */
		buf_puts(w->out, _(", again"));
}

/* In the user's language; the name itself where the table has no row. */
static const char *
reason_of(struct telling *w)
{
	enum trace_drop drop;

	buf_clear(&w->scratch);
	drop = trace_drop_find(trace_str(w->rec, "reason", &w->scratch));
	return drop != TRACE_DROP_COUNT ? trace_drop_text(drop)
					: tell_field(w, "reason");
}

void
record_drop_summary(struct telling *w)
{
	struct passage p = tell_passage(w, w->rec);
	const char *reason = reason_of(w);

	if (p.known)
		buf_printf(w->out, "%s → %s: %s", p.what, p.dst, reason);
	else if (tell_has(w, "link"))
		buf_printf(w->out, "%s: %s", tell_field(w, "link"), reason);
	else
		buf_puts(w->out, reason);
}

void
record_drop_sentence(struct telling *w)
{
	struct passage p = tell_passage(w, w->rec);
	const char *reason = reason_of(w);

	if (p.known && w->rec->node.n > 0)
		buf_printf(w->out, _("%s threw away the %s from %s: %s."),
		    tell_node(w), p.what, p.src, reason);
	else if (p.known)
		buf_printf(w->out, _("The %s from %s to %s was lost: %s."),
		    p.what, p.src, p.dst, reason);
	else
		buf_printf(w->out, _("A packet was lost: %s."), reason);
}

void
record_packet_summary(struct telling *w)
{
	buf_printf(
	    w->out, "%s %s", tell_field(w, "link"), tell_field(w, "len"));
	if (tell_has(w, "flags"))
		buf_printf(w->out, " %s", tell_list(w, "flags"));
}

void
record_packet_sentence(struct telling *w)
{
	if (tell_has(w, "conn"))
		/* TRANSLATORS: "syn ack", 0 bytes, 1, "a>b" */
		buf_printf(w->out,
		    _("A TCP segment (%s) with %s bytes of connection %s "
		      "crossed the link %s."),
		    tell_list(w, "flags"), tell_field(w, "len"),
		    tell_field(w, "conn"), tell_field(w, "link"));
	else
		buf_printf(w->out,
		    _("A packet of %s bytes crossed the link %s."),
		    tell_field(w, "len"), tell_field(w, "link"));
}
