/*
 * The words for timers, in one table.  A timer that it does not have goes by
 * its name in the trace.
 */
#include "words/timer_words.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "words/time_words.h"

#include <string.h>

static const struct timer_words {
	const char *name;
	const char *title; /* begins a sentence */
	const char *brief; /* within a line */
	/* Before "after 500 ms", or with %s for that time. */
	const char *does;
} words[] = {
	{ "1xx", N_("The timer that repeats the 1xx"), N_("1xx timer"),
	    N_("1xx again") },
	{ "2xx", N_("The timer that repeats the 2xx"), N_("2xx timer"),
	    N_("2xx again") },
	{ "reliable", N_("The timer that repeats the reliable response"),
	    N_("reliable timer"), N_("1xx again") },
	{ "refresh", N_("The timer that refreshes the registration"),
	    N_("refresh timer"), N_("registers again") },
	{ "resubscribe", N_("The timer that refreshes the subscription"),
	    N_("refresh timer"), N_("subscribes again") },
	{ "news", N_("The timer that spaces out NOTIFYs"), N_("news timer"),
	    N_("tells the news") },
	{ "republish", N_("The timer that refreshes what was published"),
	    N_("refresh timer"), N_("publishes again") },
	{ "answer", N_("The timer that answers the call"), N_("answer timer"),
	    N_("answers") },
	{ "hangup", N_("The timer that hangs up"), N_("hangup timer"),
	    N_("hangs up") },
	{ "expires", N_("The timer of the INVITE's Expires"),
	    N_("Expires timer"), N_("the INVITE expires") },
	/* Of a subscription, or of a registration. */
	{ "expire", N_("The expiry timer"), N_("expiry timer"), N_("expires") },
	{ "100", N_("The timer that sends 100 for a request still unanswered"),
	    N_("100 timer"), N_("still no answer") },
	{ "cancel", N_("The timer that waits for what comes of the CANCEL"),
	    N_("cancel timer"), N_("gives the INVITE up") },
	{ "no-answer", N_("The timer of a call that nobody answers"),
	    N_("no-answer timer"), N_("gives up ringing") },
	{ "ping", N_("The timer that asks whether the server is there"),
	    N_("ping timer"), N_("asks whether the server is there") },
	{ "glare", N_("The timer that waits after a 491"), N_("glare timer"),
	    N_("tries again") },
	{ "retry", N_("The timer that waits as Retry-After says"),
	    N_("retry timer"), N_("tries again") },
	{ "recovery", N_("The timer that waits after a failure"),
	    N_("recovery timer"), N_("tries again") },
	{ "session-refresh", N_("The timer that refreshes the session"),
	    N_("session refresh timer"), N_("refreshes the session") },
	{ "session", N_("The timer of the session interval"),
	    N_("session timer"), N_("the session expires") },
	{ "refer", N_("The timer of a request that a REFER asked for"),
	    N_("REFER timer"), N_("as asked") },
	{ "udp", N_("The timer of the binding for UDP"), N_("binding timer"),
	    N_("the binding ends") },
	{ "transitory", N_("The timer of a connection's binding that is short"),
	    N_("binding timer"), N_("the binding ends") },
	{ "established", N_("The timer of a connection's binding"),
	    N_("binding timer"), N_("the binding ends") },
	{ "ring", N_("The timer that ends the ringing"), N_("ring timer"),
	    N_("the ringing ends") },
	{ "after", N_("The program's timer"), N_("program timer"),
	    N_("after %s") },
	{ "keep-alive", N_("The timer of keep-alives"), N_("keep-alive timer"),
	    N_("keep-alive %s") },
	{ "pong", N_("The timer that waits for the pong"), N_("pong timer"),
	    N_("pong %s") },
	{ "check", N_("The timer of the continuity check"), N_("check timer"),
	    N_("check %s") },
	{ "empty", N_("The timer of an empty conference"), N_("empty timer"),
	    N_("empty %s") },
	{ "unsubscribe", N_("The timer that ends the subscription"),
	    N_("unsubscribe timer"), N_("unsubscribe %s") },
	{ "place", N_("The timer that tells who waits the place"),
	    N_("place timer"), N_("place %s") },
	{ "wrap-up", N_("The timer of the work behind a call"),
	    N_("wrap-up timer"), N_("wrap-up %s") },
	{ "silent", N_("The timer of a next hop that says nothing"),
	    N_("silence timer"), N_("silent %s") },
	{ "rest", N_("The timer of an agent who rests"), N_("rest timer"),
	    N_("rest %s") },
	{ "alert", N_("The timer until it answers"), N_("alert timer"),
	    N_("alert %s") },
	{ "play", N_("The timer of what is played"), N_("play timer"),
	    N_("play %s") },
	{ "collect", N_("The timer that waits for digits"), N_("digit timer"),
	    N_("collect %s") },
};

/* NULL: it goes by its name. */
static const struct timer_words *
find_timer(struct str name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_is(name, words[i].name))
			return &words[i];
	return NULL;
}

/* "Timer A" for the RFC's single letters, else the name itself. */
static void
put_timer_name(struct buf *b, struct str name)
{
	if (name.n == 1 && name.p[0] >= 'A' && name.p[0] <= 'Z')
		buf_printf(b, _("Timer %s"), (char[]){ name.p[0], '\0' });
	else
		utf8_add_safe(b, utf8_clip(name, 40));
}

void
timer_put_title(struct buf *b, struct str name)
{
	const struct timer_words *w = find_timer(name);

	if (w != NULL)
		buf_puts(b, i18n_text(w->title));
	else
		put_timer_name(b, name);
}

void
timer_put_short(struct buf *b, struct str name)
{
	const struct timer_words *w = find_timer(name);

	if (w != NULL)
		buf_puts(b, i18n_text(w->brief));
	else
		put_timer_name(b, name);
}

void
timer_put_row(struct buf *b, struct str name, int64_t length)
{
	const struct timer_words *w = find_timer(name);
	char lasts[TIME_ROOM];

	if (length > 0)
		time_length_text(length, lasts);
	if (w != NULL && strstr(w->does, "%s") != NULL) {
		if (length > 0)
			buf_printf(b, i18n_text(w->does), lasts);
		else
			buf_puts(b, i18n_text(w->brief));
	} else if (w != NULL && length > 0) {
		/* TRANSLATORS: "2xx again after 500 ms" */
		buf_printf(b, _("%s after %s"), i18n_text(w->does), lasts);
	} else if (w != NULL) {
		buf_puts(b, i18n_text(w->does));
	} else {
		put_timer_name(b, name);
		if (length > 0)
			buf_printf(b, " %s", lasts);
	}
}
