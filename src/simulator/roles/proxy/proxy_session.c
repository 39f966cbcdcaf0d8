/*
 * Session timers at a proxy: RFC 4028 8.  One that has `session_expires` wants
 * every call to be refreshed that often, one that has `min_se` not more often
 * than that.  It remembers nothing: what it has put into a request it works out
 * once more when the 2xx comes.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "sip/session_interval.h"

static uint32_t
larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* 8.1: never less than 90 s; 0: it does not care. */
static uint32_t
least_interval(const struct proxy *p)
{
	uint32_t s = node_attr_seconds(p->node, "min_se", 0);

	return s > 0 ? larger(s, SIP_SESSION_MIN_S) : 0;
}

bool
proxy_session_knows(const struct proxy *p)
{
	return !proxy_is_stateless(p) &&
	       (node_attr_seconds(p->node, "session_expires", 0) > 0 ||
		   node_attr_seconds(p->node, "min_se", 0) > 0);
}

/* Only these may have Session-Expires (4, table 1). */
static bool
is_refresh(const struct msg *m)
{
	return m->method == MSG_INVITE || m->method == MSG_UPDATE;
}

uint32_t
proxy_session_refusal(const struct proxy *p, const struct msg *m)
{
	struct sip_session_interval asked;

	if (!proxy_session_knows(p) || !is_refresh(m) ||
	    sip_session_read(m, &asked) != 0 || !sip_session_supported(m))
		return 0;
	return asked.seconds < least_interval(p) ? least_interval(p) : 0;
}

void
proxy_session_change(
    const struct proxy *p, const struct msg *m, struct proxy_session *s)
{
	struct sip_session_interval asked;
	uint32_t wish, least, floor;
	int err;

	*s = (struct proxy_session){ 0 };
	if (!proxy_session_knows(p) || !is_refresh(m))
		return;
	wish = node_attr_seconds(p->node, "session_expires", 0);
	least = sip_session_min(m);
	err = sip_session_read(m, &asked);
	if (err == ERR_SYNTAX)
		return;
	/* A caller that knows session timers hears of MIN_SE by a 422 alone. */
	if (err == 0 && asked.seconds < least_interval(p) &&
	    least < least_interval(p) && !sip_session_supported(m))
		s->least = least_interval(p);
	least = larger(least, s->least);
	floor = larger(least, SIP_SESSION_MIN_S);
	s->interval = err == 0 ? asked.seconds : 0;
	if (wish > 0 && (err != 0 || larger(wish, floor) < asked.seconds))
		s->interval = larger(wish, floor);
	/* It is made equal to Min-SE where it is less. */
	else if (s->interval > 0)
		s->interval = larger(s->interval, least);
}

void
proxy_session_answer(const struct proxy *p, const struct msg *request,
    const struct msg *m, struct buf *lines)
{
	struct sip_session_interval said;
	struct proxy_session s;

	proxy_session_change(p, request, &s);
	/* 8.2: the called side knows nothing of it, nor any proxy behind this
	 * one; the caller refreshes. */
	if (s.interval == 0 || m->status / 100 != 2 ||
	    !sip_session_supported(request) ||
	    sip_session_read(m, &said) != ERR_NOTFOUND)
		return;
	buf_printf(lines,
	    "Require: timer\r\nSession-Expires: %u;refresher=uac\r\n",
	    s.interval);
}
