/*
 * Answers that several roles give alike: RFC 3261 8.2 (the status codes of a
 * user agent server), 11.2 (OPTIONS).
 */
#include "base/err.h"
#include "node/node.h"
#include "node/world.h"

#include "rules/rule_names.h"

#include <string.h>

void
node_reply(struct node *n, const struct sip_in *in,
    const struct sip_response_spec *spec, enum rule_id why)
{
	const struct sip_response_spec cant = { .status = 500 };
	int err = sip_reply(n->stack, in, spec, why);

	/* What it should have said goes into no message. */
	if (err == ERR_SYNTAX || err == ERR_LIMIT)
		err = sip_reply(n->stack, in, &cant, RULE_UAS_TOO_LARGE);
	node_fail_nomem(n, err);
}

void
node_answer(
    struct node *n, const struct sip_in *in, unsigned status, enum rule_id why)
{
	struct sip_response_spec spec = { .status = status };

	node_reply(n, in, &spec, why);
}

void
node_reply_field(struct node *n, const struct sip_in *in, unsigned status,
    const char *name, struct buf *value, enum rule_id why)
{
	struct sip_header h = { name, buf_view(value) };
	struct sip_response_spec spec = { .status = status };

	if (strcmp(name, "Contact") == 0) {
		spec.contact = h.value;
	} else {
		spec.headers = &h;
		spec.nheaders = 1;
	}
	if (value->err != 0)
		node_fail_memory(n);
	else
		node_reply(n, in, &spec, why);
	buf_free(value);
}

void
node_write_warning(
    const struct node *n, unsigned code, const char *text, struct buf *out)
{
	buf_printf(out, "%u ", code);
	addr_write(node_addr(n), out);
	buf_printf(out, " \"%s\"", text);
}

void
node_answer_bad(struct node *n, const struct sip_in *in, enum msg_header id,
    enum rule_id why)
{
	struct sip_response_spec spec = { .status = 400 };
	LOCAL_BUF phrase = BUF_INIT;

	msg_field_phrase(in->m, id, &phrase);
	spec.reason = buf_view(&phrase);
	if (phrase.err != 0)
		node_fail_memory(n);
	else
		node_reply(n, in, &spec, why);
}

bool
node_refuse_malformed(struct node *n, const struct sip_in *in)
{
	static const enum rule_id rules[MSG_METHOD_COUNT] = {
		[MSG_REFER] = RULE_REFER_BAD,
		[MSG_NOTIFY] = RULE_NOTIFY_BAD,
	};
	enum rule_id why = rules[in->m->method];
	struct str at;
	enum msg_header id;

	if (msg_check_method_first(in->m, &at, &id) == MSG_FAULT_NONE)
		return false;
	node_answer_bad(n, in, id, why != RULE_NONE ? why : RULE_BAD_REQUEST);
	return true;
}

static bool
reply_has_word(struct str list, struct str word)
{
	while (list.n > 0)
		if (str_ieq(str_trim(str_cut(list, ',', &list)), word))
			return true;
	return false;
}

/* Adds the words of LIST that OUT does not have yet. */
static void
join_words(struct str list, struct buf *out)
{
	while (list.n > 0) {
		struct str word = str_trim(str_cut(list, ',', &list));

		if (reply_has_word(buf_view(out), word))
			continue;
		if (out->n > 0)
			buf_puts(out, ", ");
		buf_str(out, word);
	}
}

/* The methods of all roles, each once, into OUT. */
static void
write_allow(const struct node *n, struct buf *out)
{
	for (size_t i = 0; i < n->nroles; i++)
		join_words(str_of(n->role[i].ops->allow), out);
}

/* The extensions of all roles, likewise. */
static void
reply_write_supported(const struct node *n, struct buf *out)
{
	for (size_t i = 0; i < n->nroles; i++)
		join_words(str_of(n->role[i].ops->supported), out);
}

static void
reply_with_allow(
    struct node *n, const struct sip_in *in, unsigned status, enum rule_id why)
{
	struct buf allow = BUF_INIT;

	write_allow(n, &allow);
	node_reply_field(n, in, status, "Allow", &allow, why);
}

void
node_answer_405(struct node *n, const struct sip_in *in)
{
	reply_with_allow(n, in, 405, RULE_UAS_METHOD);
}

void
node_refuse_method(struct node *n, const struct sip_in *in)
{
	bool known = in->m->method != MSG_OTHER;

	reply_with_allow(n, in, known ? 405 : 501,
	    known ? RULE_UAS_METHOD : RULE_UAS_METHOD_UNKNOWN);
}

void
node_answer_options(struct node *n, const struct sip_in *in)
{
	LOCAL_BUF allow = BUF_INIT, supported = BUF_INIT;

	/* 11.2: a proxy says nothing of methods, as it takes all of them. */
	if (!node_plays(n, "proxy"))
		write_allow(n, &allow);
	reply_write_supported(n, &supported);
	struct sip_header headers[] = {
		{ "Allow", buf_view(&allow) },
		{ "Supported", buf_view(&supported) },
		{ "Accept", STR("*/*") }, /* bodies are not looked into */
		{ "Accept-Encoding", STR("identity") },
		{ "Accept-Language", STR("en") },
	};
	struct sip_response_spec spec = {
		.status = 200,
		.headers = headers,
		.nheaders = COUNT_OF(headers),
	};

	if (allow.err != 0 || supported.err != 0)
		node_fail_memory(n);
	else
		node_reply(n, in, &spec, RULE_OPTIONS_SERVER);
}

bool
node_refuse_extensions(struct node *n, const struct sip_in *in,
    enum msg_header id, const char *known, enum rule_id why)
{
	struct buf all = BUF_INIT;
	struct msg_values it = { 0 };
	struct str v;

	while (msg_next_value(in->m, id, &it, &v)) {
		if (reply_has_word(str_of(known), v))
			continue;
		if (all.n > 0)
			buf_puts(&all, ", ");
		buf_str(&all, v);
	}
	if (all.n == 0 && all.err == 0)
		return false;
	node_reply_field(n, in, 420, "Unsupported", &all, why);
	return true;
}

struct sip_in
node_request_of(const struct node *n, struct sip_transaction *tr)
{
	struct sip_bytes *bytes = sip_transaction_request(tr);

	return (struct sip_in){
		.bytes = bytes,
		.m = world_read(n->world, bytes),
		.src = *sip_transaction_peer(tr),
		.tr = tr,
		.at = *sip_transaction_local(tr),
	};
}
