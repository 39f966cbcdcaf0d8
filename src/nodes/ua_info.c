/*
 * INFO within a call: the digits that the other side presses, as
 * application/dtmf-relay says them ("Signal=5", "Duration=160").  RFC 6086
 * 4.2.2; a body of before that RFC, without an Info-Package (section 9).
 */
#include "nodes/ua.h"

#include "base/err.h"

#define DTMF "application/dtmf-relay"

/* The value of the line NAME=VALUE of BODY, or empty. */
static struct str
line_of(struct str body, const char *name)
{
	while (body.n > 0) {
		struct str value, line = str_cut(body, '\n', &body);
		struct str key = str_trim(str_cut(line, '=', &value));

		if (str_iis(key, name))
			return str_trim(value);
	}
	return STR_NULL;
}

static bool
is_digit(struct str signal)
{
	return signal.n == 1 &&
	       str_chr(STR("0123456789*#ABCDabcd"), signal.p[0]) >= 0;
}

/* What was heard. */
static void
note_digit(struct agent_call *c, struct str signal, struct str duration)
{
	struct sim *sim = agent_sim(c->agent);
	struct trace_writer *w = sim_trace(sim);
	struct buf text = BUF_INIT;
	uint32_t ms;

	buf_puts(&text, "DTMF ");
	buf_str(&text, signal);
	if (str_u32(duration, &ms) == 0)
		buf_printf(&text, ", %u ms", ms);
	if (text.err != 0) {
		agent_fail_memory(c->agent);
	} else {
		sim_open(
		    sim, TRACE_NOTE, c->agent->node->name, RULE_INFO_DIGIT);
		trace_put_str(w, "text", buf_view(&text));
		trace_close(w);
	}
	buf_free(&text);
}

void
ua_call_informed(struct agent_call *c, const struct sip_in *in)
{
	static const struct sip_header accept = { "Accept", STR_INIT(DTMF) };
	static const struct sip_response_spec other_type = {
		.status = 415, .headers = &accept, .nheaders = 1
	};
	/* RFC 6086 4.2.2: those that it is willing to receive, none. */
	static const struct sip_header none = { "Recv-Info", STR_INIT("") };
	static const struct sip_response_spec bad_package = {
		.status = 469, .headers = &none, .nheaders = 1
	};
	static const struct sip_response_spec no_digit = { .status = 400,
		.reason = STR_INIT("Bad Signal in the Body") };
	struct str rest, type = str_trim(str_cut(
			     msg_value(in->m, MSG_H_CONTENT_TYPE), ';', &rest));
	struct str signal = line_of(in->m->body, "Signal");

	if (msg_value(in->m, MSG_H_INFO_PACKAGE).n > 0) {
		/* 4.2.2: none was announced. */
		node_reply(c->agent->node, in, &bad_package, RULE_INFO_PACKAGE);
	} else if (in->m->body.n > 0 && !str_iis(type, DTMF)) {
		node_reply(c->agent->node, in, &other_type, RULE_UAS_TYPE);
	} else if (in->m->body.n > 0 && !is_digit(signal)) {
		node_reply(c->agent->node, in, &no_digit, RULE_BAD_REQUEST);
	} else {
		if (in->m->body.n > 0)
			note_digit(c, signal, line_of(in->m->body, "Duration"));
		node_answer(c->agent->node, in, 200, RULE_INFO_DIGIT);
	}
}
