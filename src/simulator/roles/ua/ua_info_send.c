/*
 * INFO that a phone sends within a call: RFC 6086 4.2.1.  Of several one waits
 * for the answer to the other, so that digits arrive in their order (4.4).
 */
#include "roles/ua/ua_outbox.h"

#include "base/err.h"
#include "base/param.h"
#include "rules/rule_names.h"

#include <string.h>

#define DIGITS 100 /* at one time */

static void
on_info_answered(struct ua *ua, struct str to, unsigned status)
{
	struct buf out = BUF_INIT;

	if (status >= 200 && status < 300)
		return;
	buf_printf(&out, "INFO to %.*s ", STR_ARG(to));
	if (status == 0)
		buf_puts(&out, "could not be sent");
	else
		buf_printf(&out, "was not taken: %u", status);
	node_note(ua->agent.node, RULE_INFO_REFUSED, &out);
}

static int
send_info(struct agent_call *c, struct ua_parcel *p, struct diag *d)
{
	int err;

	p->method = MSG_INFO;
	p->why = RULE_INFO_SEND;
	p->expires_s = -1;
	p->answered = on_info_answered;
	err = ua_outbox_send(ua_of(c), c, p);
	if (err == 0 || err == ERR_NOMEM)
		return err;
	return diag_set(d, err, NULL, 0,
	    err == ERR_STATE ? _("%s can't send an INFO: there is no dialog")
	    : err == ERR_NOTFOUND
		? _("%s can't send: the other side's Contact has no address")
		: _("%s can't send that: no request can be made of it"),
	    c->name);
}

int
ua_call_info(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	struct ua_parcel p = {
		.type = node_arg_str(args, "type"),
		.body = node_arg_str(args, "body"),
		.package = node_arg_str(args, "package"),
	};

	if (p.body.n > 0 && p.type.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("an INFO with a body= needs its type="));
	return send_info(c, &p, d);
}

/* ---- digits ---- */

static int
send_digit(struct agent_call *c, char digit, int64_t ms, struct diag *d)
{
	struct ua_parcel p = { .type = STR(AGENT_DTMF) };
	struct buf body = BUF_INIT;
	int err;

	buf_printf(
	    &body, "Signal=%c\r\nDuration=%lld\r\n", digit, (long long)ms);
	p.body = buf_view(&body);
	err = body.err != 0 ? ERR_NOMEM : send_info(c, &p, d);
	buf_free(&body);
	return err;
}

int
ua_call_dtmf(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	static const char *const ways[] = {
		[RTP_EVENTS] = "events", [RTP_IN_BAND] = "in-band"
	};
	struct str how = str_of(node_attr(c->agent->node, "dtmf", "info"));
	struct str digits = node_arg_str(args, "digits");
	const char *text = node_arg(args, "duration");
	int64_t ns = UA_DTMF_MS * SIM_MS;
	int err = 0;

	for (size_t i = 0; i < digits.n; i++)
		if (!msg_is_digit(str_slice(digits, i, i + 1)))
			err = ERR_SYNTAX;
	if (err != 0 || digits.n == 0 || digits.n > DIGITS)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("digits are 0 to 9, *, # and A to D, at most %d"),
		    DIGITS);
	if (text != NULL && (param_time(str_of(text), &ns) != 0 ||
				ns < SIM_MS || ns > 60 * SIM_S))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("a digit lasts from 1ms to 60s, not “%s”"), text);
	for (size_t w = 0; w < sizeof(ways) / sizeof(ways[0]); w++)
		if (str_is(how, ways[w]))
			return agent_call_media_press(c, (enum rtp_way)w,
			    digits, (unsigned)(ns / SIM_MS), d);
	for (size_t i = 0; i < digits.n && err == 0; i++)
		err = send_digit(c, digits.p[i], ns / SIM_MS, d);
	return err;
}
