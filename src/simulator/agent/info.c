/*
 * INFO within a call: RFC 6086 4.2.2.  Without a package it has the digits that
 * the other side presses, as application/dtmf-relay says them ("Signal=5",
 * "Duration=160"), as before that RFC (2).  Packages are those of the attribute
 * `packages`; what they mean is nobody's business here.  What a phone sends is
 * in roles/ua/ua_info_send.c.
 */
#include "agent/info.h"

#include "agent/call.h"
#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

/* ---- digits ---- */

/* RFC 6086 9: a digit belongs to no package. */
char
agent_digit_of(const struct msg *m)
{
	struct str signal = msg_digit(m, NULL);

	return signal.n > 0 && msg_value(m, MSG_H_INFO_PACKAGE).n == 0
		   ? signal.p[0]
		   : '\0';
}

/* What was heard. */
static void
note_digit(struct agent_call *c, struct str signal, struct str duration)
{
	struct buf text = BUF_INIT;
	uint32_t ms;

	buf_puts(&text, "DTMF ");
	buf_str(&text, signal);
	if (str_u32(duration, &ms) == 0)
		buf_printf(&text, ", %u ms", ms);
	node_note(c->agent->node, RULE_INFO_DIGIT, &text);
}

/* 9: what belongs to no package. */
static void
take_digit(struct agent_call *c, const struct sip_in *in)
{
	static const struct sip_header accept = { "Accept",
		STR_INIT(AGENT_DTMF) };
	static const struct sip_response_spec other_type = {
		.status = 415, .headers = &accept, .nheaders = 1
	};
	static const struct sip_response_spec no_digit = { .status = 400,
		.reason = STR_INIT("Bad Signal in the Body") };
	struct str duration, signal = msg_digit(in->m, &duration);
	bool any = in->m->body.n > 0;

	if (any && !str_iis(agent_call_type_of(in->m), AGENT_DTMF)) {
		node_reply(c->agent->node, in, &other_type, RULE_UAS_TYPE);
	} else if (any && signal.n == 0) {
		node_reply(c->agent->node, in, &no_digit, RULE_BAD_REQUEST);
	} else {
		if (any)
			note_digit(c, signal, duration);
		node_answer(c->agent->node, in, 200,
		    any ? RULE_INFO_DIGIT : RULE_INFO_EMPTY);
	}
}

/* ---- packages ---- */

/* 7.2: octet by octet, without parameters. */
static struct str
package_name(struct str value)
{
	struct str rest;

	return str_trim(str_cut(value, ';', &rest));
}

static bool
is_announced(const struct agent *agent, struct str package)
{
	struct str all = str_of(node_attr(agent->node, "packages", ""));

	while (all.n > 0)
		if (str_eq(package_name(msg_cut_value(&all)), package))
			return true;
	return false;
}

static void
take_package(struct agent_call *c, struct str package, const struct sip_in *in)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "INFO of the package %.*s", STR_ARG(package));
	if (in->m->body.n > 0)
		buf_printf(&text, ": %zu bytes of %.*s", in->m->body.n,
		    STR_ARG(agent_call_type_of(in->m)));
	node_note(c->agent->node, RULE_INFO_TAKEN, &text);
	node_answer(c->agent->node, in, 200, RULE_INFO_TAKEN);
}

/* 4.2.2: it says what would have been taken, nothing maybe. */
static void
refuse_package(struct agent_call *c, const struct sip_in *in)
{
	struct sip_header announced = { "Recv-Info",
		str_of(node_attr(c->agent->node, "packages", "")) };
	struct sip_response_spec bad_package = {
		.status = 469, .headers = &announced, .nheaders = 1
	};

	node_reply(c->agent->node, in, &bad_package, RULE_INFO_PACKAGE);
}

void
agent_call_informed(struct agent_call *c, const struct sip_in *in)
{
	struct str package = package_name(msg_value(in->m, MSG_H_INFO_PACKAGE));

	if (package.n == 0)
		take_digit(c, in);
	else if (is_announced(c->agent, package))
		take_package(c, package, in);
	else
		refuse_package(c, in);
}
