/*
 * Session timers of a call; see agent/session_timer.h.
 */
#include "agent/call_in.h"
#include "agent/refer.h"
#include "agent/session_timer.h"
#include "agent/update.h"

#include "base/err.h"
#include "base/num.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/splice.h"
#include "rules/rule_names.h"

#include <stdio.h>

/* 10: who does not refresh hangs up so much before the session expires, or a
 * third of it. */
#define SPARE_S 32
/* A refresh waits for a change that is under way, and looks again so often. */
#define BUSY_S 1

/* ---- settings ---- */

static bool
knows_session_timer(const struct agent *agent)
{
	static const char *const names[] = { "session_expires", "min_se",
		"refresher" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (node_attr(agent->node, names[i], NULL) != NULL)
			return true;
	return false;
}

/* BASE and what the settings add to it. */
static void
session_timer_write_supported(
    const struct agent *agent, struct str base, char *out)
{
	size_t n = str_join(out, AGENT_SESSION_SUPPORTED, 0, base);

	if (knows_session_timer(agent))
		n = str_join(out, AGENT_SESSION_SUPPORTED, n, STR(", timer"));
	if (agent_refer_sub_tells(agent))
		str_join(out, AGENT_SESSION_SUPPORTED, n, STR(", norefersub"));
}

const char *
agent_session_supported(const struct agent *agent, char *out)
{
	session_timer_write_supported(
	    agent, str_of(agent_supported(agent)), out);
	return out;
}

/* A time of the settings in whole seconds; 0: it is not given. */
static uint32_t
read_setting_s(const struct agent *agent, const char *name)
{
	int64_t ns = node_attr_time(agent->node, name, 0);
	int64_t s = ns / SIM_S + (ns % SIM_S != 0);

	return s < UINT32_MAX ? (uint32_t)s : UINT32_MAX;
}

uint32_t
agent_session_least(const struct agent *agent)
{
	return num_larger(read_setting_s(agent, "min_se"), SIP_SESSION_MIN_S);
}

static enum sip_refresher
find_liked_refresher(const struct agent *agent)
{
	return sip_refresher_find(
	    str_of(node_attr(agent->node, "refresher", "")));
}

/* ---- fields ---- */

static void
add_session_field(
    struct agent_session_fields *f, const char *name, struct str value)
{
	if (f->n < AGENT_SESSION_FIELDS)
		f->list[f->n++] = (struct sip_header){ name, value };
}

/* What its user is capable of, and session timers, where they are known. */
static void
begin_session_fields(const struct agent_call *c, struct agent_session_fields *f)
{
	f->n = 0;
	f->next = (struct agent_session){ 0 };
	for (size_t i = 0; i < c->ops->ncapabilities; i++) {
		struct sip_header h = agent_reliable_capabilities(c)[i];

		if (str_iis(str_of(h.name), "Supported")) {
			session_timer_write_supported(
			    c->agent, h.value, f->supported);
			h.value = str_of(f->supported);
		}
		add_session_field(f, h.name, h.value);
	}
}

/* RFC 6086 5.2.3: the Info Packages that it takes, maybe none; in every INVITE,
 * and in the 2xx to one that has its own. */
static void
add_info_packages(const struct agent_call *c, struct agent_session_fields *f)
{
	const char *packages = node_attr(c->agent->node, "packages", NULL);

	if (packages != NULL)
		add_session_field(f, "Recv-Info", str_of(packages));
}

static void
add_session_interval(
    struct agent_session_fields *f, uint32_t seconds, enum sip_refresher who)
{
	snprintf(f->interval, sizeof(f->interval), "%u%s%s", seconds,
	    who != SIP_REFRESHER_NONE ? ";refresher=" : "",
	    who != SIP_REFRESHER_NONE ? sip_refresher_name(who) : "");
	add_session_field(f, "Session-Expires", str_of(f->interval));
}

/* 7.4: the roles stay as they are, where there are any. */
static enum sip_refresher
find_asked_refresher(const struct agent_call *c)
{
	if (c->session.interval == 0)
		return find_liked_refresher(c->agent);
	return c->session.refreshes ? SIP_REFRESHER_UAC : SIP_REFRESHER_UAS;
}

void
agent_session_ask(const struct agent_call *c, struct agent_session_fields *f)
{
	uint32_t interval = c->session.interval != 0
				? c->session.interval
				: read_setting_s(c->agent, "session_expires");
	uint32_t least =
	    num_larger(c->session.least, read_setting_s(c->agent, "min_se"));

	begin_session_fields(c, f);
	add_info_packages(c, f);
	if (!knows_session_timer(c->agent))
		return;
	if (least > 0) {
		least = num_larger(least, SIP_SESSION_MIN_S);
		snprintf(f->min_se, sizeof(f->min_se), "%u", least);
		add_session_field(f, "Min-SE", str_of(f->min_se));
	}
	if (interval > 0)
		add_session_interval(
		    f, num_larger(interval, least), find_asked_refresher(c));
}

void
agent_session_announce(const struct agent *agent, struct sip_request_spec *spec,
    struct sip_header list[AGENT_SESSION_REQUEST_FIELDS])
{
	size_t n = spec->nheaders;

	if (!knows_session_timer(agent) || str_is(spec->method, "ACK") ||
	    n + 1 > AGENT_SESSION_REQUEST_FIELDS)
		return;
	for (size_t i = 0; i < n; i++) {
		if (msg_header_find(str_of(spec->headers[i].name)) ==
		    MSG_H_SUPPORTED)
			return;
		list[i] = spec->headers[i];
	}
	list[n] = (struct sip_header){ "Supported", STR("timer") };
	spec->headers = list;
	spec->nheaders = n + 1;
}

/* ---- timers ---- */

void
agent_session_stop(struct agent_call *c)
{
	agent_call_timer_stop(c, AGENT_CALL_TIMER_REFRESH);
	agent_call_timer_stop(c, AGENT_CALL_TIMER_SESSION);
}

/* 7.2, 9, 10: from the 2xx on. */
static void
arm_session_timers(struct agent_call *c)
{
	int64_t now = sim_now(agent_sim(c->agent));
	int64_t length = (int64_t)c->session.interval * SIM_S;
	int64_t spare =
	    length / 3 < SPARE_S * SIM_S ? length / 3 : SPARE_S * SIM_S;

	agent_session_stop(c);
	if (length == 0)
		return;
	if (c->session.refreshes) {
		agent_call_timer_set(
		    c, AGENT_CALL_TIMER_REFRESH, now + length / 2);
		spare = 0;
	}
	agent_call_timer_set(c, AGENT_CALL_TIMER_SESSION, now + length - spare);
}

/* 7.4: by an UPDATE without an offer where the other side allows that, else by
 * a re-INVITE. */
static int
refresh_session(struct agent_call *c)
{
	return c->session.updates ? agent_update_refresh(c)
				  : agent_call_refresh(c, NULL);
}

/* What M of the other side says of UPDATE, if anything. */
static void
note_allow(struct agent_session *s, const struct msg *m)
{
	if (msg_field(m, MSG_H_ALLOW, 0) != NULL)
		s->updates = !s->spares && msg_lists(m, MSG_H_ALLOW, "UPDATE");
}

void
agent_call_fire_refresh(struct agent_call *c)
{
	/* Whatever is being changed refreshes the session, too (7.2). */
	if (agent_call_talks(c) && refresh_session(c) != 0)
		agent_call_timer_set(c, AGENT_CALL_TIMER_REFRESH,
		    sim_now(agent_sim(c->agent)) + BUSY_S * SIM_S);
}

void
agent_session_spare_update(struct agent_call *c)
{
	c->session.updates = false;
	c->session.spares = true;
	agent_call_fire_refresh(c);
}

void
agent_call_fire_session(struct agent_call *c)
{
	agent_session_stop(c);
	agent_call_bye_because(c, RULE_SESSION_EXPIRED);
}

/* ---- what the other side answers ---- */

/* The Session-Expires of M, a 2xx.  An unreadable one counts as none; one that
 * is too short is raised to the minimum, so that the other side can't make this
 * side refresh all the time. */
static int
read_session_answer(
    struct agent_call *c, const struct msg *m, struct sip_session_interval *s)
{
	int err = sip_session_read(m, s);

	if (err == ERR_SYNTAX || (err == 0 && s->seconds < SIP_SESSION_MIN_S))
		agent_note_bad(c->agent, RULE_SESSION_AGREED,
		    TRACE_REFUSAL_INTERVAL,
		    msg_value(m, MSG_H_SESSION_EXPIRES));
	s->seconds = num_larger(s->seconds, SIP_SESSION_MIN_S);
	return err;
}

void
agent_session_agreed(struct agent_call *c, struct sip_bytes *invite,
    const struct msg *m, bool first)
{
	struct sip_session_interval answer, asked = { 0 };
	const struct msg *request =
	    invite != NULL ? world_read(c->agent->node->world, invite) : NULL;
	int err;

	if (!knows_session_timer(c->agent))
		return;
	/* 7.4: what 422s have asked for within the dialog holds on; what they
	 * did before is forgotten. */
	if (request != NULL && !first)
		c->session.least =
		    num_larger(c->session.least, sip_session_min(request));
	note_allow(&c->session, m);
	err = read_session_answer(c, m, &answer);
	if (err == 0) {
		c->session.interval = answer.seconds;
		c->session.refreshes = answer.refresher != SIP_REFRESHER_UAS;
	} else if (request != NULL && sip_session_read(request, &asked) == 0 &&
		   read_setting_s(c->agent, "session_expires") > 0) {
		/* 7.2: the other side knows nothing of it; this one does it
		 * alone. */
		c->session.interval =
		    num_larger(asked.seconds, SIP_SESSION_MIN_S);
		c->session.refreshes = true;
	} else {
		c->session.interval = 0;
	}
	arm_session_timers(c);
}

bool
agent_session_longer(struct agent_client *q, const struct msg *m)
{
	const struct msg *base = world_read(q->agent->node->world, q->base);
	uint32_t least = sip_session_min(m);
	struct sip_session_interval asked;

	/* 7.4: also where it is a proxy that wants the session to expire; 10:
	 * the same request would get the same answer. */
	if ((sip_session_read(base, &asked) != 0 &&
		!knows_session_timer(q->agent)) ||
	    least <= num_larger(asked.seconds, q->min_se))
		return false;
	q->min_se = least;
	return true;
}

void
agent_session_put(const struct agent_client *q, const struct msg *m,
    struct msg_splice *sp, struct buf *lines)
{
	const struct msg_field *old = msg_field(m, MSG_H_MIN_SE, 0);
	struct sip_session_interval asked;
	char text[16];

	if (q->min_se == 0)
		return;
	snprintf(text, sizeof(text), "%u", q->min_se);
	if (sip_session_read(m, &asked) == 0)
		msg_splice_replace(sp, asked.digits, str_of(text));
	if (old != NULL)
		msg_splice_replace(sp, old->value, str_of(text));
	else
		buf_printf(lines, "Min-SE: %s\r\n", text);
}

/* ---- what the other side asks for ---- */

unsigned
agent_session_judge(const struct agent *agent, const struct msg *m)
{
	struct sip_session_interval asked;
	int err = sip_session_read(m, &asked);

	if (!knows_session_timer(agent) || err == ERR_NOTFOUND)
		return 0;
	if (err != 0)
		return 400;
	/* 9: who knows nothing of it can make nothing of a 422. */
	return asked.seconds < agent_session_least(agent) &&
		       sip_session_supported(m)
		   ? 422
		   : 0;
}

/* 9, table 2: who refreshes, as the 2xx says; KNOWS_IT: the caller supports it,
 * ASKED: the parameter of the request, LIKES: what the callee likes. */
static enum sip_refresher
agent_session_refresher(
    bool knows_it, enum sip_refresher asked, enum sip_refresher likes)
{
	static const struct {
		bool knows;
		enum sip_refresher asked, answer; /* NONE: as is liked */
	} rows[] = {
		{ false, SIP_REFRESHER_NONE, SIP_REFRESHER_UAS },
		/* Not allowed (NA); the caller would do nothing. */
		{ false, SIP_REFRESHER_UAC, SIP_REFRESHER_UAS },
		{ false, SIP_REFRESHER_UAS, SIP_REFRESHER_UAS },
		{ true, SIP_REFRESHER_NONE, SIP_REFRESHER_NONE },
		{ true, SIP_REFRESHER_UAC, SIP_REFRESHER_UAC },
		{ true, SIP_REFRESHER_UAS, SIP_REFRESHER_UAS },
	};
	size_t i = 0;

	while (rows[i].knows != knows_it || rows[i].asked != asked)
		i++;
	if (rows[i].answer != SIP_REFRESHER_NONE)
		return rows[i].answer;
	return likes != SIP_REFRESHER_NONE ? likes : SIP_REFRESHER_UAC;
}

/* 9: what the request asks for, or less, but not less than LEAST; where it asks
 * for nothing, this side may.  0: the session does not expire. */
static uint32_t
choose_interval(const struct agent_call *c, const struct msg *m, uint32_t least)
{
	uint32_t own = read_setting_s(c->agent, "session_expires");
	struct sip_session_interval asked;
	int err = sip_session_read(m, &asked);

	if (own > 0)
		own = num_larger(own, least);
	if (err == ERR_NOTFOUND)
		return sip_session_supported(m) ? own : 0;
	/* 4: too short, and its sender would not understand a 422. */
	if (err != 0 || asked.seconds < SIP_SESSION_MIN_S)
		return 0;
	return own > 0 && own < asked.seconds ? own : asked.seconds;
}

void
agent_session_accept(const struct agent_call *c, const struct msg *m,
    struct agent_session_fields *f)
{
	bool peer_knows = sip_session_supported(m);
	uint32_t least = sip_session_min(m);
	struct sip_session_interval asked;
	enum sip_refresher who;

	begin_session_fields(c, f);
	if (msg_field(m, MSG_H_RECV_INFO, 0) != NULL)
		add_info_packages(c, f);
	if (!knows_session_timer(c->agent))
		return;
	sip_session_read(m, &asked);
	f->next = c->session;
	note_allow(&f->next, m);
	f->next.least = num_larger(c->session.least, least);
	f->next.interval = choose_interval(
	    c, m, num_larger(least, agent_session_least(c->agent)));
	if (f->next.interval == 0)
		return;
	who = agent_session_refresher(
	    peer_knows, asked.refresher, find_liked_refresher(c->agent));
	f->next.refreshes = who == SIP_REFRESHER_UAS;
	/* A peer that does not know the extension must not be forced to. */
	if (peer_knows)
		add_session_field(f, "Require", STR("timer"));
	add_session_interval(f, f->next.interval, who);
}

void
agent_session_accepted(
    struct agent_call *c, const struct agent_session_fields *f)
{
	if (!knows_session_timer(c->agent))
		return;
	c->session = f->next;
	arm_session_timers(c);
}
