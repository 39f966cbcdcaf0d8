/* The signs and words of a comparison; see words/diff_words.h. */
#include "words/diff_words.h"

#include "text/utf8.h"
#include "msg/methods.h"
#include "words/time_words.h"

const char *
diff_sign(enum diff_sign s, bool ascii)
{
	static const char *const texts[][2] = {
#define X(id, utf8, plain) { utf8, plain },
		DIFF_SIGNS(X)
#undef X
	};

	return texts[s][ascii];
}

void
diff_put_message(struct buf *b, const struct align_message *m, bool ascii)
{
	if (m->status != 0) {
		buf_printf(b, "%u%s", m->status, m->reason.n > 0 ? " " : "");
		utf8_add_clipped(b, m->reason, 40);
		if (m->cseq_method.n > 0 && !str_is(m->cseq_method, "INVITE"))
			buf_printf(b, " (%.*s)", STR_ARG(m->cseq_method));
	} else if (m->method.n > 0) {
		buf_str(b, utf8_clip(m->method, 40));
	} else {
		buf_putc(b, '?');
	}
	if (m->sdp)
		buf_puts(b, " (SDP)");
	if (m->retx > 0)
		buf_printf(
		    b, " %s%u", diff_sign(DIFF_SIGN_AGAIN, ascii), m->retx);
}

void
diff_put_nodes(struct buf *b, const struct align_message *m, bool ascii)
{
	buf_str(b, m->from_name);
	buf_printf(b, " %s ", diff_sign(DIFF_SIGN_TO, ascii));
	buf_str(b, m->to_name);
}

void
diff_put_later(struct buf *b, int64_t later)
{
	if (later == 0)
		return;
	buf_putc(b, later > 0 ? '+' : '-');
	time_put_length(b, later < 0 ? -later : later);
}

int64_t
diff_later(const struct align *al, const struct align_row *r)
{
	if (r->a == ALIGN_NONE || r->b == ALIGN_NONE)
		return 0;
	return al->b.messages[r->b].t - al->a.messages[r->a].t;
}

void
diff_put_counts(struct buf *b, const struct align *al)
{
	buf_printf(b,
	    _("Messages: %zu in A, %zu in B; the same: %zu; changed: %zu; "
	      "moved: %zu; only in A: %zu; only in B: %zu."),
	    al->a.n, al->b.n, al->counts[ALIGN_SAME], al->counts[ALIGN_CHANGED],
	    al->counts[ALIGN_MOVED], al->counts[ALIGN_MISSING],
	    al->counts[ALIGN_EXTRA]);
}
